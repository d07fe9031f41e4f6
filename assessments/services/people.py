"""People and their workspaces: welcoming, inviting, joining, changing roles, leaving."""

import secrets
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.access import closed_to
from assessments.framework.currency import USD
from assessments.models import (
    Assessment,
    EvidenceImport,
    Invitation,
    Membership,
    Role,
    ShareLink,
    User,
    Version,
    Workspace,
)
from assessments.models.workspace import INVITATION_LASTS
from assessments.rights import ROLES

from . import audit, labelling, sharing, values


class LastOwner(Exception):
    """A workspace cannot be left without an owner."""


@transaction.atomic
def take_along(user: User, *, browser: str) -> int:
    """Moves what was tried in a browser into a workspace where this person may write. Says how much that was.

    One that is closed to them is none: they would not find their work there.
    """
    tried = Assessment.objects.filter(browser=browser, workspace=None) if browser else Assessment.objects.none()
    if not tried.exists():
        return 0
    writes = user.memberships.filter(role__in=[Role.OWNER, Role.EDITOR], workspace__deleted_at=None)
    open_ones = writes.exclude(closed_to(user, "workspace__needs_two_step"))
    membership = open_ones.select_related("workspace").order_by("joined_at", "pk").first()
    membership = membership or start_workspace(user, _first_name_for(user))
    _claim(user, list(tried.values_list("pk", flat=True)))
    moved = tried.update(workspace=membership.workspace, browser="")
    audit.record(membership.workspace_id, "take_along", actor=user, assessments=moved)
    return moved


def _claim(user: User, ids: list[str]) -> None:
    """What nobody had a name for in these is this person's: changes, versions and links made in their browser."""
    values.claim(user, ids)
    EvidenceImport.objects.filter(assessment__in=ids, created_by=None).update(created_by=user)
    ShareLink.objects.filter(assessment__in=ids, created_by=None).update(created_by=user)
    Version.objects.filter(assessment__in=ids).claim(user)
    labelling.claim(user, ids)


def give_room(user: User) -> None:
    """A workspace of their own, for somebody who is in none."""
    if not user.memberships.filter(workspace__deleted_at=None).exists():
        start_workspace(user, _first_name_for(user))


@transaction.atomic
def change_name(user: User, name: str) -> None:
    User.objects.filter(pk=user.pk).update(name=name)
    audit.record(audit.SITE, "change_name", actor=user, about=str(user.pk))


def keep_language(user: User, language: str) -> None:
    """In which this person is written to: the one that was chosen last. It changes nothing that others see."""
    User.objects.filter(pk=user.pk).update(language=language)


@transaction.atomic
def start_workspace(user: User, name: str) -> Membership:
    workspace = Workspace.objects.create(name=name)
    membership = Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    audit.record(workspace.pk, "start_workspace", actor=user, about=str(membership.pk), name=name)
    return membership


def change_workspace(
    workspace: Workspace,
    *,
    name: str,
    public_links: bool,
    access_tokens: bool = True,
    needs_two_step: bool,
    currency: str = USD,
    exchange_rate: float | None = None,
    exchange_rate_day: date | None = None,
    actor: User | None,
) -> None:
    """Another name, another answer to who gets in (everybody who has a link, only who signs in in two steps), or
    another currency with its rate that new assessments start with: those that exist keep theirs."""
    fields: dict[str, Any] = {"name": name, "public_links": public_links, "needs_two_step": needs_two_step}
    fields["access_tokens"] = access_tokens
    money = {"currency": currency, "exchange_rate": exchange_rate, "exchange_rate_day": exchange_rate_day}
    news: dict[str, Any] = {}
    if needs_two_step != workspace.needs_two_step:
        news["two_step"] = "on" if needs_two_step else "off"
    if any(getattr(workspace, key) != value for key, value in money.items()):
        news |= money | {"exchange_rate_day": exchange_rate_day and exchange_rate_day.isoformat()}
    Workspace.objects.filter(pk=workspace.pk).update(**fields, **money)
    audit.record(workspace.pk, "change_workspace", actor=actor, **fields, **news)


@transaction.atomic
def invite(workspace: Workspace, *, role: str, email: str, actor: User | None) -> str:
    """A new token of 256 bits for an invitation. It is shown once and not kept."""
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        workspace=workspace,
        role=role,
        email=email,
        token_digest=Invitation.digest(token),
        invited_by=actor,
        expires_at=timezone.now() + INVITATION_LASTS,
    )
    who = "" if actor else "The command line"
    audit.record(workspace.pk, "invite", actor=actor, who=who, about=str(invitation.pk), role=role, email=email)
    return token


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership:
    """Joins, once. Somebody who is a member already keeps the role they have.

    Raises Invitation.DoesNotExist where somebody else was faster, or it was taken back or ran out meanwhile.
    """
    now = timezone.now()
    taken = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None, expires_at__gt=now)
    if not taken.update(accepted_at=now):
        raise Invitation.DoesNotExist
    membership, _ = Membership.objects.get_or_create(
        workspace=invitation.workspace, user=user, defaults={"role": invitation.role}
    )
    audit.record(invitation.workspace_id, "join", actor=user, about=str(invitation.pk), role=membership.role)
    return membership


def revoke(invitation: Invitation, *, actor: User | None) -> None:
    """Takes an invitation back, at once."""
    if Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=timezone.now()):
        audit.record(invitation.workspace_id, "revoke_invitation", actor=actor, about=str(invitation.pk))


@transaction.atomic
def change_role(membership: Membership, role: str, *, actor: User | None) -> None:
    """Raises LastOwner where nobody would be left to manage the workspace."""
    if role != Role.OWNER:
        _keep_an_owner(membership)
    if role not in ROLES["manage"]:
        _revoke_those_of(membership.user, membership.workspace, actor=actor)
    before = Membership.objects.get(pk=membership.pk).role
    Membership.objects.filter(pk=membership.pk).update(role=role)
    audit.record(
        membership.workspace_id,
        "change_role",
        actor=actor,
        about=str(membership.pk),
        of=_named(membership),
        before=before,
        after=role,
    )


@transaction.atomic
def remove(membership: Membership, *, actor: User | None) -> None:
    """Takes somebody out of a workspace, at once, and ends what they opened there to others. Raises LastOwner."""
    _keep_an_owner(membership)
    close_what_was_opened(membership.user, membership.workspace, actor=actor)
    audit.record(
        membership.workspace_id,
        "leave_workspace" if actor == membership.user else "remove_member",
        actor=actor,
        about=str(membership.pk),
        of=_named(membership),
        role=membership.role,
    )
    Membership.objects.filter(pk=membership.pk).delete()


def close_what_was_opened(user: User, workspace: Workspace, *, actor: User | None) -> None:
    """Ends the links and invitations that somebody made who goes: with one of these they could come back."""
    sharing.switch_off_links_of(user, workspace, actor=actor)
    _revoke_those_of(user, workspace, actor=actor)


def _revoke_those_of(user: User, workspace: Workspace, *, actor: User | None) -> None:
    """Takes back the invitations of somebody who may invite nobody any more, into whatever role."""
    for invitation in Invitation.objects.filter(invited_by=user, workspace=workspace, accepted_at=None):
        revoke(invitation, actor=actor)


def other_owners(membership: Membership) -> bool:
    """Whether somebody else owns the workspace too. An account that is about to go does not count."""
    owners = Membership.objects.filter(
        workspace_id=membership.workspace_id, role=Role.OWNER, user__deleted_at=None, user__is_active=True
    )
    return owners.exclude(pk=membership.pk).exists()


def _keep_an_owner(membership: Membership) -> None:
    # The row lock lets one change of a workspace's members through at a time; roles are read behind it.
    Workspace.objects.filter(pk=membership.workspace_id).update(name=F("name"))
    owns = Membership.objects.filter(pk=membership.pk, role=Role.OWNER).exists()
    if owns and not other_owners(membership):
        raise LastOwner


def _first_name_for(user: User) -> str:
    return _("{name}'s workspace").format(name=user.name)[:100] if user.name else _("My workspace")


def _named(membership: Membership) -> str:
    return f"{membership.user.name} <{membership.user.email}>"
