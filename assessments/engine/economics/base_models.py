"""Base models as they can be picked: the price library's, with what the market in force knows of them.

The library has many models and no dates; the market has the models that matter, with their ends. Where the two name
other prices, the market is newer: it was taken over after the library came out.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from assessments.framework.market import BaseModel, Market

from .prices import ModelPrice, PriceNote, models, provider_name

PRICE_CHANGE = ("price_changes_on", "changed_input_price", "changed_output_price")
KNOWN_LATER = ("ends_on", *PRICE_CHANGE, "long_prompt_above", "long_input_price", "long_output_price")
"""The inputs that are filled in where the market knows of an end, a change of price, or dearer long prompts."""


def listed_models(market: Market, provider: str, on: date) -> tuple[ModelPrice, ...]:
    """The provider's text models at their prices of that day; those that only the market knows come last."""
    found = models(provider, on)
    known = {price.model for price in found}
    more = [row for row in market.models if row.provider == provider and row.model not in known]
    return (*(_in_force(price, market, on) for price in found), *(_of_row(row, on) for row in more))


def listed_model(market: Market, provider: str, model: str, on: date) -> ModelPrice | None:
    """The price of exactly this model on that day, or None where neither list has it."""
    return next((price for price in listed_models(market, provider, on) if price.model == model), None)


def price_on(row: BaseModel, on: date) -> tuple[float, float]:
    """What a token of input and of output costs on that day.

    >>> from assessments.framework import load_framework
    >>> row = load_framework().market.model["google/gemini-3.8-flash"]
    >>> price_on(row, date(2026, 12, 31)), price_on(row, date(2027, 1, 1))
    ((0.75, 3.75), (1.5, 7.5))
    """
    changed = (row.changed_input_price, row.changed_output_price)
    if row.changes_on and row.changes_on <= on and changed[0] is not None and changed[1] is not None:
        return changed[0], changed[1]
    return row.input_price, row.output_price


def known_later(row: BaseModel | None, on: date) -> dict[str, Any]:
    """What the market knows beside the plain prices, by input: days as text, prices in US dollars.

    >>> from assessments.framework import load_framework
    >>> known_later(load_framework().market.model["openai/gpt-5-mini"], date(2026, 11, 27))
    {'ends_on': '2026-12-11'}
    """
    found: dict[str, Any] = {}
    if row and row.ends_on:
        found["ends_on"] = row.ends_on.isoformat()
    if row and row.changes_on and row.changes_on > on:
        found["price_changes_on"] = row.changes_on.isoformat()
        found |= {"changed_input_price": row.changed_input_price, "changed_output_price": row.changed_output_price}
    if row and row.long_prompt_above:
        found["long_prompt_above"] = row.long_prompt_above
        found |= {"long_input_price": row.long_input_price, "long_output_price": row.long_output_price}
    return found


def _in_force(price: ModelPrice, market: Market, on: date) -> ModelPrice:
    row = market.model.get(f"{price.provider}/{price.model}")
    if row is None:
        return price
    of_row = _of_row(row, on, of=price)
    plain = (price.input, price.output, price.cache_read, price.cache_write)
    return price if plain == (of_row.input, of_row.output, of_row.cache_read, of_row.cache_write) else of_row


def _of_row(row: BaseModel, on: date, *, of: ModelPrice | None = None) -> ModelPrice:
    read, output = price_on(row, on)
    scale = read / row.input_price if row.input_price else 1  # cached text keeps its share of the price
    plain = of or ModelPrice(
        provider=row.provider,
        provider_name=provider_name(row.provider),
        model=row.model,
        name=row.name,
        input=read,
        output=output,
        cache_read=None,
        cache_write=None,
        context_window=None,
        as_of=row.as_of,
        retired=False,
        notes=(),
    )
    return replace(
        plain,
        input=read,
        output=output,
        cache_read=_times(row.cache_read_price, scale),
        cache_write=_times(row.cache_write_price, scale),
        as_of=row.as_of,
        notes=tuple(_notes(row, on)),
    )


def _times(price: float | None, scale: float) -> float | None:
    return None if price is None else round(price * scale, 9)


def _notes(row: BaseModel, on: date) -> Iterator[PriceNote]:
    if row.long_prompt_above:
        yield PriceNote(code="long_requests", above_tokens=row.long_prompt_above, price=row.long_input_price or 0)
    if row.changes_on and row.changes_on > on:
        yield PriceNote(code="changes", on=row.changes_on, price=row.changed_input_price or 0)
