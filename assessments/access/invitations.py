"""Invitations: the open ones of a workspace, and the one that somebody came with."""

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from assessments.models import Invitation, User, Workspace

_INVITED = "invited"


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
