"""What waits for whoever is signed in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments import access
from assessments.models import Comment
from assessments.models.webhook import MOST_GIVEN_UP
from assessments.pages.context import Context, render_page
from assessments.presenters.comments import GONE
from assessments.presenters.formats import day
from assessments.rights import may
from assessments.services import comments
from assessments.services.own_frameworks import framework_at
from assessments.services.waiting import MOST, Waiting, waiting_for
from assessments.speaking import lowered


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """One thing that waits, and where to see to it."""

    name: str
    url: str
    words: str
    small: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPage(Context):
    """What waits, in groups that are not empty."""

    template = "assessments/waiting.html"
    nav = "waiting"
    groups: Sequence[tuple[str, Sequence[WaitingRow]]]
    most: int
    """At how many a group is cut."""


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Approvals, rounds of raters, mentions, conditions, decisions due and paused webhooks, each with the way to it."""
    user = access.person(request)
    if user is None:
        return redirect_to_login(request.get_full_path())
    found = waiting_for(user, access.open_workspaces(request), timezone.localdate())
    roles = access.roles_towards(request, [one.assessment_id for one in found.mentions])
    groups = [
        (_("Asked to approve"), list(_approvals(found))),
        (_("Asked to answer blind"), list(_ratings(found))),
        (_("Mentioned in a comment"), list(_mentions(found, roles))),
        (_("Conditions to meet"), list(_conditions_to_meet(found))),
        (_("Your conditions that were met"), list(_conditions_met(found))),
        (_("Due for another look"), list(_due(found))),
        (_("Webhooks that were paused"), list(_webhooks(request))),
    ]
    return render_page(request, WaitingPage(groups=[group for group in groups if group[1]], most=MOST))


def _approvals(found: Waiting) -> Iterator[WaitingRow]:
    for approval in found.approvals:
        sign_off, version = approval.sign_off, approval.sign_off.version
        words = (
            _("Version {number} waits for your decision, due on {day}.")
            if sign_off.due_on
            else _("Version {number} waits for your decision.")
        )
        yield WaitingRow(
            name=found.names[version.assessment_id],
            url=reverse("decide", args=[version.assessment_id, sign_off.pk]),
            words=words.format(number=version.number, day=day(sign_off.due_on) if sign_off.due_on else ""),
            small=_("Asked by {name}").format(name=sign_off.asked_by or _(GONE)),
            at=sign_off.asked_at,
        )


def _ratings(found: Waiting) -> Iterator[WaitingRow]:
    for rater in found.ratings:
        yield WaitingRow(
            name=found.names[rater.round.assessment_id],
            url=reverse("rate", args=[rater.round.assessment_id, rater.round_id]),
            words=_("Answer its questions without seeing what others answer, or decline."),
            small=_("Asked by {name}").format(name=rater.round.opened_by or _(GONE)),
            at=rater.round.opened_at,
        )


def _mentions(found: Waiting, roles: Mapping[str, str]) -> Iterator[WaitingRow]:
    for comment in found.mentions:
        yield WaitingRow(
            name=found.names[comment.assessment_id],
            url=_place(comment, roles.get(comment.assessment_id, "")),
            words=comment.text,
            small=_("{name}, on {place}").format(name=comment.author or _(GONE), place=_title(comment)),
            at=comment.created_at,
        )


def _conditions_to_meet(found: Waiting) -> Iterator[WaitingRow]:
    for condition in found.to_meet:
        version = condition.approval.sign_off.version
        yield WaitingRow(
            name=found.names[version.assessment_id],
            url=reverse("sign_off", args=[version.assessment_id]),
            words=condition.text,
            small=_("Set by {name}. Tick it off once it is met").format(name=condition.approval.approver or _(GONE)),
            at=condition.approval.decided_at,
        )


def _conditions_met(found: Waiting) -> Iterator[WaitingRow]:
    for condition in found.met:
        version = condition.approval.sign_off.version
        yield WaitingRow(
            name=found.names[version.assessment_id],
            url=reverse("sign_off", args=[version.assessment_id]),
            words=condition.text,
            small=_("Ticked off by {name}. Look at whether it is met").format(name=condition.met_by or _(GONE)),
            at=condition.met_at,
        )


def _due(found: Waiting) -> Iterator[WaitingRow]:
    for assessment_id, reasons in found.due.items():
        yield WaitingRow(
            name=found.names[assessment_id],
            url=reverse("result", args=[assessment_id]),
            words=" ".join(reasons),
            small=_("What was approved may hold no longer"),
        )


def _webhooks(request: HttpRequest) -> Iterator[WaitingRow]:
    for webhook in access.webhooks_given_up(request):
        yield WaitingRow(
            name=webhook.name,
            url=reverse("webhook", args=[webhook.workspace_id, webhook.pk]),
            words=_("Nobody took {n} messages in a row, each tried for a day. Nothing more is sent to it.").format(
                n=MOST_GIVEN_UP
            ),
            small=webhook.workspace.name,
            at=webhook.paused_at,
        )


def _title(comment: Comment) -> str:
    section = framework_at(comment.assessment.framework).section(comment.place)
    return lowered(section.title) if section else _("the result")


def _place(comment: Comment, role: str) -> str:
    """Where the comment stands, for this role."""
    if comment.place == comments.RESULT:
        page = reverse("result", args=[comment.assessment_id])
    elif may(role, "edit"):
        page = reverse("section", args=[comment.assessment_id, comment.place])
    else:
        page = reverse("comments", args=[comment.assessment_id])
    return f"{page}#comment-{comment.pk}"
