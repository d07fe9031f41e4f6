"""A sign-off in words: what is approved, who decided what, on which terms, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.engine.measured.pilot import Rows, exit_criterion
from assessments.engine.result import Result
from assessments.framework import Framework, notation
from assessments.speaking import SpokenWords

from .formats import STANCE_WORDS, money, months, number, payback
from .money.cheapest import steps_in_words
from .money.must_hold import needed_figure
from .money.outcome import at_the_start
from .money.words import if_tuned, is_if_tuned
from .pilot import wanted
from .verdict import settled_word
from .version_diff import headline_of
from .words import (
    approach_in_words,
    because_in_words,
    starting,
    stored_finding_in_words,
    stored_gap_in_words,
)

DECISION_WORDS = SpokenWords(
    {"": gettext_noop("Not decided yet")},
    approved=gettext_noop("Approved"),
    conditions=gettext_noop("Approved with conditions"),
    objected=gettext_noop("Objected"),
)
_DECISION_SHAPES = {
    "": ("todo", ""),
    "approved": ("done", "pos"),
    "conditions": ("half", "acc"),
    "objected": ("warn", "neg"),
}
STATE_SHAPES = {
    "not_asked": ("todo", ""),
    "waiting": ("now", "acc"),
    "second": ("now", "acc"),
    "objected": ("warn", "neg"),
    "approved": ("done", "pos"),
    "conditions": ("half", "warn"),
}


class Terms(Protocol):
    """What was agreed when a sign-off was asked for."""

    target_metric: str
    baseline: str
    least_improvement: str
    largest_regression: str
    budget: Any
    stop_on: date | None
    valid_until: date | None
    volume_low: int | None
    volume_high: int | None
    until_model_replaced: bool
    until_corrections_fall: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionView:
    pk: int
    text: str
    met: str
    """Who ticked it off and when; empty while it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalView:
    """One approver with what they decided last. The shape and the tone say the same as the word."""

    name: str
    word: str
    shape: str
    tone: str
    decided_at: datetime | None
    comment: str
    conditions: Sequence[ConditionView]
    edited_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    name: str
    words: str


def present_approvals(approvals: Sequence[Any], *, last_editor: int | None) -> Sequence[ApprovalView]:
    """Everybody who was asked, by name."""
    return [
        ApprovalView(
            name=str(one.approver),
            word=DECISION_WORDS[one.decision],
            shape=_DECISION_SHAPES[one.decision][0],
            tone=_DECISION_SHAPES[one.decision][1],
            decided_at=one.decided_at,
            comment=one.comment,
            conditions=[ConditionView(pk=point.pk, text=point.text, met=_met(point)) for point in one.conditions.all()],
            edited_last=one.approver_id == last_editor,
        )
        for one in sorted(approvals, key=lambda one: (str(one.approver).lower(), one.approver_id))
    ]


def _met(point: Any) -> str:
    if point.met_at is None:
        return ""
    if not point.met_by:
        return _("{day} by somebody whose account is gone").format(day=day(point.met_at))
    return _("{day} by {person}").format(day=day(point.met_at), person=point.met_by)


def _criteria() -> Sequence[str]:
    return (
        _("Target metric"),
        _("Baseline"),
        _("Least improvement"),
        _("Largest regression"),
        _("Budget"),
        _("Stop date"),
    )


def criteria(framework: Framework, terms: Terms, rows: Rows) -> Sequence[Row]:
    """When the work stops, as it was written down before it began: as was asked with, and in the answers themselves.

    What was left empty is left out.
    """
    said = (
        terms.target_metric,
        terms.baseline,
        terms.least_improvement,
        terms.largest_regression,
        "" if terms.budget is None else money(float(terms.budget), framework.sign),
        day(terms.stop_on),
    )
    asked_with = [Row(name=name, words=words) for name, words in zip(_criteria(), said, strict=True) if words]
    return asked_with + [Row(name=one.metric, words=starting(wanted(one))) for one in map(exit_criterion, rows)]


def blank_criteria() -> Sequence[Row]:
    """The same lines empty, to be filled in by hand."""
    return [Row(name=name, words="") for name in _criteria()]


def validity(terms: Terms) -> Sequence[str]:
    """Until when, or until what, the decision holds; empty where nothing was agreed."""
    low, high = terms.volume_low, terms.volume_high
    found = []
    if terms.valid_until:
        found.append(_("Until {day}").format(day=day(terms.valid_until)))
    if low is not None and high is not None:
        words = _("While volume is between {low} and {high} requests a month")
        found.append(words.format(low=number(low), high=number(high)))
    elif low is not None:
        found.append(_("While volume is {low} requests a month or more").format(low=number(low)))
    elif high is not None:
        found.append(_("While volume is {high} requests a month or less").format(high=number(high)))
    if terms.until_model_replaced:
        found.append(_("Until the base model is replaced"))
    if terms.until_corrections_fall:
        found.append(_("Until weekly corrections are falling"))
    return found


def day(moment: date | datetime | None) -> str:
    return notation.day(moment) if moment else ""


def hash_groups(content_hash: str) -> str:
    """A hash in groups of eight, so that two can be held against each other.

    >>> hash_groups("0123456789abcdef")
    '01234567 89abcdef'
    """
    return " ".join(content_hash[place : place + 8] for place in range(0, len(content_hash), 8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """Exactly what is approved: what was stored when the version was frozen, not what is worked out anew."""

    headline: str
    because: str
    settled: str
    money: Sequence[Row]
    missing: Sequence[str]
    findings: Sequence[str]
    gaps: Sequence[str]
    methods: Sequence[Row]
    next_steps: Sequence[str]


def _settled(framework: Framework, result: Result) -> str:
    word = settled_word(settled=result.settled, begun=result.has_begun, stability=result.stability)
    return word if result.settled else _("{word}: open answers could still change it").format(word=word)


def what_is_approved(framework: Framework, result: Result) -> Approved:
    """A stored result in short."""
    questions = framework.questions
    unsure = [questions[key].label for key in result.find_out_next if key in questions]
    return Approved(
        headline=headline_of(framework, result),
        because=because_in_words(framework, result.because),
        settled=_settled(framework, result),
        money=_money(framework, result),
        missing=[stored_gap_in_words(framework, gap) for gap in result.missing_for_go],
        findings=[stored_finding_in_words(framework, finding) for finding in result.findings],
        gaps=[_("{question}: not known yet").format(question=label) for label in unsure]
        + [
            _("Examples of {label}: {n} missing").format(label=gap.label, n=number(gap.missing))
            for gap in result.data.gaps
        ],
        methods=[
            Row(name=framework.lens[key].name, words=STANCE_WORDS[lens.stance]) for key, lens in result.lenses.items()
        ],
        next_steps=steps_in_words(framework, result.next_steps, result.cheapest_model),
    )


def _money(framework: Framework, result: Result) -> Sequence[Row]:
    """The approach as an investment, as the result page has it."""
    economics = result.economics
    if economics is None:
        return [Row(name=_("Cost and return"), words=_("Not filled in"))]
    upfront, worth = economics.upfront, economics.investment
    if upfront is None or worth is None or worth.net is None:
        return [Row(name=_("Cost and return"), words=_("Not filled in for this lever"))]
    only_if = is_if_tuned(framework, whose=economics.approach, verdict=result.approach)
    start, when = at_the_start(framework, upfront), payback(worth.break_even_months, worth.durable_break_even_months)
    figures = {
        start.name: start.value,
        _("Pays back after"): _("Cheaper only at first") if upfront < 0 and when == months(None) else when,
        _("Left at the end"): money(worth.net, framework.sign),
    }
    figures |= needed_figure(framework, economics.form, economics.must_hold)
    rows = [Row(name=if_tuned(name, applies=only_if), words=words) for name, words in figures.items()]
    if economics.form == "summary":
        return rows
    return [*rows, Row(name=_("Compared with"), words=approach_in_words(framework, economics.reference))]
