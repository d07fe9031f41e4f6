"""Runs of lm-evaluation-harness: results as JSON and samples as lines of JSON, dropped together or alone.

Seen: 0.4.13. A measure is a metric with its filter: the same answers under two filters are two measures. Rows of groups
repeat their members, so they are passed over. There are no times and no costs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from assessments.engine.measured.figures import RunRow, VariantFacts
from assessments.engine.measured.found import FileToRead, ReadingJob, ToolFigure
from assessments.engine.measured.models import base_model

from .one_file import CannotRead, OneFile, OpenFile, Progress
from .open_file import open_file
from .run_files import (
    LONGEST_LINE,
    PREVIEWED,
    ToolCall,
    add_fault,
    add_note,
    cell,
    facets_of,
    key_of,
    lines_of,
    name_of,
    number,
    shaped,
    take,
    text,
    version,
)
from .solved_examples import examples_seen
from .whole_json import whole_json

OF_RIGHT_OR_WRONG = ("acc", "acc_norm", "exact_match")
"""Metrics whose mean is a share of passes."""
NO_METRIC = ("alias", "name", "sample_len", "sample_count", "samples", "version")
WHOLE = 1e-6
SAMPLES = re.compile(r"samples_(?P<rest>.+)\.jsonl(?:\.gz)?")
RESULTS = re.compile(r"results_(?P<time>.+)\.json(?:\.gz)?")
TIME = re.compile(r"_(\d{4}-\d{2}-\d{2}T[\d:.\-]+)$")
MADE_UP = re.compile(r"[a-z]{8}")
"""The tool's name for a model that has none is such a random word."""
PREVIEW_HEADER = ("doc_id", "filter", "target", "filtered_resps", "metrics")
MOST_CASES = 1_000_000


class TaskOfConfigs(msgspec.Struct):
    doc_to_text: object = ""


class SamplesOfTask(msgspec.Struct):
    effective: object = None


class ConfigOfRun(msgspec.Struct):
    model_args: object = None


class LmEvalResults(msgspec.Struct):
    results: dict[str, dict[str, object]]
    groups: dict[str, object] | None = None
    group_subtasks: dict[str, object] | None = None
    configs: msgspec.Raw = msgspec.Raw(b"null")
    shots: dict[str, object] | None = msgspec.field(name="n-shot", default=None)
    samples: dict[str, SamplesOfTask] | None = msgspec.field(name="n-samples", default=None)
    config: ConfigOfRun | None = None
    date: object = None
    version: object = msgspec.field(name="lm_eval_version", default="")
    model_name: object = ""


def read(file: OpenFile, job: ReadingJob, progress: Progress) -> OneFile:
    """Raises CannotRead."""
    one = OneFile(file=file.file, kind="run", tool="lm_eval")
    with file.path.open("rb") as opened:
        first = shaped(opened.readline(LONGEST_LINE).removeprefix(b"\xef\xbb\xbf").strip(), dict[str, msgspec.Raw])
    if first and {"doc_id", "filter"} <= first.keys():
        return _samples(one, file, job, progress)
    return _results(one, whole_json(file, LmEvalResults), job)


def _results(one: OneFile, found: LmEvalResults, job: ReadingJob) -> OneFile:
    """Counts what has no samples beside it; their cases have no names, so they cannot be compared one by one."""
    one.layout = "lm_eval_results"
    _about(one, found)
    with_samples = {_task_of(file, job) for file in job.files if _results_of(file, job) == one.file}
    tasks = [task for task in found.results if not _is_group(found, task)]
    if not tasks:
        raise CannotRead("no_rows", faults=0)
    for task in tasks:
        if task in with_samples:
            continue
        facts = _facts(found, task)
        one.variants.append(facts)
        rows = list(_counted(found, task, facts.key))
        one.rows += rows
        add_note(one, "cases_without_names" if rows else "mean_only", task=cell(task))
    one.row_count = len(one.rows)
    one.preview = (("task", "metric", "value"), *_previewed(found, tasks))
    if with_samples:
        add_note(one, "counted_from_samples", tasks=len(with_samples))
    return one


def _about(one: OneFile, found: LmEvalResults) -> None:
    one.tool_version = version(found.version)
    seconds = number(found.date)
    if seconds is not None and 0 <= seconds < 1e11:
        one.written_on = datetime.fromtimestamp(int(seconds), UTC).isoformat()


def _is_group(found: LmEvalResults, task: str) -> bool:
    return task in (found.groups or {}) or bool((found.group_subtasks or {}).get(task))


def _metrics(values: Mapping[str, object]) -> dict[str, float]:
    """The scores of a task by metric and filter, as `exact_match,strict-match`; before 0.4 there was no filter."""
    scores = {name: value for name, value in values.items() if "_stderr" not in name and name not in NO_METRIC}
    found = {name: number(value) for name, value in scores.items()}
    return {name: value for name, value in found.items() if value is not None}


def _counted(found: LmEvalResults, task: str, variant: str) -> Iterator[RunRow]:
    """As many rows as cases, where the first metric is a share of them: n times the mean is whole then."""
    cases = number((found.samples or {}).get(task, SamplesOfTask()).effective)
    name, mean = next(iter(_metrics(found.results[task]).items()), ("", 0.0))
    if cases is None or not 0 < cases <= MOST_CASES or name.split(",")[0] not in OF_RIGHT_OR_WRONG:
        return
    passes = round(mean * cases) if 0 <= mean <= 1 else -1
    if passes < 0 or abs(mean * cases - passes) > WHOLE:
        return
    for place in range(int(cases)):
        yield RunRow(variant=variant, case=key_of(variant, place), passed=float(place < passes))


def _facts(found: LmEvalResults, task: str) -> VariantFacts:
    model = _model(found)
    configs = shaped(found.configs, dict[str, TaskOfConfigs]) or {}
    prompt = text(configs[task].doc_to_text) if task in configs else ""
    shots = number((found.shots or {}).get(task)) or 0
    figures = {name: number(value) for name, value in found.results[task].items() if name not in NO_METRIC}
    return VariantFacts(
        key=key_of(model, task),
        name=name_of(model, task),
        model=base_model(model),
        prompt=prompt,
        has_examples=f"n-shot {int(shots)}" if 1 <= shots < 1e6 else examples_seen(prompt),
        tool_figures={name: value for name, value in figures.items() if value is not None},
    )


def _model(found: LmEvalResults) -> str:
    """As the arguments name it; `model_name` where they name none, unless the tool made it up."""
    args = found.config.model_args if found.config else None
    if isinstance(args, str):
        args = dict(pair.split("=", 1) for pair in args.split(",") if "=" in pair)
    named = args if isinstance(args, dict) else {}
    name = next((text(named.get(key)) for key in ("pretrained", "model", "name", "engine") if named.get(key)), "")
    if not name and not MADE_UP.fullmatch(text(found.model_name)):
        name = text(found.model_name)
    tuned = text(named.get("peft"))
    return f"{name} + {tuned}" if tuned else name


def _samples(one: OneFile, file: OpenFile, job: ReadingJob, progress: Progress) -> OneFile:
    one.layout = "lm_eval_samples"
    beside = _results_of(file.file, job)
    found = _opened(beside) if beside else None
    task = _task_of(file.file, job)
    if found and task in found.results:
        _about(one, found)
        facts = _facts(found, task)
    else:
        facts = VariantFacts(key=key_of(file.file.name), name=name_of(file.file.name))
        add_note(one, "results_not_beside")
    calls: dict[str, ToolCall] = {}
    preview: list[tuple[str, ...]] = [PREVIEW_HEADER]
    for place, line in lines_of(one, file, dict[str, msgspec.Raw], progress):
        if not _take_in(calls, line, facts.key, task):
            add_fault(one, place, "row_of_other_shape")
        elif len(preview) <= PREVIEWED:
            preview.append(tuple(cell(bytes(line.get(key, b"")).decode(errors="replace")) for key in PREVIEW_HEADER))
    names = list(dict.fromkeys(name for call in calls.values() for name in call.measures))
    take(one, job, list(calls.values()), measure=names[0] if names else "")
    one.variants, one.preview = [facts], preview
    one.tool_figures = [
        ToolFigure(
            name="mean", about=f"{task}: {name}", theirs=facts.tool_figures[name], ours=_mean(calls.values(), name)
        )
        for name in names
        if name in facts.tool_figures
    ]
    return one


def _take_in(calls: dict[str, ToolCall], line: Mapping[str, msgspec.Raw], variant: str, task: str) -> bool:
    """Lines of one document under several filters are one call. Says whether the line has a metric."""
    values = {name: shaped(raw, object) for name, raw in line.items() if name not in ("arguments", "resps")}
    metrics = values.get("metrics")
    if not isinstance(metrics, list):
        metrics = [name for name in values if name not in ("doc_id", *NO_METRIC)]
    filtered = text(values.get("filter")) or "none"
    graded = {
        f"{name},{filtered}": float(value) if isinstance(value, bool) else number(value)
        for name in metrics
        if isinstance(name, str) and (value := values.get(name)) is not None
    }
    measures = {name: value for name, value in graded.items() if value is not None}
    if not measures or "doc_id" not in line:
        return False
    document = values.get("doc")
    case = key_of(task, values.get("doc_hash") or document)
    key, repeat = key_of(values["doc_id"], case), 0
    while (known := calls.get(f"{key} {repeat}")) and known.measures.keys() & measures.keys():
        repeat += 1
    calls[f"{key} {repeat}"] = ToolCall(
        variant=variant,
        case=case,
        measures={**(known.measures if known else {}), **measures},
        facets=facets_of(document),
    )
    return True


def _mean(calls: Iterable[ToolCall], measure: str) -> float | None:
    values = [call.measures[measure] for call in calls if measure in call.measures]
    return sum(values) / len(values) if values else None


def _results_of(samples: FileToRead, job: ReadingJob) -> FileToRead | None:
    """The results that were dropped with these samples: the same time stands in both names."""
    named = SAMPLES.fullmatch(samples.name)
    for file in job.files:
        results = RESULTS.fullmatch(file.name)
        if named and results and named["rest"].endswith(f"_{results['time']}"):
            return file
    return None


def _task_of(samples: FileToRead, job: ReadingJob) -> str:
    named = SAMPLES.fullmatch(samples.name)
    if not named:
        return ""
    results = _results_of(samples, job)
    time = RESULTS.fullmatch(results.name) if results else None
    return named["rest"].removesuffix(f"_{time['time']}") if time else TIME.sub("", named["rest"])


def _opened(results: FileToRead) -> LmEvalResults | None:
    """None where it cannot be read: it says so itself."""
    try:
        with open_file(results) as opened:
            return whole_json(opened, LmEvalResults)
    except (CannotRead, OSError):
        return None


def _previewed(found: LmEvalResults, tasks: Iterable[str]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (cell(task), name, str(value)) for task in tasks for name, value in _metrics(found.results[task]).items()
    ]
    return rows[:PREVIEWED]
