"""The chain of events: whatever is done to it afterwards is seen, and the database refuses to do it."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from assessments import append_only
from assessments.acts import Act
from assessments.models import AuditEvent, AuditHead, User
from assessments.services import audit

CHAIN = "abcdefghjkmn"
LENGTH = 30
ACTS: tuple[Act, ...] = ("answer", "freeze", "comment", "decide")

pytestmark = pytest.mark.django_db


@contextmanager
def as_owner_of_the_database() -> Iterator[None]:
    """Without what makes the database refuse: its owner can take that away."""
    with connection.cursor() as cursor:
        connection.check_constraints()  # PostgreSQL alters no table for which checks are pending
        for statement in append_only.switch_off(connection.vendor):
            cursor.execute(statement)
        yield
        connection.check_constraints()
        for statement in append_only.switch_on(connection.vendor):
            cursor.execute(statement)


@pytest.fixture
def chain() -> str:
    """A chain of events, between events of another one."""
    person = User.objects.create_user("ana@example.org", name="Ana")
    for number in range(LENGTH):
        audit.record(CHAIN, ACTS[number % 4], actor=person, about=f"thing{number}", number=number, text="ünï")
        audit.record("anotherchain", "freeze")
    return CHAIN


def said(chain: str, *, head: str = "") -> list[str]:
    return [f"{fault.sequence}: {fault.sentence}" for fault in audit.faults(chain, head=head)]


def head() -> str:
    return AuditHead.objects.get(pk=CHAIN).mac


def test_an_untouched_chain_has_no_fault(chain: str) -> None:
    for event in AuditEvent.objects.filter(chain=chain):
        assert said(chain, head=event.mac) == []
    assert said("never used") == []
    assert audit.chains() == [CHAIN, "anotherchain"]


def test_a_head_that_is_in_no_chain_is_missed(chain: str) -> None:
    assert said(chain, head="0" * 64) == [
        f"{LENGTH + 1}: the printed head is not in it: its end was cut off",
    ]
    assert audit.chain_with(head()) == CHAIN
    assert audit.chain_with("0" * 64) is None


# what somebody does who owns the database but does not have the key


def edit(random: Random) -> None:
    """One field of one event, in any way."""
    event = one_event(random)
    field = random.choice(("who", "act", "about", "at", "details", "previous", "mac", "chain"))
    value: Any = {
        "who": "Somebody else",
        "act": "another",
        "about": "",
        "at": event.at + timedelta(microseconds=random.choice((-1, 1, 10**9))),
        "details": random.choice(({}, event.details | {"number": -1}, event.details | {"more": 1})),
        "previous": audit.mac_of(one_event(random)),
        "mac": uuid.uuid4().hex * 2,
        "chain": "stolen",
    }[field]
    while value == getattr(event, field):  # the same link by chance
        value = "0" * 64
    AuditEvent.objects.filter(pk=event.pk).update(**{field: value})


def remove(random: Random) -> None:
    """One event in the middle, sometimes with the places after it closed up and linked anew."""
    event = AuditEvent.objects.get(chain=CHAIN, sequence=random.randint(1, LENGTH - 1))
    event.delete()
    if random.random() < 0.5:
        after = AuditEvent.objects.filter(chain=CHAIN, sequence__gt=event.sequence).order_by("sequence")
        for one in after:
            AuditEvent.objects.filter(pk=one.pk).update(sequence=one.sequence - 1)
        AuditEvent.objects.filter(pk=after[0].pk).update(previous=event.previous) if after else None
        AuditHead.objects.filter(pk=CHAIN).update(sequence=LENGTH - 1)


def insert(random: Random) -> None:
    """A forged event somewhere or at the end, linked as well as it can be without the key."""
    place, like = random.randint(1, LENGTH + 1), one_event(random)
    before = AuditEvent.objects.filter(chain=CHAIN, sequence=place - 1).first()
    for one in AuditEvent.objects.filter(chain=CHAIN, sequence__gte=place).order_by("-sequence"):
        AuditEvent.objects.filter(pk=one.pk).update(sequence=one.sequence + 1)
    forged = AuditEvent(chain=CHAIN, sequence=place, at=like.at, who=like.who, act="forged", details={})
    forged.previous = before.mac if before else ""
    forged.mac = random.choice((like.mac, uuid.uuid4().hex * 2))
    forged.save()
    AuditEvent.objects.filter(chain=CHAIN, sequence=place + 1).update(previous=forged.mac)
    last = AuditEvent.objects.filter(chain=CHAIN).latest("sequence")
    AuditHead.objects.filter(pk=CHAIN).update(sequence=last.sequence, mac=last.mac)


def swap(random: Random) -> None:
    """Two events change places, sometimes with their links put right."""
    first, second = sorted(random.sample(range(1, LENGTH + 1), 2))
    one, other = (AuditEvent.objects.get(chain=CHAIN, sequence=place) for place in (first, second))
    AuditEvent.objects.filter(pk=one.pk).update(sequence=10_000)
    AuditEvent.objects.filter(pk=other.pk).update(sequence=first)
    AuditEvent.objects.filter(pk=one.pk).update(sequence=second)
    if random.random() < 0.5:
        previous = ""
        for event in AuditEvent.objects.filter(chain=CHAIN).order_by("sequence"):
            AuditEvent.objects.filter(pk=event.pk).update(previous=previous)
            previous = event.mac
        AuditHead.objects.filter(pk=CHAIN).update(mac=previous)


def cut_off(random: Random) -> None:
    """The last events, with the head put right: what is left is a chain without a fault."""
    left = random.randint(0, LENGTH - 1)
    AuditEvent.objects.filter(chain=CHAIN, sequence__gt=left).delete()
    last = AuditEvent.objects.filter(chain=CHAIN, sequence=left).first()
    if last:
        AuditHead.objects.filter(pk=CHAIN).update(sequence=left, mac=last.mac)
    else:
        AuditHead.objects.filter(pk=CHAIN).delete()
    assert said(CHAIN) == [], "only the printed head tells"


def one_event(random: Random) -> AuditEvent:
    return AuditEvent.objects.get(chain=CHAIN, sequence=random.randint(1, LENGTH))


WAYS: tuple[Callable[[Random], None], ...] = (edit, remove, insert, swap, cut_off)


def test_every_edit_removal_insertion_swap_and_cut_is_found(chain: str, figure: Any) -> None:
    # What a change does to the hashes is the same on both databases; that each kind of it is seen is tried on both.
    printed, random, unseen = head(), Random(2026), list[str]()
    tries = 100 if connection.vendor == "sqlite" else 20
    with as_owner_of_the_database():
        for way in WAYS:
            for number in range(tries):
                with transaction.atomic():
                    way(random)
                    found = said(chain, head=printed)
                    transaction.set_rollback(True)
                if not found:
                    unseen.append(f"{way.__name__} {number}")
    assert said(chain, head=printed) == []
    figure("changes of the audit trail unseen", unseen, f"{len(WAYS) * tries} changes, {connection.vendor}")


def test_a_chain_that_goes_on_after_a_cut_is_missed_too(chain: str) -> None:
    printed = head()
    with as_owner_of_the_database():
        cut_off(Random(1))
    audit.record(CHAIN, "go_back")
    assert said(chain) == []
    assert said(chain, head=printed) != []


def test_another_key_fits_nothing(chain: str, settings: Any) -> None:
    settings.AUDIT_KEY = "x" * 40
    assert len(said(chain)) == LENGTH


# the database refuses


ATTEMPTS: dict[str, Callable[[], object]] = {
    "change one": lambda: AuditEvent.objects.filter(chain=CHAIN, sequence=3).update(who="Somebody else"),
    "save one": lambda: AuditEvent.objects.filter(chain=CHAIN)[0].save(),
    "give it to somebody": lambda: AuditEvent.objects.update(person=User.objects.create_user("eve@example.org")),
    "move one": lambda: AuditEvent.objects.filter(chain=CHAIN, sequence=3).update(chain="stolen"),
    "delete one": lambda: AuditEvent.objects.filter(chain=CHAIN)[0].delete(),
    "delete all": lambda: AuditEvent.objects.all().delete(),
    "by hand": lambda: connection.cursor().execute(f"DELETE FROM {append_only.TABLE}"),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_database_refuses_to_change_or_remove_an_event(chain: str, attempt: Any) -> None:
    before = list(AuditEvent.objects.order_by("pk").values_list())
    with pytest.raises(DatabaseError, match=append_only.REFUSED), transaction.atomic():
        ATTEMPTS[attempt]()
    assert list(AuditEvent.objects.order_by("pk").values_list()) == before


def test_an_account_may_go_and_the_event_keeps_the_name(chain: str) -> None:
    User.objects.all().delete()
    event = AuditEvent.objects.filter(chain=chain)[0]
    assert (event.person, event.who) == (None, "Ana <ana@example.org>")
    assert said(chain) == []


def test_a_place_is_taken_once(chain: str) -> None:
    event = AuditEvent.objects.filter(chain=chain)[0]
    event.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save(force_insert=True)


def test_what_is_rolled_back_leaves_no_gap(chain: str) -> None:
    with transaction.atomic():
        audit.record(chain, "decide")
        transaction.set_rollback(True)
    audit.record(chain, "freeze")
    assert said(chain) == []
    assert AuditHead.objects.get(pk=chain).sequence == LENGTH + 1


@pytest.mark.django_db(transaction=True)
def test_a_test_with_threads_can_empty_the_table_afterwards() -> None:
    """As every test above found it empty, and the next one will."""
    assert not AuditEvent.objects.exists()
    audit.record(CHAIN, "freeze")
    with pytest.raises(DatabaseError):
        AuditEvent.objects.all().delete()


def test_the_table_refuses_again_after_a_test_with_threads(chain: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.all().delete()


# pages of it


@pytest.mark.parametrize(
    ("page", "expected"), [(1, range(30, 20, -1)), (2, range(20, 10, -1)), (3, range(10, 0, -1)), (4, ())]
)
def test_a_page_of_events_has_the_newest_first(
    chain: str, monkeypatch: pytest.MonkeyPatch, page: int, expected: Any
) -> None:
    monkeypatch.setattr(audit, "PAGE", 10)
    assert [event.sequence for event in audit.events_of(chain, page)] == list(expected)


def test_the_last_event_about_something(chain: str) -> None:
    found = audit.last_about(chain, "thing7")
    assert found
    assert found.sequence == 8
    assert audit.last_about(chain, "nothing") is None
