"""What another file of the market changes, line by line: for whoever reviews it, before it is taken over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from assessments.framework.market import BaseModel, Market, Offer, OfferPrice

from .formats import day, number


def market_changes(old: Market, new: Market) -> Sequence[str]:
    """One line for each row that is new, gone, or changed in something.

    >>> from dataclasses import replace
    >>> from assessments.framework import load_framework
    >>> old = load_framework().market
    >>> other = tuple(replace(one, ends_on=None) if one.key == "openai/gpt-5" else one for one in old.models)
    >>> market_changes(old, replace(old, models=other))
    ['openai/gpt-5: ends on, 11 December 2026 -> nothing']
    """
    lines = [*_of_rows(old.offer, new.offer), *_of_rows(old.model, new.model)]
    return [*lines, *(["The list of retired models"] if old.retired != new.retired else [])]


def _of_rows(old: Mapping[str, Offer | BaseModel], new: Mapping[str, Offer | BaseModel]) -> Iterator[str]:
    yield from (f"{key}: new" for key in new if key not in old)
    yield from (f"{key}: no longer there" for key in old if key not in new)
    for key in (key for key in new if key in old):
        found = [
            f"{field.name.replace('_', ' ')}, {_said(was)} -> {_said(now)}"
            for field in fields(new[key])
            if (was := getattr(old[key], field.name)) != (now := getattr(new[key], field.name))
        ]
        if found:
            yield f"{key}: {'; '.join(found)}"


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, OfferPrice):
        ends = "" if value.low is None else f" ({number(value.low)} to {number(value.high or value.likely)})"
        return f"{number(value.likely)}{ends}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_said(one)}" for key, one in value.items()) or "nothing"
    return str(value) if value else "nothing"
