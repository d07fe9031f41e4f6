"""Prices copied into the detailed costs form: looked up once, remembered with their day, renewed only on request."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assessments.engine.economics.base_models import KNOWN_LATER, PRICE_CHANGE, known_later, listed_model
from assessments.engine.economics.prices import ModelPrice
from assessments.framework.market import Offer
from assessments.models import Assessment, User

from .cost_draft import CostDraft, exchanged
from .costs import reform
from .values import Saving


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
    compared: tuple[str, ...]
    """The approaches whose model is still in the list."""
    gone: tuple[str, ...]
    """The approaches whose model the list no longer has."""
    newer: bool
    """Whether the list is of another day than the one that was copied from."""

    @property
    def mark(self) -> str:
        return hashlib.sha256(repr((self.moves, self.compared)).encode()).hexdigest()[:12]


def take_model(assessment: Assessment, actor: User | None, approach: str, price: ModelPrice, on: date) -> Saving:
    """Copies a model's prices into an approach, with what is known of its end, and remembers whose they are."""

    def edit(draft: CostDraft) -> None:
        rate = draft.exchange_rate
        if approach in draft.added and rate is not None:
            _drop(draft, approach, KNOWN_LATER, ("price_list", "tuning_price", "today"))
            _copy(draft, approach, _exchanged(draft, _facts(draft, price, on), rate), _listed(price))
            _begin(draft, approach, on)

    return reform(assessment, actor, edit)


def take_offer(assessment: Assessment, actor: User | None, approach: str, offer: Offer, on: date) -> Saving:
    """Copies the prices of a way to tune into an approach; those of the last one that was picked go."""
    origin = {"kind": "tuning_price", "offer": offer.key, "as_of": offer.as_of.isoformat()}
    if offer.last_training:
        origin["last_training"] = offer.last_training.isoformat()

    def edit(draft: CostDraft) -> None:
        rate = draft.exchange_rate
        if approach not in draft.added or rate is None:
            return
        prices = _offered(draft, offer, on)
        _drop(draft, approach, tuple(draft.numbers(approach)), ("tuning_price",))
        if "input_price" in prices or "ends_on" in prices:
            _drop(draft, approach, KNOWN_LATER, ("price_list", "today"))
        for key, value in draft.numbers(approach).items():
            if draft.kind(approach, key) == "price_list" and "input_price" in prices:
                draft.put(approach, key, value, "price_list")  # what the tune costs is no longer this model's price
        _copy(draft, approach, _exchanged(draft, prices, rate), origin)
        _begin(draft, approach, on)

    return reform(assessment, actor, edit)


def take_count(assessment: Assessment, actor: User | None, approach: str, tokens: int) -> Saving:
    """Takes an estimate from a pasted prompt as the length of the repeated text."""

    def edit(draft: CostDraft) -> None:
        if approach in draft.added:
            draft.put(approach, "cacheable_tokens", tokens, "token_count")

    return reform(assessment, actor, edit)


def renewal(draft: CostDraft, on: date) -> Renewal:
    """What has moved since the prices were looked up. Prices that somebody typed over are theirs.

    Without an exchange rate nothing can be renewed.
    """
    moves, compared, gone, newer = [], [], [], False
    rate = draft.exchange_rate
    for approach in draft.added if rate is not None else ():
        listed = _from_list(draft, approach)
        if not listed:
            continue
        picked = next(iter(listed.values()))
        found = listed_model(draft.framework.market, picked["provider"], picked["model"], on)
        if found is None:
            gone.append(approach)
            continue
        compared.append(approach)
        newer = newer or picked["as_of"] != found.as_of.isoformat()
        numbers, prices = draft.numbers(approach), _exchanged(draft, _facts(draft, found, on), rate or 1)
        for key in _renewed(listed, numbers, prices):
            old = listed[key].get("listed", numbers[key]) if key in listed else None
            came_true = key in PRICE_CHANGE and key not in prices
            if old != prices.get(key) and not came_true:
                moves.append(Move(approach=approach, key=key, old=old, new=prices.get(key)))
    return Renewal(moves=tuple(moves), compared=tuple(compared), gone=tuple(gone), newer=newer)


def renew(assessment: Assessment, actor: User | None, on: date, shown: str) -> Saving | None:
    """Takes today's prices, if they are still what the page had shown; None if they are not."""
    taken = []

    def edit(draft: CostDraft) -> None:
        found = renewal(draft, on)
        if found.mark != shown:
            return
        taken.append(found)
        for approach in found.compared:
            listed = _from_list(draft, approach)
            picked = next(iter(listed.values()))
            price = listed_model(draft.framework.market, picked["provider"], picked["model"], on)
            if price:
                numbers = draft.numbers(approach)
                prices = _exchanged(draft, _facts(draft, price, on), draft.exchange_rate or 1)
                _drop(draft, approach, [key for key in KNOWN_LATER if key not in prices], ("price_list",))
                wanted = [key for key in _renewed(listed, numbers, prices) if key in prices or key not in KNOWN_LATER]
                _copy(draft, approach, {key: prices.get(key, numbers.get(key)) for key in wanted}, _listed(price))

    saving = reform(assessment, actor, edit)
    return saving if taken else None


def _renewed(listed: Mapping[str, Any], numbers: Mapping[str, Any], prices: Mapping[str, Any]) -> list[str]:
    """What is compared with today's list: what was copied from it, and what it says now that nobody entered."""
    return [*listed, *(key for key in KNOWN_LATER if key in prices and key not in numbers)]


def _from_list(draft: CostDraft, approach: str) -> dict[str, dict[str, Any]]:
    """The numbers of an approach that come from a price list, with what is known of where."""
    origins = {key: draft.origin(approach, key) for key in draft.numbers(approach)}
    return {key: one for key, one in origins.items() if isinstance(one, dict) and one["kind"] == "price_list"}


def _exchanged(draft: CostDraft, prices: Mapping[str, Any], rate: float) -> dict[str, Any]:
    """Prices of a list in the currency of the costs; what is no amount stays as it is."""
    inputs = draft.framework.cost_inputs.approach
    return {key: exchanged(value, rate) if inputs[key].prefix else value for key, value in prices.items()}


def _facts(draft: CostDraft, price: ModelPrice, on: date) -> dict[str, Any]:
    """A model's prices, and what the market knows of its end, changes to come and long prompts."""
    return price.inputs() | known_later(draft.framework.market.model.get(f"{price.provider}/{price.model}"), on)


def _offered(draft: CostDraft, offer: Offer, on: date) -> dict[str, Any]:
    """What a way to tune fills in: its own prices before those of its base, and the day on which it ends."""
    market, found = draft.framework.market, dict[str, Any]()
    provider, _, model = offer.base_model.partition("/")
    if model and (base := listed_model(market, provider, model, on)):
        found = _tuned(base, offer.base_factor)
    found |= {
        key: one.likely if one.low is None else {"low": one.low, "likely": one.likely, "high": one.high}
        for key, one in offer.prices.items()
    }
    return found | ({"ends_on": offer.ends_on.isoformat()} if offer.ends_on else {})


def _begin(draft: CostDraft, approach: str, on: date) -> None:
    """The plan begins on the day on which a date was first looked up: a newer market must not move its months."""
    if {"ends_on", "price_changes_on"} & draft.numbers(approach).keys():
        draft.starts_on = on.isoformat()


def _drop(draft: CostDraft, approach: str, keys: Collection[str], kinds: Collection[str]) -> None:
    """Takes back what was filled in from these sources."""
    for key in keys:
        if draft.kind(approach, key) in kinds:
            draft.take(approach, key)


def _copy(draft: CostDraft, approach: str, prices: Mapping[str, Any], origin: Any) -> None:
    for key, value in prices.items():
        draft.put(approach, key, value, origin)


def _tuned(base: ModelPrice, factor: float) -> dict[str, float]:
    """What using a tuned model costs: so many times its base."""
    prices = base.inputs()
    prices.pop("cache_write_ratio", None)
    return prices | {key: round(prices[key] * factor, 9) for key in ("input_price", "output_price")}


def _listed(price: ModelPrice) -> dict[str, Any]:
    """The origin of a model's prices."""
    return {
        "kind": "price_list",
        "provider": price.provider,
        "model": price.model,
        "as_of": price.as_of.isoformat(),
    }
