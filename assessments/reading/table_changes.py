"""Measures before and after as a table, and two columns of right answers."""

from collections.abc import Iterator

from assessments.engine.measured.agreement import label_agreement
from assessments.engine.measured.figures import ChangeFigures, MetricChange
from assessments.engine.measured.found import ReadingJob, Told

from .cells import has_comma_decimals, is_empty, is_percent, number_of
from .columns import (
    AFTER,
    ANSWERS,
    BEFORE,
    CHANGES,
    DIRECTION,
    LABEL,
    METRIC,
    SECOND,
    TARGET,
    TOLERANCE,
    PickedColumns,
    TableColumns,
    picked,
)
from .one_file import CannotRead, OneFile, Progress
from .table import Cell, FaultList, NumberedRow, ReadTable, name_in, text_of
from .table_failures import plain

MOST_METRICS = 200
_HIGHER = ("higher", "up", "more", "max", "maximize", "increase", "yes", "true", "höher", "mehr", "haut")
_LOWER = (
    "lower",
    "down",
    "less",
    "min",
    "minimize",
    "decrease",
    "no",
    "false",
    "niedriger",
    "weniger",
    "plus bas",
    "bas",
)
_LOWER_NAMES = (
    *("fnr", "fpr", "ece", "error", "errors", "loss", "latency", "cost", "costs", "variance", "sigma", "brier"),
    *("false negative", "false positive", "hallucination", "violations", "overrides", "perplexity", "toxicity"),
    *("fehler", "fehlerrate", "kosten", "latenz", "varianz", "erreur", "erreurs", "coût", "latence"),
)
"""Of a metric that is called so, less is better."""


def read_changes(table: ReadTable, columns: TableColumns, job: ReadingJob, one: OneFile, _: Progress) -> None:
    """Adds the metrics before and after; without the three columns that it takes it stays a table."""
    found = picked(columns, CHANGES, job, needed=(METRIC, BEFORE, AFTER))
    one.choices += found.choices
    if not all(found.get(role) for role in (METRIC, BEFORE, AFTER)):
        one.kind = "table"
        return
    one.kind = "changes"
    faults = FaultList()
    metrics = []
    for row in table.rows(faults):
        if metric := _metric(row, found, table, faults):
            metrics.append(metric)
        if len(metrics) > MOST_METRICS:
            raise CannotRead("too_many_metrics", most=MOST_METRICS)
    if not metrics:
        raise CannotRead("nothing_to_read")
    if found.get(DIRECTION) is None:
        one.notes.append(Told(code="directions_guessed"))
    one.row_count = len(metrics)
    one.changes = ChangeFigures(metrics=tuple(metrics))
    one.faults, one.fault_count = faults.listed, faults.count


def _metric(row: NumberedRow, found: PickedColumns, table: ReadTable, faults: FaultList) -> MetricChange | None:
    def cell(key: str) -> Cell:
        column = found.columns.get(key)
        return row.cells[column.place] if column else None

    def number(key: str) -> float | None:
        column = found.columns.get(key)
        if column is None:
            return None
        return number_of(
            row.cells[column.place], comma_is_decimal=has_comma_decimals(column.sample, table.is_comma_decimal)
        )

    name, before, after = name_in(cell(METRIC.key)), number(BEFORE.key), number(AFTER.key)
    if not name or before is None or after is None:
        faults.add(row.number, "no_measure")
        return None
    units = {is_percent(cell(role.key)) for role in (BEFORE, AFTER, TOLERANCE, TARGET) if not is_empty(cell(role.key))}
    if len(units) > 1:
        faults.add(row.number, "units_differ")
        return None
    is_higher_better = _is_higher_better(cell(DIRECTION.key), name)
    if is_higher_better is None:
        faults.add(row.number, "no_direction", value=text_of(cell(DIRECTION.key))[:60])
        return None
    return MetricChange(
        name=name,
        before=before,
        after=after,
        higher_is_better=is_higher_better,
        tolerance=abs(number(TOLERANCE.key) or 0.0),
        target=number(TARGET.key),
    )


def _is_higher_better(direction: Cell, name: str) -> bool | None:
    """As the direction says, else as the metric is called; None where the direction says something else.

    >>> _is_higher_better("lower", "Accuracy"), _is_higher_better(None, "MFA-related FNR"), _is_higher_better("?", "F1")
    (False, False, None)
    """
    if is_empty(direction):
        words = f" {plain(name)} "
        return not any(f" {word} " in words for word in _LOWER_NAMES)
    word = plain(text_of(direction)).removeprefix("plus ")
    if any(word.startswith(known) for known in _HIGHER):
        return True
    return False if any(word.startswith(known) for known in _LOWER) else None


def read_answers(table: ReadTable, columns: TableColumns, job: ReadingJob, one: OneFile, _: Progress) -> None:
    """Adds how far two columns of right answers agree; without two it stays a table."""
    found = picked(columns, ANSWERS, job, needed=(LABEL, SECOND))
    one.choices += found.choices
    label, second = found.get(LABEL), found.get(SECOND)
    if label is None or second is None:
        one.kind = "table"
        return
    one.kind = "answers"
    faults = FaultList()

    def pairs() -> Iterator[tuple[str, str]]:
        for row in table.rows(faults):
            first, other = row.cells[label.place], row.cells[second.place]
            if is_empty(first) or is_empty(other):
                faults.add(row.number, "one_answer")
                continue
            one.row_count += 1
            yield plain(name_in(first)), plain(name_in(other))

    one.answers = label_agreement(pairs())
    if not one.row_count:
        raise CannotRead("nothing_to_read")
    one.faults, one.fault_count = faults.listed, faults.count
