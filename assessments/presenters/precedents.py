"""Published cases in words: the similar ones of a result, and the list of them all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.engine.decision import Decision
from assessments.engine.precedents import FAILURE_GROUP, KIND
from assessments.framework import Framework
from assessments.framework.precedents import Precedent
from assessments.speaking import SpokenWords

from .formats import ANSWER_WORDS, count, number
from .words import lower, starting

ARM_WORDS = SpokenWords(
    before=gettext_noop("Before"), after=gettext_noop("After"), alternative=gettext_noop("Alternative")
)
MOST_REASONS = 4
NOTHING_ALIKE = gettext_noop(
    "Say what kind of task it is and answer the reasons for and against to see cases like yours."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """One published figure and what it is of."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One published case as the pages and the report show it. `because` says why it is similar.

    `more` says, among other things, which answers only the outcome told: they make no case similar.
    """

    title: str
    year: int
    kind: str
    task: str
    happened: str
    outcome: str
    tuned: bool
    metric: str
    figures: Sequence[FigureView]
    evidence: str
    is_measured: bool
    publisher: str
    source: str
    link: str
    caveat: str
    cost_and_speed: str
    more: Sequence[tuple[str, str]]
    because: str = ""
    own: bool = False
    """Whether it is a case of the team's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarCases:
    """The similar cases of a result. Without any, `empty` says what would bring some up."""

    cases: Sequence[CaseView]
    caution: str
    of: int
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilterChoice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceGroup:
    """Choices under one heading, which may be empty."""

    title: str
    choices: Sequence[CaseFilterChoice]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """One thing to narrow the list by."""

    name: str
    label: str
    groups: Sequence[ChoiceGroup]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedentsView:
    """The page of all cases: what it is narrowed to, and what is left."""

    cases: Sequence[CaseView]
    how_many: str
    filters: Sequence[CaseFilter]
    chosen: Mapping[str, str]
    grades: Sequence[tuple[str, str]]
    caution: str


def present_similar(decision: Decision) -> SimilarCases:
    """The cases that are alike in something; the others of the five would say nothing."""
    framework = decision.framework
    alike = [found for found in decision.precedents if found.similarity > 0]
    return SimilarCases(
        cases=[case_view(framework, found.case, because=found.because) for found in alike],
        caution=framework.precedents.similarity.caution,
        of=len(framework.precedents.cases),
        empty="" if alike else _(NOTHING_ALIKE),
    )


def present_precedents(framework: Framework, wanted: Mapping[str, str]) -> PrecedentsView:
    """The cases that fit what is wanted: `kind`, `outcome`, `evidence`, and an `answer` that was yes.

    A value that no filter offers is taken as no wish. Better evidence comes first, then what is newer.
    """
    offered = _offered(framework)
    chosen = {name: value for name, value in wanted.items() if value in offered.get(name, {})}
    precedents = framework.precedents
    left = [case for case in precedents.cases if all(value in _tags(case)[name] for name, value in chosen.items())]
    grades = list(precedents.evidence_grade)
    left.sort(key=lambda case: (grades.index(case.evidence), -case.year, case.title))
    return PrecedentsView(
        cases=[case_view(framework, case) for case in left],
        how_many=_("{shown} of {cases} cases").format(shown=len(left), cases=len(precedents.cases)),
        filters=_filters(framework, offered, chosen),
        chosen=chosen,
        grades=[(grade.name, grade.about) for grade in precedents.evidence_grades],
        caution=precedents.similarity.caution,
    )


def _reason(framework: Framework, code: str) -> str:
    """What a case is similar in."""
    rules = framework.precedents.similarity
    if code in (KIND, FAILURE_GROUP):
        return rules.kind_because if code == KIND else rules.failure_because
    key, _, said = code.partition(".")
    question = next(question for question in rules.questions if question.key == key)
    return question.both_yes if said == "yes" else question.both_no


def _because(reasons: Sequence[str]) -> tuple[str, str]:
    """The first few reasons why a case is similar, and the others."""
    if len(reasons) <= MOST_REASONS + 1:
        return ", ".join(reasons), ""
    others = ", ".join(reasons[MOST_REASONS:])
    more = len(reasons) - MOST_REASONS
    told = _("{reasons}, and {many} more answers alike").format(
        reasons=", ".join(reasons[:MOST_REASONS]), many=count(more)
    )
    return told, starting(others)


def case_view(framework: Framework, case: Precedent, because: Sequence[str] = ()) -> CaseView:
    precedents = framework.precedents
    first_reasons, other_reasons = _because([_reason(framework, code) for code in because])
    outcome = precedents.outcome[case.outcome]
    examples = case.examples_words if case.examples is None else number(case.examples)
    afterwards = [
        f"{framework.questions[key].label}: {lower(ANSWER_WORDS[case.answers[key]])}" for key in case.hindsight
    ]
    more = (
        (_("Caveat"), case.caveat),
        (_("Examples"), examples),
        (_("Cost and speed"), case.cost_and_speed),
        (_("Also alike"), other_reasons),
        (_("Known afterwards"), "; ".join(afterwards)),
    )
    return CaseView(
        title=case.title,
        year=case.year,
        kind=_kinds(framework)[case.task_kind],
        task=case.task,
        happened=case.happened,
        outcome=outcome.name,
        tuned=outcome.tuned,
        metric=case.metric,
        figures=[
            FigureView(
                label=f"{ARM_WORDS[figure.arm]}: {figure.of}" if figure.of else ARM_WORDS[figure.arm],
                value=figure.value,
            )
            for figure in case.figures
        ],
        evidence=precedents.evidence_grade[case.evidence].name,
        is_measured=case.evidence == precedents.evidence_grades[0].key,
        publisher=precedents.publishers[case.published_by],
        source=case.source,
        link=case.link,
        caveat=case.caveat,
        cost_and_speed=case.cost_and_speed,
        more=[(name, words) for name, words in more if words],
        because=first_reasons,
        own=any(case.key == one.key for one in precedents.own),
    )


def _kinds(framework: Framework) -> dict[str, str]:
    return {option.value: option.label for option in framework.questions["task_kind"].options}


def _tags(case: Precedent) -> dict[str, tuple[str, ...]]:
    """What each filter finds this case by."""
    return {
        "kind": (case.task_kind,),
        "outcome": (case.outcome,),
        "evidence": (case.evidence,),
        "answer": tuple(key for key, value in case.answers.items() if value == "yes"),
    }


def _offered(framework: Framework) -> dict[str, dict[str, str]]:
    """For each filter, the values that at least one case has, with their words."""
    precedents = framework.precedents
    words = {
        "kind": _kinds(framework),
        "outcome": {outcome.key: outcome.name for outcome in precedents.outcomes},
        "evidence": {grade.key: grade.name for grade in precedents.evidence_grades},
        "answer": {question.key: question.label for question in framework},
    }
    found = {name: {value for case in precedents.cases for value in _tags(case)[name]} for name in words}
    return {name: {key: word for key, word in words[name].items() if key in found[name]} for name in words}


def _filters(
    framework: Framework, offered: Mapping[str, Mapping[str, str]], chosen: Mapping[str, str]
) -> Sequence[CaseFilter]:
    def group(name: str, keys: Iterable[str], title: str = "") -> ChoiceGroup:
        choices = [
            CaseFilterChoice(value=key, label=offered[name][key], chosen=chosen.get(name) == key)
            for key in keys
            if key in offered[name]
        ]
        return ChoiceGroup(title=title, choices=choices)

    sections = [
        group("answer", (question.key for question in section.questions), section.title)
        for section in framework.sections
    ]
    return [
        CaseFilter(name="kind", label=_("Kind of task"), groups=[group("kind", offered["kind"])]),
        CaseFilter(name="outcome", label=_("Outcome"), groups=[group("outcome", offered["outcome"])]),
        CaseFilter(name="evidence", label=_("Evidence"), groups=[group("evidence", offered["evidence"])]),
        CaseFilter(
            name="answer",
            label=_("Where this was so"),
            groups=[group for group in sections if group.choices],
        ),
    ]
