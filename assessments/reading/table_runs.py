"""A run of an evaluation as a table: one row for each call, or each case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from statistics import median

from assessments.engine.measured.figures import RunRow, VariantFacts
from assessments.engine.measured.found import ChoiceOption, FileChoice, ReadingJob, Told
from assessments.engine.measured.models import base_model

from .cells import has_comma_decimals, is_empty, number_of, pass_of
from .columns import (
    CASE,
    COST,
    ERROR,
    FORMAT,
    GRADED,
    LATENCY,
    PASS,
    RUN,
    SCORE,
    SLICE,
    VARIANT,
    PickedColumns,
    TableColumn,
    TableColumns,
    guessed,
    has_scores,
    holds_passes,
)
from .columns import picked as picked_columns
from .one_file import CannotRead, OneFile, Progress
from .table import Cell, FaultList, NumberedRow, ReadTable, name_in, rows_told, said, text_of
from .wide_runs import VariantColumns, variants_choice, variants_in

MOST_ROWS = 500_000
_MOST_VARIANTS = 200
_MILLISECONDS = {"ms": 1.0, "s": 1_000.0}
_SECONDS_BELOW = 50.0
"""Where no name says the unit: calls that take less than this are told in seconds."""
_MODEL_NAMES = ("model", "modell", "modèle", "provider")


@dataclass(frozen=True, slots=True)
class _Meaning:
    """How the cells of a row are to be understood."""

    picked: PickedColumns
    outcome: TableColumn
    threshold: float | None
    """None where the outcome says pass or fail by itself."""
    latency_factor: float
    comma_decimals: Mapping[str, bool]
    """By role, whether its numbers have a decimal comma."""
    only_variant: str
    is_wide: bool = False
    """Whether the row tells of other variants, too: without an outcome and an error this one was not run on it."""

    def number(self, row: NumberedRow, key: str) -> float | None:
        column = self.picked.columns.get(key)
        if column is None:
            return None
        return number_of(row.cells[column.place], comma_is_decimal=self.comma_decimals.get(key, False))

    def text(self, row: NumberedRow, key: str) -> str:
        column = self.picked.columns.get(key)
        return name_in(row.cells[column.place]) if column else ""


def read_run(table: ReadTable, columns: TableColumns, job: ReadingJob, one: OneFile, progress: Progress) -> None:
    """Adds the rows, the variants and what is still to choose; a run without an outcome stays a table."""
    wide = variants_in(columns, job)
    if choice := variants_choice(columns, wide, job):
        one.choices.append(choice)
    picked = _picked_beside(columns, wide, job) if wide else _picked(columns, job)
    meanings = _wide_meanings(picked, wide, table, job, one) if wide else _meanings(picked, table, job, one)
    if not meanings:
        one.kind = "table"
        return
    one.kind = "run"
    faults = FaultList()
    seen: dict[str, str] = {}
    cases: set[tuple[str, str]] = set()
    not_run = 0
    for row in rows_told(table, faults, progress):
        one.row_count += 1
        for meaning in meanings:
            faulty = faults.count
            read = _run_row(row, meaning, faults, seen)
            if read:
                one.rows.append(read)
                cases.add((read.variant, read.case))
            elif faults.count == faulty:
                not_run += 1
        if max(one.row_count, len(one.rows)) > MOST_ROWS:
            raise CannotRead("too_many_rows", most=MOST_ROWS)
    names = dict.fromkeys(row.variant for row in one.rows)
    if len(names) > _MOST_VARIANTS:
        one.kind, one.rows = "table", []
        one.notes.append(Told(code="many_variants", figures={"variants": len(names), "most": _MOST_VARIANTS}))
        return
    variant = picked.get(VARIANT)
    is_model = bool(variant and variant.plain_name.startswith(_MODEL_NAMES))
    one.variants = [VariantFacts(key=name, name=name, model=base_model(name) if is_model else "") for name in names]
    one.faults, one.fault_count = faults.listed, faults.count
    one.notes += _notes(picked, len(one.rows) - len(cases), len(wide), not_run)


def _picked(columns: TableColumns, job: ReadingJob) -> PickedColumns:
    graded = None if guessed(PASS, columns) or guessed(SCORE, columns) else guessed(GRADED, columns)
    return picked_columns(columns, RUN, job, needed=(PASS,), hints={PASS.key: graded} if graded else None)


def _picked_beside(columns: TableColumns, wide: Sequence[VariantColumns], job: ReadingJob) -> PickedColumns:
    """What a row says of its case, beside the columns of the variants."""
    taken = [column for one in wide for column in one.columns.values()]
    return picked_columns([column for column in columns if column not in taken], (CASE, SLICE), job)


def _notes(picked: PickedColumns, repeats: int, side_by_side: int, not_run: int) -> Iterator[Told]:
    if side_by_side:
        yield Told(code="column_for_each_variant", figures={"variants": side_by_side})
    elif picked.get(CASE) is None:
        yield Told(code="no_case_column")
    if not_run:
        yield Told(code="cells_not_run", figures={"count": not_run})
    if repeats and picked.get(CASE):
        yield Told(code="repeats", figures={"count": repeats})


def _meanings(picked: PickedColumns, table: ReadTable, job: ReadingJob, one: OneFile) -> Sequence[_Meaning]:
    """Nothing where nobody can say yet what passed; what is to be asked is added in any case."""
    outcome = picked.get(PASS) or picked.get(SCORE)
    for choice in picked.choices:
        is_needed = choice.is_needed and outcome is None
        one.choices.append(choice if choice.is_needed == is_needed else _unneeded(choice))
    is_score = outcome is not None and (picked.get(PASS) is None or not holds_passes(outcome) or has_scores(outcome))
    threshold = _threshold(outcome.name if outcome else "", job, one) if is_score else None
    factor = _latency_factor(picked.get(LATENCY), job, one)
    if outcome is None or (is_score and threshold is None):
        return ()
    return (
        _Meaning(
            picked=picked,
            outcome=outcome,
            threshold=threshold,
            latency_factor=factor,
            comma_decimals=_comma_decimals(picked, table),
            only_variant=PurePath(one.file.name).name.partition(".")[0] or one.file.name,
        ),
    )


def _wide_meanings(
    beside: PickedColumns, wide: Sequence[VariantColumns], table: ReadTable, job: ReadingJob, one: OneFile
) -> Sequence[_Meaning]:
    """One for each variant; none where nobody has said yet from which score on it passes."""
    one.choices += beside.choices
    scores = [column.name for variant in wide if (column := variant.columns.get(SCORE.key))]
    are_scores = any(PASS.key not in variant.columns for variant in wide)
    threshold = _threshold(scores[0], job, one) if are_scores else None
    timed = next((column for variant in wide if (column := variant.columns.get(LATENCY.key))), None)
    factor = _latency_factor(timed, job, one)
    if are_scores and threshold is None:
        return ()
    meanings = []
    for variant in wide:
        picked = PickedColumns({**beside.columns, **variant.columns}, ())
        outcome = picked.get(PASS) or picked.get(SCORE)
        if outcome:
            meanings.append(
                _Meaning(
                    picked=picked,
                    outcome=outcome,
                    threshold=None if picked.get(PASS) else threshold,
                    latency_factor=factor,
                    comma_decimals=_comma_decimals(picked, table),
                    only_variant=variant.name,
                    is_wide=True,
                )
            )
    return meanings


def _threshold(about: str, job: ReadingJob, one: OneFile) -> float | None:
    """Asks from which score on a case passes."""
    threshold = number_of(said(job, "threshold"), comma_is_decimal="," in said(job, "threshold"))
    one.choices.append(
        FileChoice(
            key="threshold",
            about=about,
            options=(),
            chosen=said(job, "threshold") if threshold is not None else "",
            is_guess=threshold is None,
            is_needed=threshold is None,
        )
    )
    return threshold


def _comma_decimals(picked: PickedColumns, table: ReadTable) -> Mapping[str, bool]:
    return {key: has_comma_decimals(column.sample, table.is_comma_decimal) for key, column in picked.columns.items()}


def _unneeded(choice: FileChoice) -> FileChoice:
    return FileChoice(key=choice.key, options=choice.options, chosen=choice.chosen, is_guess=choice.is_guess)


def _latency_factor(column: TableColumn | None, job: ReadingJob, one: OneFile) -> float:
    if column is None:
        return 1.0
    chosen = said(job, "latency_unit")
    unit = chosen if chosen in _MILLISECONDS else _unit_of(column)
    options = tuple(ChoiceOption(value=key, label="") for key in _MILLISECONDS)
    one.choices.append(
        FileChoice(key="latency_unit", about=column.name, options=options, chosen=unit, is_guess=chosen != unit)
    )
    return _MILLISECONDS[unit]


def _unit_of(column: TableColumn) -> str:
    """As the name says, else as the numbers look.

    >>> _unit_of(TableColumn(0, "latency_ms", [2.0])), _unit_of(TableColumn(0, "Time (s)", [900.0]))
    ('ms', 's')
    >>> _unit_of(TableColumn(0, "Latency", [1.8, 2.0])), _unit_of(TableColumn(0, "Latency", [1800.0, 2.0, 1900.0]))
    ('s', 'ms')
    """
    words = column.plain_name.split()
    for unit, names in (("ms", ("ms", "msec", "millis", "milliseconds")), ("s", ("s", "sec", "secs", "seconds"))):
        if any(name in words for name in names):
            return unit
    numbers = [number for cell in column.sample if (number := number_of(cell)) is not None]
    return "s" if numbers and median(numbers) < _SECONDS_BELOW else "ms"


def _run_row(row: NumberedRow, meaning: _Meaning, faults: FaultList, seen: dict[str, str]) -> RunRow | None:
    """None where the row says neither pass nor fail, nor that the call broke."""
    passed = None
    cell = row.cells[meaning.outcome.place]
    error = meaning.picked.get(ERROR)
    is_broken = error is not None and not is_empty(row.cells[error.place])
    if meaning.is_wide and not is_broken and is_empty(cell):
        return None
    if not is_broken and not is_empty(cell):
        passed = _passed(cell, meaning)
        if passed is None:
            faults.add(row.number, "neither_pass_nor_fail", value=text_of(cell)[:60])
            return None
    variant = meaning.text(row, VARIANT.key) or meaning.only_variant
    own = row.number if meaning.is_wide else f"{meaning.only_variant} {row.number}"
    case = meaning.text(row, CASE.key) or str(own)
    part = meaning.text(row, SLICE.key)
    latency = meaning.number(row, LATENCY.key)
    is_format_ok = None
    if passed is not None and (column := meaning.picked.get(FORMAT)):
        is_format_ok = pass_of(row.cells[column.place])
    return RunRow(
        variant=seen.setdefault(variant, variant),
        case=seen.setdefault(case, case),
        passed=passed,
        score=meaning.number(row, SCORE.key) if passed is not None else None,
        latency_ms=latency * meaning.latency_factor if latency is not None else None,
        cost=meaning.number(row, COST.key),
        slice=seen.setdefault(part, part),
        format_ok=None if is_format_ok is None else is_format_ok == 1.0,
    )


def _passed(cell: Cell, meaning: _Meaning) -> float | None:
    if meaning.threshold is None:
        return pass_of(cell)
    key = next(key for key, column in meaning.picked.columns.items() if column is meaning.outcome)
    number = number_of(cell, comma_is_decimal=meaning.comma_decimals[key])
    return pass_of(cell) if number is None else float(number >= meaning.threshold)
