"""What can be wrong with a value whatever it stands for: a text, a number, a day, a list, the keys of a table."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from assessments.framework.currency import exists
from assessments.framework.schema import Column, Field

from .json_text import quote

LONGEST_TEXT = 10_000
MOST_ROWS = 500
_NOT_KEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class Fault(NamedTuple):
    """What is wrong, and where: a path, or a place inside a value (`.high`, `[2].label`; empty for all of it)."""

    place: str
    sentence: str


def number_fault(field: Field | Column, value: Any) -> str:
    """What is wrong with one number of this field, or an empty string."""
    if type(value) is not int and type(value) is not float:
        return f"{quote(value)} is not a number"
    if field.minimum <= value <= field.maximum:
        return f"{_short(value)} is not a whole number" if field.whole and value != int(value) else ""
    if isinstance(value, float) and not math.isfinite(value):
        return "is not a finite number"
    if value < field.minimum:
        return f"{_short(value)} is below {field.minimum:,.12g}"
    return f"{_short(value)} is above {field.maximum:,.12g}"


def text_fault(value: Any) -> str:
    """What is wrong with a text, or an empty string."""
    if not isinstance(value, str):
        return "must be text"
    if len(value) > LONGEST_TEXT:
        return f"has {len(value):,} characters; at most {LONGEST_TEXT:,} are allowed"
    if _NOT_KEPT.search(value):
        return "has a control character that cannot be kept"
    return ""


def currency_fault(value: Any) -> str:
    """What is wrong with the code of a currency, or an empty string.

    >>> currency_fault("EUR"), currency_fault("euro"), currency_fault("EUO")
    ('', '"euro" is not a code of three letters, like EUR', '"EUO" is no code of a currency')
    """
    if not isinstance(value, str) or not re.fullmatch("[A-Z]{3}", value):
        return f"{quote(value)} is not a code of three letters, like EUR"
    return "" if exists(value) else f"{quote(value)} is no code of a currency"


def day_fault(value: Any) -> str:
    """What is wrong with a day, or an empty string.

    >>> day_fault("2026-11-10"), day_fault("2026-13-01")
    ('', 'must be a day, like "2026-11-10"')
    """
    with suppress(ValueError):
        if isinstance(value, str) and len(value) == 10 and date.fromisoformat(value):
            return ""
    return 'must be a day, like "2026-11-10"'


def choice_fault(value: Any, allowed: Sequence[str]) -> str:
    """What is wrong with one of a few words, or an empty string."""
    if isinstance(value, str) and value in allowed:
        return ""
    return f"{quote(value)} is not one of {', '.join(allowed)}"


def link_fault(value: Any) -> str:
    """What is wrong with a link, or an empty string: nothing but a way to a web page is ever rendered as one."""
    sentence = text_fault(value)
    return sentence or ("" if not value or is_web_link(value) else "must start with https:// or http://")


def is_web_link(link: str) -> bool:
    return link.startswith(("https://", "http://")) and link.split() == [link]


def key_faults(table: Mapping[str, Any], needed: Sequence[str], others: Collection[str] = ()) -> list[Fault]:
    """The keys that a table should not have, and those that it lacks."""
    unknown = [
        Fault(f".{quote(key)[1:-1]}", "is not a known key") for key in table if key not in needed and key not in others
    ]
    return unknown + [Fault(f".{key}", "must be there") for key in needed if key not in table]


def rows_fault(value: Any) -> list[Fault]:
    """What is wrong with a list as such."""
    if not isinstance(value, list):
        return [Fault("", "must be a list")]
    if len(value) > MOST_ROWS:
        return [Fault("", f"has {len(value)} rows; at most {MOST_ROWS} are allowed")]
    return []


def _short(number: float) -> str:
    """A number for a message, also one of thousands of digits."""
    return f"{number:,.12g}" if abs(number) < 1e300 else "a number of over 300 digits"
