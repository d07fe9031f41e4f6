"""Who may see what. Every look at a stored assessment or workspace goes through here.

Whoever is outside finds nothing: a foreign id and one that does not exist look the same. Whoever is
inside without the right to this act is refused. Roles are read anew for every request.
"""

import secrets
from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, QuerySet, Value, When
from django.http import Http404, HttpRequest
from django.utils import timezone

from .acts import ROLES, TRIAL, act_of, may
from .models import Assessment, Membership, Role, ShareLink, Standing, User, Workspace
from .models.assessment import UNDO_FOR

_BROWSER = "browser"
_RENEWED = "renewed"
_WORKSPACE = "workspace"
_RENEW_AFTER = timedelta(days=30)


# people


def person(request: HttpRequest) -> User | None:
    """Whoever is signed in."""
    return request.user if isinstance(request.user, User) else None


def browser_id(request: HttpRequest) -> str:
    """The id of this browser's session, or an empty string before it has one."""
    return request.session.get(_BROWSER, "")


def start_browser(request: HttpRequest) -> str:
    """The id of this browser's session, made if there is none."""
    if not browser_id(request):
        request.session[_BROWSER] = secrets.token_urlsafe(24)
        request.session[_RENEWED] = timezone.now().date().isoformat()
    return browser_id(request)


def end_browser(request: HttpRequest) -> None:
    """Forgets what this browser tried: it belongs to an account now."""
    request.session.pop(_BROWSER, None)


def _renew(request: HttpRequest) -> None:
    """Once in a while lets the session last anew, so that it ends only where nobody comes back."""
    today = timezone.now().date()
    seen = request.session.get(_RENEWED, "")
    if not seen or today - date.fromisoformat(seen) >= _RENEW_AFTER:
        request.session[_RENEWED] = today.isoformat()


# workspaces


def own_workspaces(request: HttpRequest) -> QuerySet[Workspace]:
    """The workspaces of whoever asks, each with the role in it, the oldest membership first."""
    user = person(request)
    if user is None:
        return Workspace.objects.none()
    return (
        Workspace.objects.filter(memberships__user=user, deleted_at=None)
        .annotate(role=F("memberships__role"))  # type: ignore[no-redef]
        .order_by("memberships__joined_at", "pk")
    )


def own_workspace(request: HttpRequest, workspace_id: str) -> Workspace:
    """One's own workspace, to do there what this view is."""
    workspace = own_workspaces(request).filter(pk=workspace_id).first()
    if workspace is None:
        raise Http404
    request.chain = workspace.pk  # type: ignore[attr-defined]
    if not may(workspace.role, act_of(request)):
        raise PermissionDenied
    return workspace


def assessments_of(workspace: Workspace, *, deleted_too: bool = False) -> QuerySet[Assessment]:
    """Every assessment of a workspace that `own_workspace` gave."""
    found = Assessment.objects.filter(workspace=workspace)
    return found if deleted_too else found.filter(deleted_at=None)


def standings_of(workspace: Workspace) -> QuerySet[Standing]:
    """Where those assessments stand, as far as that has been worked out."""
    return Standing.objects.filter(assessment__workspace=workspace, assessment__deleted_at=None)


def standings_with(ids: Collection[str]) -> QuerySet[Standing]:
    """The rows of ids that `standings_of` gave. Asked for the workspace too, SQLite would go through all of it."""
    return Standing.objects.filter(pk__in=ids)


def current_workspace(request: HttpRequest) -> Workspace | None:
    """The workspace that was opened last, else the first; None for somebody without an account."""
    chosen = request.session.get(_WORKSPACE, "") if person(request) else ""
    workspaces = list(own_workspaces(request))
    return next((one for one in workspaces if one.pk == chosen), workspaces[0] if workspaces else None)


def choose_workspace(request: HttpRequest, workspace: Workspace) -> None:
    if request.session.get(_WORKSPACE) != workspace.pk:
        request.session[_WORKSPACE] = workspace.pk


# assessments


def own_assessments(request: HttpRequest) -> QuerySet[Assessment]:
    """The assessments of whoever asks, deleted ones too, each with the role towards it."""
    if user := person(request):
        return (
            Assessment.objects.filter(workspace__memberships__user=user, workspace__deleted_at=None)
            .annotate(role=F("workspace__memberships__role"))  # type: ignore[no-redef]
            .select_related("workspace")
        )
    browser = browser_id(request)
    if not browser:
        return Assessment.objects.none()
    _renew(request)
    return Assessment.objects.filter(browser=browser).annotate(role=Value(TRIAL))  # type: ignore[no-redef]


def own_assessment(request: HttpRequest, assessment_id: str) -> Assessment:
    """One's own assessment, to do with it what this view is."""
    return _for_this_act(request, own_assessments(request).filter(pk=assessment_id, deleted_at=None).first())


def own_deleted_assessments(request: HttpRequest) -> QuerySet[Assessment]:
    """One's own assessments that can still be brought back, the last deleted first."""
    since = timezone.now() - UNDO_FOR
    return own_assessments(request).filter(deleted_at__gte=since).order_by("-deleted_at")


def own_deleted_assessment(request: HttpRequest, assessment_id: str) -> Assessment:
    return _for_this_act(request, own_deleted_assessments(request).filter(pk=assessment_id).first())


def _for_this_act(request: HttpRequest, assessment: Assessment | None) -> Assessment:
    act = act_of(request)
    if assessment is None:
        raise Http404
    request.chain = assessment.workspace_id or assessment.pk  # type: ignore[attr-defined]
    if not may(assessment.role, act):
        raise PermissionDenied
    assessment.person = person(request)
    return assessment


def room_for_new(request: HttpRequest) -> tuple[Workspace | None, str]:
    """Where a new assessment goes: a workspace in which this person may write, else this browser."""
    if person(request) is None:
        return None, start_browser(request)
    workspace = current_workspace(request)
    if workspace is None or not may(workspace.role, "edit"):
        workspace = own_workspaces(request).filter(memberships__role__in=ROLES["edit"]).first()
    if workspace is None:
        raise PermissionDenied
    return workspace, ""


def sample_assessment(sample: str) -> Assessment:
    """A sample, which everybody may read."""
    assessment = Assessment.objects.filter(sample=sample, deleted_at=None).first()
    if assessment is None:
        raise Http404
    return assessment


def shared_assessment(token: str) -> Assessment:
    """What a share link opens. Unknown, switched off and deleted look the same."""
    link = (
        ShareLink.objects.select_related("assessment")
        .filter(token_digest=ShareLink.digest(token), switched_off_at=None, assessment__deleted_at=None)
        .exclude(assessment__workspace__deleted_at__isnull=False)
        .exclude(assessment__workspace__public_links=False)
        .first()
    )
    if link is None:
        raise Http404
    return link.assessment


def members(workspace: Workspace) -> QuerySet[Membership]:
    """Everybody in a workspace, owners first."""
    rank = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(Role.values)))
    return workspace.memberships.select_related("user").annotate(rank=rank).order_by("rank", "joined_at", "pk")
