"""What a cell says: pass or fail, a number, a day, however people and programs write it."""

import math
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from .table import Cell, text_of

DateOrder = Literal["day_first", "month_first", ""]
"""Empty where nobody knows."""
TRUE_WORDS = frozenset(
    (
        *("1", "true", "yes", "y", "pass", "passed", "c", "correct", "ok", "success"),
        *("ja", "wahr", "bestanden", "richtig", "oui", "vrai", "réussi"),
    )
)
FALSE_WORDS = frozenset(
    (
        *("0", "false", "no", "n", "fail", "failed", "i", "incorrect", "failure", "wrong"),
        *("nein", "falsch", "nicht bestanden", "non", "faux", "échoué", "échec"),
    )
)
NO_VALUE = frozenset(("", "-", "–", "n/a", "na", "nan", "none", "null", "nil", "#n/a"))
_DAY = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[ T,].*)?$")
_NAMED_DAY = re.compile(r"(?:(\d{1,2})\.?\s+([^\W\d]{3,9})\.?,?\s+(\d{4})|([^\W\d]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4}))")
_MONTHS = {
    word: month
    for month, words in enumerate(
        (
            *("jan januar january janvier", "feb februar february février fév", "mar mär mrz märz march mars"),
            *("apr april avril avr", "may mai", "jun juni june juin", "jul juli july juillet", "aug august août"),
            *("sep sept september septembre", "oct okt oktober october octobre", "nov november novembre"),
            "dec dez dezember december décembre déc",
        ),
        1,
    )
    for word in words.split()
}
_AMOUNT = re.compile(r"[-+]?[\d.,'’\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]*\d(?:[eE][-+]?\d{1,3})?")
_SIGNS = "$€£¥%"
_UNITS = re.compile(r"\s*(?:ms|msec|s|sec|secs|seconds?|millis(?:econds)?|usd|eur|gbp|chf)\.?$", re.IGNORECASE)
_SERIALS = (20_000, 80_000)
_CENTURY = 2_000


def is_empty(cell: Cell) -> bool:
    return text_of(cell).casefold() in NO_VALUE


def pass_of(cell: Cell) -> float | None:
    """1.0, 0.0, or None where the cell says neither.

    >>> [pass_of(cell) for cell in ("yes", 1.0, True, "PASS", "0", "I", 0.7, "maybe")]
    [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, None, None]
    """
    word = text_of(cell).casefold()
    if word in TRUE_WORDS:
        return 1.0
    if word in FALSE_WORDS:
        return 0.0
    number = number_of(cell)
    return number if number in (0.0, 1.0) else None


def number_of(cell: Cell, *, comma_is_decimal: bool = False) -> float | None:
    """A finite number; percent signs count as hundredths. A comma is what groups thousands, unless it is decimal.

    >>> [number_of(text) for text in ("1,234.5", "91.4%", "$0.0041", "850 ms", "1e-3", "abc", "")]
    [1234.5, 0.914, 0.0041, 850.0, 0.001, None, None]
    >>> [number_of(text, comma_is_decimal=True) for text in ("1.234,5", "0,61", "91,4 %", "0.61")]
    [1234.5, 0.61, 0.914, 0.61]
    """
    if isinstance(cell, bool):
        return float(cell)
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else None
    if not isinstance(cell, str) or len(cell) > 100:
        return None
    text = _UNITS.sub("", cell.strip())
    is_percent = "%" in text
    text = text.strip(_SIGNS + " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
    if not _AMOUNT.fullmatch(text):
        return None
    text = re.sub(r"['’\s]", "", text)
    text = text.replace(".", "").replace(",", ".") if comma_is_decimal and "," in text else text.replace(",", "")
    try:
        number = float(Decimal(text) / 100 if is_percent else Decimal(text))
    except ArithmeticError:
        return None
    return number if math.isfinite(number) else None


def is_percent(cell: Cell) -> bool:
    return isinstance(cell, str) and "%" in cell


def has_comma_decimals(cells: Iterable[Cell], likely: bool) -> bool:
    """Whether the numbers of a column have a decimal comma; `likely` decides where 1,234 could be either.

    >>> has_comma_decimals(["0,61"], False), has_comma_decimals(["1,234"], False), has_comma_decimals(["1,234"], True)
    (True, False, True)
    """
    for cell in cells:
        text = cell.strip(_SIGNS + " ") if isinstance(cell, str) else ""
        if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})*\.\d+|[-+]?\d{1,3}(?:,\d{3}){2,}", text):
            return False
        if re.fullmatch(r"[-+]?(?:0,\d+|\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+)", text):
            return True
    return likely


def date_order(cells: Iterable[Cell]) -> tuple[bool, DateOrder]:
    """Whether any day could be read in two ways, and how they are to be read if one of them tells.

    >>> date_order(["05/06/2026", "13/06/2026"]), date_order(["05/06/2026"]), date_order(["2026-06-05"])
    ((True, 'day_first'), (True, ''), (False, ''))
    """
    is_open = False
    for cell in cells:
        found = _DAY.match(cell.strip()) if isinstance(cell, str) else None
        if not found or found[2] == "." or len(found[1]) > 2:
            continue
        is_open = True
        if int(found[1]) > 12:
            return True, "day_first"
        if int(found[3]) > 12:
            return True, "month_first"
    return is_open, ""


def day_of(cell: Cell, order: DateOrder = "", serial_days: int | None = None) -> date | None:
    """The day that stands in a cell; None where there is none, or nobody knows which of two it is.

    >>> day_of("2026-09-08T10:00:00Z").isoformat(), day_of("08.09.2026").isoformat(), day_of("8 Sep 2026").isoformat()
    ('2026-09-08', '2026-09-08', '2026-09-08')
    >>> day_of("05/06/2026"), day_of("05/06/26", "month_first").isoformat(), day_of("tomorrow")
    (None, '2026-05-06', None)
    """
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float):
        is_serial = serial_days is not None and _SERIALS[0] <= cell <= _SERIALS[1]
        return date.fromordinal(int(cell) + (serial_days or 0)) if is_serial else None
    if not isinstance(cell, str) or len(cell) > 60:
        return None
    text = cell.strip()
    found = _DAY.match(text)
    if not found:
        return _named_day(text)
    first, sign, second, last = int(found[1]), found[2], int(found[3]), int(found[4])
    if len(found[1]) == 4:
        return _day(first, second, last)
    year = last if last > 99 else last + _CENTURY
    if sign == "." or order == "day_first":
        return _day(year, second, first)
    return _day(year, first, second) if order == "month_first" else None


def _named_day(text: str) -> date | None:
    found = _NAMED_DAY.match(text)
    if not found:
        return None
    day, word, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    month = _MONTHS.get(word.casefold()) or _MONTHS.get(word.casefold()[:3])
    return _day(int(year), month, int(day)) if month else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
