"""What each role finds on the pages: no button that would be refused, and who changed what last."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.rights import _IN_WORDS, ROLES, may

from ..pages import Page
from ..people import PASSWORD, Team, make_team, sign_in
from ..visits import contents, result_urls, save_one, start

INSIDE = ("owner", "editor", "approver", "viewer")


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


def test_the_list_shows_the_workspace_s_assessments_and_who_changed_what_last(team: Team) -> None:
    save_one(team.clients["editor"], team.assessment, "model", "gpt-x")
    main = Page(team.clients["viewer"].get("/assessments/")).words("main")
    assert "by Ed: “Model now in use”" in main
    assert "Task API assistant" in main


def test_the_list_asks_the_database_a_fixed_number_of_questions(team: Team, django_assert_num_queries: Any) -> None:
    # session, person, workspaces, rows of the list with what is out of date, last changes with whoever made them,
    # deleted ones, samples
    editor = team.clients["owner"]
    editor.get("/assessments/")  # works out the rows of what has changed
    with django_assert_num_queries(9):
        editor.get("/assessments/")
    for _ in range(5):
        start(editor)
    editor.get("/assessments/")  # works out the rows of what has changed
    with django_assert_num_queries(9):
        editor.get("/assessments/")


def test_long_lists_are_cut_and_say_so(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
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
        **{name: f"{own}{path}" for name, path in {"overview": "", "review": "review/", "result": "result/"}.items()},
        **{name: f"{own}result/{name}/" for name in ("options", "plan")},
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
def test_what_a_role_may_not_do_is_not_shown(team: Team, role: Any) -> None:
    shown = controls(team.clients[role], team)
    edits = may(role, "edit")
    assert (SECTION in shown["overview"]) == edits
    assert (SECTION in shown["review"]) == edits
    assert ("POST a/matrix/" in shown["options"]) == edits
    assert ("POST a/ticks/" in shown["plan"]) == edits
    assert ("POST a/whatif/" in shown["what if"]) == edits
    assert ("POST /a/" in shown["list"]) == edits
    assert ("POST a/link/" in shown["result"]) == may(role, "link")
    for page in ("overview", "result"):
        assert ("a/document.json" in shown[page]) == may(role, "export")
    for page in ("overview", "list"):
        assert ("a/delete/" in shown[page]) == may(role, "delete")


@pytest.mark.parametrize("role", ["approver", "viewer"])
def test_whoever_may_not_change_answers_is_led_to_the_result(team: Team, role: str) -> None:
    response = team.clients[role].get(reverse("section", args=[team.assessment.pk, "use_case"]))
    assert response.status_code == 403
    page = Page(response)
    assert f"You are {role} here. This takes the role of owner or editor." in page.words("main")
    assert reverse("result", args=[team.assessment.pk]) in {link.get("href") for link in page.all("a")}


def test_a_result_that_an_editor_has_opened_shows_a_viewer_no_forms(team: Team) -> None:
    """Drawn pages are kept, for each kind of reader apart."""
    urls, matrix = result_urls(team.assessment), reverse("matrix", args=[team.assessment.pk])
    contents(team.clients["editor"], urls)
    body = contents(team.clients["viewer"], urls)
    assert "ticks-form" not in body
    assert matrix not in body
    assert matrix in contents(team.clients["editor"], urls)


def test_the_sentences_about_roles_name_every_act_that_has_roles(team: Team) -> None:
    assert set(_IN_WORDS) == set(ROLES) - {"visit"}


def test_a_member_signs_in_and_finds_their_team(team: Team, new_client: Any) -> None:
    user = team.users["viewer"]
    user.set_password(PASSWORD)
    user.save()
    client = new_client()
    assert "Task API assistant" in sign_in(client, user.email, follow=True).content.decode()
    assert user.memberships.count() == 1
