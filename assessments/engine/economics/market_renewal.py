"""The market with the prices of the price library and the ends that a provider names: for a maintainer to review."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from assessments.framework.market import BaseModel, Market

from .prices import ModelPrice, long_prices, model_price, price_change


def ends_in(answer: Any) -> dict[str, date | None]:
    """The day on which each model of a provider's answer to "which models are there" is switched off.

    The answer is an object with `data`, a list of objects with `id` and perhaps `shutdown_date`: a day, or seconds
    since 1970. Raises ValueError where it is another.

    >>> ends_in({"data": [{"id": "gpt-5-mini", "shutdown_date": "2026-12-11"}, {"id": "gpt-6-luna"}]})
    {'gpt-5-mini': datetime.date(2026, 12, 11), 'gpt-6-luna': None}
    """
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        raise ValueError("needs an object with a list called data")
    found: dict[str, date | None] = {}
    for place, model in enumerate(answer["data"], 1):
        if not isinstance(model, dict) or not isinstance(model.get("id"), str):
            raise ValueError(f"data, entry {place}: needs an object with an id")
        found[model["id"]] = _day(model.get("shutdown_date"), place)
    return found


def _day(said: Any, place: int) -> date | None:
    if said is None:
        return None
    try:
        if isinstance(said, str):
            return date.fromisoformat(said[:10])
        if isinstance(said, int) and not isinstance(said, bool):
            return datetime.fromtimestamp(said, UTC).date()
    except (ValueError, OverflowError, OSError):
        pass
    raise ValueError(f"data, entry {place}: {said!r} is no day")


def renewed(
    market: Market, today: date, *, provider: str = "", ends: Mapping[str, date | None] | None = None
) -> Market:
    """The market with today's prices of the library, and with the ends of that provider's answer.

    A model whose id the answer has takes over its end, or that it has none; the others keep what they had.
    """
    rows = (_at_library(row, today) for row in market.models)
    return replace(market, as_of=today, models=tuple(_ending(row, today, provider, ends or {}) for row in rows))


def _at_library(row: BaseModel, today: date) -> BaseModel:
    """A change whose day has come is in the plain prices; one that the library does not know stays."""
    found = model_price(row.provider, row.model, today)
    return replace(row, **dict(_prices(found, today))) if found else row


def _prices(found: ModelPrice, today: date) -> Iterator[tuple[str, Any]]:
    yield from (("input_price", found.input), ("output_price", found.output))
    yield from (("cache_read_price", found.cache_read), ("cache_write_price", found.cache_write))
    above, *long = long_prices(found.provider, found.model, today) or (0, None, None)
    yield from zip(("long_prompt_above", "long_input_price", "long_output_price"), (above, *long), strict=True)
    change = price_change(found.provider, found.model, today) or (None, None, None)
    yield from zip(("changes_on", "changed_input_price", "changed_output_price"), change, strict=True)


def _ending(row: BaseModel, today: date, provider: str, ends: Mapping[str, date | None]) -> BaseModel:
    if row.provider != provider or row.model not in ends:
        return row
    end, source = ends[row.model], "The provider's own list of its models"
    current = row.current and end is None
    return replace(row, ends_on=end, current=current, source=source, as_of=today, mark="provider")
