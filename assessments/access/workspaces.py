"""Workspaces and their members, for whoever is in them."""

from collections.abc import Collection

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.http import Http404, HttpRequest
from django.utils import timezone

from assessments.acts import TRIAL, act_of, may
from assessments.models import Assessment, Membership, Role, Standing, User, Workspace
from assessments.models.assessment import UNDO_FOR

from .refusal import NeedsTwoStep, NotInThisRole, found
from .two_step import closed_to, in_two_steps
from .who import person

_WORKSPACE = "workspace"


def own_workspaces(request: HttpRequest) -> QuerySet[Workspace]:
    """The workspaces of whoever asks, each with the role in it, the oldest membership first.

    Those that are closed to them are among these: of such a one nothing is shown but its name.
    """
    user = person(request)
    if user is None:
        return Workspace.objects.none()
    return _of(user).filter(deleted_at=None).order_by("memberships__joined_at", "pk")


def _of(user: User) -> QuerySet[Workspace]:
    return Workspace.objects.filter(memberships__user=user).annotate(
        role=F("memberships__role"),  # type: ignore[no-redef]
        closed=closed_to(user),
    )


def workspaces(request: HttpRequest) -> list[Workspace]:
    """The same as a list, which the head of the page and the page itself share."""
    own: list[Workspace] | None = getattr(request, "own_workspaces", None)
    if own is None:
        own = list(own_workspaces(request)) if person(request) else []
        request.own_workspaces = own  # type: ignore[attr-defined]
    return own


def own_workspace(request: HttpRequest, workspace_id: str, *, closed_too: bool = False) -> Workspace:
    """One's own workspace, to do there what this view is; `closed_too` is for what needs no second step."""
    return _to_do_this_there(request, own_workspaces(request).filter(pk=workspace_id).first(), closed_too=closed_too)


def own_deleted_workspaces(request: HttpRequest) -> QuerySet[Workspace]:
    """The workspaces that can still be brought back, the last deleted first, each with the role in it."""
    user = person(request)
    if user is None:
        return Workspace.objects.none()
    since = timezone.now() - UNDO_FOR
    return _of(user).filter(deleted_at__gte=since).order_by("-deleted_at", "pk")


def own_deleted_workspace(request: HttpRequest, workspace_id: str) -> Workspace:
    return _to_do_this_there(request, own_deleted_workspaces(request).filter(pk=workspace_id).first())


def _to_do_this_there(request: HttpRequest, workspace: Workspace | None, *, closed_too: bool = False) -> Workspace:
    act = act_of(request)
    if workspace is None:
        raise Http404
    request.chain = workspace.pk  # type: ignore[attr-defined]
    if workspace.closed and not closed_too:
        raise NeedsTwoStep(workspace)
    request.role = workspace.role  # type: ignore[attr-defined]
    if not may(workspace.role, act):
        raise NotInThisRole(act, workspace.role)
    return workspace


def assessments_of(workspace: Workspace, *, deleted_too: bool = False) -> QuerySet[Assessment]:
    """Every assessment of a workspace that `own_workspace` gave."""
    every = Assessment.objects.filter(workspace=workspace)
    return every if deleted_too else every.filter(deleted_at=None)


def standings_of(workspace: Workspace) -> QuerySet[Standing]:
    """Where those assessments stand, as far as that has been worked out."""
    return Standing.objects.filter(workspace=workspace)


def standings_with(ids: Collection[str]) -> QuerySet[Standing]:
    """The rows of ids that `standings_of` gave. Asked for the workspace too, SQLite would go through all of it."""
    return Standing.objects.filter(pk__in=ids)


def current_workspace(request: HttpRequest) -> Workspace | None:
    """The workspace that was chosen last, else the first that opens; None for somebody without an account."""
    own = [one for one in workspaces(request) if not one.closed]
    chosen = request.session.get(_WORKSPACE, "") if own else ""
    return next((one for one in own if one.pk == chosen), own[0] if own else None)


def current_role(request: HttpRequest) -> str:
    """The role towards what this page is about; where it is about nothing, the one in the current workspace."""
    if role := getattr(request, "role", ""):
        return str(role)
    if person(request) is None:
        return TRIAL
    workspace = current_workspace(request)
    return workspace.role if workspace else ""


def choose_workspace(request: HttpRequest, workspace: Workspace) -> None:
    if request.session.get(_WORKSPACE) != workspace.pk:
        request.session[_WORKSPACE] = workspace.pk


def members(workspace: Workspace) -> QuerySet[Membership]:
    """Everybody in a workspace, owners first, each with whether they sign in in two steps."""
    rank = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(Role.values)))
    two_step = Exists(in_two_steps().filter(pk=OuterRef("user")))
    every = workspace.memberships.select_related("user").annotate(rank=rank, two_step=two_step)  # type: ignore[no-redef]
    return every.order_by("rank", "joined_at", "pk")


def own_membership(request: HttpRequest, workspace: Workspace, membership_id: int) -> Membership:
    """A member of a workspace that was reached by `own_workspace`."""
    return found(workspace.memberships.select_related("user", "workspace").filter(pk=membership_id).first())
