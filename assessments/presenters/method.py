"""The method page: every rule, weight and threshold in force, with its source, made from the framework's data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from assessments.framework import Framework, Question, load_framework
from assessments.framework.method_notes import PriceOfError
from assessments.framework.schema import Approach, Citation, Goal

from .formats import number
from .method_notes import method_figures, threshold_words
from .words import in_words

_ROLES = {
    "ceiling": "Prompt ceiling",
    "indicator": "Reason for",
    "anti_indicator": "Reason against",
    "shape": "Shape of the task",
    "tried": "Tried already",
    "signal": "Sign of a limit",
}
Say = Callable[[str], str]
"""Fills the figures of a text in."""

_SEVERITIES = {"high": "High", "medium": "Medium", "low": "Low"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRow:
    anchor: str
    closes: Sequence[str]
    short: str
    because: str
    opens: str
    """What would open it again; empty where the team cannot."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LensRow:
    key: str
    name: str
    rule: str
    asks: Sequence[str]
    stance: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    code: str
    when: str
    severity: str
    what_to_do: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    key: str
    label: str
    ask: str
    counts: str
    """What it counts as, with its weight or our default."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTable:
    key: str
    title: str
    lead: str
    rows: Sequence[QuestionRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One row of a table with a score for each approach. Steps are from 1 to 5, for the shade."""

    name: str
    about: str
    cells: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdRow:
    name: str
    words: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidBy:
    source: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementView:
    key: str
    title: str
    said: Sequence[SaidBy]
    ours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodView:
    framework: Framework
    gates: Sequence[GateRow]
    go: Sequence[SaidBy]
    lenses: Sequence[LensRow]
    misuses: Sequence[FindingRow]
    contradictions: Sequence[FindingRow]
    sections: Sequence[QuestionTable]
    approaches: Sequence[Approach]
    scores: Sequence[ScoreRow]
    fits: Sequence[ScoreRow]
    goals: Sequence[Goal]
    thresholds: Sequence[ThresholdRow]
    disagreements: Sequence[DisagreementView]
    price: Sequence[PriceOfError]
    price_source: str
    citations: Sequence[Citation]


@cache
def present_method(version: str) -> MethodView:
    """The page of this framework version, put together once."""
    framework = load_framework(version)
    say = partial(in_words, framework, figures=method_figures(framework))
    sources = short_sources(framework)
    notes = framework.guide.method
    return MethodView(
        framework=framework,
        gates=_gates(framework, say, sources),
        go=[SaidBy(source=sources[one.source], text=say(one.text)) for one in notes.go],
        lenses=_lenses(framework, say, sources),
        misuses=_findings(framework, say, sources, "misuse"),
        contradictions=_findings(framework, say, sources, "contradiction"),
        sections=[
            QuestionTable(
                key=section.key,
                title=section.title,
                lead=section.lead,
                rows=[_question(framework, question, sources) for question in section.questions],
            )
            for section in framework.sections
        ],
        approaches=framework.approaches,
        scores=_scores(framework),
        fits=_fits(framework),
        goals=framework.goals,
        thresholds=[
            ThresholdRow(name=one.name, words=threshold_words(framework, one.key), source=sources[one.source])
            for one in notes.thresholds
        ],
        disagreements=[
            DisagreementView(
                key=one.key,
                title=say(one.title),
                said=[SaidBy(source=sources[part.source], text=say(part.text)) for part in one.texts],
                ours=say(one.ours),
            )
            for one in notes.disagreements
        ],
        price=notes.price_of_error,
        price_source=sources[notes.price_of_error[0].source],
        citations=framework.citations,
    )


def short_sources(framework: Framework) -> dict[str, str]:
    """The code of each source as a word for tables; their names stand at the end of the page."""
    return {citation.key: citation.key.capitalize() for citation in framework.citations}


def _gates(framework: Framework, say: Say, sources: Mapping[str, str]) -> Sequence[GateRow]:
    """Every gate, with what it closes by name."""
    return [
        GateRow(
            anchor=f"gate-{gate.key}",
            closes=[one.name for one in framework.approaches if one.key in framework.closed_by[gate.key]],
            short=gate.short,
            because=say(gate.because),
            opens=say(gate.opens),
            source=sources[gate.source],
        )
        for gate in framework.gates
    ]


def _lenses(framework: Framework, say: Say, sources: Mapping[str, str]) -> Sequence[LensRow]:
    words = {lens.key: lens for lens in framework.guide.method.lenses}
    return [
        LensRow(
            key=lens.key,
            name=lens.name,
            rule=say(lens.rule),
            asks=[say(text) for text in words[lens.key].asks],
            stance=say(words[lens.key].stance),
            source=sources[lens.source],
        )
        for lens in framework.lenses
    ]


def _findings(framework: Framework, say: Say, sources: Mapping[str, str], kind: str) -> Sequence[FindingRow]:
    when = framework.guide.method.findings
    return [
        FindingRow(
            code=finding.code,
            when=say(when[finding.code]),
            severity=_SEVERITIES[finding.severity],
            what_to_do=say(finding.what_to_do),
            source=sources[finding.source],
        )
        for finding in framework.findings
        if finding.kind == kind
    ]


def _question(framework: Framework, question: Question, sources: Mapping[str, str]) -> QuestionRow:
    counts = _ROLES.get(question.role, "")
    if question.weight:
        counts = f"{counts}, weight {framework.weight(question.key)} ({question.weight.lower()})"
    if question.default is not None:
        counts = f"Our default: {question.prefix}{number(question.default)} {question.unit}".strip()
    return QuestionRow(
        key=question.key,
        label=question.label,
        ask=question.ask,
        counts=counts,
        source=sources[question.source],
    )


def _scores(framework: Framework) -> Sequence[ScoreRow]:
    """The base scores of the comparison; a criterion without any is worked out from the failures."""
    labels = framework.questions
    rules = framework.matrix
    rows = []
    for criterion in rules.criteria:
        about = f"Weight {number(criterion.weight)}"
        moved = " or ".join(labels[key].label for key in criterion.moved_by)
        if criterion.if_yes is not None:
            about += f", {number(criterion.if_yes)} for: {moved}"
        if criterion.if_no is not None:
            about += f", {number(criterion.if_no)} without"
        scores = [criterion.scores[approach.key] for approach in framework.approaches] if criterion.scores else []
        rows.append(ScoreRow(name=criterion.name, about=about, cells=[(score, score) for score in scores]))
    return rows


def _fits(framework: Framework) -> Sequence[ScoreRow]:
    """How well each approach fixes each kind of failure, 0 to 5."""
    groups = {mode: group.name for group in framework.failure_groups for mode in group.modes}
    return [
        ScoreRow(
            name=framework.questions[mode].label,
            about=groups[mode],
            cells=[(fit[approach.key], max(1, fit[approach.key])) for approach in framework.approaches],
        )
        for mode, fit in framework.matrix.fit.items()
    ]
