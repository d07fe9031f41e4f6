"""Prepared questions answer as the querysets that they are made of, for whoever asks, each time anew."""

from typing import Any

import pytest

from assessments.models import Assessment, Comment, Membership, User, Workspace
from assessments.prepared import Prepared, PreparedInsert, PreparedUpdate, given_id
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


def test_what_is_changed_and_added_is_what_a_queryset_would_have_stored(db: None) -> None:
    ada, ben = (User.objects.create_user(f"{name}@example.org", name=name) for name in ("ada", "ben"))
    rename = PreparedUpdate(lambda: Membership.objects.filter(user=given_id("user", User)), "role", "joined_at")
    for who in (ada, ben):
        people.start_workspace(who, who.name)
    of_ada, of_ben = (Membership.objects.get(user=who) for who in (ada, ben))
    assert rename.make(user=ada.pk, role="viewer", joined_at=ben.created_at) == 1
    of_ada.refresh_from_db()
    assert (of_ada.role, of_ada.joined_at) == ("viewer", ben.created_at)
    assert Membership.objects.get(user=ben).role == of_ben.role
    with pytest.raises(KeyError):
        rename.make(user=ada.pk, role="viewer")
    added = PreparedInsert(Membership)
    added.add([Membership(workspace=Workspace.objects.get(memberships__user=ben), user=ada, role="editor")])
    added.add([])
    assert {(one.user_id, one.role) for one in Membership.objects.filter(workspace=of_ben.workspace)} == {
        (ada.pk, "editor"),
        (ben.pk, of_ben.role),
    }


def test_somebody_is_found_by_key_only_among_those_who_are_asked(db: None) -> None:
    """Django makes the managers of what is related to something of the one that asks for whoever is signed in."""
    ada, ben = (User.objects.create_user(f"{name}@example.org", name=name) for name in ("ada", "ben"))
    own = people.start_workspace(ada, "A").workspace
    comment = Comment.objects.create(assessment=Assessment.objects.create(workspace=own), text="@ada", author=ada)
    comment.mentioned.add(ada)
    assert (User.objects.get(pk=ben.pk), comment.mentioned.get(pk=ada.pk)) == (ben, ada)
    with pytest.raises(User.DoesNotExist):
        comment.mentioned.get(pk=ben.pk)
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=0)
