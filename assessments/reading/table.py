"""A table, whichever file it stands in: names of columns, and rows that can be gone through more than once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import islice

from assessments.engine.measured.found import ChoiceOption, FileChoice, ReadingJob, RowFault, Told

from .one_file import MOST_FAULTS, CannotRead, OpenFile, Progress

MOST_COLUMNS = 500
PREVIEW_ROWS = 5
SAMPLE_ROWS = 1_000
_TOLD_EVERY = 5_000
PREVIEW_CHARACTERS = 200
LONGEST_NAME = 200
"""A longer text is told apart by its beginning and a hash."""
Cell = str | float | bool | date | None
"""None is an empty cell."""


@dataclass(slots=True)
class FaultList:
    """The rows that were not read: the first are listed, all are counted."""

    listed: list[RowFault] = field(default_factory=list)
    count: int = 0

    def add(self, row: int, code: str, *, is_warning: bool = False, **figures: str | int | float) -> None:
        self.count += 1
        if len(self.listed) < MOST_FAULTS:
            self.listed.append(RowFault(row=row, said=Told(code=code, figures=figures), is_warning=is_warning))


@dataclass(frozen=True, slots=True)
class NumberedRow:
    number: int
    """As people count: the first row of the file is 1, headers included."""
    cells: Sequence[Cell]
    """As many as there are names."""


Rows = Callable[[FaultList], Iterator[NumberedRow]]


@dataclass(slots=True, kw_only=True)
class ReadTable:
    layout: str
    names: tuple[str, ...]
    rows: Rows
    """Goes through all rows that can be read; the others go to the list that it is given."""
    expected_rows: int = 0
    """About how many there are, where that is known: for the progress alone."""
    notes: list[Told] = field(default_factory=list)
    choices: list[FileChoice] = field(default_factory=list)
    notes_after: Callable[[], Iterable[Told]] = tuple
    """What is to be said once all rows were gone through."""
    is_comma_decimal: bool = False
    """Whether numbers are likely to have a decimal comma: columns are separated by something else than commas."""
    serial_days: int | None = None
    """What is to be added to a number that stands for a day, to get its ordinal; None where no number does."""


def said(job: ReadingJob, key: str) -> str:
    """What a person chose, where it is one text."""
    chosen = job.choices.get(key, "")
    return chosen if isinstance(chosen, str) else ""


def key_of(job: ReadingJob, file: OpenFile, key: str) -> str:
    """The key of a choice that is made for each table of a drop by itself."""
    return key if len(job.files) == 1 else f"{key}.{file.file.sha256}"


def choice_of(job: ReadingJob, file: OpenFile, key: str, options: tuple[ChoiceOption, ...], chosen: str) -> FileChoice:
    """Such a choice; where the drop holds other files it says which it is about."""
    own = key_of(job, file, key)
    return FileChoice(
        key=own,
        about="" if own == key else file.file.name,
        options=options,
        chosen=chosen,
        is_guess=not chosen or said(job, own) != chosen,
        is_needed=not chosen,
    )


def rows_told(table: ReadTable, faults: FaultList, progress: Progress) -> Iterator[NumberedRow]:
    """All rows, while the progress is told how far they are."""
    for place, row in enumerate(table.rows(faults), 1):
        if place % _TOLD_EVERY == 0:
            progress(place / max(table.expected_rows, place + 1), place)
        yield row


def unique_names(header: Sequence[str]) -> tuple[str, ...]:
    """Each column with a name of its own. Raises CannotRead where there are too many.

    >>> unique_names([" Score", "Score", "", "Score"])
    ('Score', 'Score (2)', 'Column 3', 'Score (3)')
    """
    if len(header) > MOST_COLUMNS:
        raise CannotRead("too_many_columns", columns=len(header), most=MOST_COLUMNS)
    seen: Counter[str] = Counter()
    names: list[str] = []
    for place, text in enumerate(header, 1):
        name = " ".join(text.split())[:PREVIEW_CHARACTERS] or f"Column {place}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def fitted(number: int, cells: Sequence[Cell], width: int, faults: FaultList) -> NumberedRow | None:
    """A row as wide as the header; None where it is empty, or has a cell more, so that nobody knows which is which."""
    filled = len(cells)
    while filled and cells[filled - 1] in (None, ""):
        filled -= 1
    if not filled:
        return None
    if filled > width:
        faults.add(number, "too_many_cells", cells=filled, columns=width)
        return None
    if len(cells) < width:
        faults.add(number, "too_few_cells", is_warning=True, cells=len(cells), columns=width)
    return NumberedRow(number, [*cells[:width], *[None] * (width - len(cells))])


def text_of(cell: Cell) -> str:
    """A cell as a name: whole numbers without a point, days as in 2026-09-08.

    >>> text_of(1001.0), text_of(True), text_of(None), text_of(" a "), text_of(date(2026, 9, 8))
    ('1001', 'true', '', 'a', '2026-09-08')
    """
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    return cell.isoformat()


def name_in(cell: Cell) -> str:
    """What a cell calls something: in one line, as forms keep no other line ends, and told apart by a hash if long.

    >>> name_in("No tool \\n call ")
    'No tool call'
    """
    text = " ".join(text_of(cell).split())
    if len(text) <= LONGEST_NAME:
        return text
    return f"{text[: LONGEST_NAME - 20]}… {sha256(text.encode(errors='replace')).hexdigest()[:12]}"


def first_rows(table: ReadTable) -> list[NumberedRow]:
    """So many as are looked at for a guess, with long cells cut: some hold whole documents."""
    return [
        NumberedRow(row.number, [cell[:PREVIEW_CHARACTERS] if isinstance(cell, str) else cell for cell in row.cells])
        for row in islice(table.rows(FaultList()), SAMPLE_ROWS)
    ]


def preview_of(table: ReadTable, first: Sequence[NumberedRow]) -> tuple[tuple[str, ...], ...]:
    """The header and the first rows."""
    return (table.names, *(tuple(text_of(cell) for cell in row.cells) for row in first[:PREVIEW_ROWS]))
