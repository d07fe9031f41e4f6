"""Assessments: of one's workspaces, of one's browser, and the samples that everybody may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from assessments.models import Assessment, Comment, EvidenceImport, Rater, RatingRound, User, Workspace
from assessments.models.assessment import UNDO_FOR
from assessments.prepared import Given, Prepared, given_id
from assessments.rights import TRIAL, Right, may, rights_of

from .refusal import AnsweringBlind, NeedsTwoStep, NotInThisRole, admit, found
from .tokens import admit_token, bounds, token_of
from .two_step import closed_to
from .who import browser_id, person, renew, start_browser
from .workspaces import current_workspace, workspaces

_NEEDS = "workspace__needs_two_step"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAssessment:
    """An assessment that was opened to whoever asks, with who that is and in which role."""

    assessment: Assessment
    actor: User | None
    """None for somebody without an account, to whose browser it belongs."""
    role: str
    is_blind: bool = False
    """Whether they are to answer questions of it without having seen what anybody else answers."""

    def may(self, right: Right) -> bool:
        return may(self.role, right)

    @property
    def rights(self) -> dict[Right, bool]:
        return rights_of(self.role)


def own_assessments(request: HttpRequest) -> QuerySet[Assessment]:
    """The assessments of whoever asks, deleted ones too."""
    user, every = person(request), _every(request)
    return every.exclude(closed_to(user, _NEEDS)) if user else every


def _every(request: HttpRequest) -> QuerySet[Assessment]:
    """These, and those of workspaces that are closed to whoever asks."""
    if user := person(request):
        return _of_member(user).filter(**bounds(request))
    browser = browser_id(request)
    if not browser:
        return Assessment.objects.none()
    renew(request)
    return Assessment.objects.filter(browser=browser)


def _of_member(user: User | Given) -> QuerySet[Assessment]:
    of_their_workspaces = Q(workspace__memberships__user=user, workspace__deleted_at=None)
    return Assessment.objects.filter(of_their_workspaces).select_related("workspace")


def _with_role(assessments: QuerySet[Assessment], user: User | Given) -> QuerySet[Assessment]:
    """The same, each with the role in its workspace, whether that is closed to this person, and whether they are to
    answer blind."""
    blind = blind_to(user)
    return assessments.annotate(role=F("workspace__memberships__role"), closed=closed_to(user, _NEEDS), blind=blind)


def blind_to(user: User | Given) -> Exists:
    """Whether a person is to answer questions of an assessment blind, and has neither handed in nor declined."""
    who: Any = user if isinstance(user, Given) else user.pk
    return Exists(Rater.asked().filter(user=who, round__assessment=OuterRef("pk")))


def _one_of_member() -> QuerySet[Assessment]:
    user = given_id("user", User)
    wanted = _of_member(user).filter(pk=given_id("assessment", Assessment), deleted_at=None)
    return _with_role(wanted, user).order_by()


_ONE_OF_MEMBER = Prepared(_one_of_member)
"""The question before nearly every page: is this assessment in a workspace of this person's, and in which role."""


def tried_here(request: HttpRequest) -> int:
    """How many assessments this browser has that belong to no account yet."""
    browser = browser_id(request)
    return Assessment.objects.filter(browser=browser, deleted_at=None).count() if browser else 0


def own_assessment(request: HttpRequest, assessment_id: str, right: Right, *, blind_too: bool = False) -> OwnAssessment:
    """One's own assessment, for whoever has this right towards it.

    Whoever is to answer blind is let on only to pages that show nobody's answers: those take `blind_too`.
    """
    if user := person(request):
        seen = _ONE_OF_MEMBER.first(user=user.pk, assessment=assessment_id)
        return _opened(request, user, seen, right, blind_too=blind_too)
    return _tried(_every(request).filter(pk=assessment_id, deleted_at=None), right)


def own_deleted_assessments(request: HttpRequest) -> QuerySet[Assessment]:
    """One's own assessments that can still be brought back, the last deleted first."""
    return _lately_deleted(own_assessments(request))


def own_deleted_assessment(request: HttpRequest, assessment_id: str, right: Right) -> OwnAssessment:
    assessments = _lately_deleted(_every(request)).filter(pk=assessment_id)
    if user := person(request):
        return _opened(request, user, _with_role(assessments, user).first(), right)
    return _tried(assessments, right)


def _lately_deleted(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    return assessments.filter(deleted_at__gte=timezone.now() - UNDO_FOR).order_by("-deleted_at")


def _opened(request: HttpRequest, actor: User, seen: Any, right: Right, *, blind_too: bool = False) -> OwnAssessment:
    """What `_with_role` gave, for a member who has this right, by themselves or through a token that is for it."""
    token = token_of(request)
    if seen is None or (token and seen.workspace_id != token.membership.workspace_id):
        raise Http404
    if seen.closed:
        raise NeedsTwoStep(seen.workspace)
    admit(seen.role, right, seen)
    admit_token(request, right)
    if seen.blind and not blind_too:
        raise AnsweringBlind(seen)
    return OwnAssessment(assessment=seen, actor=actor, role=seen.role, is_blind=seen.blind)


def _tried(assessments: QuerySet[Assessment], right: Right) -> OwnAssessment:
    """For somebody without an account, what their browser has."""
    own = OwnAssessment(assessment=found(assessments.first()), actor=None, role=TRIAL)
    admit(own.role, right, own.assessment)
    return own


def roles_towards(request: HttpRequest, ids: list[str]) -> dict[str, str]:
    """The role of whoever is signed in towards each of their assessments with these ids."""
    roles = own_assessments(request).filter(pk__in=ids).values_list("pk", "workspace__memberships__role")
    return dict(roles)


def room_for_new(request: HttpRequest) -> tuple[Workspace | None, str]:
    """Where a new assessment goes: a workspace in which this person may write, else this browser."""
    if person(request) is None:
        return None, start_browser(request)
    current = current_workspace(request)
    own = rooms_for_new(request)
    closed = [one.workspace for one in workspaces(request) if one.closed and one.may("edit")]
    if not own and closed:
        raise NeedsTwoStep(closed[0])
    if not own:
        raise NotInThisRole("edit", current.role if current else "", inside=False)
    return (current.workspace if current and current.workspace in own else own[0]), ""


def rooms_for_new(request: HttpRequest) -> list[Workspace]:
    """Every workspace in which whoever asks may write, the oldest membership first."""
    return [one.workspace for one in workspaces(request) if one.may("edit") and not one.closed]


def sample_assessment(sample: str) -> Assessment:
    """A sample, which everybody may read."""
    return found(samples().filter(sample=sample).first())


def samples() -> QuerySet[Assessment]:
    """Every sample that was not taken away, by name."""
    return Assessment.objects.exclude(sample="").filter(deleted_at=None).order_by("sample")


def own_comment(request: HttpRequest, assessment_id: str, comment_id: int) -> tuple[OwnAssessment, Comment]:
    """One's own assessment, for whoever may comment, and a comment on it."""
    own = own_assessment(request, assessment_id, "comment")
    return own, found(own.assessment.comments.filter(pk=comment_id).first())


def own_import(
    request: HttpRequest, assessment_id: str, import_id: int, right: Right
) -> tuple[OwnAssessment, EvidenceImport]:
    """One's own assessment, for whoever has this right, and an import of files into it."""
    own = own_assessment(request, assessment_id, right)
    imports = own.assessment.imports.defer("unread").select_related("created_by").prefetch_related("files")
    return own, found(imports.filter(pk=import_id).first())


def own_round(
    request: HttpRequest, assessment_id: str, round_id: int, right: Right
) -> tuple[OwnAssessment, RatingRound]:
    """One's own assessment, for whoever has this right, and a round of raters; to whoever is to answer blind, the
    open one alone: what came of others tells the answers."""
    own = own_assessment(request, assessment_id, right, blind_too=True)
    asked = found(own.assessment.rating_rounds.select_related("opened_by").filter(pk=round_id).first())
    if own.is_blind and asked.closed_at:
        raise AnsweringBlind(own.assessment)
    return own, asked


def members_of(assessment: Assessment) -> list[User]:
    """Everybody who can read an assessment of a workspace, by name."""
    return _MEMBERS.ask(workspace=assessment.workspace_id)


def _members() -> QuerySet[User]:
    workspace = given_id("workspace", Workspace)
    members = User.objects.filter(memberships__workspace=workspace, is_active=True, deleted_at=None)
    return members.order_by("name", "email")


_MEMBERS = Prepared(_members)


def chain_at(request: HttpRequest, arguments: Mapping[str, Any]) -> str:
    """The audit trail that what an address names is told in; empty where whoever asks is outside.

    The address's arguments are what Django has read in it.
    """
    if assessment_id := arguments.get("assessment_id"):
        assessment = _every(request).filter(pk=assessment_id).first()
        return (assessment.workspace_id or assessment.pk) if assessment else ""
    if workspace_id := arguments.get("workspace_id"):
        user = person(request)
        inside = user and user.memberships.filter(workspace=workspace_id).exists()
        return str(workspace_id) if inside else ""
    return ""
