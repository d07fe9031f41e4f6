"""A framework as one team reads it: its sign before what is asked for, and facts in dollars said to be so."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from .currency import dollar_sign, sign_of
from .field import Field
from .schema import Framework

_DOLLARS = re.compile(r"(?<![A-Za-z])(?:US)?\$(?=\d)")  # an amount in a sentence; what is asked for has its sign apart


@lru_cache(maxsize=32)
def in_currency(framework: Framework, currency: str) -> Framework:
    """The same framework with amounts shown in this currency. No number of it is another.

    Kept, so that what is kept for a framework is found again.
    """
    if currency == framework.currency:
        return framework
    found: Framework = _shown(replace(framework, currency=currency), sign_of(currency), dollar_sign(currency))
    vars(found)["sha256"] = framework.sha256
    return found


def _shown(value: Any, sign: str, dollars: str) -> Any:
    """The value with this sign before what is asked for, and that one before what is a fact in dollars."""
    if isinstance(value, str):
        return _DOLLARS.sub(dollars, value)
    if isinstance(value, tuple):
        found = tuple(_shown(one, sign, dollars) for one in value)
        return value if all(new is old for new, old in zip(found, value, strict=True)) else found
    if isinstance(value, Mapping):
        return {key: _shown(one, sign, dollars) for key, one in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    parts = {field.name: getattr(value, field.name) for field in fields(value)}
    news = {name: new for name, old in parts.items() if (new := _shown(old, sign, dollars)) is not old}
    if isinstance(value, Field) and value.prefix:
        news["prefix"] = sign
    return replace(value, **news) if news else value
