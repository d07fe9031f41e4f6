"""Welcoming, inviting, joining, roles, leaving: nobody loses work, and no workspace loses its last owner."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, AuditEvent, Invitation, Membership, Role, Version, Workspace
from assessments.services import audit, people
from assessments.services.sharing import make_link
from assessments.services.values import Entry, change
from assessments.services.versions import freeze

from ..documents import example_document
from ..people import make_team, person
from ..workspaces import put_in


def tried(browser: str) -> Assessment:
    return Assessment.objects.create(browser=browser, framework="v1")


def invitation(workspace: Workspace, *, role: str = Role.EDITOR, email: str = "") -> Invitation:
    token = people.invite(workspace, role=role, email=email, actor=None)
    return Invitation.objects.get(token_digest=Invitation.digest(token))


# welcoming


def test_somebody_new_gets_a_workspace_of_their_own(db: None) -> None:
    user = person("Dana")
    people.give_room(user)
    membership = user.memberships.get()
    assert (membership.role, membership.workspace.name) == (Role.OWNER, "Dana's workspace")
    people.give_room(user)
    assert user.memberships.count() == 1


def test_what_was_tried_comes_along_and_belongs_to_no_browser_any_more(db: None) -> None:
    user, mine, other = person("Dana"), tried("b1"), tried("b2")
    assert people.take_along(user, browser="b1") == 1
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.workspace, mine.browser) == (user.memberships.get().workspace, "")
    assert (other.workspace, other.browser) == (None, "b2")
    assert people.take_along(user, browser="b1") == 0


def test_what_somebody_did_before_they_had_an_account_gets_their_name(db: None) -> None:
    user, other = person("Dana"), person("Otto")
    mine, theirs = tried("b1"), tried("b2")
    for one in (mine, theirs):
        change(one, None, [Entry(path="use_case.name", value="Refund replies")])
        freeze(one, None, reason="")
        make_link(one, None)
    before = Version.objects.values("document", "result", "content_hash", "created_at").get(assessment=mine)
    people.take_along(user, browser="b1")
    people.take_along(other, browser="b2")
    version = Version.objects.get(assessment=mine)
    assert (version.created_by, version.last_edited_by) == (user, user)
    assert mine.changes.get().by == mine.values.get().changed_by == mine.share_links.get().created_by == user
    assert Version.objects.values("document", "result", "content_hash", "created_at").get(assessment=mine) == before
    assert theirs.changes.get().by == other


def test_without_a_browser_nothing_is_taken_not_even_samples(db: None) -> None:
    sample = Assessment.objects.create(sample="a-sample", framework="v1")
    assert people.take_along(person("Dana"), browser="") == 0
    sample.refresh_from_db()
    assert sample.workspace is None


def test_a_viewer_takes_their_work_into_a_workspace_of_their_own(db: None) -> None:
    team = make_team()
    mine = tried("b1")
    people.take_along(team.users["viewer"], browser="b1")
    mine.refresh_from_db()
    assert mine.workspace != team.workspace
    assert mine.workspace.memberships.get().user == team.users["viewer"]  # type: ignore[union-attr]


def test_an_editor_takes_their_work_to_the_team(db: None) -> None:
    team, mine = make_team(), tried("b1")
    people.take_along(team.users["editor"], browser="b1")
    mine.refresh_from_db()
    assert mine.workspace == team.workspace


def test_a_deleted_workspace_is_no_place_to_work_in(db: None) -> None:
    user, mine = person("Dana"), tried("b1")
    people.start_workspace(user, "Old")
    Workspace.objects.update(deleted_at=timezone.now())
    people.take_along(user, browser="b1")
    mine.refresh_from_db()
    assert mine.workspace.name == "Dana's workspace"  # type: ignore[union-attr]


# invitations


def test_the_token_is_long_and_is_not_in_the_database(db: None) -> None:
    team = make_team()
    token = people.invite(team.workspace, role=Role.EDITOR, email="", actor=team.users["owner"])
    assert len(token) >= 43
    stored = [str(value) for row in Invitation.objects.values_list() for value in row]
    told = [str(value) for row in AuditEvent.objects.values_list() for value in row]
    assert not any(token in value for value in stored + told)


def test_an_invitation_works_once(db: None) -> None:
    team = make_team()
    found, (first, second) = invitation(team.workspace), (person("Uno"), person("Due"))
    assert people.accept(found, first).role == Role.EDITOR
    with pytest.raises(Invitation.DoesNotExist):
        people.accept(found, second)
    assert not team.workspace.memberships.filter(user=second).exists()


@pytest.mark.parametrize("state", ["expires_at", "revoked_at"])
def test_an_invitation_that_ran_out_or_was_taken_back_lets_nobody_in(db: None, state: str) -> None:
    team, late = make_team(), person("Late")
    found = invitation(team.workspace)
    Invitation.objects.filter(pk=found.pk).update(**{state: timezone.now() - timedelta(seconds=1)})
    with pytest.raises(Invitation.DoesNotExist):
        people.accept(found, late)
    assert not late.memberships.exists()


def test_somebody_who_is_a_member_keeps_their_role(db: None) -> None:
    team = make_team()
    people.accept(invitation(team.workspace, role=Role.OWNER), team.users["viewer"])
    assert team.membership("viewer").role == Role.VIEWER


# the last owner


def test_the_last_owner_cannot_be_demoted_or_removed(db: None) -> None:
    team = make_team()
    with pytest.raises(people.LastOwner):
        people.change_role(team.membership("owner"), Role.EDITOR, actor=None)
    with pytest.raises(people.LastOwner):
        people.remove(team.membership("owner"), actor=None)
    assert team.membership("owner").role == Role.OWNER


def test_with_a_second_owner_the_first_may_go(db: None) -> None:
    team = make_team()
    people.change_role(team.membership("editor"), Role.OWNER, actor=None)
    people.remove(team.membership("owner"), actor=None)
    with pytest.raises(people.LastOwner):
        people.change_role(team.membership("editor"), Role.VIEWER, actor=None)


def test_an_owner_whose_account_is_about_to_go_does_not_count(db: None) -> None:
    team = make_team()
    people.change_role(team.membership("editor"), Role.OWNER, actor=None)
    leaving = team.users["editor"]
    leaving.deleted_at = timezone.now()
    leaving.save()
    with pytest.raises(people.LastOwner):
        people.remove(team.membership("owner"), actor=None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["remove", "demote"])
def test_two_owners_who_go_at_the_same_moment_do_not_both_get_away(act: str) -> None:
    team = make_team()
    people.change_role(team.membership("editor"), Role.OWNER, actor=None)
    memberships = [team.membership("owner"), team.membership("editor")]
    barrier, refused = Barrier(2), []

    def go(membership: Membership) -> None:
        barrier.wait()
        try:
            if act == "remove":
                people.remove(membership, actor=None)
            else:
                people.change_role(membership, Role.VIEWER, actor=None)
        except people.LastOwner:
            refused.append(membership)
        finally:
            connection.close()

    threads = [Thread(target=go, args=[one]) for one in memberships]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert team.workspace.memberships.filter(role=Role.OWNER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_invitation_and_two_people_at_the_same_moment() -> None:
    team = make_team()
    found, users = invitation(team.workspace), [person("Uno"), person("Due")]
    barrier, outcomes = Barrier(2), []

    def go(user: Any) -> None:
        barrier.wait()
        try:
            people.accept(found, user)
            outcomes.append("in")
        except Invitation.DoesNotExist:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [Thread(target=go, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "late"]
    assert team.workspace.memberships.count() == 5


@pytest.mark.parametrize("by_themselves", [True, False], ids=["leaves", "is removed"])
def test_the_links_of_a_member_who_goes_stop_working_and_no_others(
    db: None, client: Client, by_themselves: bool
) -> None:
    team = make_team()
    editor, owner = team.users["editor"], team.users["owner"]
    assessment = put_in(team.workspace, example_document("task_api"))
    theirs, others = (make_link(assessment, who) for who in (editor, owner))
    people.remove(team.membership("editor"), actor=editor if by_themselves else owner)
    opened = {name: client.get(reverse("shared_result", args=[one])) for name, one in (("t", theirs), ("o", others))}
    assert (opened["t"].status_code, opened["o"].status_code) == (404, 200)
    assert AuditEvent.objects.filter(act="switch_off_link").count() == 1


@pytest.mark.parametrize("role", ["", Role.EDITOR], ids=["is removed", "owns it no more"])
def test_an_owner_who_goes_has_left_no_way_back_in(db: None, role: str) -> None:
    """An invitation made before opened the workspace again to whoever had been removed from it."""
    team = make_team()
    going = team.membership("editor")
    people.change_role(going, Role.OWNER, actor=None)
    token = people.invite(team.workspace, role=Role.OWNER, email="", actor=going.user)
    other = people.invite(team.workspace, role=Role.EDITOR, email="", actor=team.users["owner"])
    if role:
        people.change_role(going, role, actor=team.users["owner"])
    else:
        people.remove(going, actor=team.users["owner"])
    assert team.clients["editor"].get(reverse("join", args=[token])).status_code == 404
    with pytest.raises(Invitation.DoesNotExist):
        people.accept(Invitation.objects.get(token_digest=Invitation.digest(token)), person("Uno"))
    assert people.accept(Invitation.objects.get(token_digest=Invitation.digest(other)), person("Due"))
    assert AuditEvent.objects.filter(act="revoke_invitation").count() == 1


# the audit trail


def test_what_happens_to_members_stands_in_the_workspace_s_chain(db: None) -> None:
    team = make_team()
    by, found = team.users["owner"], invitation(team.workspace)
    people.accept(found, person("Uno"))
    people.revoke(invitation(team.workspace), actor=by)
    people.change_role(team.membership("viewer"), Role.EDITOR, actor=by)
    people.remove(team.membership("approver"), actor=by)
    people.remove(team.membership("editor"), actor=team.users["editor"])
    people.change_workspace(team.workspace, name="New", public_links=False, needs_two_step=False, actor=by)
    acts = [event.act for event in AuditEvent.objects.filter(chain=team.workspace.pk)]
    assert acts == [
        *("start_workspace", "import_assessment", "invite", "join", "invite", "revoke_invitation", "change_role"),
        *("remove_member", "leave_workspace", "change_workspace"),
    ]
    changed = AuditEvent.objects.get(act="change_role")
    assert changed.details == {"of": "Vi <vi@example.org>", "before": "viewer", "after": "editor"}
    assert list(audit.faults(team.workspace.pk)) == []
