"""The history of values: who changed what, when, from what to what."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.models import User, ValueChange
from assessments.services.assessments import start, start_from_document
from assessments.services.values import Entry, change

from ..documents import named
from ..visits import FRAMEWORK

pytestmark = pytest.mark.django_db


BRAND_VOICE = "answers.brand_voice"


def save(assessment: Any, value: Any, *, seen: Any, evidence: Any = "", by: Any = None) -> None:
    entry = Entry(path=BRAND_VOICE, value=value, evidence=evidence, seen_version=seen)
    assert not change(assessment, by, [entry]).conflicts


def told(assessment: Any) -> Any:
    return [(c.version, c.before, c.after, c.by) for c in reversed(assessment.changes.filter(path=BRAND_VOICE))]


def make_older(assessment: Any, minutes: float = 5) -> None:
    assessment.changes.update(at=timezone.now() - timedelta(minutes=minutes))


def test_each_change_is_kept_with_what_was_before() -> None:
    assessment = start(None, "a browser", None)
    save(assessment, "yes", seen=0)
    make_older(assessment)
    save(assessment, "no", seen=1, evidence="blind review")
    after = {"value": "no", "evidence": "blind review", "strength": "opinion"}
    assert told(assessment) == [(1, None, {"value": "yes"}, None), (2, {"value": "yes"}, after, None)]


def test_typing_in_one_go_is_one_change() -> None:
    assessment = start(None, "a browser", None)
    for version, evidence in enumerate(("b", "bl", "blind")):
        save(assessment, "yes", seen=version, evidence=evidence)
    assert told(assessment) == [(3, None, {"value": "yes", "evidence": "blind", "strength": "opinion"}, None)]


@pytest.mark.parametrize(("minutes", "changes"), [(0.7, 1), (1.3, 2)])
def test_saves_less_than_a_minute_apart_are_one_change(minutes: float, changes: int) -> None:
    assessment = start(None, "a browser", None)
    save(assessment, "yes", seen=0)
    make_older(assessment, minutes)
    save(assessment, "no", seen=1)
    assert len(told(assessment)) == changes


def test_another_person_makes_another_change() -> None:
    assessment = start(None, "a browser", None)
    dana = User.objects.create_user("dana@example.org", name="Dana")
    save(assessment, "yes", seen=0)
    save(assessment, "no", seen=1, by=dana)
    assert told(assessment) == [(1, None, {"value": "yes"}, None), (2, {"value": "yes"}, {"value": "no"}, dana)]


def test_what_a_file_brought_is_never_amended() -> None:
    assessment = start_from_document(None, "a browser", None, FRAMEWORK, named(answers={"brand_voice": "yes"}))
    save(assessment, "no", seen=1)
    assert told(assessment) == [(0, None, {"value": "yes"}, None), (2, {"value": "yes"}, {"value": "no"}, None)]


def test_a_save_that_changes_nothing_leaves_no_trace() -> None:
    assessment = start(None, "a browser", None)
    save(assessment, "yes", seen=0)
    save(assessment, "yes", seen=0)
    assert ValueChange.objects.count() == 1
