"""A training set as a table: one column is asked, one is answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from assessments.engine.measured.found import ChoiceOption, FileChoice, ReadingJob, Told

from .one_file import CannotRead
from .table import FaultList, NumberedRow, ReadTable, text_of
from .training_lines import TrainingLine

_LAYOUTS = (("prompt", "chosen", "rejected"), ("instruction", "input", "output"))
"""Tables with all of these columns are read as lines with these keys."""
_ASKED = ("prompt", "input", "question", "instruction", "text", "ticket", "message", "query", "subject")
_ANSWERED = ("completion", "output", "answer", "response", "label", "category", "class", "queue", "reply")
_REVIEWED = ("reviewed", "reviewed_by", "checked", "approved")
_NOT_SO = ("", "0", "false", "no", "none", "null", "nein", "non")
_LOOKED_AT = 200


@dataclass(slots=True, kw_only=True)
class TableLines:
    """The rows of a table as lines of a training set."""

    table: ReadTable
    columns: dict[str, int]
    """The place of the column by the key of a line."""
    reviewed: int | None
    choices: Sequence[FileChoice]
    faults: FaultList = field(default_factory=FaultList)
    share = 0.5
    """How many rows there are is not known before the end."""

    def __iter__(self) -> Iterator[TrainingLine]:
        self.faults = FaultList()
        for row in self.table.rows(self.faults):
            line = {key: text_of(row.cells[place]) for key, place in self.columns.items()}
            said = None if self.reviewed is None else text_of(row.cells[self.reviewed]).casefold() not in _NOT_SO
            yield TrainingLine(number=row.number, value=line, is_reviewed=said)

    @property
    def notes(self) -> Sequence[Told]:
        return (*self.table.notes, *self.table.notes_after(), Told(code="training_in_a_table"))


def table_lines(table: ReadTable, job: ReadingJob) -> TableLines:
    """Raises CannotRead for a table of one column."""
    names = [name.casefold() for name in table.names]
    reviewed = next((names.index(name) for name in _REVIEWED if name in names), None)
    for layout in _LAYOUTS:
        if set(layout) <= set(names):
            columns = {key: names.index(key) for key in layout}
            return TableLines(table=table, columns=columns, reviewed=reviewed, choices=tuple(table.choices))
    if len(names) < 2:
        raise CannotRead("one_column", column=table.names[0])
    asked = _column(table, job, "column.input", _first(names, _ASKED, but=None))
    answered = _column(table, job, "column.output", _first(names, _ANSWERED, but=table.names.index(str(asked.chosen))))
    columns = {"prompt": table.names.index(str(asked.chosen)), "completion": table.names.index(str(answered.chosen))}
    return TableLines(table=table, columns=columns, reviewed=reviewed, choices=(*table.choices, asked, answered))


def inputs_of(table: ReadTable) -> Iterator[str]:
    """The inputs in a table of which nobody has said what it is: the column with the longest texts."""
    first = list(islice(table.rows(FaultList()), _LOOKED_AT))
    place = max(range(len(table.names)), key=lambda column: sum(len(_text(row, column)) for row in first))
    return (_text(row, place) for row in table.rows(FaultList()))


def _text(row: NumberedRow, place: int) -> str:
    cell = row.cells[place]
    return cell if isinstance(cell, str) else ""


def _first(names: Sequence[str], known: Sequence[str], *, but: int | None) -> int:
    """The first column of a known name, else the first that is left."""
    found = [names.index(name) for name in known if name in names and names.index(name) != but]
    return found[0] if found else next(place for place in range(len(names)) if place != but)


def _column(table: ReadTable, job: ReadingJob, key: str, guess: int) -> FileChoice:
    said = job.choices.get(key)
    is_said = said in table.names
    return FileChoice(
        key=key,
        options=tuple(ChoiceOption(value=name, label=name) for name in table.names),
        chosen=str(said) if is_said else table.names[guess],
        is_guess=not is_said,
    )
