"""The method page: every gate, weight and threshold in force, with its source, made from the framework's data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from assessments.framework import Framework, Question
from assessments.framework.guide import Way
from assessments.framework.method_notes import PriceOfError
from assessments.framework.notation import current
from assessments.framework.schema import Approach

from .formats import count, day, listed, number, share
from .guidance import range_words
from .legal import law_in_short
from .method_comparison import ComparisonRules, present_comparison_rules
from .method_gates import GateRow, PriorRow, WordOfGates, gate_rows, prior_rows, words_of_gates
from .method_notes import method_figures, threshold_words
from .method_sources import Say, SourceRow, short_sources, source_rows
from .questionnaire import answer_words
from .within import weight_word
from .words import in_words, labels, starting

_ROLES = {
    "ceiling": gettext_noop("Prompt ceiling"),
    "indicator": gettext_noop("Reason for"),
    "anti_indicator": gettext_noop("Reason against"),
    "shape": gettext_noop("Shape of the task"),
    "tried": gettext_noop("Tried already"),
    "signal": gettext_noop("Sign of a limit"),
}


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
class GoalRow:
    """A kind of tuning; `others` are ranges that other guides give."""

    key: str
    name: str
    kind: str
    examples: str
    others: Sequence[str]
    compute: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayRow:
    way: Way
    approaches: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """What a verdict can be, and what that means."""

    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodView:
    framework: Framework
    gates: Sequence[GateRow]
    gate_words: Sequence[WordOfGates]
    actions: Sequence[ActionRow]
    priors: Sequence[PriorRow]
    leaning_below: str
    """The share of the ways it can turn out, below which a verdict only leans."""
    go: Sequence[SaidBy]
    lenses: Sequence[LensRow]
    misuses: Sequence[FindingRow]
    contradictions: Sequence[FindingRow]
    sections: Sequence[QuestionTable]
    approaches: Sequence[Approach]
    comparison: ComparisonRules
    goals: Sequence[GoalRow]
    ways: Sequence[WayRow]
    ways_read: str
    thresholds: Sequence[ThresholdRow]
    disagreements: Sequence[DisagreementView]
    law: Sequence[str]
    """How the estimate of legal and exit is made, and what it is worth."""
    price: Sequence[PriceOfError]
    price_source: str
    likeness: Sequence[str]
    """How published cases are compared with an assessment, a sentence each."""
    citations: Sequence[SourceRow]


def present_method(framework: Framework) -> MethodView:
    """The page of this framework, put together once for each way to write its words and numbers."""
    return kept_method(framework, current().key)


@lru_cache(maxsize=16)
def kept_method(framework: Framework, _notation: str) -> MethodView:
    say = partial(in_words, framework, figures=method_figures(framework))
    sources = short_sources(framework)
    notes = framework.guide.method
    return MethodView(
        framework=framework,
        gates=gate_rows(framework, say, sources),
        gate_words=words_of_gates(framework, say),
        actions=[
            ActionRow(name=framework.verdict.action_short[action], about=say(about))
            for action, about in notes.actions.items()
        ],
        priors=prior_rows(framework),
        leaning_below=share(framework.thresholds.provisional_from),
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
        comparison=present_comparison_rules(framework),
        goals=_goals(framework),
        ways=_ways(framework),
        ways_read=day(framework.guide.guidance.facts_read),
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
        law=law_in_short(framework),
        price=notes.price_of_error,
        price_source=sources[notes.price_of_error[0].source],
        likeness=_likeness(framework),
        citations=source_rows(framework),
    )


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
            severity=_severity(finding.severity),
            what_to_do=say(finding.what_to_do),
            source=sources[finding.source],
        )
        for finding in framework.findings
        if finding.kind == kind
    ]


def _severity(severity: str) -> str:
    return {
        "high": pgettext("severity", "High"),
        "medium": pgettext("severity", "Medium"),
        "low": pgettext("severity", "Low"),
    }[severity]


def _question(framework: Framework, question: Question, sources: Mapping[str, str]) -> QuestionRow:
    counts = _(_ROLES[question.role]) if question.role in _ROLES else ""
    if question.weight:
        counts = _("{counts}, weight {weight} ({word})").format(
            counts=counts, weight=framework.weight(question.key), word=weight_word(question.weight)
        )
    if question.default is not None:
        counts = _("Our default: {answer}").format(answer=answer_words(question, question.default))
    return QuestionRow(
        key=question.key,
        label=question.label,
        ask=question.ask,
        counts=counts,
        source=sources[question.source],
    )


def _goals(framework: Framework) -> Sequence[GoalRow]:
    return [
        GoalRow(
            key=goal.key,
            name=goal.name,
            kind=goal.kind,
            examples=f"{range_words(goal)} {goal.unit}",
            others=[f"{other.by}: {range_words(other)}" for other in goal.others],
            compute=goal.compute,
        )
        for goal in framework.goals
    ]


def _likeness(framework: Framework) -> Sequence[str]:
    rules = framework.precedents.similarity
    asked = listed(labels(framework, [question.key for question in rules.questions]))
    return [
        _("{kind} points for the same kind of task, {group} for the same leading group of failures.").format(
            kind=number(rules.same_kind), group=number(rules.same_failure_group)
        ),
        _(
            "For each of these answers {points} where it is the same, and as many off where it is the opposite: "
            "{asked}. What either side does not know counts nothing, and so does what only the outcome told."
        ).format(points=number(rules.same_answer), asked=asked),
        _("Among equals better evidence comes first, then the newer case."),
        _(
            "{Shown} are shown, at most {most} from one source, and always the closest one that went the other way."
        ).format(
            Shown=starting(count(rules.shown)),
            most=count(rules.most_of_one_group),
        ),
        _(
            "The outside view gives one vote to each source, and asks the {votes} most similar. "
            "It never changes the verdict."
        ).format(votes=number(framework.precedents.outside_view.votes)),
        rules.caution,
    ]


def _ways(framework: Framework) -> Sequence[WayRow]:
    names = {approach.key: approach.name for approach in framework.approaches}
    return [
        WayRow(way=way, approaches=listed([names[key] for key in way.approaches]))
        for way in framework.guide.guidance.ways
    ]
