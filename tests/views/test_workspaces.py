"""Workspaces: members and their roles, invitations, settings, leaving and deleting."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import AuditEvent, Membership, Role, Workspace
from assessments.presenters.audit import present_event
from assessments.presenters.currency import PATHS
from assessments.services import people, sharing
from assessments.services.answer_sheet import CURRENCY, read_sheet

from ..pages import Page
from ..people import Team, alert, make_team, person
from ..visits import start

INSIDE = ("owner", "editor", "approver", "viewer")


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


# the page


def test_every_member_sees_who_is_in_it_and_what_each_role_may_do(team: Team) -> None:
    for role in INSIDE:
        page = Page(team.clients[role].get(team.url("workspace")))
        main = page.words("main")
        assert all(name in main for name in ("Olga", "Ed", "Ann", "Vi", "vi@example.org"))
        assert "May read everything and comment." in main
        assert f"You are {role}" in main


def test_only_owners_see_what_only_owners_may_do(team: Team) -> None:
    for role in INSIDE:
        forms = {form.get("action") for form in Page(team.clients[role].get(team.url("workspace"))).all("form")}
        managing = {team.url("invite"), team.url("change_workspace"), team.url("change_member", member(team))}
        assert (managing & forms) == (managing if role == "owner" else set())


def member(team: Team, role: str = "viewer") -> int:
    return team.membership(role).pk


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_database_as_much_for_many_members_as_for_one(
    team: Team, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        Membership.objects.create(workspace=team.workspace, user=person(f"M{number}"), role=Role.VIEWER)
        people.invite(team.workspace, role=Role.VIEWER, email=f"i{number}@example.org", actor=team.users["owner"])
    # session, person, the person's workspaces, members, invitations, letterhead, what waits for them
    with django_assert_num_queries(7):
        team.clients["owner"].get(team.url("workspace"))


def test_somebody_from_another_workspace_and_nobody_find_nothing(team: Team, client: Any) -> None:
    for who in (team.outsider, client):
        for name in ("workspace", "leave_workspace", "delete_workspace"):
            assert who.get(team.url(name)).status_code == 404
        for name in ("invite", "change_workspace", "choose_workspace", "delete_workspace", "leave_workspace"):
            assert who.post(team.url(name)).status_code == 404
        assert who.post(team.url("change_member", member(team)), {"role": "owner"}).status_code == 404
    assert team.membership("viewer").role == Role.VIEWER


def test_a_member_of_another_workspace_cannot_be_reached_through_one_s_own(team: Team) -> None:
    theirs = Membership.objects.get(workspace__name="Elsewhere")
    for name in ("change_member", "remove_member"):
        assert team.clients["owner"].post(team.url(name, theirs.pk), {"role": "viewer"}).status_code == 404
        assert team.clients["owner"].post(team.url(name, 10**30), {"role": "viewer"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.role == Role.OWNER


# roles


def test_a_changed_role_bites_on_the_next_click(team: Team) -> None:
    url = reverse("section", args=[team.assessment.pk, "use_case"])
    editor, owner = team.clients["editor"], team.clients["owner"]
    assert editor.get(url).status_code == 200
    owner.post(team.url("change_member", member(team, "editor")), {"role": "viewer"})
    for method in (editor.get, editor.post):
        assert method(url).status_code == 403
    owner.post(team.url("change_member", member(team, "editor")), {"role": "editor"})
    assert editor.get(url).status_code == 200


def test_a_removed_member_finds_nothing_on_the_next_click(team: Team) -> None:
    editor = team.clients["editor"]
    asked = Page(team.clients["owner"].get(team.url("remove_member", member(team, "editor"))))
    assert "Remove Ed?" in asked.words("main")
    team.clients["owner"].post(team.url("remove_member", member(team, "editor")))
    for url in (team.url("workspace"), reverse("overview", args=[team.assessment.pk])):
        assert editor.get(url).status_code == 404
    assert "Task API" not in editor.get("/assessments/").content.decode()


@pytest.mark.parametrize("role", ["boss", "", "OWNER", "owner "])
def test_a_role_that_does_not_exist_is_refused(team: Team, role: str) -> None:
    response = team.clients["owner"].post(team.url("change_member", member(team)), {"role": role})
    assert response.status_code == 422
    assert "Choose a role" in alert(Page(response))
    assert team.membership("viewer").role == Role.VIEWER


def test_the_last_owner_is_told_in_a_sentence(team: Team) -> None:
    own, owner = member(team, "owner"), team.clients["owner"]
    for response in (
        owner.post(team.url("change_member", own), {"role": "editor"}),
        owner.post(team.url("remove_member", own)),
    ):
        assert response.status_code == 422
        assert "A workspace needs an owner" in alert(Page(response))
    asked, sent = owner.get(team.url("leave_workspace")), owner.post(team.url("leave_workspace"))
    assert (asked.status_code, sent.status_code) == (200, 422)
    for response in (asked, sent):
        assert "You are its only owner" in Page(response).words("main")
    assert team.membership("owner").role == Role.OWNER


def test_a_member_leaves_by_themselves(team: Team) -> None:
    editor = team.clients["editor"]
    assert "Leave Support?" in Page(editor.get(team.url("leave_workspace"))).words("main")
    assert editor.post(team.url("leave_workspace"))["Location"] == "/workspaces/"
    assert editor.get(team.url("workspace")).status_code == 404
    assert AuditEvent.objects.get(act="leave_workspace").who == "Ed <ed@example.org>"


# settings, and more workspaces


def test_it_is_renamed_and_may_forbid_public_links(team: Team, new_client: Any) -> None:
    token = sharing.make_link(team.assessment, None)
    url, visitor = reverse("shared_result", args=[token]), new_client()
    assert visitor.get(url).status_code == 200
    team.clients["owner"].post(team.url("change_workspace"), {"name": " Customer care "})
    team.workspace.refresh_from_db()
    assert (team.workspace.name, team.workspace.public_links) == ("Customer care", False)
    assert visitor.get(url).status_code == 404
    team.clients["owner"].post(team.url("change_workspace"), {"name": "Customer care", "public_links": "on"})
    assert visitor.get(url).status_code == 200


EUROS = {"name": "Support", "currency": "eur", "exchange_rate": "0,9", "exchange_rate_day": "2026-11-10"}


def test_new_assessments_start_in_the_workspace_s_currency(team: Team) -> None:
    owner, german = team.clients["owner"], {"Accept-Language": "de"}
    assert owner.post(team.url("change_workspace"), EUROS, headers=german).status_code == 302
    found = start(owner)
    stated = read_sheet(found).stated
    assert [(stated[path].value, stated[path].origin) for path in PATHS] == [
        ("EUR", "workspace"),
        (0.9, "workspace"),
        ("2026-11-10", "workspace"),
    ]
    assert AuditEvent.objects.filter(act="start_assessment", about=found.pk).count() == 1
    assert CURRENCY not in read_sheet(team.assessment).stated  # what there is keeps its own
    page = owner.get(reverse("section", args=[found.pk, "costs"])).content.decode()
    assert page.count("From the workspace.") == 3
    notes = present_event(AuditEvent.objects.get(act="change_workspace"), names={}, broken=False).notes
    assert notes[1:] == ["New assessments start in euros", "0.9 for one US dollar, of 10 November 2026"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"currency": "EUO"}, "is no code of a currency"),
        ({"exchange_rate": "0"}, "The exchange rate must be more than 0"),
        ({"exchange_rate": "much"}, "Write the exchange rate as a number"),
        ({"exchange_rate_day": ""}, "Write the day of the exchange rate"),
        ({"exchange_rate_day": "2126-11-10"}, "The day of the exchange rate is still to come"),
    ],
)
def test_a_faulty_currency_is_told_and_nothing_is_lost(team: Team, sent: Any, said: str) -> None:
    response = team.clients["owner"].post(team.url("change_workspace"), EUROS | sent)
    assert response.status_code == 422
    assert said in alert(Page(response))
    for name, typed in (EUROS | sent).items():
        assert Page(response).with_id(f"id_{name}").get("value", "") == typed
    team.workspace.refresh_from_db()
    assert (team.workspace.currency, team.workspace.exchange_rate) == ("USD", None)


@pytest.mark.parametrize("name", ["", "   ", "\ufeff\u202e", "x" * 101, "\x07", "a\x00b"])
def test_a_faulty_name_is_told_and_changes_nothing(team: Team, name: Any) -> None:
    response = team.clients["owner"].post(team.url("change_workspace"), {"name": name})
    assert response.status_code == 422
    assert "There is a problem" in alert(Page(response))
    team.workspace.refresh_from_db()
    assert (team.workspace.name, team.workspace.public_links) == ("Support", True)


def test_extra_fields_change_nothing(team: Team) -> None:
    sent = {"name": "Support", "public_links": "on", "access_tokens": "on"}
    sent |= {"deleted_at": "2020-01-01", "id": "abc", "role": "owner"}
    before = Workspace.objects.values().get(pk=team.workspace.pk)
    team.clients["owner"].post(team.url("change_workspace"), sent)
    assert Workspace.objects.values().get(pk=team.workspace.pk) == before


def test_another_workspace_is_started_and_worked_in(team: Team) -> None:
    owner = team.clients["owner"]
    response = owner.post("/workspaces/new/", {"name": "Finance"})
    finance = Workspace.objects.get(name="Finance")
    assert response["Location"] == reverse("workspace", args=[finance.pk])
    assert start(owner).workspace == finance
    assert "Task API" not in owner.get("/assessments/").content.decode()
    assert owner.post(team.url("choose_workspace"))["Location"] == "/assessments/"
    assert "Task API assistant" in owner.get("/assessments/").content.decode()
    assert start(owner).workspace == team.workspace


def test_a_workspace_without_a_name_is_not_started(team: Team) -> None:
    response = team.clients["owner"].post("/workspaces/new/", {"name": ""})
    assert response.status_code == 422
    assert "Enter a name for the workspace" in alert(Page(response))


def test_a_viewer_is_told_where_they_may_start(team: Team) -> None:
    response = team.clients["viewer"].post("/a/")
    assert response.status_code == 403
    main = Page(response).words("main")
    assert "This takes the role of owner or editor" in main
    assert "Start a workspace of your own" in main


# deleting


def test_it_asks_for_the_name_and_says_what_will_go(team: Team) -> None:
    sharing.make_link(team.assessment, None)
    owner, url = team.clients["owner"], team.url("delete_workspace")
    main = Page(owner.get(url)).words("main")
    assert all(part in main for part in ("4 members", "1 assessment", "0 frozen versions", "1 link", "7 days"))
    for typed in ("", "Supper"):
        response = owner.post(url, {"typed": typed})
        assert response.status_code == 422
        assert "There is a problem" in alert(Page(response))
    team.workspace.refresh_from_db()
    assert team.workspace.deleted_at is None


def test_in_between_nobody_reaches_it_and_an_owner_brings_it_back(team: Team, new_client: Any) -> None:
    token, owner = sharing.make_link(team.assessment, None), team.clients["owner"]
    assert owner.post(team.url("delete_workspace"), {"typed": "support "})["Location"] == "/workspaces/"
    for url in (team.url("workspace"), reverse("overview", args=[team.assessment.pk])):
        assert [team.clients[role].get(url).status_code for role in INSIDE] == [404] * 4
    assert new_client().get(reverse("shared_result", args=[token])).status_code == 404
    assert "Support is deleted. You can bring it back until" in Page(owner.get("/workspaces/")).words("main")
    editor = team.clients["editor"]
    assert "An owner can bring it back until" in Page(editor.get("/workspaces/")).words("main")
    assert editor.post(team.url("restore_workspace")).status_code == 403
    assert team.outsider.post(team.url("restore_workspace")).status_code == 404
    assert owner.post(team.url("restore_workspace"))["Location"] == team.url("workspace")
    assert editor.get(reverse("overview", args=[team.assessment.pk])).status_code == 200


def test_undo_works_for_a_week_and_not_longer(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, now = team.clients["owner"], timezone.now()
    owner.post(team.url("delete_workspace"), {"typed": "Support"})
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=7.01))
    assert "Support" not in Page(owner.get("/workspaces/")).words("main")
    assert owner.post(team.url("restore_workspace")).status_code == 404


@pytest.mark.parametrize("role", ["editor", "approver", "viewer"])
def test_only_owners_may_delete_it(team: Team, role: str) -> None:
    assert team.clients[role].get(team.url("delete_workspace")).status_code == 403
    assert team.clients[role].post(team.url("delete_workspace"), {"typed": "Support"}).status_code == 403
    team.workspace.refresh_from_db()
    assert team.workspace.deleted_at is None
