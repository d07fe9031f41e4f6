"""Limits count what they say, each for itself, and keep nobody's network longer than it counts."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.models import Tries
from assessments.services import limits
from assessments.services.limits import PASSPHRASES, REPORTS, Limit, take

pytestmark = pytest.mark.django_db
HERE, THERE = "10.0.0.0/24", "10.0.1.0/24"
START = timezone.now()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    def to(seconds: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: START + timedelta(seconds=seconds))

    to(0)
    return to


def taken(limit: Limit, times: int, network: str = HERE, about: str = "") -> list[bool]:
    return [take(limit, network, about=about) for _ in range(times)]


@pytest.mark.parametrize("limit", [PASSPHRASES, REPORTS])
def test_so_many_and_no_more(limit: Any, clock: Any) -> None:
    assert taken(limit, limit.most + 2) == [True] * limit.most + [False] * 2
    clock(limit.within.total_seconds() - 0.001)
    assert taken(limit, 1) == [False]
    clock(limit.within.total_seconds())
    assert taken(limit, limit.most + 1) == [True] * limit.most + [False]


def test_each_limit_network_and_thing_has_a_count_of_its_own(clock: Any) -> None:
    assert taken(PASSPHRASES, 6, about="1")[-1] is False
    assert taken(PASSPHRASES, 1, about="2") == [True]
    assert taken(PASSPHRASES, 1, network=THERE, about="1") == [True]
    assert taken(REPORTS, 1) == [True]


def test_whoever_looks_up_a_report_every_three_seconds_is_never_refused(clock: Any) -> None:
    """A count that each one renews would never end."""
    for number in range(100):
        clock(number * 3)
        assert take(REPORTS, HERE)


def test_what_was_given_back_does_not_count(clock: Any) -> None:
    for _ in range(PASSPHRASES.most + 1):
        assert take(PASSPHRASES, HERE)
        limits.give_back(PASSPHRASES, HERE)
    assert Tries.objects.get().count == 0


def test_what_was_forgotten_begins_anew(clock: Any) -> None:
    taken(PASSPHRASES, 5, about="1")
    taken(PASSPHRASES, 5, about="2")
    limits.forget(PASSPHRASES, about="1")
    assert taken(PASSPHRASES, 1, about="1") == [True]
    assert taken(PASSPHRASES, 1, about="2") == [False]


def test_a_network_is_kept_only_while_it_counts(clock: Any) -> None:
    taken(PASSPHRASES, 1)
    taken(REPORTS, 1)
    clock(PASSPHRASES.within.total_seconds())
    taken(PASSPHRASES, 1, network=THERE)
    kept = Tries.objects.order_by("pk").values_list("limit", "network")
    assert list(kept) == [("report", HERE), ("passphrase", THERE)]
