"""The sign-off part of a report: who approved what, on which terms, and how to check it."""

import random
import re
import subprocess
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, DrawnPdf, Version
from assessments.services import audit, report
from assessments.services.seal import read_seal
from tests.documents import example_document
from tests.pages import Page
from tests.signers import Team, answer, approve, browser, days_from, new_team
from tests.visits import FRAMEWORK

from . import test_form
from .paper import Paper, needs_poppler

TODAY = timezone.localdate()
TERMS: dict[str, Any] = {
    "target_metric": "Replies that need no correction",
    "baseline": "71% of 300",
    "budget": 12_000,
    "stop_on": days_from(TODAY, 60),
    "valid_until": days_from(TODAY, 90),
    "volume_low": 1_000,
    "until_model_replaced": True,
}


@pytest.fixture
def team(db: None) -> Team:
    return new_team()


def fresh(client: Client, assessment: Assessment, *version: int) -> Paper:
    """A report drawn anew."""
    DrawnPdf.objects.all().delete()
    name = "version_report" if version else "report"
    response = client.get(reverse(name, args=[assessment.pk, *version]))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return Paper(response.content)


def signed(team: Team, document: dict[str, Any] | None = None, comment: str = "Fine by me") -> Assessment:
    assessment = team.assessment(document)
    request = team.ask(assessment, due_on=days_from(TODAY, 7), **TERMS)
    approve(assessment, request, team.bo, comment=comment)
    approve(assessment, request, team.cy, "conditions", comment, ("A privacy review", "A fallback"))
    return assessment


def words_of(day: Any) -> str:
    return f"{day.day} {day:%B %Y}"


@needs_poppler
def test_it_prints_approvers_decisions_conditions_dates_hash_and_place_in_the_trail(team: Team, settings: Any) -> None:
    settings.SITE_URL = "https://decide.example.org"
    assessment = signed(team)
    paper = fresh(browser(team.vic), assessment)
    text = paper.text
    for said in (
        f"Version 1, frozen on {words_of(TODAY)}.",
        f"due on {words_of(days_from(TODAY, 7))}",
        f"approved on {words_of(TODAY)}, with conditions that are still open",
        "Bo Example",
        "Cy Example",
        "Fine by me",
        "Condition: A privacy review (open)",
        "Replies that need no correction",
        "$12,000",
        f"Until {words_of(days_from(TODAY, 90))}",
        "While volume is 1,000 requests a month or more",
        "Until the base model is replaced",
    ):
        assert said in text, said
    assert paper.content_hash == Version.objects.get().content_hash
    head = audit.last_about(team.workspace.pk, f"{assessment.pk}.1")
    assert head
    squeezed = re.sub(r"\s", "", text)
    assert head.mac in squeezed
    assert f"Event {head.sequence}" in text
    assert f"https://decide.example.org/verify/?hash={paper.content_hash}" in squeezed
    assert list(audit.faults(team.workspace.pk, head=head.mac)) == []
    assert "Sponsor" not in text


@needs_poppler
def test_a_draft_says_so_and_keeps_its_block_to_sign_by_hand(team: Team) -> None:
    assessment = signed(team)
    answer(assessment, team.eve, "brand_voice", "no")
    client = browser(team.vic)
    draft, version = fresh(client, assessment), fresh(client, assessment, 1)
    assert "This is a draft" in draft.text
    assert "Sponsor" in draft.text
    assert "Bo Example" not in draft.text
    assert "Version 1, frozen on" in version.text
    assert "Bo Example" in version.text


def test_it_is_still_accessible(team: Team) -> None:
    paper = fresh(browser(team.vic), signed(team))
    test_form.test_everything_drawn_is_tagged_or_marked_as_decoration(paper)
    test_form.test_headings_leave_no_level_out(paper)
    test_form.test_cells_of_tables_name_their_headers(paper)
    with paper.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that a report is drawn from in its place: the same gives the same bytes (test_form.py)."""
    monkeypatch.setattr(report, "draw_pdf", lambda html, *, told, slot, **more: f"{html}{more}".encode())


def test_the_same_content_and_sign_off_give_the_same_bytes_and_a_later_act_others(team: Team, undrawn: None) -> None:
    assessment, client = signed(team), browser(team.vic)
    first = fresh(client, assessment)
    audit.record(team.workspace.pk, "comment")
    other = team.assessment()
    approve(other, team.ask(other, team.bo), team.bo)
    assert fresh(client, assessment).data == first.data
    Version._base_manager.update(reason="Not shown")
    assert fresh(client, assessment).data == first.data
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo)
    assert fresh(client, assessment).data != first.data


def test_a_report_that_is_kept_is_drawn_anew_after_a_decision(team: Team, undrawn: None) -> None:
    assessment = team.assessment()
    request = team.ask(assessment, team.bo)
    client, address = browser(team.vic), reverse("report", args=[assessment.pk])
    before = client.get(address).content
    assert client.get(address).content == before
    approve(assessment, request, team.bo)
    assert client.get(address).content != before


@needs_poppler
def test_the_file_itself_is_checked_and_any_change_of_it_is_seen(team: Team, figure: Any) -> None:
    data = fresh(browser(team.vic), signed(team)).data
    found = read_seal(data)
    assert found
    assert found.untouched
    outsider = Client()
    checked = Page(outsider.post(reverse("verify"), {"report": SimpleUploadedFile("a.pdf", data)}))
    assert "byte for byte" in checked.words("main")
    assert "signed on" in checked.words("main")
    chance, unseen = random.Random(5), 0
    for _ in range(300):
        changed = bytearray(data)
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        again = read_seal(bytes(changed))
        unseen += again is not None and again.untouched
    figure("changed reports that pass as untouched", unseen, "300 bytes of a PDF")
    told = subprocess.run(["pdfinfo", "-"], input=data, capture_output=True, check=True)
    assert b"Syntax Error" not in told.stderr
    assert (
        found.content_hash
        in subprocess.run(["pdfinfo", "-custom", "-"], input=data, capture_output=True, check=True).stdout.decode()
    )


@needs_poppler
def test_a_version_that_is_read_otherwise_today_prints_both(team: Team) -> None:
    assessment = signed(team)
    version = Version.objects.get()
    result = version.result | {"approach": "prompting", "action": "keep"}
    Version._base_manager.update(result=result, content_hash="c" * 64)
    text = fresh(browser(team.vic), assessment, 1).text
    assert "What was frozen says something else" in text
    assert FRAMEWORK.verdict.actions["keep"] in text
    assert "c" * 64 in text.replace(" ", "")


@needs_poppler
def test_hostile_names_comments_and_terms_stay_words(team: Team) -> None:
    hostile = '<img src="file:///etc/passwd"><script>alert(1)</script>{{ 7 }} ' + "w" * 300 + "\n" * 200 + "end"
    document = example_document("task_api")
    assessment = team.assessment(document)
    request = team.ask(assessment, team.bo, target_metric=hostile[:200])
    approve(assessment, request, team.bo, "conditions", hostile, (hostile[:500].replace("\n", " "),))
    paper = fresh(browser(team.vic), assessment)
    assert "<script>alert(1)</script>{{ 7 }}" in paper.text
    assert "root:" not in paper.text
    assert len(paper.pdf.pages) < 20
