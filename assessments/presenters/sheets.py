"""Sheets as files for spreadsheets: comma-separated, or a workbook. Nothing that people typed can run there."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, repeat
from typing import Any
from unicodedata import category

from django.utils.translation import pgettext

CSV = "text/csv; charset=utf-8"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_WIDTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """What a spreadsheet works out, and what it must come to."""

    text: str
    value: float


Cell = str | int | float | bool | datetime | Formula | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows of values, the first of them the head. A number is always one, never text.

    Widths in characters; `money` is the sign of the currency where numbers with decimals are amounts.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()
    money: str = ""
    filters: bool = False


def starts_a_formula(text: str) -> bool:
    """Whether a spreadsheet could take this text for something to work out, also behind what cannot be seen.

    >>> [starts_a_formula(text) for text in ("=1+1", " @SUM(A1)", "-5", "1-5", "")]
    [True, True, True, False, False]
    """
    seen = (letter for letter in text if not letter.isspace() and category(letter) != "Cf")
    return text[:1] in _FORMULA_STARTS or next(seen, "") in _FORMULA_STARTS


def to_csv(sheet: Sheet) -> bytes:
    """The values alone. Text that could start a formula gets an apostrophe before it; numbers stay as they are."""
    out = io.StringIO()
    csv.writer(out).writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")  # by its mark spreadsheets know UTF-8


def _plain(cell: Cell) -> str | int | float | None:
    match cell:
        case bool():
            return _yes_or_no(cell)
        case datetime():
            return cell.astimezone(UTC).isoformat(timespec="seconds")
        case Formula():
            return cell.value
        case str() if starts_a_formula(cell):
            return f"'{cell}"
    return cell


def _yes_or_no(value: bool) -> str:
    return pgettext("cell", "yes") if value else pgettext("cell", "no")


def to_workbook(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """All sheets in one file. Text is stored as text; a formula carries its value, so that a viewer shows it."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": _plain(title), "author": "ftdecide"})
        formats = _formats(book)
        for sheet in sheets:
            amount = f'"{sheet.money}"#,##0.00'
            money = book.add_format({"num_format": f"{amount};[Red]-{amount}"}) if sheet.money else None
            _add(book.add_worksheet(sheet.name), sheet, formats, money)
    return out.getvalue()


def _formats(book: Any) -> Mapping[str, Any]:
    head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    # What a spreadsheet sets itself where somebody types an apostrophe first: the cell stays text when edited.
    typed = {"quote_prefix": True}
    return {
        "head": book.add_format(head),
        "typed head": book.add_format(head | typed),
        "typed": book.add_format(typed),
        "date": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
    }


def _add(page: Any, sheet: Sheet, formats: Mapping[str, Any], money: Any) -> None:
    across = len(sheet.rows[0])
    for place, width in zip(range(across), chain(sheet.widths, repeat(_WIDTH)), strict=False):
        page.set_column(place, place, width)
    page.freeze_panes(1, 1)
    if sheet.filters:
        page.autofilter(0, 0, max(1, len(sheet.rows) - 1), across - 1)
    for down, row in enumerate(sheet.rows):
        for place, cell in enumerate(row):
            _write(page, (down, place), cell, formats, money=money)


def _write(page: Any, at: tuple[int, int], cell: Cell, formats: Mapping[str, Any], *, money: Any) -> None:
    match cell:
        case None:
            pass
        case bool():
            page.write_string(*at, _yes_or_no(cell))
        case str():
            look = f"{'typed' * starts_a_formula(cell)} {'head' * (at[0] == 0)}".strip()
            page.write_string(*at, cell, formats.get(look))
        case datetime():
            page.write_datetime(*at, cell.astimezone(UTC).replace(tzinfo=None), formats["date"])
        case Formula():
            page.write_formula(*at, cell.text, money, cell.value)
        case _:
            page.write_number(*at, cell, money if isinstance(cell, float) else None)
