"""The place where files are handed in: sent as a plain form, listed with what rests on them, and taken out."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments.framework import load_framework
from assessments.models import Assessment, EvidenceImport, ImportState
from assessments.services import evidence, evidence_files
from assessments.services.values import Entry

from ..imports import EVIDENCE_FILES, an_import
from ..pages import Page, told_by


def place(assessment: Assessment) -> str:
    return reverse("evidence", args=[assessment.pk])


def send(client: Client, assessment: Assessment, *contents: bytes, **headers: str) -> Any:
    files = [SimpleUploadedFile(f"file {n}.csv", content) for n, content in enumerate(contents)]
    return client.post(place(assessment), {"files": files}, headers=headers)


@pytest.mark.usefixtures("read_at_once")
def test_files_are_sent_read_listed_and_removed(owner: Client, assessment: Assessment) -> None:
    content = (EVIDENCE_FILES / "plain" / "before_after.csv").read_bytes()
    sent = send(owner, assessment, content, b"a,b\n1,2\n")
    imported = EvidenceImport.objects.get()
    own = reverse("evidence_import", args=[assessment.pk, imported.pk])
    assert (sent.status_code, sent["Location"]) == (302, own)
    assert [(file.name, file.size) for file in imported.files.all()] == [
        ("file 0.csv", len(content)),
        ("file 1.csv", 8),
    ]
    again = send(owner, assessment, b"a,b\n1,2\n", content)
    assert again["Location"] == own
    assert "Already imported on" in told_by(Page(owner.get(own, follow=True)))
    listed = told_by(Page(owner.get(place(assessment))))
    assert "file 0.csv and file 1.csv" in listed
    assert imported.files.all()[0].sha256[:12] in listed
    assert owner.post(reverse("remove_evidence", args=[assessment.pk, imported.pk])).status_code == 302
    assert "Nothing imported yet" in told_by(Page(owner.get(place(assessment))))


def test_a_script_is_told_where_to_go_on_and_a_fragment_how_far_it_is(owner: Client, assessment: Assessment) -> None:
    htmx = {"HX-Request": "true"}
    sent = send(owner, assessment, b"a,b", **htmx)
    imported = EvidenceImport.objects.get()
    assert sent["HX-Redirect"] == reverse("evidence_import", args=[assessment.pk, imported.pk])
    address = reverse("evidence_progress", args=[assessment.pk, imported.pk])
    EvidenceImport.objects.update(progress=0.4, lines=40_000)
    fragment = owner.get(address, headers=htmx)
    assert "40% read, 40,000 lines" in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    assert "40% read" in told_by(Page(owner.get(sent["HX-Redirect"])))
    EvidenceImport.objects.update(state=ImportState.READ)
    assert owner.get(address, headers=htmx)["HX-Refresh"] == "true"


def test_more_than_one_may_send_is_refused_and_nothing_of_it_stays(
    owner: Client, assessment: Assessment, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_files, "WITHOUT_ACCOUNT", 100_000)
    before = set(evidence_files.folder().iterdir())
    refused = send(owner, assessment, b"x" * 60_000, b"y" * 60_000)
    assert refused.status_code == 413
    assert "larger than 100 kB" in told_by(Page(refused))
    assert "With an account it is 200 MB" in told_by(Page(refused))
    settings.EVIDENCE_MAX_BYTES = 0
    settings.REQUEST_MAX_BYTES = 10_000
    assert send(owner, assessment, b"x" * 60_000).status_code == 413
    assert set(evidence_files.folder().iterdir()) == before
    assert not EvidenceImport.objects.exists()
    assert "Choose a file first" in told_by(Page(owner.post(place(assessment))))


def test_somebody_without_an_account_is_not_read_for_all_day(
    owner: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "MOST_WAITING", 1)
    assert send(owner, assessment, b"a").status_code == 302
    assert "Other files are still being read" in told_by(Page(send(owner, assessment, b"b")))
    monkeypatch.setattr(evidence, "MOST_WAITING", 9)
    monkeypatch.setattr(evidence, "_MOST_DROPS_STORED", 0)
    assert "Too much is stored already" in told_by(Page(send(owner, assessment, b"b")))
    assert EvidenceImport.objects.count() == 1


def test_what_rests_on_a_file_is_counted_and_named_before_it_goes(owner: Client, assessment: Assessment) -> None:
    imported = an_import(assessment, ImportState.READ, name="run.json")
    sha256s = [file.sha256 for file in imported.files.all()]
    origin = evidence.origin_in(imported, load_framework(), rule="target_missed", tool="promptfoo", sha256s=sha256s)
    entry = Entry(path="answers.target_missed", value="yes", strength="measured", evidence="x", origin=origin)
    evidence.decide_on(imported, None, [entry])
    assert "1 answer rests on it" in told_by(Page(owner.get(place(assessment))))
    asked = told_by(Page(owner.get(reverse("remove_evidence", args=[assessment.pk, imported.pk]))))
    assert "1 answer rests on it" in asked


def test_fifty_imports_ask_no_more_than_one(
    owner: Client, assessment: Assessment, django_assert_num_queries: Any
) -> None:
    for n in range(50):
        an_import(assessment, ImportState.READ, name=f"{n}.json")
    with django_assert_num_queries(7):  # session, assessment, answers, how many, which, their files, older runs
        assert owner.get(place(assessment)).status_code == 200
