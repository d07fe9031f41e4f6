"""A log of failures as a table: one row for each failure, its values mapped to the modes of the framework."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.engine.measured.failures import FailureRow, failure_figures
from assessments.engine.measured.found import ChoiceOption, FileChoice, ReadingJob, Told

from .cells import date_order, day_of, is_empty
from .columns import DATE, FAILURE, FAILURES, SECOND, SLICE, TableColumn, TableColumns, guessed, picked
from .one_file import CannotRead, OneFile, Progress
from .table import Cell, FaultList, ReadTable, name_in, rows_told, said, text_of

MOST_ROWS = 1_000_000
_MOST_VALUES = 60
_MOST_DIFFERENT = 1_000
"""A column with more values holds what people wrote, and no text of a case is kept."""
_MODE_WORDS = 0.5
LEAVE_OUT = "leave_out"
"""What a person chooses for a value that is no failure."""


@dataclass(frozen=True, slots=True)
class _Logged:
    number: int
    failure: str
    second: str
    slice: str
    day: Cell


def plain(value: str) -> str:
    """A value as words are compared.

    >>> plain(" Broken-JSON! "), plain("format_failure")
    ('broken json', 'format failure')
    """
    return " ".join(re.split(r"[\W_]+", value.casefold())).strip()


def has_mode_words(column: TableColumn, job: ReadingJob) -> bool:
    """Whether what stands in a column again and again is, for a good part, words for failures."""
    values = {plain(value) for value in column.distinct}
    known = _modes_by_word(job).keys()
    return 0 < len(values) <= _MOST_VALUES and len(values & known) >= _MODE_WORDS * len(values)


def _modes_by_word(job: ReadingJob) -> Mapping[str, str]:
    found = {plain(word): mode for mode, words in job.modes.items() for word in words}
    return found | {plain(mode): mode for mode in job.modes}


def read_failures(table: ReadTable, columns: TableColumns, job: ReadingJob, one: OneFile, progress: Progress) -> None:
    """Adds the figures of the log and what is still to choose; without a column of failures it stays a table."""
    found = picked(columns, FAILURES, job, needed=(FAILURE,), hints=_labels(columns, job))
    one.choices += found.choices
    failure = found.get(FAILURE)
    if failure is None:
        one.kind = "table"
        return
    one.kind = "failures"
    faults = FaultList()
    date, second, part = found.get(DATE), found.get(SECOND), found.get(SLICE)
    kept: dict[str, str] = {}

    def text(cells: Sequence[Cell], column: TableColumn | None) -> str:
        value = name_in(cells[column.place]) if column else ""
        return kept.setdefault(value, value)

    logged: list[_Logged] = []
    for row in rows_told(table, faults, progress):
        if len(logged) >= MOST_ROWS:
            raise CannotRead("too_many_rows", most=MOST_ROWS)
        if is_empty(row.cells[failure.place]):
            faults.add(row.number, "no_failure")
            continue
        day = row.cells[date.place] if date else None
        logged.append(
            _Logged(
                number=row.number,
                failure=text(row.cells, failure),
                second=text(row.cells, second),
                slice=text(row.cells, part),
                day=kept.setdefault(day, day) if isinstance(day, str) else day,
            )
        )
    if not logged:
        raise CannotRead("nothing_to_read")
    if len({row.failure for row in logged}) > _MOST_DIFFERENT:
        one.kind = "table"
        one.notes.append(Told(code="free_text", figures={"column": failure.name, "most": _MOST_DIFFERENT}))
        return
    modes = _mapped(logged, job, one)
    rows = _failure_rows(logged, modes, date, table, job, one, faults)
    one.row_count = len(rows)
    one.failures = failure_figures(rows)
    one.faults, one.fault_count = sorted(faults.listed, key=lambda fault: fault.row), faults.count


def _labels(columns: TableColumns, job: ReadingJob) -> Mapping[str, TableColumn]:
    """The columns that hold words for failures: whose they are is told by their names, else by their order."""
    labels = [column for column in columns if has_mode_words(column, job)]
    second = guessed(SECOND, labels) if len(labels) > 1 else None
    first = guessed(FAILURE, labels) or next((column for column in labels if column is not second), None)
    second = second or next((column for column in labels if column is not first), None)
    return {role.key: column for role, column in ((FAILURE, first), (SECOND, second)) if column}


def _mapped(logged: Iterable[_Logged], job: ReadingJob, one: OneFile) -> Mapping[str, str]:
    """The mode of each value, as a person chose or as its words say; every value can be chosen."""
    values = Counter(value for row in logged for value in (row.failure, row.second) if value)
    by_word = _modes_by_word(job)
    options = tuple(ChoiceOption(value=mode, label="") for mode in (*job.modes, LEAVE_OUT))
    allowed = {option.value for option in options}
    modes: dict[str, str] = {}
    for value, _ in values.most_common():
        chosen = said(job, f"mode.{value}")
        modes[value] = chosen if chosen in allowed else by_word.get(plain(value), "")
    listed = sorted(values, key=lambda value: (modes[value] != "", -values[value], value))
    for value in listed[:_MOST_VALUES]:
        is_guess = said(job, f"mode.{value}") != modes[value]
        one.choices.append(
            FileChoice(key=f"mode.{value}", about=value, options=options, chosen=modes[value], is_guess=is_guess)
        )
    if len(values) > _MOST_VALUES:
        one.notes.append(Told(code="many_values", figures={"count": len(values), "most": _MOST_VALUES}))
    return modes


def _failure_rows(
    logged: Iterable[_Logged],
    modes: Mapping[str, str],
    date: TableColumn | None,
    table: ReadTable,
    job: ReadingJob,
    one: OneFile,
    faults: FaultList,
) -> list[FailureRow]:
    is_open, order = date_order(row.day for row in logged)
    chosen = said(job, "date_order")
    if is_open and not order:
        order = "day_first" if chosen == "day_first" else "month_first" if chosen == "month_first" else ""
        options = (ChoiceOption(value="day_first", label=""), ChoiceOption(value="month_first", label=""))
        one.choices.append(FileChoice(key="date_order", options=options, chosen=order, is_guess=not order))
        if not order:
            one.notes.append(Told(code="date_order_unknown"))
    serials = table.serial_days if _are_days(logged) else None
    rows: list[FailureRow] = []
    for row in logged:
        mode, second = modes[row.failure], modes.get(row.second, "")
        if mode == LEAVE_OUT:
            continue
        day = day_of(row.day, order, serials)
        if date and day is None and (order or not is_open):
            faults.add(row.number, "no_day", is_warning=True, value=text_of(row.day)[:60])
        rows.append(
            FailureRow(
                mode=mode,
                value=row.failure,
                day=day,
                second="" if second == LEAVE_OUT else second,
                slice=row.slice,
            )
        )
    return rows


def _are_days(logged: Iterable[_Logged]) -> bool:
    """Whether most of the cells are days, so that a number among them is one that lost its format."""
    cells = [row.day for row in logged if not is_empty(row.day)]
    return sum(not isinstance(cell, str | float | bool) for cell in cells) * 2 > len(cells)
