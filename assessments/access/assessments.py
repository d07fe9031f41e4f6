"""Assessments: of one's workspaces, of one's browser, and the samples that everybody may read."""

from django.db.models import F, QuerySet, Value
from django.http import Http404, HttpRequest
from django.utils import timezone

from assessments.acts import TRIAL, act_of, may
from assessments.models import Assessment, Comment, User, Workspace
from assessments.models.assessment import UNDO_FOR

from .refusal import NeedsTwoStep, NotInThisRole, found
from .two_step import closed_to
from .who import browser_id, person, renew, start_browser
from .workspaces import current_workspace, workspaces

_NEEDS = "workspace__needs_two_step"


def own_assessments(request: HttpRequest) -> QuerySet[Assessment]:
    """The assessments of whoever asks, deleted ones too, each with the role towards it."""
    user, every = person(request), _every(request)
    return every.exclude(closed_to(user, _NEEDS)) if user else every


def _every(request: HttpRequest) -> QuerySet[Assessment]:
    """These, and those of workspaces that are closed to whoever asks."""
    if user := person(request):
        return (
            Assessment.objects.filter(workspace__memberships__user=user, workspace__deleted_at=None)
            .annotate(
                role=F("workspace__memberships__role"),  # type: ignore[no-redef]
                closed=closed_to(user, _NEEDS),
            )
            .select_related("workspace")
        )
    browser = browser_id(request)
    if not browser:
        return Assessment.objects.none()
    renew(request)
    return Assessment.objects.filter(browser=browser).annotate(role=Value(TRIAL))  # type: ignore[no-redef]


def open_assessments(request: HttpRequest) -> QuerySet[Assessment]:
    """Those of every workspace that opens to whoever is signed in, by what the page's head has looked up already."""
    return Assessment.objects.filter(
        workspace__in=[one.pk for one in workspaces(request) if not one.closed], deleted_at=None
    )


def tried_here(request: HttpRequest) -> int:
    """How many assessments this browser has that belong to no account yet."""
    browser = browser_id(request)
    return Assessment.objects.filter(browser=browser, deleted_at=None).count() if browser else 0


def own_assessment(request: HttpRequest, assessment_id: str) -> Assessment:
    """One's own assessment, to do with it what this view is."""
    return _for_this_act(request, _every(request).filter(pk=assessment_id, deleted_at=None).first())


def own_deleted_assessments(request: HttpRequest) -> QuerySet[Assessment]:
    """One's own assessments that can still be brought back, the last deleted first."""
    return _lately_deleted(own_assessments(request))


def own_deleted_assessment(request: HttpRequest, assessment_id: str) -> Assessment:
    return _for_this_act(request, _lately_deleted(_every(request)).filter(pk=assessment_id).first())


def _lately_deleted(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    return assessments.filter(deleted_at__gte=timezone.now() - UNDO_FOR).order_by("-deleted_at")


def _for_this_act(request: HttpRequest, assessment: Assessment | None) -> Assessment:
    act = act_of(request)
    if assessment is None:
        raise Http404
    request.chain = assessment.workspace_id or assessment.pk  # type: ignore[attr-defined]
    if assessment.closed and assessment.workspace:
        raise NeedsTwoStep(assessment.workspace)
    request.role = assessment.role  # type: ignore[attr-defined]
    if not may(assessment.role, act):
        raise NotInThisRole(act, assessment.role, assessment)
    assessment.person = person(request)
    return assessment


def room_for_new(request: HttpRequest) -> tuple[Workspace | None, str]:
    """Where a new assessment goes: a workspace in which this person may write, else this browser."""
    if person(request) is None:
        return None, start_browser(request)
    current = current_workspace(request)
    mine = [one for one in workspaces(request) if may(one.role, "edit")]
    own = [one for one in mine if not one.closed]
    if not own and mine:
        raise NeedsTwoStep(mine[0])
    if not own:
        raise NotInThisRole("edit", current.role if current else "")
    return (current if current in own else own[0]), ""


def sample_assessment(sample: str) -> Assessment:
    """A sample, which everybody may read."""
    return found(Assessment.objects.filter(sample=sample, deleted_at=None).first())


def own_comment(request: HttpRequest, assessment_id: str, comment_id: int) -> tuple[Assessment, Comment]:
    """One's own assessment, and a comment on it."""
    assessment = own_assessment(request, assessment_id)
    return assessment, found(assessment.comments.filter(pk=comment_id).first())


def members_of(assessment: Assessment) -> list[User]:
    """Everybody who can read an assessment of a workspace, by name."""
    members = User.objects.filter(memberships__workspace=assessment.workspace_id, is_active=True, deleted_at=None)
    return list(members.order_by("name", "email"))
