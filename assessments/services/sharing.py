"""Links that let anyone who has them read a result: made, changed, paused, switched off, opened."""

import secrets
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import DateTimeField, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.acts import Act
from assessments.models import Assessment, ShareLink, User, Version, Workspace
from assessments.models.share_link import LONGEST_LIFE, USUAL_LIFE
from assessments.prepared import Given, Prepared, given_id

from . import audit, limits
from .extract import EVERYTHING, Scope
from .limits import PASSPHRASES
from .versions import freeze

ONE_VISIT = timedelta(minutes=1)
"""Openings of a link that asks for nothing count as one if they follow each other this closely."""
LONGEST_PASSPHRASE = 200


class LinksForbidden(Exception):
    """The workspace allows no links that anybody can open."""


class TooManyTries(Exception):
    """This network has tried too many passphrases at this link. What it sends is not looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a link is to be."""

    name: str = ""
    version: Version | None = None
    frozen_now: bool = False
    """Whether it shows a new version, frozen for it."""
    scope: Scope = EVERYTHING
    life: timedelta | None = USUAL_LIFE
    """How long from now; None leaves the end of a link as it is."""
    passphrase: str | None = ""
    """None leaves the passphrase of a link as it is."""
    openings_allowed: int | None = None


@transaction.atomic
def make_link(assessment: Assessment, actor: User | None, choices: Choices | None = None) -> str:
    """A new token of 256 bits. It is shown once and not kept. Raises LinksForbidden.

    A link of somebody without an account always ends after 30 days.
    """
    choices = choices or Choices()
    if assessment.workspace and not assessment.workspace.public_links:
        raise LinksForbidden
    if assessment.workspace is None:
        choices = replace(choices, life=USUAL_LIFE)
    if choices.frozen_now:
        version = freeze(assessment, actor, reason=_("For a share link"))
        choices = replace(choices, version=version)
    token = secrets.token_urlsafe(32)
    link = ShareLink.objects.create(
        assessment=assessment,
        version=choices.version,
        name=choices.name or _("Link {n}").format(n=assessment.share_links.count() + 1),
        token_digest=ShareLink.digest(token),
        with_costs=choices.scope.costs,
        with_evidence=choices.scope.evidence,
        passphrase=_hashed(choices.passphrase or ""),
        openings_allowed=choices.openings_allowed,
        created_by=actor,
        expires_at=_end(choices.life or USUAL_LIFE),
    )
    _record("make_link", link, actor, **_told(link))
    return token


@transaction.atomic
def change_link(link: ShareLink, actor: User | None, choices: Choices) -> None:
    """Changes a link in all but what it shows. Another passphrase ends what was unlocked with the old one."""
    fields: dict[str, Any] = {"name": choices.name or link.name, "openings_allowed": choices.openings_allowed}
    if choices.life is not None and link.assessment.workspace_id:
        fields["expires_at"] = _end(choices.life)
    if choices.passphrase is not None:
        fields["passphrase"] = _hashed(choices.passphrase)
        limits.forget(PASSPHRASES, about=str(link.pk))
    ShareLink.objects.filter(pk=link.pk).update(**fields)
    link.refresh_from_db(fields=list(fields))
    _record("change_link", link, actor, **_told(link), passphrase_changed=choices.passphrase is not None)


@transaction.atomic
def pause(link: ShareLink, actor: User | None) -> None:
    """The link opens nothing, at once, until somebody lets it go on."""
    if ShareLink.objects.filter(pk=link.pk, switched_off_at=None, paused_at=None).update(paused_at=timezone.now()):
        _record("pause_link", link, actor)


@transaction.atomic
def go_on(link: ShareLink, actor: User | None) -> None:
    if ShareLink.objects.filter(pk=link.pk, switched_off_at=None).exclude(paused_at=None).update(paused_at=None):
        _record("resume_link", link, actor)


@transaction.atomic
def switch_off(link: ShareLink, actor: User | None) -> None:
    """Ends the link for good, at once."""
    if ShareLink.objects.filter(pk=link.pk, switched_off_at=None).update(switched_off_at=timezone.now()):
        _record("switch_off_link", link, actor)


@transaction.atomic
def switch_off_links_of(user: User, workspace: Workspace, *, actor: User | None) -> None:
    """Ends what somebody who is no member any more has opened to others."""
    made = ShareLink.objects.filter(created_by=user, assessment__workspace=workspace, switched_off_at=None)
    for link in made.select_related("assessment"):
        switch_off(link, actor)


@transaction.atomic
def reset_tries(link: ShareLink, actor: User | None) -> None:
    """Lets every network try again that was locked out."""
    limits.forget(PASSPHRASES, about=str(link.pk))
    _record("reset_tries", link, actor)


def with_lock_outs(links: QuerySet[ShareLink]) -> QuerySet[ShareLink]:
    """The links with `locked_out`: how many networks may not try a passphrase at the moment."""
    return links.annotate(locked_out=limits.networks_refused(PASSPHRASES))


def links_on(assessment: Assessment) -> int:
    """How many links of the assessment open something for somebody new."""
    return len(_LINKS_ON.ask(assessment=assessment.pk, now=timezone.now()))


def _links_on() -> QuerySet[ShareLink, int]:
    used_up = Q(openings_allowed__isnull=False, opened__gte=F("openings_allowed"))
    live = ShareLink.live(Given("now", DateTimeField())).filter(assessment=given_id("assessment", Assessment))
    return live.exclude(used_up).values_list("pk", flat=True)


_LINKS_ON = Prepared(_links_on)


# what visitors do


def count_visit(link: ShareLink) -> None:
    """Counts that a link was opened that asks for nothing, at most once a minute: readers cannot flood the trail."""
    now = timezone.now()
    if link.last_opened_at and now - link.last_opened_at < ONE_VISIT:
        return  # without a transaction: a look takes no lock
    rows = ShareLink.objects.filter(Q(last_opened_at=None) | Q(last_opened_at__lte=now - ONE_VISIT), pk=link.pk)
    with transaction.atomic():
        if rows.update(opened=F("opened") + 1, last_opened_at=now):
            _record_visit("open_link", link)


@transaction.atomic
def take_opening(link: ShareLink) -> bool:
    """Takes one of the openings, if one is left and the link was not ended meanwhile. Exact across processes."""
    left = Q(openings_allowed=None) | Q(opened__lt=F("openings_allowed"))
    now = timezone.now()
    # Conditions on this row alone: Django would put a join into a subquery, which PostgreSQL does not
    # look at again after it has waited for another visitor.
    open_now = ShareLink.objects.filter(left, pk=link.pk, switched_off_at=None, paused_at=None, expires_at__gt=now)
    if not open_now.update(opened=F("opened") + 1, last_opened_at=now):
        return False
    _record_visit("open_link", link)
    return True


def try_passphrase(link: ShareLink, passphrase: str, network: str) -> bool:
    """Whether this is the link's passphrase. Raises TooManyTries.

    A try is counted before it is looked at, so that no number of processes looks at more than are
    allowed. A right one is given back: colleagues behind one address do not lock each other out.
    """
    if not limits.take(PASSPHRASES, network, about=str(link.pk)):
        raise TooManyTries
    # Outside any transaction: it takes as long as many saves.
    right = len(passphrase) <= LONGEST_PASSPHRASE and check_password(_plain(passphrase), link.passphrase)
    if right:
        limits.give_back(PASSPHRASES, network, about=str(link.pk))
    else:
        _record_visit("mistype_passphrase", link, network=network)
    return right


def _hashed(passphrase: str) -> str:
    return make_password(_plain(passphrase)) if passphrase else ""


def _plain(passphrase: str) -> str:
    """One form for what looks the same: keyboards differ in how they write an accent, and people add a space."""
    return unicodedata.normalize("NFKC", passphrase).encode(errors="replace").decode().strip()


def _end(life: timedelta) -> datetime:
    return timezone.now() + min(life, LONGEST_LIFE)


def _told(link: ShareLink) -> dict[str, Any]:
    """What the audit trail keeps of a link: no token, no passphrase."""
    return {
        "name": link.name,
        "version": link.version.number if link.version else None,
        "costs": link.with_costs,
        "evidence": link.with_evidence,
        "passphrase": bool(link.passphrase),
        "openings": link.openings_allowed,
        "ends": link.expires_at.isoformat(),
    }


def _record(act: Act, link: ShareLink, actor: User | None, **details: Any) -> None:
    audit.record(audit.chain_of(link.assessment), act, actor=actor, about=str(link.pk), **details)


def _record_visit(act: Act, link: ShareLink, **details: Any) -> None:
    """What a visitor did. Nobody knows who that was, signed in or not."""
    who = f"Somebody with the link “{link.name}”"
    audit.record(audit.chain_of(link.assessment), act, who=who, about=str(link.pk), **details)
