"""`manage.py verify_audit` says whether the audit trail holds, and ends with 1 where it does not."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessments.models import AuditEvent, AuditHead
from assessments.services import audit

from ..services.test_audit import as_owner_of_the_database

pytestmark = pytest.mark.django_db


def verify(*arguments: str) -> tuple[int, str]:
    """The exit status, and what is printed."""
    out = io.StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def heads() -> dict[str, str]:
    for number in range(5):
        audit.record("first", "answer", number=number)
        audit.record("second", "answer", number=number)
    return {head.chain: head.mac for head in AuditHead.objects.all()}


def test_chains_that_hold(heads: dict[str, str]) -> None:
    status, told = verify()
    assert status == 0
    for name, mac in heads.items():
        assert f"Chain {name}: 5 events, unbroken." in told
        assert mac in told
    status, told = verify("--chain", "second")
    assert (status, "first" in told) == (0, False)


def test_a_printed_head_is_found_with_and_without_its_chain(heads: dict[str, str]) -> None:
    spaced = " ".join(heads["second"][place : place + 8] for place in range(0, 64, 8)).upper()
    assert verify("--head", spaced)[0] == 0
    assert "The printed head is in chain second." in verify("--head", spaced)[1]
    assert verify("--chain", "second", "--head", heads["second"])[0] == 0
    earlier = AuditEvent.objects.get(chain="first", sequence=2).mac
    assert verify("--head", earlier)[0] == 0


def test_a_head_of_another_chain_is_missed_in_this_one(heads: dict[str, str]) -> None:
    status, told = verify("--chain", "first", "--head", heads["second"])
    assert status == 1
    assert "Chain first, event 6: the printed head is not in it: its end was cut off." in told


def test_a_changed_event_is_named(heads: dict[str, str]) -> None:
    with as_owner_of_the_database():
        AuditEvent.objects.filter(chain="first", sequence=3).update(act="another")
    status, told = verify()
    assert status == 1
    assert "Chain first, event 3: was changed after it was recorded." in told
    assert "Chain second: 5 events, unbroken." in told


def test_an_end_that_was_cut_off_is_missed_by_its_head_alone(heads: dict[str, str]) -> None:
    with as_owner_of_the_database():
        AuditEvent.objects.filter(chain="first", sequence__gt=3).delete()
        last = AuditEvent.objects.get(chain="first", sequence=3)
        AuditHead.objects.filter(pk="first").update(sequence=3, mac=last.mac)
    assert verify()[0] == 0
    for arguments in (("--head", heads["first"]), ("--chain", "first", "--head", heads["first"])):
        status, told = verify(*arguments)
        assert (status, "cut off" in told) == (1, True)


def test_a_whole_chain_that_was_removed_is_missed_by_its_head(heads: dict[str, str]) -> None:
    with as_owner_of_the_database():
        AuditEvent.objects.filter(chain="first").delete()
    assert verify()[0] == 1, "its head is still there"
    AuditHead.objects.filter(pk="first").delete()
    assert verify()[0] == 0
    assert verify("--head", heads["first"])[0] == 1
    assert verify("--chain", "first", "--head", heads["first"])[0] == 1


def test_before_anything_was_done() -> None:
    assert verify() == (0, "There are no events yet.\n")


@pytest.mark.parametrize("arguments", [("--head", "abc"), ("--head", "g" * 64), ("--chain", "nothing")])
def test_arguments_that_cannot_be_meant(heads: dict[str, str], arguments: Any) -> None:
    with pytest.raises(CommandError):
        verify(*arguments)
