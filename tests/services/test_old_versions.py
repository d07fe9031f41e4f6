"""A database of an earlier commit, with a version that was signed: moved to today it is intact and says what it said.

It was decided by the rules of that day, and the same answers come to another result today.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from assessments.models import Assessment, Version
from assessments.services.answer_sheet import read_sheet
from assessments.services.sign_off_state import state_of
from assessments.services.versions import answers_are_those_of, frozen_as, is_intact, result_of

pytestmark = pytest.mark.slow

STORED = json.loads((Path(__file__).parents[1] / "engine" / "stored" / "e7f8723.json").read_text(encoding="utf-8"))
THEN = ("assessments", "0006_two_step_may_be_needed")


def answers_of(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows that commit e7f8723 kept for a document: one for each key, the detailed costs as one lump."""
    for key, said in document["answers"].items():
        yield key, {"strength": "opinion", **(said if isinstance(said, dict) else {"value": said})}
    for part in ("use_case", "readiness", "costs"):
        for key, value in document[part].items():
            yield key, {"value": value, "strength": "opinion"}
    yield "data", {"value": document["data"], "strength": "opinion"}


def fill(apps: Any) -> None:
    def model(name: str) -> Any:
        return apps.get_model("assessments", name).objects

    now = timezone.now()
    eve, bo = (model("User").create(email=f"{name}@example.org", name=name) for name in ("Eve", "Bo"))
    assessment = model("Assessment").create(id="casecasecase", framework="v1", browser="b", changed_at=now)
    for key, row in answers_of(STORED["document"]):
        model("StoredAnswer").create(assessment=assessment, key=key, changed_at=now, **row)
    frozen = {key: STORED[key] for key in ("document", "result", "content_hash")}
    version = model("Version").create(
        assessment=assessment, number=1, framework="v1", last_edited_by=eve, created_at=now, **frozen
    )
    sign_off = model("SignOff").create(version=version, asked_by=eve)
    model("Approval").create(
        sign_off=sign_off, approver=bo, decision="approved", decided_at=now, content_hash=version.content_hash
    )


def test_a_signed_version_of_an_earlier_database_is_intact_and_the_way_back_leaves_it_as_it_was(migrate: Any) -> None:
    fill(migrate(THEN))
    migrate()
    expect_what_was_decided_then()
    version = migrate(THEN).get_model("assessments", "Version").objects.get()
    assert {key: getattr(version, key) for key in ("document", "result", "content_hash")} == {
        key: STORED[key] for key in ("document", "result", "content_hash")
    }


def expect_what_was_decided_then() -> None:
    version, assessment = Version.objects.get(), Assessment.objects.get()
    assert version.hash_rule == 1
    assert is_intact(version)
    assert answers_are_those_of(read_sheet(assessment), version)
    assert frozen_as(assessment, read_sheet(assessment)) is None
    assert result_of(version).approach == "fine_tune_small"
    state = state_of(assessment)
    assert (state.kind, state.is_current, state.is_stale) == ("approved", True, False)
