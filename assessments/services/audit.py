"""The audit trail: a chain of events for each workspace, each with a keyed hash over itself and the one before.

Whoever can write to the database but does not have the key cannot change, remove, insert or swap an
event unseen. A cut-off end is seen by the head, which is printed in reports and kept apart.
"""

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import rfc8785
from django.db import transaction
from django.db.models import CharField, QuerySet
from django.utils import timezone

from assessments.acts import Act
from assessments.framework.notation import ENGLISH
from assessments.models import Assessment, AuditEvent, AuditHead, Membership, User
from assessments.models.user import by_words
from assessments.prepared import Given, Prepared, PreparedInsert, PreparedUpdate, given_id
from assessments.speaking import speaking

from . import keys

SITE = "site"
"""The chain of what belongs to no workspace and no assessment, such as signing in."""

recorded: ContextVar[int] = ContextVar("recorded", default=0)
"""How many events this request has recorded so far."""


def chain_of(assessment: Assessment) -> str:
    """The chain that an assessment's events are in: its workspace's, else one of its own."""
    return assessment.workspace_id or assessment.pk


def record(
    chain: str, act: Act, *, actor: User | None = None, who: str = "", about: str = "", **details: Any
) -> AuditEvent:
    """Adds an event to the end of a chain."""
    with transaction.atomic(savepoint=False):
        head = _head_to_add_to(chain)
        event = AuditEvent(
            chain=chain,
            sequence=head.sequence + 1,
            at=timezone.now(),
            person=actor,
            who=who or _who(actor),
            act=act,
            about=about,
            details=details,
            previous=head.mac,
        )
        event.mac = mac_of(event)
        _ADD.add([event])
        _MOVE_HEAD.make(chain=chain, sequence=event.sequence, mac=event.mac)
    recorded.set(recorded.get() + 1)
    return event


def head_of(chain: str) -> AuditHead | None:
    """Where the chain ends now."""
    return AuditHead.objects.filter(pk=chain).first()


def ends(chain: str, other: str) -> str:
    """Where these two end now: another text after any event in one of them."""
    return "-".join(_ENDS.ask(chain=chain, other=other))


def ends_for(user: User) -> str:
    """Where the site's chain ends now, and those of this person's workspaces."""
    return "-".join(sorted(_ENDS_FOR.ask(user=user.pk)))


def _ends_for() -> QuerySet[AuditHead, str]:
    own = Membership.objects.filter(user=given_id("user", User)).order_by().values("workspace")
    of_own, of_site = AuditHead.objects.filter(pk__in=own), AuditHead.objects.filter(pk=SITE)
    return of_own.order_by().values_list("mac", flat=True).union(of_site.values_list("mac", flat=True), all=True)


_ENDS_FOR: Prepared[str] = Prepared(_ends_for)
_ENDS: Prepared[str] = Prepared(
    lambda: (
        AuditHead.objects.filter(pk__in=[Given("chain", CharField()), Given("other", CharField())])
        .order_by("pk")
        .values_list("mac", flat=True)
    )
)


def mac_of(event: AuditEvent) -> str:
    return keys.mark("audit", _sealed(event))


def _sealed(event: AuditEvent) -> bytes:
    """What the seal of an event is over: the previous event's, and the canonical JSON (RFC 8785) of this one."""
    content = {
        "chain": event.chain,
        "sequence": event.sequence,
        "at": event.at.isoformat(),
        "who": event.who,
        "act": event.act,
        "about": event.about,
        "details": event.details,
    }
    return event.previous.encode() + rfc8785.dumps(content)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFault:
    """A place in a chain where something is not as it was recorded."""

    chain: str
    sequence: int
    sentence: str


def faults(chain: str, *, head: str = "") -> Iterator[AuditFault]:
    """Everything that does not fit in a chain. `head` is one that was printed earlier and must be in it."""
    previous, expected, found = "", 1, False
    for event in AuditEvent.objects.filter(chain=chain).order_by("sequence").iterator():
        if event.sequence != expected:
            yield AuditFault(chain=chain, sequence=expected, sentence="the event of this place is missing")
        if event.previous != previous:
            yield AuditFault(chain=chain, sequence=event.sequence, sentence="does not follow the event before it")
        if not is_as_recorded(event):
            yield AuditFault(chain=chain, sequence=event.sequence, sentence="was changed after it was recorded")
        previous, expected = event.mac, event.sequence + 1
        found = found or event.mac == head
    end = head_of(chain)
    if (end.sequence, end.mac) != (expected - 1, previous) if end else expected > 1:
        yield AuditFault(chain=chain, sequence=expected, sentence="the chain does not end where it should")
    if head and not found:
        yield AuditFault(chain=chain, sequence=expected, sentence="the printed head is not in it: its end was cut off")


def is_as_recorded(event: AuditEvent) -> bool:
    """Whether nothing about an event was changed since it was recorded."""
    return keys.fits("audit", _sealed(event), event.mac)


def chains() -> list[str]:
    """Every chain that has an event or a head."""
    names = {*AuditEvent.objects.order_by().values_list("chain", flat=True).distinct()}
    return sorted(names | {*AuditHead.objects.values_list("chain", flat=True)})


def chain_with(head: str) -> str | None:
    """The chain that a printed head is in, or None where it is in none any more."""
    return AuditEvent.objects.filter(mac=head).values_list("chain", flat=True).first()


PAGE = 50


def events_of(chain: str, page: int) -> list[AuditEvent]:
    """One page of a chain's events, the newest first. Page 1 has the newest."""
    end = head_of(chain)
    last = (end.sequence if end else 0) - (page - 1) * PAGE
    within = AuditEvent.objects.filter(chain=chain, sequence__lte=last, sequence__gt=last - PAGE)
    return list(within.order_by("-sequence")) if last > 0 else []


def last_about(chain: str, about: str) -> AuditEvent | None:
    """The last event about something: its place and its seal are what a report prints."""
    return AuditEvent.objects.filter(chain=chain, about=about).order_by("-sequence").first()


def _head_to_add_to(chain: str) -> AuditHead:
    """The head of a chain, locked: one event is added at a time."""
    return _LOCKED.first(chain=chain) or AuditHead.objects.select_for_update().get_or_create(pk=chain)[0]


def _head() -> QuerySet[AuditHead]:
    return AuditHead.objects.filter(pk=Given("chain", CharField()))


_LOCKED = Prepared(lambda: _head().select_for_update())
_ADD = PreparedInsert(AuditEvent)
_MOVE_HEAD = PreparedUpdate(_head, "sequence", "mac")


def _who(actor: User | None) -> str:
    with speaking(ENGLISH):
        return by_words(f"{actor.name} <{actor.email}>", actor.through) if actor else "Somebody without an account"
