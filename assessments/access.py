"""Who may see what. Every look at a stored assessment or workspace goes through here.

Whoever is outside finds nothing: a foreign id and one that does not exist look the same. Whoever is
inside without the right to this act is refused. Roles are read anew for every request.
"""

import secrets
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import TypeVar

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, Model, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest
from django.urls import resolve
from django.utils import timezone

from .acts import TRIAL, Act, act_of, may
from .models import (
    ApprovalCondition,
    Assessment,
    Comment,
    Invitation,
    Membership,
    Role,
    ShareLink,
    SignOff,
    Standing,
    StoredAnswer,
    User,
    Version,
    Workspace,
)
from .models.assessment import UNDO_FOR


class NotInThisRole(PermissionDenied):
    """Somebody who is inside asks for what their role may not do. Carries what the page says about it."""

    def __init__(self, act: Act, role: str = "", assessment: Assessment | None = None):
        super().__init__(act)
        self.act, self.role, self.assessment = act, role, assessment


_BROWSER = "browser"
_RENEWED = "renewed"
_WORKSPACE = "workspace"
_INVITED = "invited"
_RENEW_AFTER = timedelta(days=30)
_Row = TypeVar("_Row", bound=Model)
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


def come_back(request: HttpRequest) -> None:
    """A request that was put aside while somebody confirmed who they are comes back through that page's address."""
    request.resolver_match = resolve(request.path_info)


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


def workspaces(request: HttpRequest) -> list[Workspace]:
    """The same as a list, which the head of the page and the page itself share."""
    found: list[Workspace] | None = getattr(request, "own_workspaces", None)
    if found is None:
        found = list(own_workspaces(request)) if person(request) else []
        request.own_workspaces = found  # type: ignore[attr-defined]
    return found


def own_workspace(request: HttpRequest, workspace_id: str) -> Workspace:
    """One's own workspace, to do there what this view is."""
    return _to_do_this_there(request, own_workspaces(request).filter(pk=workspace_id).first())


def own_deleted_workspaces(request: HttpRequest) -> QuerySet[Workspace]:
    """The workspaces that can still be brought back, the last deleted first, each with the role in it."""
    since = timezone.now() - UNDO_FOR
    return (
        Workspace.objects.filter(memberships__user=person(request), deleted_at__gte=since)
        .annotate(role=F("memberships__role"))  # type: ignore[no-redef]
        .order_by("-deleted_at", "pk")
    )


def own_deleted_workspace(request: HttpRequest, workspace_id: str) -> Workspace:
    user = person(request)
    found = own_deleted_workspaces(request).filter(pk=workspace_id).first() if user else None
    return _to_do_this_there(request, found)


def _to_do_this_there(request: HttpRequest, workspace: Workspace | None) -> Workspace:
    act = act_of(request)
    if workspace is None:
        raise Http404
    request.chain, request.role = workspace.pk, workspace.role  # type: ignore[attr-defined]
    if not may(workspace.role, act):
        raise NotInThisRole(act, workspace.role)
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
    """The workspace that was chosen last, else the first; None for somebody without an account."""
    own = workspaces(request)
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


def tried_here(request: HttpRequest) -> int:
    """How many assessments this browser has that belong to no account yet."""
    browser = browser_id(request)
    return Assessment.objects.filter(browser=browser, deleted_at=None).count() if browser else 0


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
    own = [one for one in workspaces(request) if may(one.role, "edit")]
    if not own:
        raise NotInThisRole("edit", current.role if current else "")
    return (current if current in own else own[0]), ""


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


def own_membership(request: HttpRequest, workspace: Workspace, membership_id: int) -> Membership:
    """A member of a workspace that was reached by `own_workspace`."""
    membership = workspace.memberships.select_related("user", "workspace").filter(pk=membership_id).first()
    if membership is None:
        raise Http404
    return membership


# invitations


def open_invitations(workspace: Workspace) -> QuerySet[Invitation]:
    """Those of a workspace that can still be accepted, the newest first."""
    return _open_invitations().filter(workspace=workspace).select_related("invited_by").order_by("-created_at", "-pk")


def _open_invitations() -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        accepted_at=None, revoked_at=None, expires_at__gt=timezone.now(), workspace__deleted_at=None
    )


def invitation(request: HttpRequest, token: str) -> Invitation:
    """What an invitation link leads to: unknown, used, expired and taken back look the same.

    Without a token it is the one that this browser came with before signing in.
    """
    found = invited_with(Invitation.digest(token)) if token else invited_to(request)
    if found is None:
        raise Http404
    request.chain = found.workspace_id  # type: ignore[attr-defined]
    return found


def invited_with(digest: str) -> Invitation | None:
    return _open_invitations().filter(token_digest=digest).select_related("workspace", "invited_by").first()


def invited_to(request: HttpRequest) -> Invitation | None:
    """The invitation that this browser came with, while somebody signs up or in to accept it."""
    digest = request.session.get(_INVITED, "")
    return invited_with(digest) if digest else None


def keep_invitation(request: HttpRequest, found: Invitation) -> None:
    """Remembers it until somebody has signed in. The token itself is not kept."""
    request.session[_INVITED] = found.token_digest


def forget_invitation(request: HttpRequest) -> None:
    request.session.pop(_INVITED, None)


def is_for(found: Invitation, user: User) -> bool:
    """Whether this person may accept it: it names nobody, or an address of theirs."""
    wanted = found.email.lower()
    if not wanted or wanted == user.email.lower():
        return True
    return EmailAddress.objects.filter(user=user, verified=True, email__iexact=wanted).exists()


# versions and sign-offs of an assessment that was looked up for this act


def own_versions(assessment: Assessment) -> QuerySet[Version]:
    """Every version of one's own assessment without its content, the newest first, with what it decided."""
    return (
        Version.objects.filter(assessment=assessment)
        .annotate(approach=KT("result__approach"), action=KT("result__action"))  # type: ignore[no-redef]
        .defer("document", "result")
        .select_related("created_by", "last_edited_by")
    )


def own_version(assessment: Assessment, number: int) -> Version:
    versions = Version.objects.filter(assessment=assessment).select_related("created_by", "last_edited_by")
    return _found(versions.filter(number=number).first())


def number_in(typed: str) -> int:
    """A version's number in an address. What is none is not found."""
    if not typed.isascii() or not typed.isdecimal() or len(typed) > 9:
        raise Http404
    return int(typed)


def own_version_with(assessment: Assessment, content_hash: str) -> Version | None:
    """The newest version that has exactly this content, if there is one."""
    return Version.objects.filter(assessment=assessment, content_hash=content_hash).first()


def own_sign_offs(assessment: Assessment) -> QuerySet[SignOff]:
    """Every request of one's own assessment, those that were taken back too, the newest first."""
    return (
        SignOff.objects.filter(version__assessment=assessment)
        .select_related("version__last_edited_by", "asked_by")
        .defer("version__document", "version__result")
        .prefetch_related("approvals__approver", "approvals__conditions__met_by")
    )


def own_sign_off(assessment: Assessment, sign_off_id: int) -> SignOff:
    return _found(own_sign_offs(assessment).filter(pk=sign_off_id).first())


def own_condition(assessment: Assessment, condition_id: int) -> ApprovalCondition:
    conditions = ApprovalCondition.objects.filter(approval__sign_off__version__assessment=assessment)
    return _found(conditions.select_related("approval__sign_off__version").filter(pk=condition_id).first())


def sign_offs_of(versions: Iterable[Version]) -> QuerySet[SignOff]:
    """The requests about these versions that were not taken back, the newest first."""
    return (
        SignOff.objects.filter(version__in=[version.pk for version in versions], withdrawn_at=None)
        .select_related("version")
        .defer("version__document", "version__result")
        .prefetch_related("approvals__approver", "approvals__conditions__met_by")
    )


def names_of(workspace: Workspace, ids: Iterable[str]) -> dict[str, str]:
    """What the assessments of a workspace with these ids are called, those that are not deleted."""
    of_these = Assessment.objects.filter(workspace=workspace, pk__in=list(ids), deleted_at=None)
    name = StoredAnswer.objects.filter(assessment=OuterRef("pk"), key="name").values("value")[:1]
    return {pk: found or "Untitled use case" for pk, found in of_these.values_list("pk", Subquery(name))}


def versions_with(content_hash: str) -> QuerySet[Version]:
    """The versions that have this content, for whoever has the report or its hash. Deleted ones are gone."""
    return (
        Version.objects.filter(content_hash=content_hash, assessment__deleted_at=None)
        .exclude(assessment__workspace__deleted_at__isnull=False)
        .select_related("assessment", "last_edited_by")
        .order_by("created_at", "pk")
    )


def _found(row: _Row | None) -> _Row:
    if row is None:
        raise Http404
    return row
