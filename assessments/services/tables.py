"""A table as a file for spreadsheets: comma-separated, or a workbook. Nothing that people typed can run there."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from unicodedata import category

Value = str | int | float | bool | datetime | None
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know UTF-8


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns, each with its width in characters, and rows of values. A number is always one, never text."""

    name: str
    columns: Mapping[str, int]
    rows: Sequence[Sequence[Value]]


def starts_a_formula(text: str) -> bool:
    """Whether a spreadsheet could take this text for something to work out, also behind what cannot be seen.

    >>> [starts_a_formula(text) for text in ("=1+1", " @SUM(A1)", "-5", "1-5", "")]
    [True, True, True, False, False]
    """
    seen = (letter for letter in text if not letter.isspace() and category(letter) != "Cf")
    return text[:1] in _FORMULA_STARTS or next(seen, "") in _FORMULA_STARTS


def to_csv(table: Table) -> bytes:
    """With a heading line. Text that could start a formula gets an apostrophe before it; numbers stay as they are."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([_plain(value) for value in row] for row in table.rows)
    return (_BYTE_ORDER_MARK + out.getvalue()).encode()


def _plain(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, str) and starts_a_formula(value):
        return f"'{value}"
    return value


def to_workbook(table: Table, about: Iterable[tuple[str, Value]]) -> bytes:
    """One sheet with the table and one that says what it is. Text is stored as text, so none is worked out."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
        # What a spreadsheet sets itself where somebody types an apostrophe first: the cell stays text when edited.
        "typed": book.add_format({"quote_prefix": True}),
    }
    sheet = book.add_worksheet(table.name)
    for place, (heading, width) in enumerate(table.columns.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, formats["head"])
    for line, row in enumerate(table.rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, line, place, value, formats)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    notes = book.add_worksheet("About")
    notes.set_column(0, 0, 24)
    notes.set_column(1, 1, 80)
    for line, (name, value) in enumerate(about):
        notes.write_string(line, 0, name, formats["head"])
        _write(notes, line, 1, value, formats)
    book.close()
    return out.getvalue()


def _write(sheet: Any, line: int, place: int, value: Value, formats: Mapping[str, Any]) -> None:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, str):
        sheet.write_string(line, place, value, formats["typed"] if starts_a_formula(value) else None)
    elif isinstance(value, datetime):
        sheet.write_datetime(line, place, value.astimezone(UTC).replace(tzinfo=None), formats["date"])
    elif value is not None:
        sheet.write_number(line, place, value)
