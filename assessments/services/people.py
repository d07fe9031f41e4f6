"""People and their workspaces: welcoming, inviting, changing roles, leaving."""

import secrets

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments.models import Assessment, Invitation, Membership, Role, User, Workspace
from assessments.models.workspace import INVITATION_LASTS


class LastOwner(Exception):
    """A workspace cannot be left without an owner."""


@transaction.atomic
def welcome(user: User, *, browser: str) -> None:
    """Takes along what was tried in a browser, into a workspace where this person may write.

    Somebody with nothing to take along and a team to work in gets no workspace of their own.
    """
    tried = Assessment.objects.filter(browser=browser, workspace=None) if browser else Assessment.objects.none()
    writes = user.memberships.filter(role__in=[Role.OWNER, Role.EDITOR], workspace__deleted_at=None)
    membership = writes.select_related("workspace").order_by("joined_at").first()
    if membership is None and (tried.exists() or not user.memberships.exists()):
        membership = start_workspace(user, f"{user.name}'s workspace" if user.name else "My workspace")
    if membership:
        tried.update(workspace=membership.workspace, browser="")


@transaction.atomic
def start_workspace(user: User, name: str) -> Membership:
    workspace = Workspace.objects.create(name=name)
    return Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)


def invite(workspace: Workspace, *, role: str, email: str, by: User | None) -> str:
    """A new token of 256 bits for an invitation. It is shown once and not kept."""
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        workspace=workspace,
        role=role,
        email=email,
        token_digest=Invitation.digest(token),
        invited_by=by,
        expires_at=timezone.now() + INVITATION_LASTS,
    )
    return token


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership:
    """Joins, once. Somebody who is a member already keeps the role they have."""
    taken = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not taken.update(accepted_at=timezone.now()):
        raise Invitation.DoesNotExist
    membership, _ = Membership.objects.get_or_create(
        workspace=invitation.workspace, user=user, defaults={"role": invitation.role}
    )
    return membership


@transaction.atomic
def change_role(membership: Membership, role: str) -> None:
    """Raises LastOwner where nobody would be left to manage the workspace."""
    if membership.role == Role.OWNER and role != Role.OWNER:
        _keep_an_owner(membership)
    Membership.objects.filter(pk=membership.pk).update(role=role)


@transaction.atomic
def remove(membership: Membership) -> None:
    """Takes somebody out of a workspace, at once. Raises LastOwner as `change_role` does."""
    if membership.role == Role.OWNER:
        _keep_an_owner(membership)
    membership.delete()


def _keep_an_owner(membership: Membership) -> None:
    # The row lock lets one change of a workspace's members through at a time.
    Workspace.objects.filter(pk=membership.workspace_id).update(name=F("name"))
    owners = Membership.objects.filter(workspace_id=membership.workspace_id, role=Role.OWNER)
    if not owners.exclude(pk=membership.pk).exists():
        raise LastOwner
