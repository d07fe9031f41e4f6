"""What has moved in the market since figures were signed: ends, changes of price, and prices that were copied in.

Only what was copied in from a list is watched: what somebody typed is theirs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assessments.framework.market import Market

from .base_models import price_on
from .prices import provider_name

FROM_LISTS = ("price_list", "tuning_price")
_ANOTHERS = date.max
"""A day that somebody typed, or that is of the other list."""
_WITHIN = 1e-3
"""Prices that differ by no more than this share are the same: they may have been exchanged into a currency and back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketMove:
    """One thing that is another now. `then` is what the signed figures had; None where they had nothing."""

    code: Literal["ends", "changes", "trains", "price"]
    provider: str
    what: str
    """The model or the offer."""
    then: date | float | None
    now: date | float | None
    key: str = ""
    """The input whose price moved."""


def market_moves(document: Mapping[str, Any], market: Market, today: date) -> tuple[MarketMove, ...]:
    """What a document in the market in force no longer says as it is, each once. Prices in US dollars.

    `document` has the parts `costs` and `origins` of an assessment's JSON; what is not there is not watched.

    >>> from assessments.framework import load_framework
    >>> listed = {"kind": "price_list", "provider": "openai", "model": "gpt-5-mini", "as_of": "2026-11-10"}
    >>> document = {
    ...     "costs": {"detailed": {"approaches": {"status_quo": {"input_price": 0.25}}}},
    ...     "origins": {"costs.detailed.status_quo.input_price": listed},
    ... }
    >>> (move,) = market_moves(document, load_framework().market, date(2026, 11, 27))
    >>> move.code, move.what, move.now
    ('ends', 'gpt-5-mini', datetime.date(2026, 12, 11))
    """
    costs = document.get("costs") or {}
    rate = costs.get("exchange_rate") if costs.get("currency", "USD") != "USD" else 1
    detailed = costs.get("detailed") or {}
    found: dict[MarketMove, None] = {}
    for approach, numbers in (detailed.get("approaches") or {}).items():
        picks = _picks(document.get("origins") or {}, approach)
        figures = _Figures({key: _plain(value) for key, value in (numbers or {}).items()}, picks, _plain(rate) or 0)
        found |= dict.fromkeys(_moves(figures, market, today))
    return tuple(found)


def turning_days(document: Mapping[str, Any], market: Market) -> set[date]:
    """The days on which `market_moves` can say something else though neither document nor market is another."""
    approaches = ((document.get("costs") or {}).get("detailed") or {}).get("approaches") or {}
    said = (_plain((numbers or {}).get("price_changes_on")) for numbers in approaches.values())
    signed = {date.fromisoformat(day) for day in said if isinstance(day, str)}
    return signed | {row.changes_on for row in market.models if row.changes_on}


@dataclass(frozen=True, slots=True)
class _Figures:
    """The signed numbers of one approach, and which of them were copied in from where."""

    numbers: Mapping[str, Any]
    picks: Mapping[str, Mapping[str, Any]]
    rate: float

    def picked(self, kind: str) -> Mapping[str, Any] | None:
        return next((pick for pick in self.picks.values() if pick["kind"] == kind), None)

    def day(self, key: str) -> date | None:
        said = self.numbers.get(key)
        return date.fromisoformat(said) if isinstance(said, str) else None

    def known(self, key: str, kind: str) -> date | None:
        """The day that came from such a list, or None where there is none; `_ANOTHERS` where it came from elsewhere."""
        is_of = key not in self.numbers or (key in self.picks and self.picks[key]["kind"] == kind)
        return self.day(key) if is_of else _ANOTHERS

    def dollars(self, key: str) -> float | None:
        """A copied price in US dollars; of a range the likely one. None where it was not copied, or cannot be told."""
        said = self.numbers.get(key)
        said = said.get("likely") if isinstance(said, dict) else said
        return said / self.rate if key in self.picks and self.rate and isinstance(said, int | float) else None


def _picks(origins: Mapping[str, Any], approach: str) -> dict[str, Mapping[str, Any]]:
    folder = f"costs.detailed.{approach}."
    return {
        path.removeprefix(folder): origin
        for path, origin in origins.items()
        if path.startswith(folder) and isinstance(origin, dict) and origin.get("kind") in FROM_LISTS
    }


def _plain(value: Any) -> Any:
    return value["value"] if isinstance(value, dict) and "value" in value else value


def _moves(figures: _Figures, market: Market, today: date) -> Iterator[MarketMove]:
    offer, model = figures.picked("tuning_price"), figures.picked("price_list")
    if offer and offer["offer"] in market.offer:
        yield from _of_offer(figures, market, offer, today)
    if model and f"{model['provider']}/{model['model']}" in market.model:
        yield from _of_model(figures, market, f"{model['provider']}/{model['model']}", today, is_tune=bool(offer))


def _of_offer(figures: _Figures, market: Market, pick: Mapping[str, Any], today: date) -> Iterator[MarketMove]:
    row = market.offer[pick["offer"]]
    said = pick.get("last_training")
    yield from _dates("ends", row.provider, row.model, figures.known("ends_on", "tuning_price"), row.ends_on)
    trained = (date.fromisoformat(said) if isinstance(said, str) else None, row.last_training)
    yield from _dates("trains", row.provider, row.model, trained[0], trained[1])
    now: dict[str, float] = {key: price.likely for key, price in row.prices.items()}
    if row.base_model in market.model:
        prices = price_on(market.model[row.base_model], today)
        now = dict(zip(("input_price", "output_price"), (one * row.base_factor for one in prices), strict=True)) | now
    yield from _prices(figures, row.provider, row.model, now, "tuning_price")


def _of_model(figures: _Figures, market: Market, key: str, today: date, *, is_tune: bool) -> Iterator[MarketMove]:
    row = market.model[key]
    provider = provider_name(row.provider)
    if not is_tune or "ends_on" in figures.numbers:
        yield from _dates("ends", provider, row.model, figures.known("ends_on", "price_list"), row.ends_on)
    change = figures.known("price_changes_on", "price_list")
    came = change is not None and change <= today
    if not came:
        coming = row.changes_on if row.changes_on and row.changes_on > today else None
        yield from _dates("changes", provider, row.model, change, coming)
    read, output = price_on(row, today)
    now = {"input_price": read, "output_price": output}
    if came:  # the signed figures knew of this price
        now = {f"changed_{name}": price for name, price in now.items()}
    yield from _prices(figures, provider, row.model, now, "price_list")


def _dates(
    code: Literal["ends", "changes", "trains"], provider: str, what: str, then: date | None, now: date | None
) -> Iterator[MarketMove]:
    if then not in (now, _ANOTHERS):
        yield MarketMove(code=code, provider=provider, what=what, then=then, now=now)


def _prices(figures: _Figures, provider: str, what: str, now: Mapping[str, float], kind: str) -> Iterator[MarketMove]:
    for key, price in now.items():
        then = figures.dollars(key)
        if then is None or figures.picks[key]["kind"] != kind:
            continue
        if abs(then - price) > _WITHIN * max(abs(then), abs(price)):
            yield MarketMove(code="price", provider=provider, what=what, then=then, now=price, key=key)
