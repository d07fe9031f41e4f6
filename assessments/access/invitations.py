"""Invitations: the open ones of a workspace, and the one that somebody came with."""

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from assessments.models import Invitation, User, Workspace

from .refusal import found

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
    return found(invited_with(Invitation.digest(token)) if token else invited_to(request))


def invited_with(digest: str) -> Invitation | None:
    return _open_invitations().filter(token_digest=digest).select_related("workspace", "invited_by").first()


def invited_to(request: HttpRequest) -> Invitation | None:
    """The invitation that this browser came with, while somebody signs up or in to accept it."""
    digest = request.session.get(_INVITED, "")
    return invited_with(digest) if digest else None


def keep_invitation(request: HttpRequest, invitation: Invitation) -> None:
    """Remembers it until somebody has signed in. The token itself is not kept."""
    request.session[_INVITED] = invitation.token_digest


def forget_invitation(request: HttpRequest) -> None:
    request.session.pop(_INVITED, None)


def is_for(invitation: Invitation, user: User) -> bool:
    """Whether this person may accept it: it names nobody, or an address of theirs."""
    wanted = invitation.email.lower()
    if not wanted or wanted == user.email.lower():
        return True
    return bool(EmailAddress.objects.filter(user=user, verified=True, email__iexact=wanted).exists())
