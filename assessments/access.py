"""Who may see what. Every look at a stored assessment or workspace goes through here.

Whoever is outside finds nothing: a foreign id and one that does not exist look the same. Whoever is
inside without the right to this act is refused. Roles are read anew for every request.
"""

import secrets
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, QuerySet, Value, When
from django.http import Http404, HttpRequest
from django.utils import timezone

from .acts import ROLES, TRIAL, act_of, may
from .models import Assessment, Comment, Membership, Role, ShareLink, User, Workspace
from .models.assessment import UNDO_FOR

_BROWSER = "browser"
_RENEWED = "renewed"
_WORKSPACE = "workspace"
_RENEW_AFTER = timedelta(days=30)
_LINKS = "links"
_MOST_LINKS = 50


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


# share links


def shared_link(request: HttpRequest, token: str) -> ShareLink:
    """The link of this token. Unknown, paused, ended, used up, switched off and forbidden look the same."""
    link = (
        ShareLink.live()
        .filter(token_digest=ShareLink.digest(token))
        .select_related("assessment", "version")
        .defer("version__document", "version__result")
        .first()
    )
    if link is None or (link.is_used_up and not has_unlocked(request, link)):
        raise Http404
    return link


def has_unlocked(request: HttpRequest, link: ShareLink) -> bool:
    """Whether this browser may read what is behind the link."""
    return not link.is_locked or request.session.get(_LINKS, {}).get(str(link.pk)) == link.mark


def unlock(request: HttpRequest, link: ShareLink) -> None:
    """Lets this browser read on. Its session gets a new key, so that one planted before is worth nothing."""
    request.session.cycle_key()
    unlocked = {**request.session.get(_LINKS, {}), str(link.pk): link.mark}
    request.session[_LINKS] = dict(list(unlocked.items())[-_MOST_LINKS:])


def share_links(assessment: Assessment) -> QuerySet[ShareLink]:
    """Every link of one's own assessment, the newest first."""
    links = assessment.share_links.select_related("version", "created_by").order_by("-created_at", "-pk")
    return links.defer("version__document", "version__result")


def own_link(request: HttpRequest, assessment_id: str, link_id: int) -> ShareLink:
    """A link of one's own assessment, to change it. An editor may change only those that they made."""
    assessment = own_assessment(request, assessment_id)
    link = share_links(assessment).filter(pk=link_id).first()
    if link is None:
        raise Http404
    if not may_change(assessment, link):
        raise PermissionDenied
    link.assessment = assessment
    return link


def may_change(assessment: Assessment, link: ShareLink) -> bool:
    if not may(assessment.role, "link"):
        return False
    made_by = assessment.person is not None and link.created_by_id == assessment.person.pk
    return made_by or assessment.role != Role.EDITOR


# people of an assessment, and what they say


def own_comment(request: HttpRequest, assessment_id: str, comment_id: int) -> tuple[Assessment, Comment]:
    """One's own assessment, and a comment on it."""
    assessment = own_assessment(request, assessment_id)
    comment = assessment.comments.filter(pk=comment_id).first()
    if comment is None:
        raise Http404
    return assessment, comment


def members_of(assessment: Assessment) -> list[User]:
    """Everybody who can read an assessment of a workspace, by name."""
    members = User.objects.filter(memberships__workspace=assessment.workspace_id, is_active=True, deleted_at=None)
    return list(members.order_by("name", "email"))


def members(workspace: Workspace) -> QuerySet[Membership]:
    """Everybody in a workspace, owners first."""
    rank = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(Role.values)))
    return workspace.memberships.select_related("user").annotate(rank=rank).order_by("rank", "joined_at", "pk")
