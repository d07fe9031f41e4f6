"""Runs of Inspect: logs as `.eval` archives and as JSON.

Seen: 0.3.285 and 0.3.57. From an archive the header and the summaries are read; samples only where summaries are
without metadata and times, as old ones are. The time of a sample is that of solver, tools and scorers together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

import msgspec
from backports.zstd.zipfile import ZipFile

from assessments.engine.measured.figures import VariantFacts
from assessments.engine.measured.found import ReadingJob, ToolFigure
from assessments.engine.measured.models import base_model

from .one_file import CannotRead, OneFile, OpenFile, Progress
from .open_file import MOST_BYTES, is_zip, member_of, open_zip
from .run_files import (
    MOST_MEASURES,
    PREVIEWED,
    ToolCall,
    add_note,
    amount,
    cell,
    facets_of,
    guessed_format,
    key_of,
    moment,
    name_of,
    number,
    picked_measure,
    rows_of,
    shaped,
    take,
    text,
    version,
)
from .solved_examples import examples_seen
from .whole_json import whole_json

T = TypeVar("T")

JOURNAL = "_journal/start.json"
WORDS = {
    **dict.fromkeys(("C", "c", "correct", "true", "yes"), 1.0),
    **dict.fromkeys(("I", "N", "i", "n", "incorrect", "false", "no"), 0.0),
    **dict.fromkeys(("P", "p", "partial"), 0.5),
}
"""As the tool's own accuracy counts them."""
MEANS = ("accuracy", "mean")
"""The tool's figures that are the same as ours."""
PREVIEW_HEADER = ("id", "epoch", "error", "scores", "total_time")


class NamedScorer(msgspec.Struct):
    name: object = ""


class StepOfPlan(msgspec.Struct):
    solver: object = ""
    params: dict[str, object] | None = None


class PlanOfLog(msgspec.Struct):
    steps: list[msgspec.Raw] = []


class EvalOfLog(msgspec.Struct):
    model: str
    task: object = ""
    solver: object = ""
    created: object = ""
    packages: object = None
    scorers: list[msgspec.Raw] | None = None


class MetricOfScore(msgspec.Struct):
    value: object = None


class ScoreOfResults(msgspec.Struct):
    name: object = ""
    scorer: object = ""
    metrics: dict[str, MetricOfScore] = {}


class ResultsOfLog(msgspec.Struct):
    total_samples: object = None
    completed_samples: object = None
    scores: list[msgspec.Raw] = []
    headline: object = None


class InspectLog(msgspec.Struct):
    """`header.json` of an archive, or a whole log as JSON, which has the samples, too."""

    eval: EvalOfLog
    status: object = "started"
    plan: msgspec.Raw = msgspec.Raw(b"null")
    results: msgspec.Raw = msgspec.Raw(b"null")
    samples: list[msgspec.Raw] | None = None


class ScoreOfSample(msgspec.Struct):
    value: object = None


class UsageOfModel(msgspec.Struct):
    input_tokens: object = None
    output_tokens: object = None
    total_cost: object = None


class InspectSample(msgspec.Struct):
    """A sample or its summary."""

    id: str | int
    epoch: object = 1
    error: object = None
    scores: dict[str, ScoreOfSample] | None = None
    metadata: dict[str, object] | None = None
    total_time: object = None
    model_usage: dict[str, UsageOfModel] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Log:
    """A log and its samples, wherever they stood."""

    log: InspectLog
    samples: list[msgspec.Raw]
    layout: str


def read(file: OpenFile, job: ReadingJob, progress: Progress) -> OneFile:
    """Raises CannotRead."""
    with file.path.open("rb") as opened:
        is_archive = is_zip(opened.read(4))
    found = _archive(file) if is_archive else _json(file)
    one = OneFile(file=file.file, kind="run", tool="inspect", layout=found.layout)
    log = found.log
    one.written_on = moment(log.eval.created)
    packages = log.eval.packages
    one.tool_version = version(packages.get("inspect_ai")) if isinstance(packages, dict) else ""
    one.is_whole = log.status == "success"
    facts = _facts(log)
    calls: list[ToolCall] = []
    preview: list[tuple[str, ...]] = [PREVIEW_HEADER]
    for _, sample in rows_of(one, found.samples, InspectSample, progress):
        calls.append(_call(sample, facts.key, log.eval.model))
        if len(preview) <= PREVIEWED:
            preview.append(_previewed(sample))
    if by_model := sum("model_graded" in name for call in calls for name in call.measures):
        add_note(one, "graded_by_model", checks=by_model)
    if not one.is_whole:
        add_note(one, "run_stopped", status=cell(log.status))
    results = shaped(log.results, ResultsOfLog) or ResultsOfLog()
    take(one, job, calls, measure=_headline(log, results, calls), format_measure=_format(calls))
    if any(row.latency_ms is not None for row in one.rows):
        add_note(one, "time_of_whole_sample")
    one.variants, one.preview = [facts], preview
    _tool_figures(one, results)
    return one


def _json(file: OpenFile) -> _Log:
    log = whole_json(file, InspectLog)
    return _Log(log=log, samples=log.samples or [], layout="inspect_json")


def _archive(file: OpenFile) -> _Log:
    with open_zip(file) as archive:
        names = archive.namelist()
        if "header.json" not in names:
            return _unfinished(archive, names)
        log = _part(member_of(archive, "header.json"), InspectLog)
        summaries: list[msgspec.Raw] = []
        if "summaries.json" in names:
            summaries = _part(member_of(archive, "summaries.json"), list[msgspec.Raw])
        if any(_says_too_little(raw) for raw in summaries) or not summaries:
            summaries = _samples(archive, names) or summaries
    return _Log(log=log, samples=summaries, layout="inspect_eval")


def _unfinished(archive: ZipFile, names: Iterable[str]) -> _Log:
    """What a run that was killed left behind."""
    log = _part(member_of(archive, JOURNAL), InspectLog)
    samples = _samples(archive, names)
    if not samples:
        raise CannotRead("never_finished")
    return _Log(log=log, samples=samples, layout="inspect_eval")


def _part(member: bytes, shape: type[T]) -> T:
    found = shaped(member, shape)
    if found is None:
        raise CannotRead("other_shape")
    return found


def _says_too_little(raw: msgspec.Raw) -> bool:
    sample = shaped(raw, InspectSample)
    return sample is not None and sample.metadata is None and sample.total_time is None and sample.error is None


def _samples(archive: ZipFile, names: Iterable[str]) -> list[msgspec.Raw]:
    """Only what is needed of each sample is kept: their messages and events are long."""
    found, left = [], MOST_BYTES
    for name in names:
        if name.startswith("samples/") and name.endswith(".json"):
            member = member_of(archive, name, left)
            left -= len(member)
            sample = shaped(member, InspectSample)
            found.append(msgspec.Raw(msgspec.json.encode(sample) if sample else b"null"))
    return found


def _facts(log: InspectLog) -> VariantFacts:
    about = log.eval
    prompt = _prompt(log)
    solver = text(about.solver)
    return VariantFacts(
        key=key_of(about.model, text(about.task), solver, prompt),
        name=name_of(about.model, text(about.task), solver),
        model=base_model(about.model),
        prompt=prompt,
        has_examples=examples_seen(prompt),
    )


def _prompt(log: InspectLog) -> str:
    """The templates of the plan's steps."""
    plan = shaped(log.plan, PlanOfLog) or PlanOfLog()
    steps = (shaped(raw, StepOfPlan) for raw in plan.steps)
    params = (value for step in steps if step and step.params for value in step.params.items())
    return "\n".join(value for name, value in params if "template" in name and isinstance(value, str))


def _call(sample: InspectSample, variant: str, model: str) -> ToolCall:
    measures = _measures(sample)
    usage = sample.model_usage or {}
    tokens = usage.get(model)
    costs = [cost for used in usage.values() if (cost := amount(used.total_cost)) is not None]
    seconds = amount(sample.total_time)
    return ToolCall(
        variant=variant,
        case=key_of(str(sample.id)),
        measures={} if sample.error else measures,
        is_broken=bool(sample.error) or not measures,
        latency_ms=None if seconds is None else seconds * 1000,
        cost=sum(costs) if costs else None,
        prompt_tokens=amount(tokens.input_tokens) if tokens else None,
        output_tokens=amount(tokens.output_tokens) if tokens else None,
        facets=facets_of(sample.metadata),
    )


def _measures(sample: InspectSample) -> dict[str, float]:
    """One measure a scorer, and one for each key of a scorer that gives several. What is missing was not scored."""
    values: dict[str, object] = {}
    for name, score in (sample.scores or {}).items():
        if isinstance(score.value, Mapping):
            values.update({f"{name}.{key}": value for key, value in score.value.items()})
        else:
            values[name] = score.value
    found = {name: _graded(value) for name, value in values.items()}
    return {name: value for name, value in found.items() if value is not None}


def _graded(value: object) -> float | None:
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        return WORDS.get(value, WORDS.get(value.casefold(), _written(value)))
    return number(value)


def _written(value: str) -> float | None:
    try:
        return number(float(value))
    except ValueError:
        return None


def _headline(log: InspectLog, results: ResultsOfLog, calls: Iterable[ToolCall]) -> str:
    """The score that the tool itself puts first, else the first of its scorers."""
    measures = dict.fromkeys(name for call in calls for name in call.measures)
    named = [shaped(raw, NamedScorer) for raw in log.eval.scorers or ()]
    first = results.headline.get("score") if isinstance(results.headline, dict) else ""
    wanted = [text(first), *(text(scorer.name) for scorer in named if scorer)]
    return next((name for name in wanted if name in measures), next(iter(measures), ""))


def _format(calls: Iterable[ToolCall]) -> str:
    return guessed_format(dict.fromkeys(name for call in calls for name in call.measures))


def _previewed(sample: InspectSample) -> tuple[str, ...]:
    scores = ", ".join(f"{name}: {score.value}" for name, score in (sample.scores or {}).items())
    return tuple(cell(value) for value in (sample.id, sample.epoch, bool(sample.error), scores, sample.total_time))


def _tool_figures(one: OneFile, results: ResultsOfLog) -> None:
    """All figures of the tool are kept with the variant; its mean of the picked measure stands beside ours."""
    measure = picked_measure(one)
    figures = {"samples": number(results.total_samples), "completed": number(results.completed_samples)}
    for score in (shaped(raw, ScoreOfResults) for raw in results.scores):
        if score is None:
            continue
        for metric, found in score.metrics.items():
            value = number(found.value)
            figures[f"{text(score.name)} {metric}"] = value
            is_picked = measure in (text(score.name), f"{text(score.scorer)}.{text(score.name)}")
            if is_picked and metric in MEANS and value is not None:
                one.tool_figures.append(
                    ToolFigure(name="mean", about=f"{measure}, {metric}", theirs=value, ours=_mean_of_cases(one))
                )
    known = {name: value for name, value in islice(figures.items(), MOST_MEASURES) if value is not None}
    if {"samples", "completed"} <= known.keys():
        broken = sum(row.passed is None for row in one.rows)
        one.tool_figures.append(ToolFigure(name="errors", theirs=known["samples"] - known["completed"], ours=broken))
    one.variants = [replace(facts, tool_figures=known) for facts in one.variants]


def _mean_of_cases(one: OneFile) -> float | None:
    cases: dict[str, list[float]] = {}
    for row in one.rows:
        if row.passed is not None:
            cases.setdefault(row.case, []).append(row.passed)
    means = [sum(values) / len(values) for values in cases.values()]
    return sum(means) / len(means) if means else None
