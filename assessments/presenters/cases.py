"""The page of the similar cases: the outside view, three alike, and the closest that went the other way."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.engine.calibration import calibration
from assessments.engine.decision import Decision, OutsideView, SimilarCase
from assessments.engine.precedents import went_other_way

from .formats import count, listed, number, share
from .precedents import CaseView, case_view, nothing_alike

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
        empty="" if views else nothing_alike(),
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
        return "No published case is like yours"
    return f"Tuning won in {round(outside.won)} of the {outside.of} published cases most like yours"


def _list_heading(alike: int, has_other: bool) -> str:
    if not alike:
        return "The closest that went the other way" if has_other else ""
    words = f"{count(alike).capitalize()} that went your way"
    return f"{words}, and the closest that did not" if has_other else words


def _outside(outside: OutsideView, cases: int) -> OutsideSentences:
    won, overall = round(outside.won), share(outside.share_of_all)
    return OutsideSentences(
        words=(
            f"{_votes(outside)}; with so few cases anything from "
            f"{share(outside.low)} to {share(outside.high)} is possible. "
            "A second opinion: it never changes the verdict."
        ),
        caution=f"Of all {number(cases)} published cases tuning won in {overall}. Read both as too high.",
        dots=[
            DotView(
                across=10 + _DOT * (place % _DOTS_IN_A_ROW),
                down=12 + _LINE * (place // _DOTS_IN_A_ROW),
                won=place < won,
            )
            for place in range(outside.of)
        ],
        won=f"{won}: tuning won",
        lost=f"{outside.of - won}: it did not",
    )


def _votes(outside: OutsideView) -> str:
    """The share of the votes. A vote may be split: cases of one source that are equally similar share theirs."""
    won, of_all = round(outside.won), share(outside.won / outside.of)
    return f"{won} of {outside.of} is {of_all}" if won == outside.won else f"{of_all} of the votes, some of them split"


def _forecast(decision: Decision) -> str:
    judged, outside = "Each published case was judged by the others, its own source left out", decision.outside_view
    found = calibration(decision.framework).band_of(outside.won / outside.of) if outside else None
    if found is None:
        return f"{judged}."
    return (
        f"{judged}: where that gave {share(found.above)} to {share(found.up_to)}, as here, tuning had won in "
        f"{found.won} of {found.cases}."
    )


def _compared(decision: Decision) -> Sequence[str]:
    rules = decision.framework.precedents.similarity
    questions = decision.framework.questions
    asked = listed([f"“{questions[one.key].label.lower()}”" for one in rules.questions])
    return (
        f"{count(rules.same_kind).capitalize()} points for the same kind of task.",
        f"{count(rules.same_answer).capitalize()} for each answer that agrees, minus as much for each that is "
        f"opposite: {asked}.",
        f"{count(rules.same_failure_group).capitalize()} for the same main kind of failure.",
        f"At most {count(rules.most_of_one_group)} cases from one source are shown.",
    )
