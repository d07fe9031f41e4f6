"""The page of the similar cases: the outside view, three alike, and the closest that went the other way."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.engine.calibration import calibration
from assessments.engine.decision import Decision, OutsideView, SimilarCase
from assessments.engine.precedents import went_other_way

from .formats import count, listed, number, quoted, share, spelt
from .precedents import NOTHING_ALIKE, CaseView, case_view
from .words import small, starting

_SHOWN = 3
_DOTS_IN_A_ROW, _DOT, _LINE = 10, 22, 26


@dataclass(frozen=True, slots=True, kw_only=True)
class DotView:
    """One vote among the published cases, as it is drawn."""

    across: int
    down: int
    won: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideSentences:
    """The outside view in words, and its dots."""

    words: str
    caution: str
    dots: Sequence[DotView]
    won: str
    lost: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesView:
    heading: str
    lead: str
    outside: OutsideSentences | None
    list_heading: str
    alike: Sequence[CaseView]
    other: CaseView | None
    """The closest case that went the other way."""
    empty: str
    of: int
    compared: Sequence[str]
    """How cases are compared, rule by rule."""
    forecast: str
    """How good a forecast like this one was for the published cases."""
    costs: Sequence[tuple[str, str]]
    """What the cases cost and how fast they were, as their sources say it."""


def present_cases(decision: Decision) -> CasesView:
    framework = decision.framework
    alike = _alike(decision)
    closest = decision.closest_other_way if alike or decision.outside_view else None
    other = case_view(framework, closest.case, because=closest.because) if closest else None
    views = [case_view(framework, found.case, because=found.because) for found in alike]
    shown = [*views, *([other] if other else [])]
    return CasesView(
        heading=_heading(decision.outside_view),
        lead=framework.precedents.similarity.caution,
        outside=_outside(decision.outside_view, len(framework.precedents.cases)) if decision.outside_view else None,
        list_heading=_list_heading(len(views), bool(other)),
        alike=views,
        other=other,
        empty="" if views else _(NOTHING_ALIKE),
        of=len(framework.precedents.cases),
        compared=_compared(decision),
        forecast=_forecast(decision),
        costs=[(view.title, view.cost_and_speed) for view in shown if view.cost_and_speed],
    )


def _alike(decision: Decision) -> Sequence[SimilarCase]:
    """The most similar cases that went the way of the verdict."""
    found = [one for one in decision.precedents if one.similarity > 0]
    return [one for one in found if not went_other_way(decision.framework, one.case, decision.leads)][:_SHOWN]


def _heading(outside: OutsideView | None) -> str:
    if outside is None:
        return _("No published case is like yours")
    told = _("Tuning won in {won} of the {of} published cases most like yours")
    return told.format(won=round(outside.won), of=outside.of)


def _list_heading(alike: int, has_other: bool) -> str:
    if not alike:
        return _("The closest that went the other way") if has_other else ""
    if has_other:
        told = spelt(
            alike,
            "{n} that went your way, and the closest that did not",
            "{n} that went your way, and the closest that did not",
        )
    else:
        told = spelt(alike, "{n} that went your way", "{n} that went your way")
    return starting(told)


def _outside(outside: OutsideView, cases: int) -> OutsideSentences:
    won, overall = round(outside.won), share(outside.share_of_all)
    return OutsideSentences(
        words=_(
            "{votes}; with so few cases anything from {low} to {high} is possible. A second opinion: it never changes "
            "the verdict."
        ).format(votes=_votes(outside), low=share(outside.low), high=share(outside.high)),
        caution=_("Of all {number} published cases tuning won in {share}. Read both as too high.").format(
            number=number(cases), share=overall
        ),
        dots=[
            DotView(
                across=10 + _DOT * (place % _DOTS_IN_A_ROW),
                down=12 + _LINE * (place // _DOTS_IN_A_ROW),
                won=place < won,
            )
            for place in range(outside.of)
        ],
        won=_("{number}: tuning won").format(number=won),
        lost=_("{number}: it did not").format(number=outside.of - won),
    )


def _votes(outside: OutsideView) -> str:
    """The share of the votes. A vote may be split: cases of one source that are equally similar share theirs."""
    won, of_all = round(outside.won), share(outside.won / outside.of)
    if won == outside.won:
        return _("{won} of {of} is {share}").format(won=won, of=outside.of, share=of_all)
    return _("{share} of the votes, some of them split").format(share=of_all)


def _forecast(decision: Decision) -> str:
    outside = decision.outside_view
    found = calibration(decision.framework).band_of(outside.won / outside.of) if outside else None
    if found is None:
        return _("Each published case was judged by the others, its own source left out.")
    return _(
        "Each published case was judged by the others, its own source left out: where that gave {low} to {high}, as "
        "here, tuning had won in {won} of {cases}."
    ).format(low=share(found.above), high=share(found.up_to), won=found.won, cases=found.cases)


def _compared(decision: Decision) -> Sequence[str]:
    rules = decision.framework.precedents.similarity
    questions = decision.framework.questions
    asked = listed([quoted(small(questions[one.key].label)) for one in rules.questions])
    kind = spelt(rules.same_kind, "{n} point for the same kind of task.", "{n} points for the same kind of task.")
    answers = ngettext(
        "{points} for each answer that agrees, minus as much for each that is opposite: {questions}.",
        "{points} for each answer that agrees, minus as much for each that is opposite: {questions}.",
        rules.same_answer,
    )
    failures = ngettext(
        "{points} for the same main kind of failure.",
        "{points} for the same main kind of failure.",
        rules.same_failure_group,
    )
    return (
        starting(kind),
        answers.format(points=starting(count(rules.same_answer)), questions=asked),
        failures.format(points=starting(count(rules.same_failure_group))),
        spelt(
            rules.most_of_one_group,
            "At most {n} case from one source is shown.",
            "At most {n} cases from one source are shown.",
        ),
    )
