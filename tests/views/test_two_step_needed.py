"""A workspace that opens only for members with two-step sign-in: its switch, and what the others see of it."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment, AuditEvent, Membership, Role, User, Workspace
from assessments.services import comments, people, sign_off

from .. import signers
from ..pages import Page, words
from ..people import PASSWORD, Team, alert, confirm, invitation_link, make_team, person, sign_in, sign_up, signed_in
from ..visits import start

CLOSED = "“Support” opens only for members with two-step sign-in"


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


@pytest.fixture
def closed(team: Team) -> Team:
    """The workspace is closed to everybody but its owner."""
    switch_on(team.users["owner"])
    Workspace.objects.filter(pk=team.workspace.pk).update(needs_two_step=True)
    return team


def switch_on(user: User) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


def settings(client: Client, team: Team, **sent: str) -> Any:
    return client.post(team.url("change_workspace"), {"name": "Support", "public_links": "on", **sent})


def needed(team: Team) -> bool:
    team.workspace.refresh_from_db()
    return team.workspace.needs_two_step


# the switch


def test_an_owner_who_has_it_asks_it_of_everybody(team: Team) -> None:
    switch_on(team.users["owner"])
    assert settings(team.clients["owner"], team, needs_two_step="on").status_code == 302
    assert needed(team)
    event = AuditEvent.objects.get(act="change_workspace")
    assert (event.details["needs_two_step"], event.details["two_step"]) == (True, "on")
    assert team.clients["editor"].get(team.url("workspace")).status_code == 403


def test_an_owner_without_it_is_told_to_begin_with_themselves(team: Team) -> None:
    response = settings(team.clients["owner"], team, needs_two_step="on", name="Renamed")
    assert response.status_code == 422
    page = Page(response)
    assert "Switch on two-step sign-in for yourself first, under “Your account”" in alert(page)
    assert page.with_id("id_name").get("value") == "Renamed"
    assert page.with_id("id_needs_two_step").get("checked") is not None
    assert not needed(team)


def test_an_owner_who_comes_by_single_sign_on_alone_has_it(team: Team) -> None:
    SocialAccount.objects.create(user=team.users["owner"], provider="sso", uid="42")
    assert settings(team.clients["owner"], team, needs_two_step="on").status_code == 302
    assert needed(team)


def test_only_owners_may_switch_it(team: Team) -> None:
    for role in ("editor", "approver", "viewer"):
        switch_on(team.users[role])
        assert settings(team.clients[role], team, needs_two_step="on").status_code == 403
    assert not needed(team)


def test_the_page_says_whom_it_would_shut_out_and_whom_it_does(team: Team) -> None:
    owner, url = team.clients["owner"], team.url("workspace")
    page = Page(owner.get(url))
    assert "Nobody here has two-step sign-in yet. Switch it on for yourself first." in page.words("main")
    assert reverse("mfa_index") in {link.get("href") for link in page.with_id("main").iter("a")}
    switch_on(team.users["owner"])
    main = Page(owner.get(url)).words("main")
    assert "3 of 4 members do not have two-step sign-in yet." in main
    assert "Single sign-on counts where it is somebody's only way in" in main
    assert "No two-step sign-in yet" not in main
    settings(owner, team, needs_two_step="on")
    main = Page(owner.get(url)).words("main")
    assert "ed@example.org No two-step sign-in yet" in main
    assert "olga@example.orgNo" not in main
    switch_on(team.users["viewer"])
    assert "No two-step sign-in" not in Page(team.clients["viewer"].get(url)).words("main")


def test_to_switch_it_off_one_shows_who_one_is(team: Team) -> None:
    user = person("Pat", password=PASSWORD)
    client, own = signed_in(user), people.start_workspace(user, "Pat's").workspace
    switch_on(user)
    Workspace.objects.filter(pk=own.pk).update(needs_two_step=True)
    url = reverse("change_workspace", args=[own.pk])
    kept = client.post(url, {"name": "Pat's", "needs_two_step": "on"})
    assert kept["Location"] == reverse("workspace", args=[own.pk])
    asked = client.post(url, {"name": "Renamed"})
    assert Workspace.objects.get(pk=own.pk).needs_two_step
    assert confirm(client, asked)["Location"] == reverse("workspace", args=[own.pk])
    own.refresh_from_db()
    assert (own.name, own.needs_two_step, own.public_links) == ("Renamed", False, False)


# what the others see


def test_it_says_what_to_do_and_where(closed: Team) -> None:
    page = Page(closed.clients["editor"].get(closed.url("portfolio")))
    assert page.title == "This takes two-step sign-in - ftdecide"
    assert CLOSED in page.words("main")
    assert reverse("mfa_activate_totp") in {link.get("href") for link in page.with_id("main").iter("a")}


def test_whoever_does_not_want_it_can_leave(closed: Team) -> None:
    page = Page(closed.clients["editor"].get(closed.url("portfolio")))
    assert closed.url("leave_workspace") in {link.get("href") for link in page.with_id("main").iter("a")}
    assert closed.clients["editor"].get(closed.url("leave_workspace")).status_code == 200
    assert closed.clients["editor"].post(closed.url("leave_workspace")).status_code == 302
    assert not closed.workspace.memberships.filter(user=closed.users["editor"]).exists()


def test_a_refusal_names_the_first_workspace_that_one_could_write_in(team: Team) -> None:
    """Not one where the second step would help nobody to write, nor one that was joined later."""
    ed, own = team.users["editor"], [team.workspace]
    for name, role in (("Read only", Role.VIEWER), ("Written first", Role.EDITOR), ("Written later", Role.EDITOR)):
        own.append(people.start_workspace(team.users["owner"], name).workspace)
        Membership.objects.create(workspace=own[-1], user=ed, role=role)
    team.workspace.memberships.filter(user=ed).delete()
    Workspace.objects.filter(pk__in=[one.pk for one in own]).update(needs_two_step=True)
    page = Page(team.clients["editor"].post(reverse("start")))
    assert "“Written first” opens only for members with two-step sign-in" in page.words("main")


def test_the_list_is_empty_and_says_why(closed: Team) -> None:
    page = Page(closed.clients["editor"].get("/assessments/"))
    assert "Support opens only for members with two-step sign-in." in page.words("main")
    assert "Task API" not in page.html
    assert "You are in no workspace" not in page.words("main")
    assert not {closed.url("portfolio"), closed.url("workspace")} & {link.get("href") for link in page.all("a")}


def test_another_workspace_is_worked_in_meanwhile(closed: Team) -> None:
    editor, own = closed.clients["editor"], people.start_workspace(closed.users["editor"], "Ed alone").workspace
    assert start(editor).workspace == own
    assert editor.post(closed.url("choose_workspace")).status_code == 403
    assert reverse("workspace", args=[own.pk]) in editor.get("/assessments/").content.decode()


def test_with_no_other_nothing_can_be_started_or_brought_in(closed: Team) -> None:
    for url in ("/a/", reverse("import")):
        response = closed.clients["editor"].post(url, {})
        assert response.status_code in (403, 422)
    assert CLOSED in Page(closed.clients["editor"].post("/a/")).words("main")
    assert Assessment.objects.count() == 1


def test_among_one_s_workspaces_stands_its_name_and_nothing_else(closed: Team) -> None:
    page = Page(closed.clients["editor"].get("/workspaces/"))
    (row,) = (words(one) for one in page.with_id("main").iter("li"))
    assert row == "Support Opens with two-step sign-in only Switch it on to open Support"
    owner = Page(closed.clients["owner"].get("/workspaces/")).words("main")
    assert "4 members" in owner


def test_what_waits_there_does_not_wait_yet(closed: Team) -> None:
    ours, users = closed.assessment, closed.users
    ours.workspace = closed.workspace
    comments.add(ours, None, "result", "Is the volume right?", [users["approver"]])
    sign_off.ask(ours, users["owner"], approvers=[users["approver"], users["owner"]], due_on=None, terms={})
    ann = closed.clients["approver"]
    assert "Nothing waits for you" in Page(ann.get("/waiting/")).words("main")
    assert "for you" not in words(next(Page(ann.get("/privacy/")).all("header")))
    switch_on(users["approver"])
    told = Page(ann.get("/waiting/")).words("main")
    assert "Is the volume right?" in told
    assert "Version 1 waits for your decision" in told
    assert "Waiting 2 for you" in words(next(Page(ann.get("/privacy/")).all("header")))


def test_the_file_of_one_s_own_leaves_it_out(closed: Team) -> None:
    def said(role: str) -> dict[str, Any]:
        signers.confirm(closed.clients[role])
        response: Any = closed.clients[role].post("/account/export/")
        return dict(json.loads(b"".join(response.streaming_content)))

    closed.assessment.comments.create(place="result", text="Mine", author=closed.users["editor"])
    left_out = said("editor")
    assert (left_out["assessments"], left_out["comments"], left_out["changes"]) == ([], [], [])
    assert [one["workspace"]["name"] for one in left_out["memberships"]] == ["Support"]
    switch_on(closed.users["editor"])
    assert [one["text"] for one in said("editor")["comments"]] == ["Mine"]
    assert len(said("owner")["assessments"]) == 1


def test_work_that_comes_along_goes_where_one_finds_it(closed: Team, owner: Any) -> None:
    mine, user = start(owner), closed.users["editor"]
    user.set_password(PASSWORD)
    user.save()
    sign_in(owner, user.email)
    mine.refresh_from_db()
    assert mine.workspace
    assert mine.workspace.name == "Ed's workspace"
    assert owner.get(reverse("overview", args=[mine.pk])).status_code == 200


def test_whoever_joins_is_told_at_once(closed: Team, new_client: Any) -> None:
    client, link = new_client(), invitation_link(closed)
    sign_up(client, "Nina", "nina@example.org")
    page = Page(client.post(link, follow=True))
    assert "You are in Support now, as editor." in page.words("main")
    assert CLOSED in page.words("main")


def test_switching_two_step_sign_in_off_says_what_closes(closed: Team) -> None:
    user = person("Pat", password=PASSWORD)
    switch_on(user)
    Membership.objects.create(workspace=closed.workspace, user=user, role=Role.VIEWER)
    client = signed_in(user)
    asked = client.get(reverse("mfa_deactivate_totp"))
    page = Page(client.get(confirm(client, asked)["Location"]))
    assert "You cannot open Support then until you switch it on again." in page.words("main")


@pytest.mark.parametrize("role", ["owner", "viewer"])
def test_no_page_asks_the_database_more_for_it(team: Team, role: str) -> None:
    client = team.clients[role]

    def asked() -> list[int]:
        counts = []
        for url in ("/assessments/", "/workspaces/", team.url("workspace"), f"/a/{team.assessment.pk}/"):
            with CaptureQueriesContext(connection) as found:
                assert client.get(url).status_code == 200
            counts.append(len(found))
        return counts

    asked()  # the first look draws
    before = asked()
    Workspace.objects.filter(pk=team.workspace.pk).update(needs_two_step=True)
    switch_on(team.users[role])
    assert asked() == before
