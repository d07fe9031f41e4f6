"""Failures that nobody has labelled yet, as a table: the column in which they stand is handed on as it is."""

from assessments.engine.measured.found import ReadingJob

from .cells import is_empty
from .columns import ColumnRole, TableColumn, TableColumns, picked
from .one_file import OneFile, Progress
from .table import FaultList, ReadTable, rows_told, text_of

MOST_TEXTS = 1_000
LONGEST_TEXT = 10_000
TEXT = ColumnRole(
    "text",
    (
        *("text", "failure text", "message", "question", "request", "input", "ticket", "description", "comment"),
        *("nachricht", "anfrage", "frage", "beschreibung", "texte", "demande", "description du problème"),
    ),
)


def read_texts(table: ReadTable, columns: TableColumns, job: ReadingJob, one: OneFile, progress: Progress) -> None:
    """Adds the texts of one column, the first of each that stands there twice."""
    found = picked(columns, (TEXT,), job, needed=(TEXT,), hints={TEXT.key: _longest(columns)})
    one.choices += found.choices
    column = found.get(TEXT)
    if column is None:
        one.kind = "table"
        return
    one.kind = "texts"
    faults, texts, rows = FaultList(), dict[str, None](), 0
    for row in rows_told(table, faults, progress):
        rows += 1
        text = "" if is_empty(row.cells[column.place]) else text_of(row.cells[column.place]).strip()
        if not text:
            faults.add(row.number, "no_failure")
        elif len(text) > LONGEST_TEXT:
            faults.add(row.number, "text_too_long", most=LONGEST_TEXT)
        elif len(texts) < MOST_TEXTS:
            texts.setdefault(text)
        elif text not in texts:
            faults.add(row.number, "text_too_many", most=MOST_TEXTS)
    one.texts, one.row_count = list(texts), rows
    one.faults, one.fault_count = faults.listed, faults.count


def _longest(columns: TableColumns) -> TableColumn:
    """The column in which the most is written."""
    return max(columns, key=lambda column: sum(len(text_of(cell)) for cell in column.sample))
