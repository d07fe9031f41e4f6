"""Workspaces and their members, for whoever is in them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.http import Http404, HttpRequest
from django.utils import timezone

from assessments.models import (
    AccessToken,
    Assessment,
    FrameworkVersion,
    ListEntry,
    Membership,
    Role,
    TeamFramework,
    User,
    Webhook,
    WebhookDelivery,
    Workspace,
)
from assessments.models.assessment import UNDO_FOR
from assessments.models.webhook import MOST_GIVEN_UP
from assessments.prepared import Given, Prepared, given_id
from assessments.rights import TRIAL, Right, may, rights_of

from .refusal import NeedsTwoStep, admit, found
from .tokens import admit_token, bounds, tokens_of
from .two_step import closed_to, in_two_steps
from .who import person

_WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWorkspace:
    """A workspace that somebody is in, with who that is and in which role."""

    workspace: Workspace
    actor: User
    role: str
    closed: bool
    """Whether it needs a second step that they lack: then nothing of it is shown but its name."""

    def may(self, right: Right) -> bool:
        return may(self.role, right)

    @property
    def rights(self) -> dict[Right, bool]:
        return rights_of(self.role)


_looked_up: WeakKeyDictionary[HttpRequest, list[OwnWorkspace]] = WeakKeyDictionary()


def workspaces(request: HttpRequest) -> list[OwnWorkspace]:
    """The workspaces of whoever asks, the oldest membership first, closed ones too.

    Looked up once for a request: the head of the page and the page itself share them.
    """
    if request not in _looked_up:
        user = person(request)
        found = _each_own(user, _EVERY_OF_MEMBER.ask(user=user.pk)) if user else []
        only = bounds(request).get("workspace")
        _looked_up[request] = [one for one in found if only in (None, one.workspace.pk)]
    return _looked_up[request]


def open_workspaces(request: HttpRequest) -> frozenset[str]:
    """The ids of those that open to whoever asks, as the page's head has looked them up."""
    return frozenset(one.workspace.pk for one in workspaces(request) if not one.closed)


def _of(user: User | Given) -> QuerySet[Membership]:
    """The memberships in workspaces that are not deleted, the oldest first."""
    who: Any = user
    return Membership.objects.filter(user=who, workspace__deleted_at=None).order_by("joined_at", "workspace")


def _with_closed(user: User | Given, memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """The same, each with its workspace, and whether that is closed to this person."""
    return memberships.select_related("workspace").annotate(closed=closed_to(user, "workspace__needs_two_step"))


def _every_of_member() -> QuerySet[Membership]:
    user = given_id("user", User)
    return _with_closed(user, _of(user))


_EVERY_OF_MEMBER = Prepared(_every_of_member)
"""The question in the head of every page."""


def _own(user: User, memberships: QuerySet[Membership]) -> list[OwnWorkspace]:
    return _each_own(user, _with_closed(user, memberships))


def _each_own(user: User, memberships: Iterable[Any]) -> list[OwnWorkspace]:
    return [OwnWorkspace(workspace=one.workspace, actor=user, role=one.role, closed=one.closed) for one in memberships]


def own_workspace(request: HttpRequest, workspace_id: str, right: Right, *, closed_too: bool = False) -> OwnWorkspace:
    """One's own workspace, for whoever has this right there; `closed_too` is for what needs no second step."""
    own = [one for one in workspaces(request) if one.workspace.pk == workspace_id]
    return _open(request, own, right, closed_too=closed_too)


def own_deleted_workspaces(request: HttpRequest) -> list[OwnWorkspace]:
    """The workspaces that can still be brought back, the last deleted first."""
    user = person(request)
    return _own(user, _deleted(user).filter(**bounds(request))) if user else []


def own_deleted_workspace(request: HttpRequest, workspace_id: str, right: Right) -> OwnWorkspace:
    user = person(request)
    own = _own(user, _deleted(user).filter(workspace=workspace_id).filter(**bounds(request))) if user else []
    return _open(request, own, right)


def _deleted(user: User) -> QuerySet[Membership]:
    since = timezone.now() - UNDO_FOR
    deleted = Membership.objects.filter(user=user, workspace__deleted_at__gte=since)
    return deleted.order_by("-workspace__deleted_at", "workspace")


def _open(request: HttpRequest, own: list[OwnWorkspace], right: Right, *, closed_too: bool = False) -> OwnWorkspace:
    if not own:
        raise Http404
    if own[0].closed and not closed_too:
        raise NeedsTwoStep(own[0].workspace)
    admit(own[0].role, right)
    admit_token(request, right)
    return own[0]


def assessments_of(workspace: Workspace | Given, *, deleted_too: bool = False) -> QuerySet[Assessment]:
    """Every assessment of a workspace that `own_workspace` gave."""
    which: Any = workspace
    every = Assessment.objects.filter(workspace=which)
    return every if deleted_too else every.filter(deleted_at=None)


def list_entries_of(workspace: Workspace | Given) -> QuerySet[ListEntry]:
    """Where those assessments stand, as far as that has been worked out."""
    which: Any = workspace
    return ListEntry.objects.filter(workspace=which)


def list_entries_with(ids: Collection[str]) -> QuerySet[ListEntry]:
    """The rows of ids that `list_entries_of` gave. Asked for the workspace too, SQLite would go through all of it."""
    return ListEntry.objects.filter(pk__in=ids)


def current_workspace(request: HttpRequest) -> OwnWorkspace | None:
    """The workspace that was chosen last, else the first that opens; None for somebody without an account."""
    own = [one for one in workspaces(request) if not one.closed]
    chosen = request.session.get(_WORKSPACE, "") if own else ""
    return next((one for one in own if one.workspace.pk == chosen), own[0] if own else None)


def current_role(request: HttpRequest) -> str:
    """The role in the current workspace."""
    if person(request) is None:
        return TRIAL
    current = current_workspace(request)
    return current.role if current else ""


def choose_workspace(request: HttpRequest, workspace: Workspace) -> None:
    if request.session.get(_WORKSPACE) != workspace.pk:
        request.session[_WORKSPACE] = workspace.pk


def members(workspace: Workspace) -> list[tuple[Membership, bool]]:
    """Everybody in a workspace, owners first, each with whether they sign in in two steps."""
    rank = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(Role.values)))
    two_step = Exists(in_two_steps().filter(pk=OuterRef("user")))
    every = workspace.memberships.select_related("user").annotate(rank=rank, in_two_steps=two_step)
    return [(one, one.in_two_steps) for one in every.order_by("rank", "joined_at", "pk")]


def member_token(request: HttpRequest, workspace_id: str, token_id: int) -> tuple[OwnWorkspace, AccessToken]:
    """One's own workspace, for whoever manages it, and a token into it."""
    own = own_workspace(request, workspace_id, "manage")
    return own, found(tokens_of(own.workspace).filter(pk=token_id).first())


def webhooks_of(workspace: Workspace) -> QuerySet[Webhook]:
    """Every webhook of a workspace that `own_workspace` gave, the oldest first."""
    return workspace.webhooks.all()


def own_webhook(request: HttpRequest, workspace_id: str, webhook_id: int) -> tuple[OwnWorkspace, Webhook]:
    """One's own workspace, for whoever manages it, and a webhook of it."""
    own = own_workspace(request, workspace_id, "manage")
    return own, found(webhooks_of(own.workspace).filter(pk=webhook_id).first())


def deliveries_of(webhook: Webhook) -> QuerySet[WebhookDelivery]:
    """The messages to a webhook that `own_webhook` gave, the newest first."""
    return webhook.deliveries.all()


def own_delivery(
    request: HttpRequest, workspace_id: str, webhook_id: int, delivery_id: int
) -> tuple[OwnWorkspace, WebhookDelivery]:
    """One's own workspace, for whoever manages it, and a message to a webhook of it."""
    own, webhook = own_webhook(request, workspace_id, webhook_id)
    return own, found(deliveries_of(webhook).select_related("webhook").filter(pk=delivery_id).first())


def webhooks_given_up(request: HttpRequest) -> QuerySet[Webhook]:
    """Those that were paused because nobody took their messages, in the workspaces that whoever asks manages."""
    managed = [one.workspace.pk for one in workspaces(request) if one.may("manage") and not one.closed]
    paused = Webhook.objects.filter(workspace__in=managed, given_up__gte=MOST_GIVEN_UP).exclude(paused_at=None)
    return paused.select_related("workspace")


def own_membership(workspace: Workspace, membership_id: int) -> Membership:
    """A member of a workspace that was reached by `own_workspace`."""
    return found(workspace.memberships.select_related("user", "workspace").filter(pk=membership_id).first())


def own_framework(
    request: HttpRequest, workspace_id: str, framework_id: str, right: Right
) -> tuple[OwnWorkspace, TeamFramework]:
    """One's own workspace, for whoever has this right there, and a framework of it."""
    own = own_workspace(request, workspace_id, right)
    return own, found(own.workspace.frameworks.filter(pk=framework_id).first())


def frameworks_of(workspace: Workspace) -> list[TeamFramework]:
    """Every framework of a workspace that `own_workspace` gave, with its published versions."""
    return list(workspace.frameworks.prefetch_related("versions"))


def framework_version(framework: TeamFramework, number: int) -> FrameworkVersion:
    """A published version of a framework that `own_framework` gave."""
    return found(framework.versions.filter(number=number).first())


def published_in(workspace: Workspace, key: str) -> bool:
    """Whether this is the key of a version that was published in a workspace that `own_workspace` gave."""
    return any(one.key == key for one in FrameworkVersion.objects.filter(framework__workspace=workspace))
