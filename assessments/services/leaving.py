"""Deleting workspaces and accounts: put away at once, brought back within a week, then really removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from assessments.models import Assessment, Invitation, Membership, Role, SentBefore, ShareLink, User, Version, Workspace
from assessments.models.access_token import SENT_AGAIN_WITHIN
from assessments.models.assessment import TRIAL_LASTS, UNDO_FOR
from assessments.models.user import FORMER

from . import audit, people, sign_ins


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What goes when a workspace goes."""

    assessments: int
    versions: int
    links: int
    members: int


def contents_of(workspaces: Iterable[Workspace]) -> Contents:
    """Counts over these workspaces. Links are those that somebody could still open."""
    inside = list(workspaces)
    live = Q(switched_off_at=None, expires_at__gt=timezone.now())
    return Contents(
        assessments=Assessment.objects.filter(workspace__in=inside, deleted_at=None).count(),
        versions=Version.objects.filter(assessment__workspace__in=inside).count(),
        links=ShareLink.objects.filter(live, assessment__workspace__in=inside).count(),
        members=Membership.objects.filter(workspace__in=inside).values("user").distinct().count(),
    )


# workspaces


@transaction.atomic
def delete_workspace(workspace: Workspace, *, actor: User | None) -> None:
    """Puts a workspace away: nobody reaches it, and its links stop working. It can be brought back for a week."""
    now = timezone.now()
    if Workspace.objects.filter(pk=workspace.pk, deleted_at=None).update(deleted_at=now):
        audit.record(workspace.pk, "delete_workspace", actor=actor, name=workspace.name)
    purge(now)


@transaction.atomic
def restore_workspace(workspace: Workspace, *, actor: User | None) -> None:
    """Brings a workspace back as it was, its links too."""
    if Workspace.objects.filter(pk=workspace.pk).exclude(deleted_at=None).update(deleted_at=None):
        audit.record(workspace.pk, "restore_workspace", actor=actor, name=workspace.name)


# accounts


def own_alone(user: User) -> QuerySet[Workspace]:
    """The workspaces that this person is the only member of: they go with the account."""
    return _with_members(user).filter(members=1)


def kept_by(user: User) -> QuerySet[Workspace]:
    """The workspaces with other members that would be left without an owner."""
    return _with_members(user).filter(members__gt=1, own_role=Role.OWNER, owners=1)


def _with_members(user: User) -> QuerySet[Any]:
    """The workspaces of this person, with how many members and owners each has. Accounts that go do not count."""
    stays = Q(memberships__user__deleted_at=None, memberships__user__is_active=True)
    owns = stays & Q(memberships__role=Role.OWNER)
    mine = Membership.objects.filter(user=user)
    return (
        Workspace.objects.filter(pk__in=mine.values("workspace"), deleted_at=None)
        .annotate(
            members=Count("memberships", filter=stays, distinct=True),
            owners=Count("memberships", filter=owns, distinct=True),
            own_role=Subquery(mine.filter(workspace=OuterRef("pk")).values("role")),
        )
        .order_by("name", "pk")
    )


class KeepsAWorkspace(Exception):
    """An account cannot go while it is the only owner of a workspace with other members."""


@transaction.atomic
def delete_account(user: User) -> None:
    """Puts an account away with what is its alone, and signs it out everywhere. Signing in brings it back for a week.

    Raises KeepsAWorkspace where a team would be left without an owner.
    """
    now = timezone.now()
    # The row locks hold off whoever takes rights away in one of these workspaces meanwhile.
    Workspace.objects.filter(memberships__user=user).update(name=F("name"))
    if kept_by(user).exists():
        raise KeepsAWorkspace
    alone = list(own_alone(user))
    Workspace.objects.filter(pk__in=[one.pk for one in alone]).update(deleted_at=now)
    User.objects.filter(pk=user.pk).update(deleted_at=now)
    for team in Workspace.objects.filter(memberships__user=user).exclude(pk__in=[one.pk for one in alone]):
        people.close_what_was_opened(user, team, actor=user)
    for workspace in alone:
        audit.record(workspace.pk, "delete_workspace", actor=user, name=workspace.name)
    audit.record(audit.SITE, "delete_account", actor=user, about=str(user.pk))
    sign_ins.end_all(user)
    purge(now)


@transaction.atomic
def restore_account(user: User) -> None:
    """Brings an account back with the workspaces that went with it."""
    if user.deleted_at is None:
        return
    Workspace.objects.filter(memberships__user=user, deleted_at=user.deleted_at).update(deleted_at=None)
    User.objects.filter(pk=user.pk).update(deleted_at=None)
    user.deleted_at = None
    audit.record(audit.SITE, "restore_account", actor=user, about=str(user.pk))


# for good


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    assessments: int
    workspaces: int
    accounts: int


@transaction.atomic
def purge(now: datetime | None = None) -> Purged:
    """Removes for good what was deleted more than a week ago, and trials to which nobody came back for a month."""
    now = now or timezone.now()
    before = now - UNDO_FOR
    accounts = list(User.objects.filter(deleted_at__lt=before, is_active=True))
    for user in accounts:
        _forget(user)
    workspaces = Workspace.objects.filter(deleted_at__lt=before)
    SentBefore.objects.filter(at__lt=now - SENT_AGAIN_WITHIN).delete()
    left = ~Q(browser="") & Q(visited_at__lt=now - TRIAL_LASTS)
    assessments = Assessment.objects.filter(Q(deleted_at__lt=before) | Q(workspace__in=workspaces) | left)
    counted = Purged(assessments=assessments.count(), workspaces=workspaces.count(), accounts=len(accounts))
    if counted.assessments:
        assessments.delete()
    if counted.workspaces:
        workspaces.delete()
    return counted


def _forget(user: User) -> None:
    """Takes out everything that says who somebody was. What they signed off and changed stays, by a former member."""
    for kept in (EmailAddress, Authenticator, SocialAccount, UserSession, Membership):
        kept.objects.filter(user=user).delete()
    Invitation.objects.filter(email__iexact=user.email).exclude(accepted_at=None).update(email="")
    user.mentioned_in.clear()
    user.name, user.email, user.is_active = FORMER, f"former-{user.pk}@removed.invalid", False
    user.set_unusable_password()
    user.save()
