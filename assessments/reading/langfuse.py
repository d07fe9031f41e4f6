"""Scores of Langfuse, exported in a file of their own: they become columns of the traces dropped beside them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from assessments.engine.measured.found import ReadingJob, Told

from .cells import is_empty, pass_of
from .columns import TableColumn
from .one_file import CannotRead, OneFile, OpenFile
from .open_file import open_file
from .table import Cell, FaultList, NumberedRow, ReadTable, text_of
from .which import kind_of

Scores = Mapping[str, Mapping[str, Cell]]
"""By the name of the score, then by the id of what was scored."""
TableOf = Callable[[OpenFile, ReadingJob], ReadTable]
_OF_SCORES = {"trace id", "name", "value"}
_SCORED = ("observation id", "trace id")
"""Whichever is filled first: a score of a trace has no observation."""
_IDS = ("id", "observation id", "trace id")
_MOST_SCORES, _MOST_NAMES = 500_000, 50


def holds_scores(table: ReadTable) -> bool:
    """Whether it is a table of scores: which trace, which score, which value, and nothing of the trace itself."""
    names = set(_places(table))
    return names >= _OF_SCORES and not names & {"input", "latency", "total cost"}


def read_scores(one: OneFile, table: ReadTable, job: ReadingJob) -> OneFile:
    """What is said of the scores themselves: their traces have them as columns."""
    one.tool = "langfuse"
    one.row_count = sum(1 for _ in table.rows(FaultList()))
    one.notes = [*table.notes, Told(code="scores_beside" if len(job.files) > 1 else "scores_alone"), *one.notes]
    return one


def with_scores(table: ReadTable, file: OpenFile, job: ReadingJob, table_of: TableOf) -> ReadTable:
    """The table with a column for each score that another file of the drop has of its rows."""
    places = _places(table)
    at = next((places[name] for name in _IDS if name in places), None)
    scores = _scores_beside(file, job, table_of) if at is not None and len(job.files) > 1 else {}
    if at is None or not scores:
        return table
    known = set().union(*scores.values())
    joined = sum(text_of(row.cells[at]) in known for row in table.rows(FaultList()))
    if not joined:
        return replace(table, notes=[*table.notes, Told(code="scores_match_nothing")])

    def rows(faults: FaultList) -> Iterator[NumberedRow]:
        for row in table.rows(faults):
            ident = text_of(row.cells[at])
            yield NumberedRow(row.number, [*row.cells, *(by_id.get(ident) for by_id in scores.values())])

    names = [f"{name} ({'pass' if _says_pass(by_id) else 'score'})" for name, by_id in scores.items()]
    said = Told(code="scores_joined", figures={"scores": len(names), "rows": joined})
    return replace(table, names=(*table.names, *names), rows=rows, notes=[*table.notes, said])


def _places(table: ReadTable) -> dict[str, int]:
    return {TableColumn(place, name, ()).plain_name: place for place, name in enumerate(table.names)}


def _says_pass(by_id: Mapping[str, Cell]) -> bool:
    return all(pass_of(value) is not None for value in by_id.values())


def _scores_beside(file: OpenFile, job: ReadingJob, table_of: TableOf) -> Scores:
    scores: dict[str, dict[str, Cell]] = {}
    for other in job.files:
        if other.sha256 == file.file.sha256:
            continue
        try:
            with open_file(other) as opened:
                table = table_of(opened, job) if kind_of(opened) == "tables" else None
                if table and holds_scores(table):
                    _take_in(table, scores)
        except CannotRead:
            continue  # said of that file itself
    return scores


def _take_in(table: ReadTable, scores: dict[str, dict[str, Cell]]) -> None:
    places = _places(table)
    values: Sequence[int] = [places[name] for name in ("value", "string value") if name in places]
    scored = [places[name] for name in _SCORED if name in places]
    for count, row in enumerate(table.rows(FaultList()), 1):
        if count > _MOST_SCORES:
            raise CannotRead("too_many_rows", most=_MOST_SCORES)
        ident = next((text_of(row.cells[at]) for at in scored if not is_empty(row.cells[at])), "")
        value = next((row.cells[at] for at in values if not is_empty(row.cells[at])), None)
        name = text_of(row.cells[places["name"]])
        if ident and value is not None and (name in scores or len(scores) < _MOST_NAMES):
            scores.setdefault(name, {})[ident] = value
