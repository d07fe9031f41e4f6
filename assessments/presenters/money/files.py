"""The sheets as files: CSV with values, and an Excel workbook with formulas."""

import csv
import io
from collections.abc import Sequence

from .sheets import Cell, Formula, Sheet

_RUNS = ("=", "+", "-", "@", "\t", "\r")
_MONEY = "#,##0.00;[Red]-#,##0.00"


def defused(text: str) -> str:
    """Text that a spreadsheet would run as a formula, made plain text.

    >>> defused("=SUM(A1)"), defused("@x"), defused("a=b")
    ("'=SUM(A1)", "'@x", 'a=b')
    """
    return f"'{text}" if text.startswith(_RUNS) else text


def as_csv(sheet: Sheet) -> bytes:
    """The values of one sheet. The mark at the start tells Excel that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str | float | None:
    if isinstance(cell, str):
        return defused(cell)
    return cell.value if isinstance(cell, Formula) else cell


def as_workbook(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """An Excel file with all sheets. Formulas carry their value, so that a viewer shows it without calculating."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": defused(title), "author": "ftdecide"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        money = book.add_format({"num_format": _MONEY})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 1)
            page.set_column(0, 30, 16)
            amounts = money if sheet.name != "Inputs" else None
            for across, cell in enumerate(sheet.rows[0]):
                page.write_string(0, across, defused(str(cell)), bold)
            for down, row in enumerate(sheet.rows[1:], 1):
                for across, cell in enumerate(row):
                    if isinstance(cell, Formula):
                        page.write_formula(down, across, cell.text, amounts, cell.value)
                    elif isinstance(cell, str):
                        page.write_string(down, across, defused(cell))
                    elif cell is not None:
                        page.write_number(down, across, cell, amounts if isinstance(cell, float) else None)
    return out.getvalue()
