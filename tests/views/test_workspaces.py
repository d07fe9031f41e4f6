"""Workspaces: members and their roles, invitations, settings, leaving and deleting."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.acts import ROLES, may
from assessments.models import AuditEvent, Invitation, Membership, Role, Workspace
from assessments.services import people, sharing

from ..pages import Page, words
from ..people import PASSWORD, Team, make_team, person, sign_in, sign_up, signed_in
from ..visits import start

INSIDE = ("owner", "editor", "approver", "viewer")


@pytest.fixture
def team(db) -> Team:
    return make_team()


def invitation_link(team: Team, **sent: str) -> str:
    """The path of the link that the page shows."""
    response = team.clients["owner"].post(team.url("invite"), {"role": "editor", **sent})
    assert response.status_code == 200, response.content.decode()[:500]
    link = Page(response).with_id("invitation-url").get("value")
    return str(link).removeprefix("http://testserver")


def alert(page: Page) -> str:
    return words(next(element for element in page.all("div") if element.get("role") == "alert"))


# the page


def test_every_member_sees_who_is_in_it_and_what_each_role_may_do(team):
    for role in INSIDE:
        page = Page(team.clients[role].get(team.url("workspace")))
        main = page.words("main")
        assert all(name in main for name in ("Olga", "Ed", "Ann", "Vi", "vi@example.org"))
        assert "May read everything and comment." in main
        assert f"You are {role}" in main


def test_only_owners_see_what_only_owners_may_do(team):
    for role in INSIDE:
        forms = {form.get("action") for form in Page(team.clients[role].get(team.url("workspace"))).all("form")}
        managing = {team.url("invite"), team.url("change_workspace"), team.url("change_member", member(team))}
        assert (managing & forms) == (managing if role == "owner" else set())


def member(team: Team, role: str = "viewer") -> int:
    return team.membership(role).pk


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_database_as_much_for_many_members_as_for_one(team, django_assert_num_queries, count):
    for number in range(count):
        Membership.objects.create(workspace=team.workspace, user=person(f"M{number}"), role=Role.VIEWER)
        people.invite(team.workspace, role=Role.VIEWER, email=f"i{number}@example.org", by=team.users["owner"])
    # session, person, workspace, members, invitations, and the person's workspaces for the head of the page
    with django_assert_num_queries(6):
        team.clients["owner"].get(team.url("workspace"))


def test_somebody_from_another_workspace_and_nobody_find_nothing(team, client):
    for who in (team.outsider, client):
        for name in ("workspace", "leave_workspace", "delete_workspace"):
            assert who.get(team.url(name)).status_code == 404
        for name in ("invite", "change_workspace", "choose_workspace", "delete_workspace", "leave_workspace"):
            assert who.post(team.url(name)).status_code == 404
        assert who.post(team.url("change_member", member(team)), {"role": "owner"}).status_code == 404
    assert team.membership("viewer").role == Role.VIEWER


def test_a_member_of_another_workspace_cannot_be_reached_through_one_s_own(team):
    theirs = Membership.objects.get(workspace__name="Elsewhere")
    for name in ("change_member", "remove_member"):
        assert team.clients["owner"].post(team.url(name, theirs.pk), {"role": "viewer"}).status_code == 404
        assert team.clients["owner"].post(team.url(name, 10**30), {"role": "viewer"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.role == Role.OWNER


# roles


def test_a_changed_role_bites_on_the_next_click(team):
    url = reverse("section", args=[team.assessment.pk, "use_case"])
    editor, owner = team.clients["editor"], team.clients["owner"]
    assert editor.get(url).status_code == 200
    owner.post(team.url("change_member", member(team, "editor")), {"role": "viewer"})
    for method in (editor.get, editor.post):
        assert method(url).status_code == 403
    owner.post(team.url("change_member", member(team, "editor")), {"role": "editor"})
    assert editor.get(url).status_code == 200


def test_a_removed_member_finds_nothing_on_the_next_click(team):
    editor = team.clients["editor"]
    asked = Page(team.clients["owner"].get(team.url("remove_member", member(team, "editor"))))
    assert "Remove Ed?" in asked.words("main")
    team.clients["owner"].post(team.url("remove_member", member(team, "editor")))
    for url in (team.url("workspace"), reverse("overview", args=[team.assessment.pk])):
        assert editor.get(url).status_code == 404
    assert "Task API" not in editor.get("/assessments/").content.decode()


@pytest.mark.parametrize("role", ["boss", "", "OWNER", "owner "])
def test_a_role_that_does_not_exist_is_refused(team, role):
    response = team.clients["owner"].post(team.url("change_member", member(team)), {"role": role})
    assert response.status_code == 422
    assert "Choose a role" in alert(Page(response))
    assert team.membership("viewer").role == Role.VIEWER


def test_the_last_owner_is_told_in_a_sentence(team):
    own, owner = member(team, "owner"), team.clients["owner"]
    for response in (
        owner.post(team.url("change_member", own), {"role": "editor"}),
        owner.post(team.url("remove_member", own)),
        owner.post(team.url("leave_workspace")),
    ):
        assert response.status_code == 422
        assert "A workspace needs an owner" in alert(Page(response))
    assert "You are its only owner" in Page(owner.get(team.url("leave_workspace"))).words("main")
    assert team.membership("owner").role == Role.OWNER


def test_a_member_leaves_by_themselves(team):
    editor = team.clients["editor"]
    assert "Leave Support?" in Page(editor.get(team.url("leave_workspace"))).words("main")
    assert editor.post(team.url("leave_workspace"))["Location"] == "/workspaces/"
    assert editor.get(team.url("workspace")).status_code == 404
    assert AuditEvent.objects.get(act="leave_workspace").who == "Ed <ed@example.org>"


# invitations


def test_a_link_is_shown_once_and_lets_somebody_in_with_that_role(team):
    path = invitation_link(team, role="approver")
    assert path not in team.clients["owner"].get(team.url("workspace")).content.decode()
    user = person("Uno")
    client = signed_in(user)
    page = Page(client.get(path))
    assert "Join Support" in page.words("main")
    assert "Olga invites you as approver. You may read everything" in page.words("main")
    assert not team.workspace.memberships.filter(user=user).exists()
    response = client.post(path, follow=True)
    assert "You are in Support now, as approver." in Page(response).words("main")
    assert "Task API assistant" in response.content.decode()
    assert team.workspace.memberships.get(user=user).role == Role.APPROVER
    assert client.get(path).status_code == 404


def test_somebody_without_an_account_signs_up_joins_and_gets_no_workspace_of_their_own(team, new_client):
    path, client = invitation_link(team), new_client()
    assert "Sign up to join" in Page(client.get(path)).words("main")
    assert "sessionid" not in client.cookies
    assert client.post(path, {"sign_up": "1"})["Location"] == reverse("account_signup")
    assert "To the workspace Support." in Page(client.get(reverse("account_signup"))).words("main")
    sign_up(client, "Uno", "uno@example.org")
    response = sign_in(client, "uno@example.org", follow=True)
    assert response.redirect_chain[-1][0] == reverse("invited")
    client.post(reverse("invited"))
    assert [one.name for one in Workspace.objects.filter(memberships__user__email="uno@example.org")] == ["Support"]
    assert client.get(reverse("invited")).status_code == 404


def test_the_token_is_in_no_address_on_the_way_and_not_in_the_session(team, new_client):
    path, client = invitation_link(team), new_client()
    token = path.rstrip("/").rsplit("/", 1)[1]
    response = client.post(path, {"sign_up": "1"})
    assert token not in response["Location"]
    assert token not in str(dict(client.session))


def test_work_that_was_tried_comes_along_when_joining(team, owner):
    ours, path = start(owner), invitation_link(team)
    owner.post(path, {"sign_up": "1"})
    sign_up(owner, "Uno", "uno@example.org")
    sign_in(owner, "uno@example.org")
    owner.post(reverse("invited"))
    ours.refresh_from_db()
    assert ours.workspace.name == "Uno's workspace"  # type: ignore[union-attr]


def test_an_invitation_for_one_address_works_for_nobody_else(team):
    path = invitation_link(team, email="Uno@Example.org")
    other = signed_in(person("Other"))
    for response in (other.get(path), other.post(path)):
        assert response.status_code == 403
        assert "This invitation is for somebody else" in Page(response).words("main")
        assert "uno@example.org" not in response.content.decode().lower()
    assert team.workspace.memberships.count() == 4
    assert signed_in(person("Uno")).post(path).status_code == 302
    assert team.workspace.memberships.count() == 5


def test_an_address_counts_when_it_is_confirmed(team):
    user, path = person("Uno"), invitation_link(team, email="second@example.org")
    address = user.emailaddress_set.create(email="second@example.org", verified=False)
    client = signed_in(user)
    assert client.post(path).status_code == 403
    address.verified = True
    address.save()
    assert client.post(path).status_code == 302


def test_unknown_used_run_out_taken_back_and_of_a_deleted_workspace_look_the_same(team, new_client):
    paths = [invitation_link(team) for _ in range(4)]
    used, expired, revoked, open_ = (invitation_of(path) for path in paths)
    people.accept(used, person("Uno"))
    Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    people.revoke(revoked, by=None)
    gone = people.start_workspace(person("Gone"), "Gone").workspace
    token = people.invite(gone, role=Role.VIEWER, email="", by=None)
    Workspace.objects.filter(pk=gone.pk).update(deleted_at=timezone.now())
    closed = [*paths[:3], reverse("join", args=[token]), reverse("join", args=["x" * 43])]
    for client in (new_client(), signed_in(person("Due"))):
        for method in (client.get, client.post):
            answers = [method(path) for path in closed]
            assert [answer.status_code for answer in answers] == [404] * 5
            assert len({masked(answer, path) for answer, path in zip(answers, closed, strict=True)}) == 1
        assert client.get(paths[3]).status_code == 200
    assert open_.is_open


def invitation_of(path: str) -> Invitation:
    return Invitation.objects.get(token_digest=Invitation.digest(path.rstrip("/").rsplit("/", 1)[1]))


def masked(response: Any, path: str) -> str:
    token = path.rstrip("/").rsplit("/", 1)[1]
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return body.replace(token, "*")


def test_an_invitation_ends_after_14_days(team, monkeypatch):
    path, client = invitation_link(team), signed_in(person("Uno"))
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=13.99))
    assert client.get(path).status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=14.01))
    assert client.get(path).status_code == 404


def test_an_open_invitation_is_listed_and_taken_back(team):
    path = invitation_link(team, email="uno@example.org")
    owner = team.clients["owner"]
    page = Page(owner.get(team.url("workspace")))
    assert "uno@example.org" in page.words("main")
    found = invitation_of(path)
    owner.post(team.url("revoke_invitation", found.pk))
    assert "uno@example.org" not in Page(owner.get(team.url("workspace"))).words("main")
    assert signed_in(person("Uno")).get(path).status_code == 404
    assert owner.post(team.url("revoke_invitation", found.pk)).status_code == 404


def test_a_member_who_opens_a_link_does_not_use_it_up(team):
    path = invitation_link(team)
    viewer = team.clients["viewer"]
    assert "You are in Support already" in Page(viewer.get(path)).words("main")
    assert viewer.post(path).status_code == 302
    assert team.membership("viewer").role == Role.VIEWER
    assert invitation_of(path).is_open


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"role": "boss"}, "Choose a role"),
        ({"role": ""}, "Choose a role"),
        ({"email": "nobody"}, "Enter an e-mail address, like name@example.org, or leave it empty"),
        ({"email": "a\x00@example.org"}, "Null characters are not allowed"),
        ({"email": "x" * 400 + "@example.org"}, "at most 320 characters"),
    ],
)
def test_a_faulty_invitation_is_told_and_what_was_typed_is_kept(team, sent, sentence):
    response = team.clients["owner"].post(team.url("invite"), {"role": "editor", **sent})
    assert response.status_code == 422
    page = Page(response)
    assert sentence in alert(page)
    assert not Invitation.objects.exists()
    if "email" in sent and "\x00" not in sent["email"]:
        assert page.with_id("id_email").get("value") == sent["email"]


# settings, and more workspaces


def test_it_is_renamed_and_may_forbid_public_links(team, new_client):
    token = sharing.make_link(team.assessment)
    url, visitor = reverse("shared_result", args=[token]), new_client()
    assert visitor.get(url).status_code == 200
    team.clients["owner"].post(team.url("change_workspace"), {"name": " Customer care "})
    team.workspace.refresh_from_db()
    assert (team.workspace.name, team.workspace.public_links) == ("Customer care", False)
    assert visitor.get(url).status_code == 404
    team.clients["owner"].post(team.url("change_workspace"), {"name": "Customer care", "public_links": "on"})
    assert visitor.get(url).status_code == 200


@pytest.mark.parametrize("name", ["", "   ", "\ufeff\u202e", "x" * 101, "a\x07b", "a\x00b"])
def test_a_faulty_name_is_told_and_changes_nothing(team, name):
    response = team.clients["owner"].post(team.url("change_workspace"), {"name": name})
    assert response.status_code == 422
    assert "There is a problem" in alert(Page(response))
    team.workspace.refresh_from_db()
    assert (team.workspace.name, team.workspace.public_links) == ("Support", True)


def test_extra_fields_change_nothing(team):
    sent = {"name": "Support", "public_links": "on", "deleted_at": "2020-01-01", "id": "abc", "role": "owner"}
    before = Workspace.objects.values().get(pk=team.workspace.pk)
    team.clients["owner"].post(team.url("change_workspace"), sent)
    assert Workspace.objects.values().get(pk=team.workspace.pk) == before


def test_another_workspace_is_started_and_worked_in(team):
    owner = team.clients["owner"]
    response = owner.post("/workspaces/new/", {"name": "Finance"})
    finance = Workspace.objects.get(name="Finance")
    assert response["Location"] == reverse("workspace", args=[finance.pk])
    assert start(owner).workspace == finance
    assert "Task API" not in owner.get("/assessments/").content.decode()
    assert owner.post(team.url("choose_workspace"))["Location"] == "/assessments/"
    assert "Task API assistant" in owner.get("/assessments/").content.decode()
    assert start(owner).workspace == team.workspace


def test_a_workspace_without_a_name_is_not_started(team):
    response = team.clients["owner"].post("/workspaces/new/", {"name": ""})
    assert response.status_code == 422
    assert "Enter a name for the workspace" in alert(Page(response))


def test_a_viewer_is_told_where_they_may_start(team):
    response = team.clients["viewer"].post("/a/")
    assert response.status_code == 403
    main = Page(response).words("main")
    assert "This takes the role of owner or editor" in main
    assert "Start a workspace of your own" in main


# deleting


def test_it_asks_for_the_name_and_says_what_will_go(team):
    sharing.make_link(team.assessment)
    owner, url = team.clients["owner"], team.url("delete_workspace")
    main = Page(owner.get(url)).words("main")
    assert all(part in main for part in ("4 members", "1 assessment", "0 frozen versions", "1 link", "7 days"))
    for typed in ("", "Supper"):
        response = owner.post(url, {"typed": typed})
        assert response.status_code == 422
        assert "There is a problem" in alert(Page(response))
    team.workspace.refresh_from_db()
    assert team.workspace.deleted_at is None


def test_in_between_nobody_reaches_it_and_an_owner_brings_it_back(team, new_client):
    token, owner = sharing.make_link(team.assessment), team.clients["owner"]
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


def test_undo_works_for_a_week_and_not_longer(team, monkeypatch):
    owner, now = team.clients["owner"], timezone.now()
    owner.post(team.url("delete_workspace"), {"typed": "Support"})
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=7.01))
    assert "Support" not in Page(owner.get("/workspaces/")).words("main")
    assert owner.post(team.url("restore_workspace")).status_code == 404


@pytest.mark.parametrize("role", ["editor", "approver", "viewer"])
def test_only_owners_may_delete_it(team, role):
    assert team.clients[role].get(team.url("delete_workspace")).status_code == 403
    assert team.clients[role].post(team.url("delete_workspace"), {"typed": "Support"}).status_code == 403
    team.workspace.refresh_from_db()
    assert team.workspace.deleted_at is None


# the list


def test_the_list_shows_the_workspace_s_assessments_and_who_changed_what_last(team):
    from ..visits import save_one

    save_one(team.clients["editor"], team.assessment, "model", "gpt-x")
    main = Page(team.clients["viewer"].get("/assessments/")).words("main")
    assert "by Ed: “Model now in use”" in main
    assert "Task API assistant" in main


def test_the_list_asks_the_database_a_fixed_number_of_questions(team, django_assert_num_queries):
    # session, person, workspaces, assessments, answers, last changes with whoever made them, deleted ones, samples
    editor = team.clients["owner"]
    with django_assert_num_queries(8):
        editor.get("/assessments/")
    for _ in range(5):
        start(editor)
    with django_assert_num_queries(8):
        editor.get("/assessments/")


def test_long_lists_are_cut_and_say_so(team, monkeypatch):
    monkeypatch.setattr("assessments.views.assessments.MOST_LISTED", 3)
    for _ in range(4):
        start(team.clients["owner"])
    page = Page(team.clients["owner"].get("/assessments/"))
    assert sum(link.get("href").endswith("/result/") for link in page.all("a")) == 3
    assert "These are the 3 that were changed last." in page.words("main")


# what a role may not do is not shown


def controls(client: Client, team: Team) -> dict[str, set[str]]:
    """Where the links and forms of an assessment's pages lead, by page."""
    own = f"/a/{team.assessment.pk}/"
    pages = {
        "list": "/assessments/",
        **{name: f"{own}{path}" for name, path in {"overview": "", "check": "check/", "result": "result/"}.items()},
        "what if": f"{own}whatif/?few_shot_used=unsure",
    }
    found = {}
    for name, url in pages.items():
        response = client.get(url)
        assert response.status_code == 200, name
        page = Page(response)
        leads = {a.get("href", "").split("?")[0].split("#")[0] for a in page.with_id("main").iter("a")}
        leads |= {f"POST {f.get('action') or url.split('?')[0]}" for f in page.all("form") if f.get("method") == "post"}
        found[name] = {lead.replace(own, "a/") for lead in leads}
    return found


SECTION = "a/use_case/"


@pytest.mark.parametrize("role", INSIDE)
def test_what_a_role_may_not_do_is_not_shown(team, role):
    shown = controls(team.clients[role], team)
    edits = may(role, "edit")
    assert (SECTION in shown["overview"]) == edits
    assert (SECTION in shown["check"]) == edits
    assert ("POST a/matrix/" in shown["result"]) == edits
    assert ("POST a/checks/" in shown["result"]) == edits
    assert ("POST a/whatif/" in shown["what if"]) == edits
    assert ("POST /a/" in shown["list"]) == edits
    assert ("POST a/link/" in shown["result"]) == may(role, "link")
    for page in ("overview", "result"):
        assert ("a/document.json" in shown[page]) == (may(role, "export") and (page == "overview" or edits))
    for page in ("overview", "list"):
        assert ("a/delete/" in shown[page]) == may(role, "delete")


@pytest.mark.parametrize("role", ["approver", "viewer"])
def test_whoever_may_not_change_answers_is_led_to_the_result(team, role):
    response = team.clients[role].get(reverse("section", args=[team.assessment.pk, "use_case"]))
    assert response.status_code == 403
    page = Page(response)
    assert f"You are {role} here. This takes the role of owner or editor." in page.words("main")
    assert reverse("result", args=[team.assessment.pk]) in {link.get("href") for link in page.all("a")}


def test_a_result_that_an_editor_has_opened_shows_a_viewer_no_forms(team):
    """Drawn pages are kept, for each kind of reader apart."""
    url = reverse("result", args=[team.assessment.pk])
    team.clients["editor"].get(url)
    body = team.clients["viewer"].get(url).content.decode()
    assert "checks-form" not in body
    assert reverse("matrix", args=[team.assessment.pk]) not in body
    assert reverse("matrix", args=[team.assessment.pk]) in team.clients["editor"].get(url).content.decode()


def test_the_sentences_about_roles_name_every_act_that_has_roles(team):
    from assessments.acts import _IN_WORDS

    assert set(_IN_WORDS) == set(ROLES) - {"visit"}


def test_a_member_signs_in_and_finds_their_team(team, new_client):
    user = team.users["viewer"]
    user.set_password(PASSWORD)
    user.save()
    client = new_client()
    assert "Task API assistant" in sign_in(client, user.email, follow=True).content.decode()
    assert user.memberships.count() == 1
