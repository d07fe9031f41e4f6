"""Checking a report: signed, a draft, or unknown; as it was drawn, or not. For outsiders and for members."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, AuditEvent, SignOff, Version
from assessments.services import assessments as service
from assessments.services import report as drawing
from assessments.services.seal import seal
from assessments.services.versions import freeze

from ..documents import example_document, named
from ..page_faults import faults
from ..pages import Page, told_by
from ..signers import Team, answer, approve, browser, days_from, new_team

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ON = f"{TODAY.day} {TODAY:%B %Y}"


@pytest.fixture
def team() -> Team:
    return new_team()


@pytest.fixture
def outsider() -> Client:
    return Client(raise_request_exception=False)


def signed(team: Team, **terms: Any) -> Assessment:
    assessment = team.assessment()
    approve(assessment, team.ask(assessment, team.bo, **terms), team.bo)
    return assessment


def check(client: Client, content_hash: str = "", report: bytes | None = None, status: int = 200) -> str:
    sent: dict[str, Any] = {"hash": content_hash}
    if report is not None:
        sent["report"] = SimpleUploadedFile("report.pdf", report, content_type="application/pdf")
    response = client.post(reverse("verify"), sent)
    assert response.status_code == status
    page = Page(response)
    assert faults(page) == []
    return told_by(page)


def hash_of(assessment: Assessment) -> str:
    version = assessment.versions.first()
    assert version
    return version.content_hash


def report_of(client: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A report without the drawing: what is sealed does not matter here."""
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(drawing, "draw_pdf", lambda html, *, content_hash, **more: seal(html.encode(), content_hash))
    response = client.get(reverse("report", args=[assessment.pk]))
    assert response.status_code == 200
    return bytes(response.content)


def test_a_signed_version_is_told_without_names_or_titles(team: Team, outsider: Client) -> None:
    assessment = signed(team, valid_until=days_from(TODAY, 30))
    told = check(outsider, hash_of(assessment))
    assert "This content was signed" in told
    assert f"Version 1 of an assessment, signed on {ON}." in told
    until = days_from(TODAY, 30)
    assert f"The approval was given until {until.day} {until:%B %Y}." in told
    assert "A hash alone says nothing of a file" in told
    for secret in ("Task API", "Bo Example", "Ana Example", assessment.pk, team.workspace.pk, "Support"):
        assert secret not in told


def test_members_see_what_it_is_and_who_decided(team: Team) -> None:
    assessment = signed(team)
    for person in (team.vic, team.ana):
        response = browser(person).get(reverse("verify"), {"hash": hash_of(assessment)})
        page = Page(response)
        assert "You are a member: this is Task API assistant, version 1" in told_by(page)
        assert "Bo Example Approved" in told_by(page)
        links = {link.get("href") for link in page.all("a")}
        assert reverse("version", args=[assessment.pk, 1]) in links
    assert "Bo Example" not in check(browser(team.dan), hash_of(assessment))


@pytest.mark.parametrize(
    "typed", [str.upper, lambda text: f"  {text[:20]}\n{text[20:]} ", lambda text: " ".join(text), str]
)
def test_a_hash_is_read_however_it_is_typed(team: Team, outsider: Client, typed: Any) -> None:
    assert "This content was signed" in check(outsider, typed(hash_of(signed(team))))


def test_drafts_waiting_and_objected_ones_are_not_signed(team: Team, outsider: Client) -> None:
    assessment = team.assessment()
    freeze(assessment, team.ana, reason="")
    told = check(outsider, hash_of(assessment))
    assert "has not been signed" in told
    assert "a draft that was never signed" in told
    request = team.ask(assessment)
    assert "Approval was asked for and has not been given" in check(outsider, hash_of(assessment))
    approve(assessment, request, team.bo)
    approve(assessment, request, team.cy, "objected", "No")
    assert "Approval was asked for and has not been given" in check(outsider, hash_of(assessment))
    approve(assessment, request, team.cy, "conditions", conditions=("One",))
    assert f"signed on {ON} with conditions that are still open" in check(outsider, hash_of(assessment))
    assert "One" not in check(outsider, hash_of(assessment)).replace("One on", "")


def test_an_edit_after_the_signature_is_another_content(team: Team, outsider: Client) -> None:
    assessment = signed(team)
    before = hash_of(assessment)
    answer(assessment, team.eve, "brand_voice", "no")
    freeze(assessment, team.eve, reason="")
    assert "never signed" in check(outsider, hash_of(assessment))
    assert "This content was signed" in check(outsider, before)


def test_the_same_content_in_two_places_is_told_for_both_the_signed_one_first(team: Team, outsider: Client) -> None:
    other = team.assessment()
    freeze(other, team.ana, reason="")
    told = check(outsider, hash_of(signed(team)))
    assert told.index("signed on") < told.index("never signed")


def test_unknown_deleted_and_other_hashes_look_the_same(team: Team, outsider: Client) -> None:
    assessment, gone = signed(team), team.assessment(named("Gone"))
    freeze(gone, team.ana, reason="")
    deleted = hash_of(gone)
    service.delete(gone, None)
    told = {re.sub("[0-9a-f]{8}( [0-9a-f]{8}){7}", "*", check(outsider, one)) for one in (deleted, "0" * 64)}
    assert len(told) == 1
    assert "Unknown here" in told.pop()
    team.workspace.deleted_at = timezone.now()
    team.workspace.save()
    assert "Unknown here" in check(outsider, hash_of(assessment))


def test_a_version_changed_in_the_database_is_told(team: Team, outsider: Client) -> None:
    assessment = signed(team)
    Version._base_manager.update(document=named("Something else"))
    assert "does not match this hash any more" in check(outsider, hash_of(assessment))


@pytest.mark.parametrize(
    "typed", ["abc", "0" * 63, "0" * 65, "g" * 64, "\0", "<script>", "0x" + "0" * 62, "é" * 64, "1" * 5000]
)
def test_what_is_no_hash_is_told_in_a_sentence(outsider: Client, typed: Any) -> None:
    told = check(outsider, typed, status=422)
    assert "A hash has 64 characters" in told


def test_nothing_sent_is_told_too(outsider: Client) -> None:
    assert "Choose a report, or type a hash" in check(outsider, " ", status=422)


def test_the_page_without_anything_asks(outsider: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        page = Page(outsider.get(reverse("verify")))
    assert faults(page) == []
    assert not page.has("outcome")
    assert "sessionid" not in outsider.cookies


# with the file


def test_the_report_of_a_signed_version(team: Team, outsider: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assessment = signed(team)
    report = report_of(browser(team.vic), assessment, monkeypatch)
    told = check(outsider, report=report)
    assert "The file is exactly as this site drew it, byte for byte." in told
    assert f"Version 1 of an assessment, signed on {ON}." in told
    assert "A hash alone" not in told


def test_a_report_that_was_changed_is_not_vouched_for_though_its_hash_was_signed(
    team: Team, outsider: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = report_of(browser(team.vic), signed(team), monkeypatch)
    for changed in (report.replace(b"Pilot first.", b"Go ahead.   "), report + b"%%EOF"):
        assert changed != report
        told = check(outsider, report=changed)
        assert told.index("This file is not as it was drawn") < told.index("cannot be vouched for")
        assert "This content was signed" not in told


def test_a_draft_that_nobody_froze(team: Team, outsider: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    report = report_of(browser(team.vic), team.assessment(), monkeypatch)
    told = check(outsider, report=report)
    assert "This content has not been signed" in told
    assert "It is a draft: no version with this content was frozen" in told


@pytest.mark.parametrize(
    "hostile",
    [
        b"%PDF-1.7\n1 0 obj\n<</Length 99999999999>>\nstream\n",
        b"\0" * 1_000_000,
        b"PK\x03\x04" + b"x" * 999,
        b"<script>alert(1)</script>",
        b"%ftdecide-content: " * 9_999,
        bytes(range(256)) * 999,
        Path(__file__).read_bytes(),
    ],
)
def test_a_hostile_file_gets_a_sentence(outsider: Client, hostile: Any) -> None:
    told = check(outsider, report=hostile, status=422)
    assert "This file carries no mark of a report from this site" in told


def test_an_empty_and_a_very_large_file_get_a_sentence(outsider: Client) -> None:
    assert "no mark of a report" in check(outsider, report=b"", status=422)
    large = seal(b"x" * 2_950_000, "a" * 64)
    assert "larger than 2.9 MB" in check(outsider, report=large, status=422)
    response = outsider.post(reverse("verify"), {"report": SimpleUploadedFile("a.pdf", b"x" * 3_100_000)})
    assert response.status_code == 413


def test_a_file_and_a_hash_together_is_about_the_file(
    team: Team, outsider: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = report_of(browser(team.vic), team.assessment(named()), monkeypatch)
    assert "It is a draft" in check(outsider, hash_of(signed(team)), report=report)


# lightly throttled, and no more said than needed


def test_after_thirty_a_minute_one_has_to_wait(outsider: Client) -> None:
    statuses = [outsider.post(reverse("verify"), {"hash": "0" * 64}).status_code for _ in range(32)]
    assert statuses == [200] * 30 + [429] * 2
    assert outsider.get(reverse("verify"), {"hash": "0" * 64}).status_code == 429
    assert outsider.get(reverse("verify")).status_code == 200
    told = check(outsider, "0" * 64, status=429)
    assert "Wait a minute and try again" in told


def test_each_check_leaves_one_event_without_what_was_checked(outsider: Client) -> None:
    check(outsider, "ab" * 32)
    event = AuditEvent.objects.get()
    assert (event.chain, event.act, event.about) == ("site", "verify_report", "")
    assert "abab" not in str(event.details)


def test_it_asks_as_much_for_many_versions_as_for_one(team: Team, outsider: Client) -> None:
    assessment, counts = signed(team), []
    check(outsider, "0" * 64)  # the count of tries begins
    for more in (0, 8):
        for _ in range(more):
            signed(team)
        with CaptureQueriesContext(connection) as captured:
            page = Page(outsider.get(reverse("verify"), {"hash": hash_of(assessment)}))
        counts.append(len(captured))
    assert counts[0] == counts[1] < 20
    assert told_by(page).count("of an assessment, signed on") == 5


def test_a_request_that_was_taken_back_is_no_signature(team: Team, outsider: Client) -> None:
    assessment = signed(team)
    SignOff.objects.update(withdrawn_at=timezone.now())
    assert "never signed" in check(outsider, hash_of(assessment))


def test_a_report_names_the_page_only_where_the_site_has_an_address(
    team: Team, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    assessment = team.assessment(example_document("service_desk"))
    assert b"Check a report" in report_of(browser(team.vic), assessment, monkeypatch)
    settings.SITE_URL = "https://decide.example.org"
    report = report_of(browser(team.vic), assessment, monkeypatch)
    assert b'href="https://decide.example.org/verify/?hash=' in report
