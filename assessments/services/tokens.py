"""Tokens of programs: made, paused, let go on, revoked, and looked up when one comes in."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from assessments.acts import Act
from assessments.models import AccessToken, Membership, User
from assessments.models.access_token import TOKEN_LASTS, TOKEN_LASTS_AT_MOST
from assessments.prepared import Given, Prepared

from . import audit

BEGINS = "ftd_"
"""So that people, and programs that look for secrets left lying about, know one when they see it."""
_SEEN_EVERY = timedelta(minutes=1)


class TokensForbidden(Exception):
    """The workspace lets no programs in."""


@transaction.atomic
def make_token(
    membership: Membership, *, name: str, may_write: bool, may_share: bool, life: timedelta = TOKEN_LASTS
) -> str:
    """A new token of 256 bits. It is shown once and not kept. Raises TokensForbidden."""
    if not membership.workspace.access_tokens:
        raise TokensForbidden
    secret = BEGINS + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        membership=membership,
        name=name,
        token_digest=AccessToken.digest(secret),
        may_write=may_write,
        may_share=may_share,
        expires_at=timezone.now() + min(life, TOKEN_LASTS_AT_MOST),
    )
    ends = token.expires_at.isoformat()
    _record("make_token", token, membership.user, write=may_write, share=may_share, ends=ends)
    return secret


@transaction.atomic
def pause(token: AccessToken, actor: User) -> None:
    """The token opens nothing, at once, until it is let go on."""
    if _kept(token).filter(paused_at=None).update(paused_at=timezone.now()):
        _record("pause_token", token, actor)


@transaction.atomic
def go_on(token: AccessToken, actor: User) -> None:
    if _kept(token).exclude(paused_at=None).update(paused_at=None):
        _record("resume_token", token, actor)


@transaction.atomic
def revoke(token: AccessToken, actor: User) -> None:
    """Ends the token for good, at once."""
    if _kept(token).update(revoked_at=timezone.now()):
        _record("revoke_token", token, actor)


def live_token(secret: str) -> AccessToken | None:
    """The token that opens something now. Unknown, paused, ended, revoked and forbidden look the same."""
    found = _LIVE.first(digest=AccessToken.digest(secret))
    return found if found and found.expires_at > timezone.now() else None


def _live() -> QuerySet[AccessToken]:
    live = AccessToken.objects.filter(
        token_digest=Given("digest", AccessToken._meta.get_field("token_digest")),
        revoked_at=None,
        paused_at=None,
        membership__user__is_active=True,
        membership__user__deleted_at=None,
        membership__workspace__deleted_at=None,
        membership__workspace__access_tokens=True,
    )
    return live.select_related("membership__user", "membership__workspace")


_LIVE = Prepared(_live)
"""The question before everything that a program asks."""


def see(token: AccessToken) -> None:
    """Keeps when it was used last, at most once a minute: a look writes nothing otherwise."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at >= _SEEN_EVERY:
        longer_ago = Q(last_used_at=None) | Q(last_used_at__lte=now - _SEEN_EVERY)
        AccessToken.objects.filter(longer_ago, pk=token.pk).update(last_used_at=now)


def _kept(token: AccessToken) -> QuerySet[AccessToken]:
    return AccessToken.objects.filter(pk=token.pk, revoked_at=None)


def _record(act: Act, token: AccessToken, actor: User, **details: Any) -> None:
    membership = token.membership
    audit.record(
        membership.workspace_id,
        act,
        actor=actor,
        about=str(token.pk),
        token=token.name,
        of=f"{membership.user.name} <{membership.user.email}>",
        **details,
    )
