"""Checks the values of a raw document, and collects every fault with its place."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .answers import Estimate
from .json_text import quote

LONGEST_TEXT = 10_000
MOST_ROWS = 500
LARGEST = 1e12


class NumberRange(NamedTuple):
    """The least and the greatest value of a number, both allowed."""

    minimum: float
    maximum: float
    whole: bool = False

    def fault(self, number: float) -> str:
        """What is wrong with this number, or an empty string.

        >>> NumberRange(0, 1).fault(1.5)
        '1.5 is above 1'
        >>> NumberRange(0, 10, whole=True).fault(float("nan"))
        'is not a finite number'
        """
        if isinstance(number, float) and not math.isfinite(number):
            return "is not a finite number"
        if number < max(self.minimum, -LARGEST):
            return f"{_short(number)} is below {max(self.minimum, -LARGEST):,.12g}"
        if number > min(self.maximum, LARGEST):
            return f"{_short(number)} is above {min(self.maximum, LARGEST):,.12g}"
        if self.whole and number != int(number):
            return f"{_short(number)} is not a whole number"
        return ""


def _short(number: float) -> str:
    """A number for a message, also one of thousands of digits."""
    return f"{number:,.12g}" if abs(number) < 1e300 else "a number of over 300 digits"


class Checker:
    """Takes values that fit and puts a harmless one in the place of each that does not."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def fault(self, place: str, sentence: str) -> None:
        self.faults.append(f"{place}: {sentence}")

    def table(self, raw: Any, place: str, known: Mapping[str, Any] | Sequence[str]) -> dict[str, Any] | None:
        if not isinstance(raw, dict):
            self.fault(place, "must be an object")
            return None
        prefix = "" if place == "document" else f"{place}."
        for key in raw:
            if key not in known:
                self.fault(f"{prefix}{quote(key)[1:-1]}", "is not a known key")
        return {key: value for key, value in raw.items() if key in known}

    def rows(self, raw: Any, place: str) -> list[Any]:
        if not isinstance(raw, list):
            self.fault(place, "must be a list")
            return []
        if len(raw) > MOST_ROWS:
            self.fault(place, f"has {len(raw)} rows; at most {MOST_ROWS} are allowed")
            return []
        return raw

    def text(self, raw: Any, place: str) -> str:
        if not isinstance(raw, str):
            self.fault(place, "must be text")
            return ""
        if sentence := text_fault(raw):
            self.fault(place, sentence)
        return raw

    def choice(self, raw: Any, place: str, allowed: Sequence[str]) -> str:
        if not isinstance(raw, str) or raw not in allowed:
            self.fault(place, f"{quote(raw)} is not one of {', '.join(allowed)}")
            return allowed[0]
        return raw

    def number(self, raw: Any, place: str, bounds: NumberRange) -> float:
        if isinstance(raw, bool) or not isinstance(raw, (int, float)):
            self.fault(place, f"{quote(raw)} is not a number")
            return 0
        if sentence := bounds.fault(raw):
            self.fault(place, sentence)
            return 0
        return int(raw) if bounds.whole else raw

    def number_or_range(self, raw: Any, place: str, bounds: NumberRange) -> Estimate:
        if not isinstance(raw, dict):
            number = self.number(raw, place, bounds)
            return Estimate(low=number, likely=number, high=number)
        table = self.table(raw, place, ["low", "likely", "high"]) or {}
        for key in ("low", "likely", "high"):
            if key not in table:
                self.fault(f"{place}.{key}", "must be there")
        low, likely, high = (
            self.number(table.get(key, 0), f"{place}.{key}", bounds) for key in ("low", "likely", "high")
        )
        if len(table) == 3 and not low <= likely <= high:
            self.fault(place, f"low {low}, likely {likely}, high {high} are not in rising order")
        return Estimate(low=low, likely=likely, high=high)


def text_fault(text: str) -> str:
    """What is wrong with a text that somebody typed, or an empty string."""
    if len(text) > LONGEST_TEXT:
        return f"has {len(text):,} characters; at most {LONGEST_TEXT:,} are allowed"
    if any((character < " " and character not in "\t\n\r") or "\ud800" <= character <= "\udfff" for character in text):
        return "has a control character that cannot be kept"
    return ""
