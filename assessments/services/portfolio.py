"""What of a portfolio is shown and in which order, as its address says. What is unknown in an address is left out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Expression, F, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_noop

from assessments.engine.measured.pilot import FAILED, OUTCOMES, PASSED, STOPPED
from assessments.framework import Framework
from assessments.models import Assessment, ListEntry
from assessments.models.list_entry import NO_VERDICT

from . import sign_off_due
from .sign_off_list import RANKS

LONGEST_SEARCH = 100
DUE = "due"
"""Beside the states of a sign-off: those whose decision wants another look."""

VERDICTS: Mapping[str, Q] = {
    "candidates": Q(action__in=["go", "pilot", "confirm_first"]),
    "fix_first": Q(action="fix_first"),
    "other": Q(action__in=["use_other_lever", "keep"]),
    "none": NO_VERDICT,
}
SETTLED = {"settled": Q(settled=True), "provisional": Q(settled=False) & ~NO_VERDICT}
PROGRESS = {"complete": Q(answered__gte=F("questions")), "open": Q(answered__lt=F("questions"))}
PILOT_ENDED = {outcome: Q(pilot=outcome) for outcome in OUTCOMES} | {"none": Q(pilot="")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """By what rows are ordered, the strongest case first; those that are `unknown` come last either way."""

    words: str
    """As the catalogue knows them."""
    by: tuple[tuple[Expression | F, bool], ...]
    """Each with whether its largest value comes first."""
    unknown: Q | None = NO_VERDICT
    known: str = "has_verdict"
    """The column that says so, where an index has it."""
    head: str = ""
    """What the column is called, where that is not what it is ordered by; as the catalogue knows it."""

    @property
    def rises(self) -> bool:
        """Whether what it is ordered by grows down the page, as long as it is not reversed."""
        return not self.by[0][1]

    def expressions(self, *, reverse: bool) -> list[Any]:
        last: list[Any] = []
        if self.unknown is not None:
            rank = Case(When(self.unknown, then=Value(1)), default=Value(0))
            last = [F(self.known).desc() if self.known else rank]
        parts = [by.desc() if largest_first != reverse else by.asc() for by, largest_first in self.by]
        return [*last, *parts, Lower("name"), "assessment_id"]


_PILOT_RANK = Case(
    *(When(pilot=outcome, then=Value(rank)) for rank, outcome in enumerate((FAILED, STOPPED, PASSED), start=1)),
    default=Value(0),
)
ORDERS: Mapping[str, Order] = {
    "name": Order(
        words=gettext_noop("Name"), head=gettext_noop("Use case"), by=((Lower("name"), False),), unknown=None
    ),
    "verdict": Order(
        words=gettext_noop("Strength of case"),
        head=gettext_noop("Verdict"),
        by=((F("strength"), True), (F("pays_back"), False)),
    ),
    "ceiling": Order(words=gettext_noop("Ceiling test"), by=((F("ceiling_met"), True),)),
    "for": Order(words=gettext_noop("Reasons for"), by=((F("reasons_for"), True),)),
    "against": Order(words=gettext_noop("Reasons against"), by=((F("reasons_against"), False),)),
    "examples": Order(
        words=gettext_noop("Labelled examples"), by=((F("labelled"), True),), unknown=Q(labelled=None), known=""
    ),
    "payback": Order(
        words=gettext_noop("If tuned, pays back in"),
        by=((F("pays_back"), False),),
        unknown=Q(has_costs=False),
        known="has_costs",
    ),
    "settled": Order(words=gettext_noop("Settled"), by=((F("settled"), True),)),
    "sign_off": Order(words=gettext_noop("Sign-off"), by=((F("sign_off"), False),), unknown=None),
    "pilot": Order(words=gettext_noop("Pilot"), by=((_PILOT_RANK, True),), unknown=Q(pilot=""), known=""),
    "changed": Order(words=gettext_noop("Last change"), by=((F("at"), True),), unknown=None),
}
STRONGEST = "verdict"


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What to show. Its address says it again, and only what differs from showing everything."""

    q: str = ""
    verdict: str = ""
    settled: str = ""
    sign_off: str = ""
    pilot: str = ""
    task: str = ""
    progress: str = ""
    order: str = STRONGEST
    reverse: str = ""

    @property
    def is_everything(self) -> bool:
        return not any((self.q, self.verdict, self.settled, self.sign_off, self.pilot, self.task, self.progress))

    @cached_property
    def address(self) -> str:
        return self.address_with()

    def address_with(self, **changed: Any) -> str:
        """The query string, starting with a question mark, with this changed."""
        said = {field.name: getattr(self, field.name) for field in fields(self)} | changed
        told = {name: value for name, value in said.items() if value and (name, value) != ("order", STRONGEST)}
        return f"?{urlencode(told)}"


def what_can_be_asked(framework: Framework) -> Mapping[str, Collection[str]]:
    """What each part of an address can be, but for the words that are looked for."""
    return {
        "verdict": [*VERDICTS, *framework.approach],
        "settled": SETTLED,
        "sign_off": [*RANKS, DUE],
        "pilot": PILOT_ENDED,
        "task": [value for value, _ in task_kinds(framework)],
        "progress": PROGRESS,
        "order": ORDERS,
        "reverse": ["1"],
    }


def read_selection(sent: Mapping[str, str], framework: Framework) -> Selection:
    """What an address asks for."""
    known = what_can_be_asked(framework)
    said = {name: sent[name] for name, values in known.items() if sent.get(name) in values}
    search = " ".join(sent.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH]
    return Selection(q=search, **said)


def task_kinds(framework: Framework) -> list[tuple[str, str]]:
    """Each kind of task with its words."""
    return [(option.value, option.label) for option in framework.questions["task_kind"].options]


def selected(entries: QuerySet[ListEntry], wanted: Selection) -> QuerySet[ListEntry]:
    """The rows that are wanted, each with its assessment, in an order that is always the same: what is equal otherwise
    stands by name.
    """
    if wanted.q:
        entries = entries.filter(name__icontains=wanted.q)
    if wanted.verdict:
        entries = entries.filter(VERDICTS.get(wanted.verdict, Q(approach=wanted.verdict)))
    if wanted.settled:
        entries = entries.filter(SETTLED[wanted.settled])
    if wanted.pilot:
        entries = entries.filter(PILOT_ENDED[wanted.pilot])
    if wanted.task:
        entries = entries.filter(task_kind=wanted.task)
    if wanted.progress:
        entries = entries.filter(PROGRESS[wanted.progress])
    if wanted.sign_off == DUE:
        entries = entries.filter(pk__in=_due(entries))
    elif wanted.sign_off:
        entries = entries.filter(sign_off=RANKS[wanted.sign_off])
    order = ORDERS[wanted.order].expressions(reverse=bool(wanted.reverse))
    return entries.order_by(*order).select_related("assessment")


def _due(entries: QuerySet[ListEntry]) -> list[str]:
    """Those of these that want another look today: kept is since when at the earliest."""
    today = timezone.localdate()
    may_be = Assessment.objects.filter(pk__in=entries.filter(due_from__lte=today).order_by().values("pk"))
    return [pk for pk, reasons in sign_off_due.due_looks(may_be, today).items() if reasons]
