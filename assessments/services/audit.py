"""The audit trail: a chain of events for each workspace, each with a keyed hash over itself and the one before.

Whoever can write to the database but does not have the key cannot change, remove, insert or swap an
event unseen. A cut-off end is seen by the head, which is printed in reports and kept apart.
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import rfc8785
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments.models import Assessment, AuditEvent, AuditHead, User

SITE = "site"
"""The chain of what belongs to no workspace and no assessment, such as signing in."""

recorded: ContextVar[int] = ContextVar("recorded", default=0)
"""How many events this request has recorded so far."""


def chain_of(assessment: Assessment) -> str:
    """The chain that an assessment's events are in: its workspace's, else one of its own."""
    return assessment.workspace_id or assessment.pk


def record(
    chain: str, act: str, *, person: User | None = None, who: str = "", about: str = "", **details: Any
) -> AuditEvent:
    """Adds an event to the end of a chain."""
    with transaction.atomic(savepoint=False):
        head = _next_head(chain)
        event = AuditEvent(
            chain=chain,
            sequence=head.sequence,
            at=timezone.now(),
            person=person,
            who=who or _who(person),
            act=act,
            about=about,
            details=details,
            previous=head.mac,
        )
        event.mac = mac_of(event)
        event.save(force_insert=True)
        AuditHead.objects.filter(pk=chain).update(mac=event.mac)
    recorded.set(recorded.get() + 1)
    return event


def head_of(chain: str) -> AuditHead | None:
    """Where the chain ends now."""
    return AuditHead.objects.filter(pk=chain).first()


def mac_of(event: AuditEvent) -> str:
    """HMAC-SHA-256 over the previous event's and the canonical JSON (RFC 8785) of this one."""
    content = {
        "chain": event.chain,
        "sequence": event.sequence,
        "at": event.at.isoformat(),
        "who": event.who,
        "act": event.act,
        "about": event.about,
        "details": event.details,
    }
    return hmac.new(_key(), event.previous.encode() + rfc8785.dumps(content), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A place in a chain where something is not as it was recorded."""

    chain: str
    sequence: int
    sentence: str


def faults(chain: str, *, head: str = "") -> Iterator[Fault]:
    """Everything that does not fit in a chain. `head` is one that was printed earlier and must be in it."""
    previous, expected, seen = "", 1, set()
    for event in AuditEvent.objects.filter(chain=chain).order_by("sequence").iterator():
        if event.sequence != expected:
            yield Fault(chain=chain, sequence=expected, sentence="the event of this place is missing")
        if event.previous != previous:
            yield Fault(chain=chain, sequence=event.sequence, sentence="does not follow the event before it")
        if not hmac.compare_digest(event.mac, mac_of(event)):
            yield Fault(chain=chain, sequence=event.sequence, sentence="was changed after it was recorded")
        previous, expected = event.mac, event.sequence + 1
        seen.add(event.mac)
    end = head_of(chain)
    if (end.mac if end else "") != previous:
        yield Fault(chain=chain, sequence=expected, sentence="the chain does not end where it should")
    if head and head not in seen:
        yield Fault(chain=chain, sequence=expected, sentence="the printed head is not in it: its end was cut off")


def _next_head(chain: str) -> AuditHead:
    """The head of a chain with its next place, locked: one event is added at a time."""
    if not AuditHead.objects.filter(pk=chain).update(sequence=F("sequence") + 1):
        AuditHead.objects.get_or_create(pk=chain)
        AuditHead.objects.filter(pk=chain).update(sequence=F("sequence") + 1)
    return AuditHead.objects.get(pk=chain)


def _who(person: User | None) -> str:
    return f"{person.name} <{person.email}>" if person else "Somebody without an account"


def _key() -> bytes:
    return hashlib.sha256(b"audit" + settings.AUDIT_KEY.encode()).digest()
