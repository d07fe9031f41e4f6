"""What waits for one person: mentions, approvals, conditions to meet and conditions met, decisions that are due."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import (
    Approval,
    ApprovalCondition,
    Assessment,
    Comment,
    ListEntry,
    Rater,
    Role,
    StoredValue,
    User,
)
from assessments.models.list_entry import UNNAMED
from assessments.prepared import Prepared, given_id

from .answer_sheet import NAME
from .sign_off import open_approvals
from .sign_off_due import due_looks

MOST = 50
"""How many of each kind are shown."""
NEWS_FOR = timedelta(days=30)
"""How long a condition that was met is told to whom it belongs: there may be nothing to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Everything that waits, each in the order in which it should be looked at."""

    mentions: Sequence[Comment]
    approvals: Sequence[Approval]
    ratings: Sequence[Rater]
    """Where this person is asked to answer blind."""
    to_meet: Sequence[ApprovalCondition]
    """Open conditions of approvals that this person asked for."""
    met: Sequence[ApprovalCondition]
    """Conditions of this person's that somebody ticked off."""
    due: Mapping[str, Sequence[str]]
    """Why an assessment is due for another look, by its id."""
    names: Mapping[str, str]
    """What each assessment is called, by its id."""


def waiting_for(user: User, own: Collection[str], today: date) -> Waiting:
    """`own` are the workspaces that are open to this person: what is in others does not wait for them."""
    mentions = list(_mentions(user, own).select_related("author", "assessment").order_by("-created_at", "-pk")[:MOST])
    approvals = list(open_approvals(user).filter(**_in(own, "sign_off__version__assessment"))[:MOST])
    ratings = list(_ratings(user, own)[:MOST])
    to_meet, met = (list(found[:MOST]) for found in (_open_conditions(user, own), _met_conditions(user, own)))
    due = _due(user, own, today)
    return Waiting(
        mentions=mentions,
        approvals=approvals,
        ratings=ratings,
        to_meet=to_meet,
        met=met,
        due=due,
        names=_names(
            [
                *(comment.assessment_id for comment in mentions),
                *(approval.sign_off.version.assessment_id for approval in approvals),
                *(rater.round.assessment_id for rater in ratings),
                *(condition.approval.sign_off.version.assessment_id for condition in (*to_meet, *met)),
                *due,
            ]
        ),
    )


def _in(workspaces: Collection[str], way: str) -> dict[str, Any]:
    """What is about an assessment in one of these, for a query that begins at the person."""
    return {f"{way}__workspace__in": workspaces, f"{way}__deleted_at": None}


def _mentions(user: User, own: Collection[str]) -> QuerySet[Comment]:
    return Comment.objects.filter(mentioned=user, resolved_at=None, **_in(own, "assessment"))


def _ratings(user: User, own: Collection[str]) -> QuerySet[Rater]:
    asked = Rater.asked().filter(user=user, **_in(own, "round__assessment"))
    return asked.select_related("round__opened_by").order_by("round__opened_at", "pk")


def _open_conditions(user: User, own: Collection[str]) -> QuerySet[ApprovalCondition]:
    return _conditions(own).filter(approval__sign_off__asked_by=user, met_at=None).order_by("pk")


def _met_conditions(user: User, own: Collection[str]) -> QuerySet[ApprovalCondition]:
    lately = timezone.now() - NEWS_FOR
    return _conditions(own).filter(approval__approver=user, met_at__gte=lately).order_by("-met_at", "pk")


def _conditions(own: Collection[str]) -> QuerySet[ApprovalCondition]:
    return (
        _resting()
        .filter(**_in(own, "approval__sign_off__version__assessment"))
        .select_related("approval__sign_off__version", "approval__approver", "met_by")
        .defer("approval__sign_off__version__document", "approval__sign_off__version__result")
    )


def _resting() -> QuerySet[ApprovalCondition]:
    """Those on which an approval rests that was not taken back."""
    return ApprovalCondition.objects.filter(
        approval__decision=Approval.Ruling.CONDITIONS, approval__sign_off__withdrawn_at=None
    )


def _due(user: User, own: Collection[str], today: date) -> dict[str, Sequence[str]]:
    """The decisions that this person asked for, took part in or answers for, where one is due for another look."""
    took_part = Q(versions__sign_offs__asked_by=user) | Q(versions__sign_offs__approvals__approver=user)
    owns = Q(workspace__memberships__user=user, workspace__memberships__role=Role.OWNER, versions__sign_offs__gt=0)
    may_be_due = Q(list_entry_is_old=True) | Q(pk__in=ListEntry.objects.filter(due_from__lte=today).values("pk"))
    reached = Assessment.objects.filter(may_be_due, workspace__in=own, deleted_at=None)
    decided = Assessment.objects.filter(pk__in=reached.filter(took_part | owns).values("pk"))
    return {pk: reasons for pk, reasons in due_looks(decided, today).items() if reasons}


def _names(ids: Iterable[str]) -> dict[str, str]:
    wanted = set(ids)
    named = StoredValue.objects.filter(assessment__in=wanted, path=NAME) if wanted else ()
    return dict.fromkeys(wanted, _(UNNAMED)) | {one.assessment_id: one.value or _(UNNAMED) for one in named}


def count_waiting(user: User, workspaces: Collection[str]) -> int:
    """How many mentions, approvals, open conditions and rounds of raters wait for this person in these workspaces, for
    heads of pages.

    One statement that begins at the person and counts by workspace, so that it is written once and takes as long for
    somebody who can reach many assessments as for somebody who can reach few.
    """
    return sum(count for workspace, count in _COUNTED.ask(user=user.pk) if workspace in workspaces)


def _counted() -> QuerySet[Any, Any]:
    user = given_id("user", User)
    mentions = Comment.objects.filter(mentioned=user, resolved_at=None)
    asked = Approval.objects.filter(approver=user, decision="", sign_off__withdrawn_at=None)
    to_meet = _resting().filter(approval__sign_off__asked_by=user, met_at=None)
    first, *others = (
        kind.filter(**{f"{way}__deleted_at": None}).order_by().values_list(f"{way}__workspace").annotate(Count("pk"))
        for kind, way in (
            (mentions, "assessment"),
            (asked, "sign_off__version__assessment"),
            (Rater.asked().filter(user=user), "round__assessment"),
            (to_meet, "approval__sign_off__version__assessment"),
        )
    )
    return first.union(*others, all=True)


_COUNTED = Prepared(_counted)
