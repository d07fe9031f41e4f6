"""A framework as one team and one person read it: in their language, with the team's sign before what is asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from .currency import dollar_sign, sign_of
from .field import Field
from .notation import ENGLISH, Notation, current, notation_of, words_of
from .schema import Framework
from .wording import WORDS, Said, said_for

_DOLLARS = re.compile(r"(?<![A-Za-z])(?:US)?\$(?=\d)")  # an amount in a sentence; what is asked for has its sign apart
_AMOUNT = re.compile(r"((?:US)?\$)(\d+(?:[.,’]\d+)*)")
_SHARE = re.compile(r"(\d)%")


def as_read(framework: Framework) -> Framework:
    """The same framework in the words and the notation of whoever reads now."""
    return in_currency(framework, framework.currency)


def in_currency(framework: Framework, currency: str) -> Framework:
    """The same framework with amounts shown in this currency, for whoever reads now. No number of it is another."""
    typed, notation = as_typed(framework), current().key
    if (currency, notation) == (typed.currency, typed.notation) and not typed.in_words:
        return typed
    return _as_read(typed, currency, notation)


def as_typed(framework: Framework) -> Framework:
    """The framework as its files have it, from which every reader's is made."""
    typed: Framework = vars(framework).get("typed", framework)
    return typed


def said(framework: Framework, name: str, text: str) -> str:
    """One text of a file, of the field of this name, in the words of whoever reads now."""
    language = words_of(current())
    return text if language == ENGLISH else said_for(as_typed(framework), language).get((name, text), text)


def told_in(framework: Framework, language: str, value: Any, name: str) -> Any:
    """A value of the files, each built-in text in it as this language has it. What a team has typed stays."""
    if language == ENGLISH:
        return value
    notation, said = notation_of(language), said_for(as_typed(framework), language)
    return Reading(sign="", dollars="$", notation=notation, words=said).of_file(value, name)


@lru_cache(maxsize=64)
def _as_read(framework: Framework, currency: str, notation: str) -> Framework:
    """Kept, so that what is kept for a framework is found again."""
    written = notation_of(notation)
    language = words_of(written)
    worded = framework.in_words.get(language, framework)
    reading = Reading(
        sign=sign_of(currency),
        dollars=dollar_sign(currency),
        notation=written,
        words={} if language == ENGLISH else said_for(framework, language),
    )
    theirs = replace(worded, market=framework.market, in_words={}, currency=currency, notation=notation)
    found: Framework = reading.of(theirs)
    vars(found).update(sha256=framework.sha256, typed=framework)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What differs in the texts of a framework for one team and one reader."""

    sign: str
    """What stands before what is asked for."""
    dollars: str
    """What stands before a fact in dollars."""
    notation: Notation
    words: Said
    """What is said in the reader's language, where that is another one."""

    def of(self, value: Any, name: str = "") -> Any:
        """The value, read so; the very same where nothing in it is written otherwise. `name` is that of a text."""
        if isinstance(value, str):
            said = self.words.get((name, value)) if name else None
            return self._written(value) if said is None else self._said(said)
        if isinstance(value, tuple):
            found = tuple(self.of(one, name) for one in value)
            return value if all(new is old for new, old in zip(found, value, strict=True)) else found
        if isinstance(value, Mapping):
            return {key: self.of(one, name) for key, one in value.items()}
        if not is_dataclass(value) or isinstance(value, type):
            return value
        words = WORDS.get(type(value).__name__, ())
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        read = {key: self.of(old, key if key in words else "") for key, old in parts.items()}
        news = {key: new for key, new in read.items() if new is not parts[key]}
        if isinstance(value, Field) and value.prefix:
            news["prefix"] = self.sign
        return replace(value, **news) if news else value

    def of_file(self, value: Any, name: str) -> Any:
        """A table, a list or a text as a file has it, in which nothing but the texts that there are words for is read.

        Rooms that do not break are plain ones, as people type them.
        """
        if isinstance(value, dict):
            return {key: self.of_file(one, key) for key, one in value.items()}
        if isinstance(value, list):
            return [self.of_file(one, name) for one in value]
        said = self.words.get((name, value)) if isinstance(value, str) else None
        return value if said is None else self._said(said).replace("\N{NO-BREAK SPACE}", " ")

    def _said(self, text: str) -> str:
        """A text of the reader's language, whose amounts and shares stand in the order of that language."""
        before, after = self.notation.percent
        found = _SHARE.sub(rf"{before}\1{after}", self._written(text))
        return found if self.notation.sign_first else _AMOUNT.sub("\\2\N{NO-BREAK SPACE}\\1", found)

    def _written(self, text: str) -> str:
        return self.notation.prose(_DOLLARS.sub(self.dollars, text))
