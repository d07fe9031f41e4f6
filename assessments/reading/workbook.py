"""Tables of XLSX workbooks, opened only once the guard has looked through them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from assessments.engine.measured.found import ChoiceOption, FileChoice, ReadingJob

from .one_file import CannotRead, OpenFile
from .table import Cell, FaultList, NumberedRow, ReadTable, choice_of, fitted, key_of, said, text_of, unique_names
from .workbook_guard import SheetSeen, WorkbookSeen, guarded

_FROM_1900 = date(1899, 12, 30).toordinal()
_FROM_1904 = date(1904, 1, 1).toordinal()


def workbook_table(file: OpenFile, job: ReadingJob) -> ReadTable:
    """The table of one sheet: the one chosen, else the one with most cells. Raises CannotRead."""
    seen = guarded(file)
    try:
        book = CalamineWorkbook.from_path(str(file.path))
        sheets = _filled_sheets(book, seen)
        name = _chosen_sheet(sheets, seen, file, job)
        sheet = book.get_sheet_by_name(name)
    except CalamineError:
        raise CannotRead("damaged_workbook") from None
    number, header = next(((number, cells) for number, cells in _rows(sheet) if _is_filled(cells)), (0, []))
    if not number:
        raise CannotRead("nothing_to_read")
    while header and header[-1] is None:
        header.pop()
    names = unique_names([text_of(cell) for cell in header])
    table = ReadTable(
        layout="xlsx",
        names=names,
        rows=lambda faults: _below(sheet, number, len(names), seen.sheets[name], faults),
        expected_rows=sheet.height,
        serial_days=_FROM_1904 if seen.counts_from_1904 else _FROM_1900,
    )
    table.choices += _sheet_choice(sheets, name, file, job)
    return table


def ways_of_workbook(file: OpenFile, job: ReadingJob) -> Iterator[FileChoice]:
    """Which of its sheets can be read. Raises CannotRead where none can."""
    seen = guarded(file)
    try:
        sheets = _filled_sheets(CalamineWorkbook.from_path(str(file.path)), seen)
    except CalamineError:
        raise CannotRead("damaged_workbook") from None
    yield from _sheet_choice(sheets, _chosen_sheet(sheets, seen, file, job), file, job)


def _filled_sheets(book: CalamineWorkbook, seen: WorkbookSeen) -> list[str]:
    sheets = [name for name in book.sheet_names if seen.sheets.get(name, SheetSeen()).cells]
    if not sheets:
        raise CannotRead("nothing_to_read")
    return sheets


def _chosen_sheet(sheets: Sequence[str], seen: WorkbookSeen, file: OpenFile, job: ReadingJob) -> str:
    chosen = said(job, key_of(job, file, "sheet"))
    return chosen if chosen in sheets else max(sheets, key=lambda one: seen.sheets[one].cells)


def _sheet_choice(sheets: Sequence[str], name: str, file: OpenFile, job: ReadingJob) -> Iterator[FileChoice]:
    if len(sheets) > 1:
        options = tuple(ChoiceOption(value=one, label=one) for one in sheets)
        yield choice_of(job, file, "sheet", options, name)


def _below(sheet: CalamineSheet, header: int, width: int, seen: SheetSeen, faults: FaultList) -> Iterator[NumberedRow]:
    """The rows below the header. What has no value of its own is said first."""
    for code, places in (("formula_without_value", seen.empty_formulas), ("cell_error", seen.errors)):
        for row, cell in places:
            faults.add(row, code, is_warning=True, cell=cell)
    for number, cells in _rows(sheet):
        if number > header and (found := fitted(number, cells, width, faults)):
            yield found


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Cell]]]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, [_cell(cell) for cell in cells]


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool | date):
        return value
    if isinstance(value, int | float):
        return float(value)
    return str(value) if isinstance(value, time | timedelta) else None


def _is_filled(cells: Sequence[Cell]) -> bool:
    return any(cell is not None for cell in cells)
