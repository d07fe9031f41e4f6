"""A framework as one team reads it: its sign before what is asked for, and facts in dollars said to be so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from .currency import dollar_sign, sign_of
from .field import Field
from .notation import Notation, current, notation_of
from .schema import Framework

_DOLLARS = re.compile(r"(?<![A-Za-z])(?:US)?\$(?=\d)")  # an amount in a sentence; what is asked for has its sign apart


def in_currency(framework: Framework, currency: str) -> Framework:
    """The same framework with amounts shown in this currency, in the reader's notation. No number of it is another."""
    return _as_read(framework, currency, current().key)


@lru_cache(maxsize=32)
def _as_read(framework: Framework, currency: str, notation: str) -> Framework:
    """Kept, so that what is kept for a framework is found again."""
    if (currency, notation) == (framework.currency, framework.notation):
        return framework
    reading = Reading(sign=sign_of(currency), dollars=dollar_sign(currency), notation=notation_of(notation))
    found: Framework = reading.of(replace(framework, currency=currency, notation=notation))
    vars(found)["sha256"] = framework.sha256
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What differs in the texts of a framework for one team and one reader."""

    sign: str
    """What stands before what is asked for."""
    dollars: str
    """What stands before a fact in dollars."""
    notation: Notation

    def of(self, value: Any) -> Any:
        """The value, read so; the very same where nothing in it is written otherwise."""
        if isinstance(value, str):
            return self.notation.prose(_DOLLARS.sub(self.dollars, value))
        if isinstance(value, tuple):
            found = tuple(map(self.of, value))
            return value if all(new is old for new, old in zip(found, value, strict=True)) else found
        if isinstance(value, Mapping):
            return {key: self.of(one) for key, one in value.items()}
        if not is_dataclass(value) or isinstance(value, type):
            return value
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        news = {name: new for name, old in parts.items() if (new := self.of(old)) is not old}
        if isinstance(value, Field) and value.prefix:
            news["prefix"] = self.sign
        return replace(value, **news) if news else value
