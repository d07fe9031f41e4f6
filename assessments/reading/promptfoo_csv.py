"""Tables of promptfoo: a column of answers for each provider and prompt, without times, costs and templates.

Since 0.100 each is followed by its outcome under names that repeat, so columns are known by their place; before, the
outcome begins the cell of the answer.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from assessments.engine.measured.figures import VariantFacts
from assessments.engine.measured.found import ReadingJob
from assessments.engine.measured.models import base_model, names_a_host

from .one_file import CannotRead, OneFile, OpenFile, Progress
from .run_files import (
    PREVIEWED,
    ROWS_BETWEEN,
    ToolCall,
    add_fault,
    add_note,
    cell,
    facets_of,
    guessed_format,
    key_of,
    name_of,
    take,
)
from .solved_examples import examples_seen

SUCCESS = "success"
OUTCOMES = {"PASS": 1.0, "FAIL": 0.0, "ERROR": None}
ANSWERS = re.compile(r"\[(?P<provider>[^\]]+)\] (?P<prompt>.*)", re.DOTALL)
METRIC = "Metric: "
OLD_CELL = re.compile(r"\[(?P<outcome>PASS|FAIL|ERROR)\] \((?P<score>[\d.]+)(?P<named>(?:, [^,()]+: [\d.]+)*)\)")
LARGEST_CELL = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerColumns:
    """Where one variant stands in the table."""

    variant: str
    answer: int
    outcome: int | None
    """None in old tables, where it stands in the cell of the answer."""
    score: int | None
    metrics: tuple[tuple[str, int], ...]


def is_header(line: bytes) -> bool:
    return b"[" in line and (b",Status,Score" in line or (line.startswith(b'"[') and b"] " in line))


def read(file: OpenFile, job: ReadingJob, progress: Progress) -> OneFile:
    """Raises CannotRead."""
    one = OneFile(file=file.file, kind="run", tool="promptfoo", layout="promptfoo_csv")
    rows = _rows(file)
    header = next(rows, [])
    columns, facts = _columns(header)
    if not columns:
        raise CannotRead("no_answers_in_table")
    variables = [place for place in range(columns[0].answer) if header[place] != "Description"]
    calls: list[ToolCall] = []
    preview = [tuple(cell(name) for name in header)]
    for place, row in enumerate(rows, 2):
        if not place % ROWS_BETWEEN:
            progress(0.5, place)
        if len(row) != len(header):
            if row:
                add_fault(one, place, "ragged_row", cells=len(row), columns=len(header))
            continue
        if len(preview) <= PREVIEWED:
            preview.append(tuple(cell(value) for value in row))
        named = {header[at]: row[at] for at in variables}
        found = [call for at in columns if (call := _call(at, row, named))]
        if not found:
            add_fault(one, place, "row_without_outcome")
        calls += found
    measures = dict.fromkeys(name for call in calls for name in call.measures)
    take(one, job, calls, measure=SUCCESS, format_measure=guessed_format(measures), codes=(SUCCESS,))
    one.variants, one.preview = facts, preview
    add_note(one, "table_without_times")
    if columns[0].outcome is None:
        add_note(one, "errors_not_told_apart")
    return one


def _rows(file: OpenFile) -> Iterator[list[str]]:
    csv.field_size_limit(LARGEST_CELL)
    with file.path.open("rb") as opened:
        words = io.TextIOWrapper(opened, encoding="utf-8-sig", errors="replace", newline="")
        try:
            yield from csv.reader(line.replace("\0", "\ufffd") for line in words)
        except csv.Error:
            raise CannotRead("broken_table") from None


def _columns(header: Sequence[str]) -> tuple[list[AnswerColumns], list[VariantFacts]]:
    starts = [place for place, name in enumerate(header) if ANSWERS.fullmatch(name)]
    columns, facts = [], []
    for start, end in zip(starts, [*starts[1:], len(header)], strict=True):
        found = ANSWERS.fullmatch(header[start])
        assert found
        after = {header[place]: place for place in range(end - 1, start, -1)}
        key = key_of(found["provider"], found["prompt"])
        columns.append(
            AnswerColumns(
                variant=key,
                answer=start,
                outcome=after.get("Status"),
                score=after.get("Score"),
                metrics=tuple(
                    (name.removeprefix(METRIC), place) for name, place in after.items() if name.startswith(METRIC)
                ),
            )
        )
        facts.append(
            VariantFacts(
                key=key,
                name=name_of(found["provider"], found["prompt"]),
                model=base_model(found["provider"]) if names_a_host(found["provider"]) else "",
                has_examples=examples_seen(found["prompt"]),
            )
        )
    return columns, facts


def _call(at: AnswerColumns, row: Sequence[str], variables: dict[str, str]) -> ToolCall | None:
    """None where the row says nothing of this variant."""
    if at.outcome is None:
        found = OLD_CELL.match(row[at.answer])
        if not found:
            return None
        outcome, score = found["outcome"], found["score"]
        named = dict(pair.rsplit(": ", 1) for pair in found["named"].split(", ")[1:])
    else:
        outcome = row[at.outcome].strip()
        score = row[at.score] if at.score is not None else ""
        named = {name: row[place] for name, place in at.metrics}
    if outcome not in OUTCOMES:
        return None
    passed = OUTCOMES[outcome]
    measures = {name: value for name, cell_ in named.items() if (value := _number(cell_)) is not None}
    return ToolCall(
        variant=at.variant,
        case=key_of(case_variables(variables)),
        measures={} if passed is None else {**measures, SUCCESS: passed},
        is_broken=passed is None,
        score=None if passed is None else _number(score),
        facets=facets_of(variables),
    )


def case_variables(variables: Mapping[str, object]) -> dict[str, str]:
    """What tells a case from others, as a table writes it, so that every form of a run has the same cases.

    >>> case_variables({"n": 3, "exact": True, "tags": ["a", 1], "text": "x", "none": None, "_turn": 1})
    {'n': '3', 'exact': 'true', 'tags': '["a",1]', 'text': 'x', 'none': 'null'}
    """
    return {key: _as_text(value) for key, value in variables.items() if not key.startswith("_")}


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return msgspec.json.encode(value).decode()


def _number(words: str) -> float | None:
    try:
        return float(words) if re.fullmatch(r"-?\d{1,15}(?:\.\d{1,15})?", words.strip()) else None
    except ValueError:
        return None
