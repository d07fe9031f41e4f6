"""Runs of promptfoo: results of version 3 and 2 as JSON, calls as lines of JSON, and tables.

Seen: 0.123.1, 0.92.2 and 0.43.1. A case is told by its variables, never by `testIdx`, which repeats make anew; `error`
is filled for failed assertions, too, so it says nothing; a score of 0.5 is no half pass.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from assessments.engine.measured.figures import VariantFacts
from assessments.engine.measured.found import FileChoice, ReadingJob, ToolFigure
from assessments.engine.measured.models import base_model

from . import promptfoo_csv
from .one_file import CannotRead, OneFile, OpenFile, Progress
from .promptfoo_csv import case_variables
from .promptfoo_shapes import (
    AssertionOfCall,
    MetadataOfFile,
    PromptfooCall,
    PromptfooFile,
    PromptOfCall,
    ProviderOfCall,
    ResponseOfCall,
    ResultsOfFile,
    StatsOfResults,
    TableOfResults,
    TestOfCall,
)
from .run_files import (
    LONGEST_LINE,
    NONE,
    PREVIEWED,
    ToolCall,
    add_note,
    amount,
    cell,
    choice_of,
    chosen,
    facets_of,
    guessed_format,
    key_of,
    lines_of,
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

SUCCESS = "success"
"""The tool's own word on a row: all its assertions passed."""
FORMAT_CHECKS = frozenset(
    (
        "is-json",
        "contains-json",
        "is-xml",
        "contains-xml",
        "is-html",
        "contains-html",
        "is-sql",
        "contains-sql",
        "is-valid-openai-function-call",
        "is-valid-openai-tools-call",
        "is-valid-function-call",
    )
)
GRADED_BY_MODEL = frozenset(
    (
        "llm-rubric",
        "g-eval",
        "factuality",
        "model-graded-closedqa",
        "model-graded-factuality",
        "answer-relevance",
        "context-faithfulness",
        "context-recall",
        "context-relevance",
        "conversation-relevance",
        "select-best",
        "agent-rubric",
        "search-rubric",
        "trajectory:goal-success",
        "pi",
    )
)
BROKEN = 2
"""`failureReason` of a call that gave no answer."""
PREVIEW_HEADER = ("case", "provider", "prompt", "success", "score", "latencyMs", "cost")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """A prompt on a provider, as the file lists them."""

    key: str
    prompt: PromptOfCall
    twin: int
    """How many before it look the same: providers without a label that differ in their settings only."""

    @property
    def template(self) -> str:
        return text(self.prompt.raw)

    def is_of(self, provider: str, label: str) -> bool:
        names = (text(self.prompt.label), text(self.prompt.display))
        return text(self.prompt.provider) == provider and label in names


@dataclass(slots=True, kw_only=True)
class _Read:
    """What is gathered while the rows go by."""

    heads: Sequence[_Head] = ()
    """The prompts on their providers, where the file has them."""
    calls: list[ToolCall] = field(default_factory=list)
    variants: dict[str, VariantFacts] = field(default_factory=dict)
    preview: list[tuple[str, ...]] = field(default_factory=list)
    format_metric: str = NONE
    checks: Counter[str] = field(default_factory=Counter)
    """The types of the assertions."""
    cached: int = 0
    providers: dict[str, str] = field(default_factory=dict)
    """By variant, as people named them."""
    unnamed: dict[str, str] = field(default_factory=dict)
    """By variant: the provider that names no model."""


def read(file: OpenFile, job: ReadingJob, progress: Progress) -> OneFile:
    """Raises CannotRead."""
    with file.path.open("rb") as opened:
        first = opened.readline(LONGEST_LINE).removeprefix(b"\xef\xbb\xbf").strip()
    if not first.startswith((b"{", b"[")) or promptfoo_csv.is_header(first):
        return promptfoo_csv.read(file, job, progress)
    one = OneFile(file=file.file, kind="run", tool="promptfoo")
    if len(first) < LONGEST_LINE and shaped(first, PromptfooCall) is not None:
        return _calls(one, lines_of(one, file, PromptfooCall, progress), job)
    whole = whole_json(file, PromptfooFile | list[msgspec.Raw])  # type: ignore[arg-type]
    if isinstance(whole, list):
        return _calls(one, rows_of(one, whole, PromptfooCall, progress), job)
    return _results(one, whole, job, progress)


def _results(one: OneFile, whole: PromptfooFile, job: ReadingJob, progress: Progress) -> OneFile:
    results = whole.results
    if results.version not in (2, 3):
        raise CannotRead("promptfoo_version", version=cell(results.version))
    one.layout = "promptfoo_v3" if results.version == 3 else "promptfoo_v2"
    about = shaped(whole.metadata, MetadataOfFile)
    one.tool_version = version(about.version) if about else ""
    one.written_on = moment(results.timestamp)
    read = _Read(heads=_heads(results))
    for _, row in rows_of(one, results.results, PromptfooCall, progress):
        _take_in(read, row)
    _finish(one, read, job)
    _tool_figures(one, shaped(results.stats, StatsOfResults))
    return one


def _calls(one: OneFile, calls: Iterable[tuple[int, PromptfooCall]], job: ReadingJob) -> OneFile:
    """The rows alone: no template, no figure of the tool."""
    one.layout = "promptfoo_jsonl"
    read = _Read()
    for _, row in calls:
        _take_in(read, row)
    _finish(one, read, job)
    return one


def _heads(results: ResultsOfFile) -> list[_Head]:
    """Of version 3, else of version 2. One of another shape is an empty one: they are known by their place."""
    table = shaped(results.table, TableOfResults)
    raws = shaped(results.prompts, list[msgspec.Raw]) or (table.head.prompts if table and table.head else [])
    heads: list[_Head] = []
    seen: Counter[tuple[str, str]] = Counter()
    for prompt in (shaped(raw, PromptOfCall) or PromptOfCall() for raw in raws):
        parts = (text(prompt.provider), text(prompt.raw) or text(prompt.label) or text(prompt.display))
        twin = seen[parts]
        seen[parts] += 1
        heads.append(_Head(key=key_of(*parts, twin) if twin else key_of(*parts), prompt=prompt, twin=twin))
    return heads


def _take_in(read: _Read, row: PromptfooCall) -> None:
    provider, ident = _provider(row)
    variant = _variant(read, row, provider, ident)
    is_broken = _is_broken(row)
    response = row.response if isinstance(row.response, ResponseOfCall) else ResponseOfCall()
    is_cached = response.cached is True
    read.cached += is_cached
    test = row.test or TestOfCall()
    variables = row.vars or (test.vars if isinstance(test.vars, dict) else {})
    read.calls.append(
        ToolCall(
            variant=variant,
            case=_case(row, test, variables),
            measures={} if is_broken else _measures(read, row),
            is_broken=is_broken,
            score=None if is_broken else number(row.score),
            latency_ms=None if is_cached else amount(row.latency),
            cost=None if is_cached else amount(row.cost),
            prompt_tokens=amount(response.tokens.prompt) if response.tokens else None,
            output_tokens=amount(response.tokens.completion) if response.tokens else None,
            facets=facets_of(variables, test.metadata),
        )
    )
    if len(read.preview) < PREVIEWED:
        shown = (test.description or next(iter(variables.values()), ""), provider, text(row.prompt.label))
        read.preview.append(tuple(cell(value) for value in (*shown, row.success, row.score, row.latency, row.cost)))


def _provider(row: PromptfooCall) -> tuple[str, str]:
    """The name that people gave it, which may be empty, else the tool's; and the tool's."""
    if isinstance(row.provider, str):
        return row.provider, row.provider
    found = row.provider or ProviderOfCall()
    return text(found.label) or text(found.id), text(found.id)


def _is_broken(row: PromptfooCall) -> bool:
    """Before 0.100 no reason stands there: then it is a row that failed without having been graded."""
    if row.failure_reason is not None:
        return row.failure_reason == BROKEN
    return row.grading is None and not row.success


def _case(row: PromptfooCall, test: TestOfCall, variables: Mapping[str, object]) -> str:
    known = case_variables(variables)
    return key_of(known) if known else key_of(test.description, row.test_place if not test.description else None)


def _measures(read: _Read, row: PromptfooCall) -> dict[str, float]:
    """The row's own word, each metric or kind of assertion (all of a name must pass), and other named scores."""
    measures = {SUCCESS: float(row.success)}
    components = row.grading.components if row.grading else None
    for component in components or ():
        if component is None or not isinstance(component.passed, bool):
            continue
        assertion = component.assertion or AssertionOfCall()
        kind = text(assertion.type)
        read.checks[kind] += 1
        name = text(assertion.metric) or kind
        if not name or name == SUCCESS:
            continue
        measures[name] = min(measures.get(name, 1.0), float(component.passed))
        if kind in FORMAT_CHECKS and read.format_metric == NONE:
            read.format_metric = name
    for name, value in (row.named_scores or {}).items():
        if (score := number(value)) is not None:
            measures.setdefault(name, score)
    return measures


def _variant(read: _Read, row: PromptfooCall, provider: str, ident: str) -> str:
    label = text(row.prompt.label) or text(row.prompt.display)
    head = _head(read, row, provider, label)
    key = head.key if head else key_of(provider, label)
    template = head.template if head else ""
    if key not in read.variants:
        read.providers[key] = provider
        model = base_model(ident)
        if not model:
            read.unnamed[key] = ident or provider
        read.variants[key] = VariantFacts(
            key=key,
            name=name_of(provider, label or template, f"no. {head.twin + 1}" if head and head.twin else ""),
            model=model,
            prompt=template,
            has_examples=examples_seen(template),
            tool_figures=_figures_of(head.prompt.metrics) if head else {},
        )
    return key


def _head(read: _Read, row: PromptfooCall, provider: str, label: str) -> _Head | None:
    """The prompt before a case was filled into it; None where the file has none."""
    place = row.prompt_place
    if isinstance(place, int) and 0 <= place < len(read.heads) and read.heads[place].is_of(provider, label):
        return read.heads[place]
    return next((head for head in read.heads if head.is_of(provider, label)), None)


def _finish(one: OneFile, read: _Read, job: ReadingJob) -> None:
    measures = dict.fromkeys(name for call in read.calls for name in call.measures)
    is_checked = bool(read.checks) or len(measures) > 1 or any(call.measures.get(SUCCESS) == 0 for call in read.calls)
    guess = read.format_metric if read.format_metric != NONE else guessed_format(measures)
    take(one, job, read.calls, measure=SUCCESS, format_measure=guess, codes=(SUCCESS,))
    one.preview = (PREVIEW_HEADER, *read.preview)
    if not is_checked:
        add_note(one, "checks_nothing")
    if read.cached:
        add_note(one, "cached_calls", calls=read.cached)
    if by_model := sum(read.checks[kind] for kind in GRADED_BY_MODEL):
        add_note(one, "graded_by_model", checks=by_model)
    if read.unnamed:
        add_note(one, "no_model_named", providers=len(set(read.unnamed.values())))
    differ = _models_differ(read, job)
    if differ is not None:
        one.choices.append(differ)
    people_say_so = differ is not None and chosen(differ) == "yes"
    one.variants = [
        replace(facts, is_checked=is_checked, model=facts.model or (read.providers[facts.key] if people_say_so else ""))
        for facts in read.variants.values()
    ]


def _models_differ(read: _Read, job: ReadingJob) -> FileChoice | None:
    """Whether programs that name no model stand for different ones: only people know."""
    names = {read.providers[key] for key in read.unnamed}
    return choice_of(job, "models_differ", (), "no", ("no", "yes")) if len(names) > 1 else None


def _figures_of(metrics: object) -> dict[str, float]:
    """What the tool says of one prompt on one provider. Its time has the broken calls in it."""
    if not isinstance(metrics, dict):
        return {}
    named = {
        "passed": "testPassCount",
        "failed": "testFailCount",
        "errors": "testErrorCount",
        "total_latency_ms": "totalLatencyMs",
        "cost": "cost",
    }
    found = {name: number(metrics.get(key)) for name, key in named.items()}
    return {name: value for name, value in found.items() if value is not None}


def _tool_figures(one: OneFile, stats: StatsOfResults | None) -> None:
    """The tool's counts beside ours. Where it counts no errors, they are among its failures."""
    if stats is None or picked_measure(one) != SUCCESS:
        return
    passed = sum(row.passed == 1 for row in one.rows)
    broken = sum(row.passed is None for row in one.rows)
    theirs = {"passed": stats.successes, "failed": stats.failures, "errors": stats.errors}
    ours = {"passed": passed, "failed": len(one.rows) - passed - broken, "errors": broken}
    figures = {name: number(value) for name, value in theirs.items()}
    for name, value in figures.items():
        if value is not None:
            one.tool_figures.append(ToolFigure(name=name, theirs=value, ours=ours[name]))
    if figures["passed"] is not None and one.rows:
        graded = len(one.rows) - broken
        one.tool_figures.append(
            ToolFigure(
                name="pass_rate", theirs=figures["passed"] / len(one.rows), ours=passed / graded if graded else None
            )
        )
    if figures["errors"] is None and broken:
        add_note(one, "errors_among_failures", calls=broken)
