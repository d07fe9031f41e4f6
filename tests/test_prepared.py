"""Prepared questions answer as the querysets that they are made of, for whoever asks, each time anew."""

from typing import Any

import pytest

from assessments.models import Membership, User
from assessments.prepared import Prepared, given_id
from assessments.services import people

MINE = Prepared(
    lambda: Membership.objects.filter(user=given_id("user", User)).select_related("workspace").order_by("pk")
)


def test_what_one_person_was_told_is_nothing_to_the_next(db: None, django_assert_num_queries: Any) -> None:
    ada, ben = (User.objects.create_user(f"{name}@example.org", name=name) for name in ("ada", "ben"))
    for who, room in ((ada, "A"), (ben, "B"), (ada, "C")):
        people.start_workspace(who, room)
    for _ in range(2):
        for who in (ada, ben):
            with django_assert_num_queries(1):
                told = [(one.pk, one.workspace.name) for one in MINE.ask(user=who.pk)]
            assert told == [(one.pk, one.workspace.name) for one in Membership.objects.filter(user=who).order_by("pk")]
    Membership.objects.filter(user=ada).delete()
    assert MINE.first(user=ada.pk) is None


def test_a_place_left_open_is_no_question(db: None) -> None:
    with pytest.raises(KeyError):
        MINE.ask()
