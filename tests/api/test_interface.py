"""What programs do with a token, from the first document to a link that opens."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from assessments.models import Assessment, AuditEvent, ValueChange
from assessments.services import tokens
from assessments.services.limits import CHANGES_BY_PROGRAM

from ..documents import example_document
from ..people import Team, make_team
from .programs import Program, program_of, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def editor(team: Team) -> Program:
    return program_of(team.users["editor"], team.workspace)


def one(team: Team, *more: str) -> str:
    return "/".join(["assessments", team.assessment.pk, *more])


def entry(path: str, value: Any, seen: int, **more: str) -> dict[str, Any]:
    return {"path": path, "value": value, "seen_version": seen, **more}


def test_from_a_document_to_a_link_that_opens(team: Team, editor: Program) -> None:
    made = editor.post("assessments", example_document("service_desk"))
    assert made.status_code == 201, made.content
    told = made.json()
    at = f"assessments/{told['id']}"
    assert told["verdict"].startswith("Fine-tune a small model.")
    asked = editor.get(f"{at}/next").json()["questions"]
    assert {"path", "ask", "example", "find_out"} <= asked[0].keys()
    saved = editor.patch(
        f"{at}/values", {"entries": [entry(asked[0]["path"], "yes", asked[0]["version"], evidence="Run on 30 cases")]}
    )
    assert saved.status_code == 200, saved.content
    assert [one["state"] for one in saved.json()["entries"]] == ["saved"]
    assert editor.get(f"{at}/brief").json()["headline"]
    assert editor.get(f"{at}/brief.md").content.startswith(b"# ")
    frozen = editor.post(f"{at}/versions", {"reason": "By the pipeline"}).json()
    assert frozen["number"] == 1
    assert editor.get(f"{at}/versions/1/to/now").json()["summary"] == "Nothing changed."
    link = editor.post(f"{at}/links", {"version": 1}).json()
    assert Client().get(link["url"]).status_code == 200
    assert editor.post(f"{at}/links/{link['id']}/pause").json()["state"] == "paused"
    assert Client().get(link["url"]).status_code == 404
    listed = editor.get("assessments?limit=1").json()
    rest = editor.get(f"assessments?limit=1&after={listed['next']}").json()
    assert {row["id"] for row in listed["assessments"] + rest["assessments"]} == {told["id"], team.assessment.pk}
    assert rest["next"] is None


def test_history_and_audit_name_the_person_and_the_token(team: Team, editor: Program) -> None:
    seen = editor.get(one(team, "values?path=answers.brand_voice")).json()["values"][0]["version"]
    assert editor.patch(one(team, "values"), {"entries": [entry("answers.brand_voice", "no", seen)]}).status_code == 200
    assert ValueChange.objects.latest("pk").who == "Ed, through the token “pipeline”"
    assert AuditEvent.objects.latest("at").who == "Ed <ed@example.org>, through the token “pipeline”"
    page = team.clients["viewer"].get(f"/a/{team.assessment.pk}/history/").content.decode()
    assert "Ed, through the token “pipeline”" in page


def test_two_programs_and_a_person_change_the_same_value(team: Team, editor: Program) -> None:
    """All or nothing: what is sound beside a conflict is not saved, and the answer has what is stored now."""
    other = program_of(team.users["owner"], team.workspace, name="nightly")
    versions = {v["path"]: v["version"] for v in editor.get(one(team, "values")).json()["values"]}
    path, beside = "answers.brand_voice", "use_case.model"
    seen = versions[path]
    assert editor.patch(one(team, "values"), {"entries": [entry(path, "no", seen)]}).status_code == 200
    late = other.patch(
        one(team, "values"),
        {"entries": [entry(path, "unsure", seen), entry(beside, "gpt-6-luna", versions.get(beside, 0))]},
    )
    assert late.status_code == 409
    [fault] = late.json()["faults"]
    assert (fault["path"], fault["stored"]["value"], fault["stored"]["version"]) == (path, "no", seen + 1)
    assert fault["stored"]["changed_by"] == "Ed"
    stored = {v["path"]: v for v in editor.get(one(team, "values")).json()["values"]}
    assert stored[path]["value"] == "no"
    assert stored.get(beside, {}).get("version", 0) == versions.get(beside, 0)


def test_faults_are_named_by_path_and_nothing_is_saved(team: Team, editor: Program) -> None:
    before = editor.get(one(team, "values")).content
    sent = [entry("answers.brand_voice", "no", 1), entry("answers.nothing", "yes", 0)]
    refused = editor.patch(one(team, "values"), {"entries": sent})
    assert refused.status_code == 422
    assert refused["Content-Type"] == "application/problem+json"
    assert [fault["path"] for fault in refused.json()["faults"]] == ["answers.nothing"]
    assert editor.get(one(team, "values")).content == before
    both = [entry("readiness.labelled_examples", [0, 346], 1), entry("readiness.reviewed_examples", "many", 1)]
    refused = editor.patch(one(team, "values"), {"entries": both})
    assert (refused.status_code, {"is not a number" in fault["sentence"] for fault in refused.json()["faults"]}) == (
        422,
        {True},
    )
    wrong: list[tuple[Any, str]] = [
        ({"entries": [{"path": "answers.brand_voice"}]}, "entries[0].seen_version: must be there"),
        ({"entries": [entry("answers.brand_voice", "no", -1)]}, "entries[0].seen_version: must be at least 0"),
        ({"entries": [], "entires": []}, "entries: must have at least 1 entry"),
        ([], "What was sent must be an object"),
    ]
    for body, said in wrong:
        refused = editor.patch(one(team, "values"), body)
        assert (refused.status_code, refused.json()["detail"]) == (422, f"{said}. Nothing was changed.")
    assert editor.get("assessments?order=name").json()["faults"] == [
        {"path": "order", "sentence": "is not a known key"}
    ]
    refused = editor.post("assessments", {"format": "ftdecide/assessment", "version": 1, "use_case": {"nmae": "A"}})
    assert refused.status_code == 422
    assert "use_case.nmae" in {fault["path"] for fault in refused.json()["faults"]}


def test_sent_again_by_the_same_key_it_is_done_once(team: Team, editor: Program) -> None:
    sent, key = {"name": "Next year"}, {"Idempotency-Key": "run-7"}
    first, again = (editor.post(one(team, "copy"), sent, **key) for _ in range(2))
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert Assessment.objects.filter(workspace=team.workspace).count() == 2
    assert editor.post(one(team, "copy"), {"name": "Another"}, **key).status_code == 422


def test_what_is_deleted_comes_back(team: Team) -> None:
    owner = program_of(team.users["owner"], team.workspace)
    assert owner.ask("DELETE", one(team)).status_code == 204
    assert owner.get(one(team)).status_code == 404
    assert owner.post(one(team, "restore")).status_code == 200
    assert owner.get(one(team)).status_code == 200


def test_what_was_read_is_not_sent_again(team: Team, editor: Program) -> None:
    first = editor.get(one(team, "result"))
    assert first.json()["format"] == "ftdecide/result"
    again = editor.get(one(team, "result"), **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["RateLimit"].startswith('"read";r=')
    editor.patch(one(team, "values"), {"entries": [entry("failures.missing_knowledge", 900, 0)]})
    assert editor.get(one(team, "result"), **{"If-None-Match": first["ETag"]}).status_code == 200


def test_what_has_changed_since_it_was_read_is_not_deleted(team: Team) -> None:
    owner = program_of(team.users["owner"], team.workspace)
    read = owner.get(one(team))["ETag"]
    changed = {"entries": [entry("failures.missing_knowledge", 900, 0)]}
    values = owner.get(one(team, "values"))["ETag"]
    assert owner.patch(one(team, "values"), changed, **{"If-Match": '"another"'}).status_code == 412
    assert owner.patch(one(team, "values"), changed, **{"If-Match": values}).status_code == 200
    late = owner.ask("DELETE", one(team), **{"If-Match": read})
    assert (late.status_code, late.json()["title"]) == (412, "This has changed meanwhile")
    assert owner.ask("DELETE", one(team), **{"If-Match": owner.get(one(team))["ETag"]}).status_code == 204


def test_a_document_is_decided_and_not_kept(team: Team, editor: Program) -> None:
    decided = editor.post("decide", example_document("task_api"))
    assert decided.json()["approach"] == "fine_tune_small"
    assert Assessment.objects.count() == 1


def test_a_token_ends_at_once(team: Team, editor: Program) -> None:
    """Paused, revoked, over, forbidden by the workspace, and gone with the membership: one answer for all."""
    token, owner = token_of(editor), team.users["owner"]
    answers = []

    def asked() -> None:
        answer = editor.get("assessments")
        answers.append((answer.status_code, answer.content))

    tokens.pause(token, owner)
    asked()
    tokens.go_on(token, owner)
    assert editor.get("assessments").status_code == 200
    settings = {"name": "Support", "public_links": "on"}
    team.clients["owner"].post(team.url("change_workspace"), settings)
    asked()
    team.clients["owner"].post(team.url("change_workspace"), settings | {"access_tokens": "on"})
    assert editor.get("assessments").status_code == 200
    tokens.revoke(token, owner)
    asked()
    editor.secret = program_of(team.users["editor"], team.workspace).secret
    team.membership("editor").delete()
    asked()
    answer = Program("ftd_unknown").get("assessments")
    assert {*answers, (401, answer.content)} == {(401, answer.content)}
    assert answer["WWW-Authenticate"] == 'Bearer realm="ftdecide"'


def test_only_a_token_alone_is_taken(team: Team, editor: Program) -> None:
    """A cookie alone, a cookie beside a token, and a token in an address."""
    browser = team.clients["editor"]
    bearer = {"Authorization": f"Bearer {editor.secret}"}
    assert browser.get("/api/v1/assessments").status_code == 401
    assert browser.delete(f"/api/v1/{one(team)}").status_code == 401
    assert browser.get("/api/v1/assessments", headers=bearer).status_code == 400
    assert Client().get(f"/api/v1/assessments?q={editor.secret}", headers=bearer).status_code == 400
    assert Client().get(f"/api/v1/assessments?token={editor.secret}").status_code == 400


def test_too_many_changes_are_refused(team: Team, editor: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.api.door.CHANGES_BY_PROGRAM", replace(CHANGES_BY_PROGRAM, most=2))
    answers = [editor.post("decide", {}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert json.loads(answers[2].content)["title"] == "That was too often"
