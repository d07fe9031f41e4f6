"""The page of one import: every fixture opens, choices are read again, proposals are accepted or left."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.urls import reverse

from assessments.engine.measured.found import FileToRead, ReadingJob, WhatWasRead
from assessments.framework import load_framework
from assessments.models import Assessment, EvidenceFile, EvidenceImport, ImportState
from assessments.reading.__main__ import read_all

from ..imports import EVIDENCE_FILES
from ..page_faults import labelled, sound, whole
from ..pages import Page, told_by

pytestmark = pytest.mark.django_db

FILES = [
    path for path in sorted(EVIDENCE_FILES.glob("[!c]*/*")) if path.is_file() and path.suffix not in (".py", ".md")
]
RAW = re.compile(r"\bNone\b(?! of )|\bTrue\b|\bFalse\b|\w+_v\d\b|\{\w+\}|\bcolumn\.|\bmode\.")


def read_here(*paths: Path, choices: dict[str, str] | None = None) -> WhatWasRead:
    """What the reading process finds, without the process."""
    files = tuple(FileToRead(path=str(path), name=path.name, sha256=digest_of(path)) for path in paths)
    return read_all(ReadingJob(files=files, choices=choices or {}, modes=load_framework().reading.modes))


def digest_of(path: Path) -> str:
    return path.name.encode().hex().ljust(64, "0")[:64]


def imported(assessment: Assessment, *paths: Path, stored: str = "") -> EvidenceImport:
    read = msgspec.json.encode(read_here(*paths)).decode()
    one = EvidenceImport.objects.create(assessment=assessment, state=ImportState.READ, read=read)
    for path in paths:
        EvidenceFile.objects.create(
            evidence_import=one, name=path.name, size=path.stat().st_size, sha256=digest_of(path), stored=stored
        )
    return one


def page_of(client: Any, one: EvidenceImport) -> Any:
    return client.get(reverse("evidence_import", args=[one.assessment_id, one.pk]))


def test_every_file_has_a_page_without_a_raw_key(owner: Any, assessment: Any) -> None:
    said: dict[str, Any] = {}
    for path in FILES:
        response = page_of(owner, imported(assessment, path, stored="here"))
        page, name = Page(response), f"{path.parent.name}/{path.name}"
        for preview in page.root.iterfind(".//table[@class='tbl preview']"):
            preview.clear()
        raw = RAW.findall(told_by(page))
        if response.status_code != 200 or raw or (wrong := [*whole(page), *sound(page), *labelled(page)]):
            said[name] = response.status_code, raw or wrong
    assert said == {}
