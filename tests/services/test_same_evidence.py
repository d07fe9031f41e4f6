"""A run that comes in again, in another form or with other files, is known for what it is."""

from pathlib import Path
from typing import Any

import pytest

from assessments.models import Assessment, EvidenceImport
from assessments.services import evidence
from assessments.services.comparison import offered_variants
from assessments.services.same_evidence import came_before, replaceable

from ..imports import EVIDENCE_FILES, incoming

RUNS = EVIDENCE_FILES / "promptfoo"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def imported(assessment: Assessment, *names: str) -> EvidenceImport:
    taken = evidence.start(assessment, None, [incoming((RUNS / name).read_bytes(), name=name) for name in names])
    taken.refresh_from_db()
    return taken


@pytest.mark.usefixtures("read_at_once")
def test_a_run_in_another_form_is_offered_once_and_can_replace_the_first(assessment: Assessment) -> None:
    first = imported(assessment, "results.csv")
    evidence.decide_on(first, None, [])
    again = imported(assessment, "results.json.gz")
    (before,) = came_before(again, evidence.what_was_read(again))
    assert (before.imported, before.files) == (first, ())
    assert replaceable(again, [before]) == first
    evidence.decide_on(again, None, [])
    assert {one.imported for one in offered_variants(assessment)} == {again}
    assert len(offered_variants(assessment)) == 4
    assert not came_before(first, evidence.what_was_read(first))


@pytest.mark.usefixtures("read_at_once")
def test_a_file_that_comes_again_among_others_is_named(assessment: Assessment) -> None:
    first = imported(assessment, "results.csv")
    again = imported(assessment, "results.csv", "small.json")
    (before,) = came_before(again, evidence.what_was_read(again))
    assert (before.imported, before.files) == (first, ("results.csv",))
