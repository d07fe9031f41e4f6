"""Runs of deepeval: the test run that it writes as JSON.

Seen: 4.3.1. Times are in seconds. The file names no variant: one file is one.
"""

import re

import msgspec

from assessments.engine.measured.figures import VariantFacts
from assessments.engine.measured.found import ReadingJob, ToolFigure
from assessments.engine.measured.models import base_model

from .one_file import OneFile, OpenFile, Progress
from .run_files import (
    PREVIEWED,
    ToolCall,
    add_note,
    amount,
    cell,
    facets_of,
    guessed_format,
    key_of,
    name_of,
    number,
    picked_measure,
    rows_of,
    take,
    text,
)
from .solved_examples import examples_seen
from .whole_json import whole_json

SUCCESS = "success"
MADE_UP = re.compile(r"(?:conversational_)?test_case_\d+")
"""The tool's names for cases that have none: they only tell the order."""
PREVIEW_HEADER = ("name", "success", "metricsData", "completionTime", "tokenCost")


class MetricOfTest(msgspec.Struct):
    name: str
    success: object = None
    score: object = None
    error: object = None
    model: object = msgspec.field(name="evaluationModel", default=None)


class TestOfRun(msgspec.Struct):
    success: object = None
    name: object = ""
    input: object = ""
    metrics: list[MetricOfTest] | None = msgspec.field(name="metricsData", default=None)
    seconds: object = msgspec.field(name="completionTime", default=None)
    cost: object = msgspec.field(name="tokenCost", default=None)
    metadata: object = msgspec.field(name="metadata", default=None)
    more: object = msgspec.field(name="additionalMetadata", default=None)


class DeepevalRun(msgspec.Struct):
    tests: list[msgspec.Raw] = msgspec.field(name="testCases")
    talks: list[msgspec.Raw] | None = msgspec.field(name="conversationalTestCases", default=None)
    passed: object = msgspec.field(name="testPassed", default=None)
    failed: object = msgspec.field(name="testFailed", default=None)
    settings: object = msgspec.field(name="hyperparameters", default=None)


def read(file: OpenFile, job: ReadingJob, progress: Progress) -> OneFile:
    """Raises CannotRead."""
    whole = whole_json(file, DeepevalRun)
    one = OneFile(file=file.file, kind="run", tool="deepeval", layout="deepeval_json")
    facts = _facts(file, whole)
    calls: list[ToolCall] = []
    preview: list[tuple[str, ...]] = [PREVIEW_HEADER]
    by_model = 0
    for _, test in rows_of(one, [*whole.tests, *(whole.talks or ())], TestOfRun, progress):
        calls.append(_call(test, facts.key))
        by_model += sum(bool(metric.model) for metric in test.metrics or ())
        if len(preview) <= PREVIEWED:
            metrics = ", ".join(f"{metric.name}: {metric.score}" for metric in test.metrics or ())
            shown = (test.name, test.success, metrics, test.seconds, test.cost)
            preview.append(tuple(cell(value) for value in shown))
    measures = dict.fromkeys(name for call in calls for name in call.measures)
    take(one, job, calls, measure=SUCCESS, format_measure=guessed_format(measures), codes=(SUCCESS,))
    one.variants, one.preview = [facts], preview
    if by_model:
        add_note(one, "graded_by_model", checks=by_model)
    if not facts.model:
        add_note(one, "no_model_named", providers=1)
    theirs = {"passed": whole.passed, "failed": whole.failed} if picked_measure(one) == SUCCESS else {}
    for name, value in theirs.items():
        if (count := number(value)) is not None:
            ours = sum(row.passed == (name == "passed") for row in one.rows)
            one.tool_figures.append(ToolFigure(name=name, theirs=count, ours=ours))
    return one


def _facts(file: OpenFile, whole: DeepevalRun) -> VariantFacts:
    settings = whole.settings if isinstance(whole.settings, dict) else {}
    named = {key.casefold().replace("_", " "): text(value) for key, value in settings.items() if isinstance(key, str)}
    model, prompt = named.get("model", ""), named.get("prompt template", "") or named.get("prompt", "")
    return VariantFacts(
        key=key_of(model, prompt) if model or prompt else key_of(file.file.name, file.file.sha256),
        name=name_of(model or file.file.name),
        model=base_model(model),
        prompt=prompt,
        has_examples=examples_seen(prompt),
    )


def _call(test: TestOfRun, variant: str) -> ToolCall:
    """Broken where the tool has no outcome, or where a metric could not be computed."""
    is_broken = not isinstance(test.success, bool) or any(metric.error for metric in test.metrics or ())
    measures = {} if is_broken else {SUCCESS: float(test.success is True)}
    for metric in test.metrics or ():
        if isinstance(metric.success, bool) and metric.name != SUCCESS and not is_broken:
            measures[metric.name] = float(metric.success)
    seconds = amount(test.seconds)
    name = text(test.name)
    return ToolCall(
        variant=variant,
        case=key_of(name)
        if name and not MADE_UP.fullmatch(name)
        else key_of(test.input, name if not test.input else ""),
        measures=measures,
        is_broken=is_broken,
        latency_ms=None if seconds is None else seconds * 1000,
        cost=amount(test.cost),
        facets=facets_of(test.more, test.metadata),
    )
