"""Files that are handed in: read apart, decided on, gone when they should be, and true after whatever happens."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.utils import timezone

from assessments.engine.measured.found import FileFound, WhatWasRead
from assessments.framework import load_framework
from assessments.models import Assessment, AuditEvent, EvidenceFile, EvidenceImport, EvidencePiece, ImportState
from assessments.services import children, evidence, evidence_files, queue, reading_child
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.values import Entry, change

from ..imports import EVIDENCE_FILES, an_import, incoming

PATH = "answers.target_missed"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def child_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str) -> None:
    """Another program stands where the reading process would."""
    room = tmp_path / "stand-in" / "assessments" / "reading"
    room.mkdir(parents=True)
    (room.parent / "__init__.py").write_text("")
    (room / "__init__.py").write_text("")
    (room / "__main__.py").write_text(program)
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path / "stand-in")


def stored_pieces() -> list[str]:
    return sorted(set(EvidencePiece.objects.values_list("stored", flat=True)))


def origin(imported: EvidenceImport) -> dict[str, Any]:
    sha256s = [file.sha256 for file in imported.files.all()]
    return evidence.origin_in(imported, load_framework(), rule="target_missed", tool="promptfoo", sha256s=sha256s)


def accepted(imported: EvidenceImport) -> Entry:
    return Entry(path=PATH, value="yes", evidence="23 of 30 pass", strength="measured", origin=origin(imported))


@pytest.mark.usefixtures("read_at_once")
def test_a_file_is_read_by_the_process_and_decided_on(
    assessment: Assessment, django_capture_on_commit_callbacks: Any
) -> None:
    content = (EVIDENCE_FILES / "plain" / "overrides.csv").read_bytes()
    imported = evidence.start(assessment, None, [incoming(content, name="overrides\0.csv")])
    imported.refresh_from_db()
    file = imported.files.get()
    assert (imported.state, imported.progress, file.name) == (ImportState.READ, 1, "overrides .csv")
    read = evidence.what_was_read(imported)
    assert len(read.found) + len(read.refused) == 1
    assert stored_pieces() == [file.stored]
    with pytest.raises(evidence.AlreadyImported) as same:
        evidence.start(assessment, None, [incoming(content, name="once more.csv")])
    assert same.value.imported == imported
    with django_capture_on_commit_callbacks(execute=True):
        evidence.decide_on(imported, None, [accepted(imported)])
    imported.refresh_from_db()
    assert (imported.state, imported.files.get().stored) == (ImportState.SAVED, "")
    assert stored_pieces() == []
    kept = evidence.what_was_read(imported)
    assert all(not one.preview and not one.faults for one in kept.found)
    assert [event.act for event in AuditEvent.objects.order_by("sequence")][-2:] == [
        "import_evidence",
        "accept_evidence",
    ]
    with pytest.raises(evidence.EvidenceRefused, match="not here any more"):
        evidence.read_again(imported, None)


def test_the_process_gets_nothing_but_its_job(
    assessment: Assessment, read_at_once: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for the process")
    out = tmp_path / "told"
    program = f"import os, sys\nopen({str(out)!r}, 'w').write(repr((dict(os.environ), sys.stdin.read())))\n"
    child_that(monkeypatch, tmp_path, program + 'print(\'{"read": {"found": [], "refused": []}}\')')
    imported = evidence.start(assessment, None, [incoming(b"a,b")])
    imported.refresh_from_db()
    told = out.read_text()
    assert imported.state == ImportState.READ
    assert "not for the process" not in told
    assert "DJANGO" not in told
    assert imported.files.get().sha256 in told


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "raise SystemExit(3)",
        "import time; time.sleep(60)",
        "print('no JSON', flush=True)",
        'print(\'{"progress": 0.5, "lines": 7}\')',
        "print('x' * 3_000_000)",
    ],
)
def test_a_process_that_ends_otherwise_gives_a_sentence(
    assessment: Assessment, read_at_once: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str
) -> None:
    child_that(monkeypatch, tmp_path, program)
    monkeypatch.setattr(reading_child, "WALL_SECONDS", 2)
    monkeypatch.setattr(reading_child, "_LONGEST_LINE", 1_000_000)
    imported = evidence.start(assessment, None, [incoming(b"a,b")])
    imported.refresh_from_db()
    assert (imported.state, imported.told) == (ImportState.FAILED, "out_of_limits")


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which imports were read, by a stand-in."""
    found: list[int] = []

    def read(imported: EvidenceImport, slot: int) -> dict[str, Any]:
        found.append(imported.pk)
        return {"state": ImportState.READ}

    kinds = [replace(one, work=read) if one.model is EvidenceImport else one for one in queue._kinds]
    monkeypatch.setattr(queue, "_kinds", kinds)
    return found


def test_the_one_that_waited_longest_is_taken_first_and_a_third_one_waits_for_room(
    assessment: Assessment, done: list[int]
) -> None:
    first, second = (an_import(assessment, ImportState.READING, name=name) for name in ("a.json", "b.json"))
    places = [children.a_slot(evidence_files.folder()) for _ in range(2)]
    queue.work_off(EvidenceImport)
    assert done == []
    for place in places:
        os.close(place or 0)
    queue.work_off(EvidenceImport)
    assert done == [first.pk, second.pk]


def test_what_a_machine_that_fell_silent_had_is_taken_again_once_then_it_counts_as_stopped(
    assessment: Assessment, done: list[int]
) -> None:
    imported = an_import(assessment, ImportState.READING)
    silent = EvidenceImport.objects.filter(pk=imported.pk)
    for seconds, begun_again, expected in ((1, False, "reading"), (60, False, "read"), (60, True, "failed")):
        heartbeat = timezone.now() - timedelta(seconds=seconds)
        silent.update(state=ImportState.READING, begun_again=begun_again, heartbeat=heartbeat)
        queue.work_off(EvidenceImport)
        imported.refresh_from_db()
        assert imported.state == expected
    assert (done, imported.told) == ([imported.pk], "stopped")


def test_what_is_chosen_is_kept_as_any_database_can(assessment: Assessment) -> None:
    imported = evidence.start(assessment, None, [incoming(b"a,b")])
    EvidenceImport.objects.update(state=ImportState.READ)
    evidence.read_again(imported, None, {"column.pass": "a\0", "slice": ("x", "y")})
    imported.refresh_from_db()
    assert (imported.choices, imported.state) == ({"column.pass": "a", "slice": ["x", "y"]}, ImportState.READING)


def test_an_earlier_attempt_writes_nothing_any_more(assessment: Assessment) -> None:
    imported = an_import(assessment, ImportState.READING)
    EvidenceImport.objects.update(attempt=2)
    with pytest.raises(queue.WorkStopped, match="gone"):
        queue.beat(imported, progress=0.5)
    imported.refresh_from_db()
    assert imported.progress == 0


def test_files_that_nobody_decides_about_go_after_a_day_and_what_belongs_to_nothing_too(assessment: Assessment) -> None:
    evidence.start(assessment, None, [incoming(b"one")])
    kept = evidence.start(assessment, None, [incoming(b"two")])
    EvidenceImport.objects.filter(pk=kept.pk).update(state=ImportState.SAVED, keeps_files=True)
    stored = kept.files.get().stored
    EvidencePiece.objects.create(stored="of nothing", place=0, content=b"x")
    assert evidence_files.sweep() == 0  # it may be on its way
    assert evidence_files.sweep(timezone.now() + timedelta(hours=25)) == 2
    assert stored_pieces() == [stored]
    assert EvidenceFile.objects.exclude(stored="").count() == 1
    assessment.delete()
    evidence_files.sweep(timezone.now() + timedelta(hours=2))
    assert stored_pieces() == []


def test_removing_leaves_what_was_accepted_and_says_since_when_its_file_is_gone(assessment: Assessment) -> None:
    imported, other = (an_import(assessment, ImportState.READ, name=name) for name in ("a.json", "b.json"))
    evidence.decide_on(imported, None, [accepted(imported)])
    sheet = read_sheet(assessment)
    assert evidence.answers_on(imported, evidence.resting_on(sheet)) == [PATH]
    evidence.remove(other, None)
    assert "removed" not in read_sheet(assessment).stated[PATH].origin
    evidence.remove(imported, None)
    said = read_sheet(assessment).stated[PATH]
    assert (said.value, said.evidence, said.origin["files"][0]["name"]) == ("yes", "23 of 30 pass", "a.json")
    assert "removed" in said.origin
    removed = AuditEvent.objects.order_by("sequence").last()
    assert removed
    assert (removed.act, removed.details["versions"]) == ("remove_evidence", {PATH: 2})


def test_another_value_typed_over_one_that_was_measured_keeps_when_that_was(assessment: Assessment) -> None:
    imported = an_import(assessment, ImportState.READ)
    evidence.decide_on(imported, None, [accepted(imported)])
    measured = read_sheet(assessment).stated[PATH].origin

    def typed(value: str, **more: Any) -> Any:
        version = read_sheet(assessment).version(PATH)
        change(assessment, None, [Entry(path=PATH, value=value, seen_version=version, strength="measured", **more)])
        return read_sheet(assessment).stated[PATH].origin

    assert typed("yes", evidence="our words") == measured
    assert typed("no") == {"kind": "typed", "was_measured": measured["when"]}
    assert typed("unsure") == {"kind": "typed", "was_measured": measured["when"]}


def test_a_newer_run_of_the_same_takes_the_older_ones_place(assessment: Assessment) -> None:
    read = WhatWasRead(found=(FileFound(kind="failures", files=(), layout="csv", preview=(("case", "failure"),)),))
    text = msgspec.json.encode(read).decode()
    older = an_import(assessment, ImportState.READ, name="may.csv", read=text)
    evidence.decide_on(older, None, [accepted(older)])
    newer = an_import(assessment, ImportState.READ, name="june.csv", read=text)
    EvidenceImport.objects.update(subject=evidence._subject(read))
    assert evidence.older_runs(assessment) == {newer.pk: older}

    def again(sheet: AnswerSheet) -> list[Entry]:
        return [replace(accepted(newer), value="no", seen_version=sheet.version(PATH))]

    evidence.decide_on(newer, None, again, replaces=older)
    assert list(assessment.imports.all()) == [newer]
    assert "removed" not in read_sheet(assessment).stated[PATH].origin
