"""Evidence, report and portfolio over the interface: what the pages do, in the same services."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from assessments import limiting
from assessments.models import AuditEvent, DrawnPdf, EvidenceImport, StoredValue, Tries
from assessments.services import evidence_files, limits, queue
from assessments.services import report as drawing

from ..documents import example_document
from ..imports import EVIDENCE_FILES
from ..people import Team, make_team
from .programs import Files, Program, program_of

RUN = EVIDENCE_FILES / "plain" / "five_variants.csv"
CHOICES = {"real_cases": "yes", "graded_by": ["program"]}


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


@pytest.fixture
def editor(team: Team) -> Program:
    return program_of(team.users["editor"], team.workspace)


def hand_in(program: Program, at: str) -> Any:
    return program.post(f"{at}/evidence", Files({"five_variants.csv": RUN.read_bytes()}))


def after(answer: Any) -> str:
    """The path of the address where an answer says to look."""
    return str(answer["Location"]).partition("/api/v1/")[2]


@pytest.mark.usefixtures("read_at_once")
def test_from_files_to_answers(team: Team, editor: Program) -> None:
    at = f"assessments/{team.assessment.pk}"
    targets = [
        {"path": "targets.pass_rate", "value": 0.8, "seen_version": 0},
        {"path": "targets.slowest_p95_ms", "value": 3000, "seen_version": 0},
    ]
    seen = {one["path"]: one["version"] for one in editor.get(f"{at}/values").json()["values"]}
    targets = [one | {"seen_version": seen.get(str(one["path"]), 0)} for one in targets]
    assert editor.patch(f"{at}/values", {"entries": targets}).status_code == 200
    taken = hand_in(editor, at)
    assert (taken.status_code, taken["Retry-After"]) == (202, "2"), taken.content
    again = hand_in(editor, at)
    assert (again.status_code, again.json()["id"]) == (200, taken.json()["id"])
    read = editor.get(after(taken)).json()
    assert read["state"] == "read"
    assert {one["key"] for one in read["choices"] if one["is_needed"]} == set(CHOICES)
    assert not read["proposals"]
    assert editor.post(f"{after(taken)}/choices", {"choices": {"real_cases": "perhaps"}}).status_code == 422
    assert editor.post(f"{after(taken)}/choices", {"choices": {"nothing": "yes"}}).status_code == 422
    chosen = editor.post(f"{after(taken)}/choices", {"choices": CHOICES})
    assert chosen.status_code == 202, chosen.content
    read = editor.get(after(chosen)).json()
    first, second, *rest = read["proposals"]
    accepted = {
        "key": first["key"],
        "choice": first["proposed"][0]["choice"],
        "seen_versions": first["seen_versions"],
    }
    decisions = [
        accepted,
        {"key": second["key"], "choice": "mine"},
        *({"key": one["key"], "choice": "later"} for one in rest),
    ]
    stale = accepted | {"seen_versions": dict.fromkeys(first["seen_versions"], 40)}
    late = editor.post(f"{after(taken)}/decisions", {"decisions": [stale]})
    assert (late.status_code, late.json()["faults"][0]["path"]) == (409, first["key"])
    other = editor.post(f"{after(taken)}/decisions", {"decisions": [accepted | {"choice": "accept-another"}]})
    assert other.status_code == 409
    for wrong in (accepted | {"seen_versions": {}}, accepted | {"choice": "yes"}, accepted | {"key": "x"}):
        assert editor.post(f"{after(taken)}/decisions", {"decisions": [wrong]}).status_code == 422
    assert EvidenceImport.objects.get().state == "read"
    decided = editor.post(f"{after(taken)}/decisions", {"decisions": decisions})
    assert decided.status_code == 200, decided.content
    assert decided.json()["state"] == "saved"
    stored = StoredValue.objects.get(assessment=team.assessment, path=first["key"])
    assert (stored.strength, stored.origin["kind"], stored.changed_by) == ("measured", "measured", team.users["editor"])
    assert stored.path in decided.json()["rests"]
    assert {one["key"] for one in decided.json()["proposals"] if one["is_done"]} == {first["key"], second["key"]}
    event = AuditEvent.objects.filter(act="accept_evidence").latest("at")
    assert event.who.endswith("through the token “pipeline”")
    listed = editor.get(f"{at}/evidence").json()["imports"]
    assert [one["state"] for one in listed] == ["saved"]
    assert editor.ask("DELETE", after(taken)).status_code == 204
    assert editor.get(after(taken)).status_code == 404


def test_nothing_is_taken_in_that_is_no_file_or_too_large(team: Team, editor: Program, settings: Any) -> None:
    at = f"assessments/{team.assessment.pk}/evidence"
    before = set(evidence_files.folder().iterdir())
    assert editor.post(at, {"files": []}).status_code == 422
    settings.EVIDENCE_MAX_BYTES = 100
    assert hand_in(editor, f"assessments/{team.assessment.pk}").status_code == 413
    assert set(evidence_files.folder().iterdir()) == before
    assert not EvidenceImport.objects.exists()


def test_a_report_is_asked_for_polled_and_fetched(
    team: Team, editor: Program, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.DRAWING_WAIT = 0
    monkeypatch.setattr(drawing, "draw_pdf", lambda html, **more: b"%PDF-1.7")
    with monkeypatch.context() as nobody_draws:
        nobody_draws.setattr(queue, "wake", lambda: None)
        asked = editor.get(f"assessments/{team.assessment.pk}/report?appendix=true")
        assert (asked.status_code, asked["Retry-After"], asked.json()["state"]) == (202, "2", "drawing")
        assert editor.get(after(asked)).status_code == 202
    queue.work_off(DrawnPdf)
    fetched = editor.get(after(asked))
    assert (fetched.status_code, fetched["Content-Type"], fetched.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert editor.get(after(asked), **{"If-None-Match": fetched["ETag"]}).status_code == 304
    DrawnPdf.objects.update(state="failed", told="out_of_limits")
    failed = editor.get(after(asked))
    assert (failed.status_code, failed.json()["title"]) == (503, "The report could not be drawn")
    assert editor.get(f"{after(asked)}&again=true").status_code == 200
    assert editor.get(f"assessments/{team.assessment.pk}/report?version=1").status_code == 404


def test_the_portfolio_says_what_its_page_says(team: Team, editor: Program) -> None:
    assert editor.post("assessments", example_document("service_desk")).status_code == 201
    told = editor.get("portfolio").json()
    page = team.clients["editor"].get(f"/w/{team.workspace.pk}/").content.decode()
    assert told["lead"] in page
    assert (told["total"], told["found"], len(told["rows"])) == (2, 2, 2)
    assert all(row["verdict"] in page and row["sign_off"] in page for row in told["rows"])
    one = editor.get("portfolio?limit=1&page=2&order=name").json()["rows"]
    assert [row["name"] for row in one] == [max(row["name"] for row in told["rows"])]
    assert editor.get("portfolio?q=desk").json()["found"] == 1
    refused = editor.get("portfolio?verdict=maybe")
    [fault] = refused.json()["faults"]
    assert (refused.status_code, fault["path"]) == (422, "verdict")
    assert "candidates, fix_first" in fault["sentence"], "what it can be"


def test_programs_are_counted_as_their_person_and_not_as_visitors(
    team: Team, editor: Program, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two tokens of one person share what the pages allow; what is sent is no visitor's bytes."""
    settings.LIMITS = 1
    limits.forget_ahead()
    other = program_of(team.users["editor"], team.workspace, name="nightly")
    monkeypatch.setitem(limiting._OF_WRITES, "start", replace(limiting.BEGIN, person=2, unit=1))
    sent = {"format": "ftdecide/assessment", "version": 1, "use_case": {"name": "New"}}
    answers = [program.post("assessments", sent) for program in (editor, other, editor, other)]
    assert [one.status_code for one in answers] == [201, 201, 429, 429]
    assert int(answers[-1]["Retry-After"]) > 60
    assert not Tries.objects.filter(limit="bytes").exists()
    assert Client().post("/api/v1/assessments").status_code == 401
    limits.forget_ahead()
