"""One's own account: another name, everything as a file, and its end."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.models import AuditEvent, Comment, EvidenceImport, User
from assessments.services import people
from assessments.services.answer_sheet import read_sheet

from ..documents import example_document
from ..imports import an_import
from ..pages import Page
from ..people import PASSWORD, Team, confirm, make_team, person, sign_in
from ..visits import bring_in, save_one, start


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


def export(client: Any) -> dict[str, Any]:
    response = client.post("/account/export/")
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"].startswith('attachment; filename="ftdecide-account-')
    return dict(json.loads(b"".join(response.streaming_content)))


def test_a_name_is_changed(team: Team) -> None:
    assert team.clients["viewer"].post("/account/", {"name": "Violet"}).status_code == 302
    assert "Violet" in team.clients["owner"].get(team.url("workspace")).content.decode()


@pytest.mark.parametrize("name", ["", "x" * 101, "a\x00b", "\x1b\xad"])
def test_a_faulty_name_is_told_and_changes_nothing(team: Team, name: Any) -> None:
    response = team.clients["viewer"].post("/account/", {"name": name})
    assert response.status_code == 422
    assert Page(response).title.startswith("Error: ")
    team.users["viewer"].refresh_from_db()
    assert team.users["viewer"].name == "Vi"


def test_the_page_says_how_one_signs_in(team: Team, django_assert_num_queries: Any) -> None:
    # session, person, two-step sign-in, workspaces for the head of the page
    with django_assert_num_queries(5):
        page = Page(team.clients["viewer"].get("/account/"))
    assert "Two-step sign-in Switched off" in page.words("main")


# everything as a file


def test_everything_that_is_theirs_is_in_the_file(team: Team) -> None:
    editor = team.clients["editor"]
    save_one(editor, team.assessment, "model", "gpt-x")
    Comment.objects.create(assessment=team.assessment, place="result", text="Mine", author=team.users["editor"])
    Comment.objects.create(assessment=team.assessment, place="result", text="Theirs", author=team.users["owner"])
    imported = an_import(team.assessment, name="run.json")
    EvidenceImport.objects.filter(pk=imported.pk).update(created_by=team.users["editor"])
    an_import(team.assessment, name="theirs.json")
    said = export(editor)
    assert (said["format"], said["version"]) == ("ftdecide-account", 1)
    assert (said["account"]["name"], said["account"]["email"]) == ("Ed", "ed@example.org")
    assert [(one["workspace"]["name"], one["role"]) for one in said["memberships"]] == [("Support", "editor")]
    assert [one["document"] for one in said["assessments"]] == [read_sheet(team.assessment).raw]
    assert [one["text"] for one in said["comments"]] == ["Mine"]
    assert [(one["path"], one["after"]) for one in said["changes"]] == [("use_case.model", {"value": "gpt-x"})]
    assert said["imports"][0]["files"][0] | {"sha256": ""} == {
        "name": "run.json",
        "size": 581_000,
        "sha256": "",
        "stored": False,
    }
    assert said["decisions"] == []


def test_a_document_in_it_can_be_imported_again(team: Team, owner: Any) -> None:
    document = export(team.clients["owner"])["assessments"][0]["document"]
    assert document == example_document("task_api")
    assert read_sheet(bring_in(owner, document)).raw == document


def test_it_holds_nothing_of_other_teams_nothing_deleted_and_no_secrets(team: Team) -> None:
    gone = start(team.clients["owner"])
    team.clients["owner"].post(f"/a/{gone.pk}/delete/")
    said = export(team.outsider)
    assert said["assessments"] == []
    assert [one["workspace"]["name"] for one in said["memberships"]] == ["Elsewhere"]
    said = export(team.clients["owner"])
    assert [one["id"] for one in said["assessments"]] == [team.assessment.pk]
    assert team.users["owner"].password not in json.dumps(said)


def test_whoever_may_not_take_files_out_finds_no_documents_in_it(team: Team) -> None:
    assert export(team.clients["viewer"])["assessments"] == []


def test_after_leaving_a_team_nothing_of_it_is_in_the_file(team: Team) -> None:
    save_one(team.clients["editor"], team.assessment, "model", "gpt-x")
    people.remove(team.membership("editor"), actor=None)
    said = export(team.clients["editor"])
    assert (said["assessments"], said["changes"], said["memberships"]) == ([], [], [])


def test_taking_it_out_stands_in_the_audit_trail(team: Team) -> None:
    export(team.clients["viewer"])
    assert AuditEvent.objects.get(act="export_account").person == team.users["viewer"]


def test_many_assessments_are_read_a_few_at_a_time(
    team: Team, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        start(team.clients["owner"])
    with django_assert_max_num_queries(25):
        assert len(export(team.clients["owner"])["assessments"]) == 6


# its end


def test_it_says_what_goes_and_asks_for_the_address(team: Team) -> None:
    alone = people.start_workspace(team.users["editor"], "Ed alone").workspace
    editor = team.clients["editor"]
    editor.post(f"/w/{alone.pk}/choose/")
    start(editor)
    main = Page(editor.get("/account/delete/")).words("main")
    assert "The workspace Ed alone, in which you are alone, goes with it: 1 assessment" in main
    assert "You leave 1 workspace with other members" in main
    for typed in ("", "Ed", "owner@example.org"):
        assert editor.post("/account/delete/", {"typed": typed}).status_code == 422
    team.users["editor"].refresh_from_db()
    assert team.users["editor"].deleted_at is None


def test_the_only_owner_of_a_team_is_told_which_one(team: Team) -> None:
    owner = team.clients["owner"]
    for response in (owner.get("/account/delete/"), owner.post("/account/delete/", {"typed": "olga@example.org"})):
        page = Page(response)
        assert "You are the only owner of a team" in page.words("main")
        assert team.url("workspace") in {link.get("href") for link in page.all("a")}
    team.users["owner"].refresh_from_db()
    assert team.users["owner"].deleted_at is None


def test_whoever_goes_is_signed_out_told_until_when_and_seen_as_leaving(team: Team) -> None:
    editor = team.clients["editor"]
    until = timezone.now() + timedelta(days=7)
    page = Page(editor.post("/account/delete/", {"typed": "ED@example.org"}, follow=True))
    when = f"{until:%-d %B %Y}"
    told = f"You are signed out, and your account will be deleted on {when}. Sign in before then to keep it."
    assert told in page.words("main")
    assert editor.get("/account/").status_code == 302
    assert "Account about to be deleted" in team.clients["viewer"].get(team.url("workspace")).content.decode()


def test_a_whole_life(db: None, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signed up, gone, back, gone for good; the address is free again."""
    user = person("Dana", password=PASSWORD)
    people.give_room(user)
    for _ in range(2):
        sign_in(client, user.email)
        assert client.get("/account/").status_code == 200
        confirm(client, client.post("/account/delete/", {"typed": user.email}))
    later = timezone.now() + timedelta(days=7, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    from assessments.services.leaving import purge

    assert purge().accounts == 1
    assert "is not right" in sign_in(client, "dana@example.org").content.decode()
    assert not User.objects.filter(email="dana@example.org").exists()
