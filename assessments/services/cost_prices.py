"""Prices copied into the detailed costs form: looked up once, remembered with their day, renewed only on request."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assessments.engine.economics.prices import ModelPrice, model_price
from assessments.framework import Framework
from assessments.framework.tuning_prices import TuningOffer
from assessments.models import Assessment, User

from .detailed import Saving, change_form
from .prefill import Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One price that is another in today's list."""

    approach: str
    key: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What renewing the prices would do. `mark` names exactly this, so that nothing else is accepted."""

    moves: tuple[Move, ...]
    checked: tuple[str, ...]
    """The approaches whose model is still in the list."""
    gone: tuple[str, ...]
    """The approaches whose model the list no longer has."""
    newer: bool
    """Whether the list is of another day than the one that was copied from."""

    @property
    def mark(self) -> str:
        return hashlib.sha256(repr((self.moves, self.checked)).encode()).hexdigest()[:12]


def take_model(assessment: Assessment, actor: User | None, approach: str, price: ModelPrice) -> Saving:
    """Copies a model's prices into an approach and remembers whose they are."""

    def change(framework: Framework, parts: Parts) -> None:
        if approach in parts.approaches:
            _copy(parts, approach, price.inputs(), "price_list")
            parts.origins[approach]["model"] = _picked(price)

    return change_form(assessment, actor, change)


def take_offer(assessment: Assessment, actor: User | None, approach: str, offer: TuningOffer, on: date) -> Saving:
    """Copies the prices of a way to tune into an approach; those of the last one that was picked go."""

    def change(framework: Framework, parts: Parts) -> None:
        if approach not in parts.approaches:
            return
        numbers, origins = parts.numbers(approach), parts.origins_of(approach)
        for key in [key for key, origin in origins.items() if origin == "tuning_price"]:
            numbers.pop(key, None)
            del origins[key]
        if offer.base_model and (base := model_price(offer.base_provider, offer.base_model, on)):
            _copy(parts, approach, _tuned(base, offer.base_factor), "tuning_price")
        prices = {
            key: one.likely if one.low is None else {"low": one.low, "likely": one.likely, "high": one.high}
            for key, one in offer.prices.items()
        }
        _copy(parts, approach, prices, "tuning_price")
        parts.origins[approach]["offer"] = {"key": offer.key, "as_of": offer.as_of.isoformat()}
        if origins.get("input_price") == "tuning_price":
            parts.origins[approach].pop("model", None)

    return change_form(assessment, actor, change)


def take_count(assessment: Assessment, actor: User | None, approach: str, tokens: int) -> Saving:
    """Takes an estimate from a pasted prompt as the length of the repeated text."""

    def change(framework: Framework, parts: Parts) -> None:
        if approach in parts.approaches:
            _copy(parts, approach, {"cacheable_tokens": tokens}, "prompt")

    return change_form(assessment, actor, change)


def renewal(parts: Parts, on: date) -> Renewal:
    """What has moved since the prices were looked up. Prices that somebody typed over are theirs."""
    moves, checked, gone, newer = [], [], [], False
    for approach, numbers in parts.approaches.items():
        picked = parts.model_of(approach)
        if picked is None:
            continue
        found = model_price(picked["provider"], picked["model"], on)
        if found is None:
            gone.append(approach)
            continue
        checked.append(approach)
        newer = newer or picked["as_of"] != found.as_of.isoformat()
        origins = parts.origins_of(approach)
        for key, new in found.inputs().items():
            old = picked.get("cache_write_ratio", 1) if key == "cache_write_ratio" else numbers.get(key)
            if origins.get(key) == "price_list" and old != new:
                moves.append(Move(approach=approach, key=key, old=old, new=new))
    return Renewal(moves=tuple(moves), checked=tuple(checked), gone=tuple(gone), newer=newer)


def renew(assessment: Assessment, actor: User | None, on: date, shown: str) -> Saving | None:
    """Takes today's prices, if they are still what the page had shown; None if they are not."""
    taken = []

    def change(framework: Framework, parts: Parts) -> None:
        found = renewal(parts, on)
        if found.mark != shown:
            return
        taken.append(found)
        for move in found.moves:
            parts.numbers(move.approach)[move.key] = move.new
        for approach in found.checked:
            picked = parts.origins[approach]["model"]
            price = model_price(picked["provider"], picked["model"], on)
            if price:
                parts.origins[approach]["model"] = _picked(price)

    saving = change_form(assessment, actor, change)
    return saving if taken else None


def _copy(parts: Parts, approach: str, prices: Mapping[str, Any], origin: str) -> None:
    numbers, origins = parts.numbers(approach), parts.origins_of(approach)
    for key, value in prices.items():
        numbers[key], origins[key] = value, origin


def _tuned(base: ModelPrice, factor: float) -> dict[str, float]:
    """What using a tuned model costs: so many times its base."""
    prices = base.inputs()
    prices.pop("cache_write_ratio", None)
    return prices | {key: round(prices[key] * factor, 9) for key in ("input_price", "output_price")}


def _picked(price: ModelPrice) -> dict[str, Any]:
    return {
        "provider": price.provider,
        "model": price.model,
        "as_of": price.as_of.isoformat(),
        "cache_write_ratio": price.inputs().get("cache_write_ratio", 1),
    }
