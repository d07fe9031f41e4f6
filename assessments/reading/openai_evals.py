"""Runs of OpenAI Evals: one line for what was run, one for the final report, and events in no order.

Seen: 3.0.1.post1. There are no times and no costs.
"""

from collections import Counter

import msgspec

from assessments.engine.measured.figures import VariantFacts
from assessments.engine.measured.found import ReadingJob, ToolFigure
from assessments.engine.measured.models import base_model

from .one_file import CannotRead, OneFile, OpenFile, Progress
from .run_files import (
    PREVIEWED,
    ToolCall,
    add_note,
    amount,
    cell,
    key_of,
    lines_of,
    moment,
    name_of,
    number,
    shaped,
    take,
    text,
)

MATCH = "match"
KNOWN = (MATCH, "sampling", "error")
PREVIEW_HEADER = ("sample_id", "type", "correct")


class SpecOfLog(msgspec.Struct):
    completion_fns: list[object] = []
    eval_name: object = ""
    created_at: object = ""


class UsageOfEvent(msgspec.Struct):
    prompt_tokens: object = None
    completion_tokens: object = None


class DataOfEvent(msgspec.Struct):
    correct: object = None
    model: object = ""
    usage: UsageOfEvent | None = None


class LineOfEvals(msgspec.Struct):
    spec: SpecOfLog | None = None
    final_report: dict[str, object] | None = None
    type: object = None
    sample_id: object = None
    data: msgspec.Raw = msgspec.Raw(b"null")


def read(file: OpenFile, job: ReadingJob, progress: Progress) -> OneFile:
    """Raises CannotRead."""
    one = OneFile(file=file.file, kind="run", tool="openai_evals", layout="openai_evals_log")
    spec, report = SpecOfLog(), None
    outcomes: list[tuple[object, bool | None]] = []
    usage: dict[str, UsageOfEvent] = {}
    models: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for _, line in lines_of(one, file, LineOfEvals, progress):
        spec, report = line.spec or spec, line.final_report or report
        kind = text(line.type)
        data = shaped(line.data, DataOfEvent) or DataOfEvent()
        if kind == "sampling":
            models[text(data.model)] += 1
            if data.usage:
                usage[key_of(line.sample_id)] = data.usage
        elif kind == MATCH and isinstance(data.correct, bool):
            outcomes.append((line.sample_id, data.correct))
        elif kind == "error":
            outcomes.append((line.sample_id, None))
        elif kind:
            others[kind] += 1
    if not outcomes:
        raise CannotRead("no_rows", faults=one.fault_count)
    facts = _facts(spec, models, report)
    calls = [_call(facts.key, sample, correct, usage) for sample, correct in outcomes]
    take(one, job, calls, measure=MATCH)
    one.variants, one.written_on, one.is_whole = [facts], moment(spec.created_at), report is not None
    one.preview = (PREVIEW_HEADER, *((cell(case), MATCH, cell(correct)) for case, correct in outcomes[:PREVIEWED]))
    if others:
        add_note(one, "other_events", events=sum(others.values()), types=cell(", ".join(sorted(others))))
    if report is None:
        add_note(one, "run_stopped", status="no final report")
    accuracy = facts.tool_figures.get("accuracy")
    if accuracy is not None:
        graded = [row.passed for row in one.rows if row.passed is not None]
        ours = sum(graded) / len(graded) if graded else None
        one.tool_figures.append(ToolFigure(name="mean", about="accuracy", theirs=accuracy, ours=ours))
    return one


def _facts(spec: SpecOfLog, models: Counter[str], report: dict[str, object] | None) -> VariantFacts:
    names = ", ".join(text(name) for name in spec.completion_fns)
    named = [model for model in models if model]
    figures = {name: number(value) for name, value in (report or {}).items()}
    return VariantFacts(
        key=key_of(names, text(spec.eval_name)),
        name=name_of(names, text(spec.eval_name)),
        model=base_model(named[0]) if len(named) == 1 else "",
        tool_figures={name: value for name, value in figures.items() if value is not None},
    )


def _call(variant: str, sample: object, correct: bool | None, usage: dict[str, UsageOfEvent]) -> ToolCall:
    case = key_of(sample)
    tokens = usage.get(case, UsageOfEvent())
    return ToolCall(
        variant=variant,
        case=case,
        measures={} if correct is None else {MATCH: float(correct)},
        is_broken=correct is None,
        prompt_tokens=amount(tokens.prompt_tokens),
        output_tokens=amount(tokens.completion_tokens),
    )
