"""Whom an @name in a comment means."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.models import User
from assessments.services.comments import find_mentions

LOVELACE = User(pk=1, name="Ada Lovelace", email="ada@example.org")
BYRON = User(pk=2, name="Ada Byron", email="byron@example.org")
BEN = User(pk=3, name="Ben", email="ben@example.org")
OTHER_BEN = User(pk=4, name="Ben", email="ben2@example.org")
MENON = User(pk=5, name="Ravi Menon", email="ravi@example.org")
NAMELESS = User(pk=6, name="", email="someone@example.org")
MEMBERS = [LOVELACE, BYRON, BEN, OTHER_BEN, MENON, NAMELESS]


def found(text: str, picked: Any = (), settled: Any = ()) -> tuple[set[int], list[str]]:
    mentions = find_mentions(text, MEMBERS, picked=picked, settled=settled)
    return {one.pk for one in mentions.people}, [one.name for one in mentions.unclear]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("@Ravi Menon what do you think?", {5}),
        ("what do you think, @ravi?", {5}),
        ("(@RAVI MENON)", {5}),
        ("@Ada Lovelace and @Ada Byron", {1, 2}),
        ("@ada lovelace's figures", {1}),
        ("@someone@example.org", {6}),
        ("@ben2@example.org", {4}),
        ("mail ravi@example.org", set()),
        ("ask @home, or @ nobody, or @@ravi", set()),
        ("@ravish", set()),
        ("@ravi_m", set()),
        ("no one", set()),
        ("@ravi @Ravi @ravi menon", {5}),
    ],
)
def test_a_name_an_address_or_a_first_name_reaches_that_person(text: str, people: Any) -> None:
    assert found(text) == (people, [])


def test_a_name_of_several_people_is_asked_about() -> None:
    assert found("@Ben, look") == (set(), ["ben"])
    assert found("@Ada and @Ravi") == ({5}, ["ada"])
    assert found("@Ada @ada @ADA") == (set(), ["ada"])


def test_who_was_picked_answers_it() -> None:
    assert found("@Ben, look", picked={4}) == ({4}, [])
    assert found("@Ben, look", picked={5}) == ({5}, ["ben"])
    assert found("@Ben, look", settled=["ben"]) == (set(), [])
    assert found("no name", picked={3, 4}) == ({3, 4}, [])


def test_who_is_no_member_cannot_be_picked() -> None:
    assert found("Hello", picked={99}) == (set(), [])


@given(st.text(alphabet="@ adbenrviAB\n_.é", max_size=60))
def test_whatever_is_typed_only_members_are_found(text: Any) -> None:
    people, unclear = found(text)
    assert people <= {one.pk for one in MEMBERS}
    assert set(unclear) <= {"ada", "ben"}
    assert people == set() or "@" in text
