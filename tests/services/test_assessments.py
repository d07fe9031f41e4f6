"""Assessments are started, copied from documents, put away for a week, and brought back as they were."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.engine.document import read_document
from assessments.models import Assessment, ShareLink, StoredValue
from assessments.services import assessments, sharing
from assessments.services.answer_sheet import read_sheet

from ..documents import example_document, named
from ..visits import FRAMEWORK, rows

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def filled() -> Assessment:
    return assessments.start_from_document(None, "a browser", None, FRAMEWORK, example_document("task_api"))


@pytest.fixture
def days_later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Moves the clock."""

    def move(days: float) -> None:
        later = timezone.now() + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda: later)

    return move


def test_a_new_assessment_is_empty_belongs_to_its_browser_and_keeps_its_framework() -> None:
    assessment = assessments.start(None, "a browser", None)
    assessment.refresh_from_db()
    assert (assessment.browser, assessment.framework, assessment.sample) == ("a browser", "v1", "")
    assert assessment.deleted_at is None
    assert StoredValue.objects.count() == 0


def test_ids_are_short_and_random() -> None:
    ids = {assessments.start(None, "a browser", None).pk for _ in range(50)}
    assert len(ids) == 50
    assert {len(identity) for identity in ids} == {12}
    assert all(identity.isalnum() and identity.isascii() and identity.islower() for identity in ids)


def test_an_import_is_all_or_nothing() -> None:
    twice = {**named(), "costs": {"currency": "EUR"}, "data": [{"label": object()}]}
    with pytest.raises(TypeError):
        assessments.start_from_document(None, "a browser", None, FRAMEWORK, twice)
    assert Assessment.objects.count() == 0


def test_a_sample_is_loaded_once_under_its_name_and_reset_the_next_time() -> None:
    document = example_document("task_api")
    first = assessments.load_sample("task-api", document)
    first.values.filter(path="use_case.name").update(value="Changed")
    assessments.delete(first, None)
    second = assessments.load_sample("task-api", document)
    assert (second.pk, Assessment.objects.count()) == (first.pk, 1)
    second.refresh_from_db()
    assert (second.browser, second.deleted_at) == ("", None)
    assert read_sheet(second).raw == document


def test_a_deleted_assessment_is_only_put_away(filled: Assessment) -> None:
    before = rows(filled)
    assessments.delete(filled, None)
    filled.refresh_from_db()
    assert filled.deleted_at is not None
    assert filled.undo_until == filled.deleted_at + WEEK
    assert rows(filled) == before


def test_a_restored_assessment_is_as_it_was(filled: Assessment) -> None:
    sharing.make_link(filled, None)
    before = (Assessment.objects.values().get(pk=filled.pk), rows(filled), list(ShareLink.objects.values()))
    assessments.delete(filled, None)
    assessments.restore(filled, None)
    after = (Assessment.objects.values().get(pk=filled.pk), rows(filled), list(ShareLink.objects.values()))
    assert after == before


def test_deleting_twice_does_not_start_the_week_anew(filled: Assessment, days_later: Any) -> None:
    assessments.delete(filled, None)
    filled.refresh_from_db()
    first = filled.deleted_at
    days_later(3)
    assessments.delete(filled, None)
    filled.refresh_from_db()
    assert filled.deleted_at == first


def test_after_a_week_it_is_gone_with_all_that_belongs_to_it(filled: Assessment, days_later: Any) -> None:
    sharing.make_link(filled, None)
    assessments.delete(filled, None)
    days_later(7.01)
    assessments.delete(other := assessments.start(None, "another browser", None), None)
    assert list(Assessment.objects.all()) == [other]
    assert StoredValue.objects.count() == 0
    assert ShareLink.objects.count() == 0


def test_within_the_week_nobody_else_s_delete_takes_it_away(filled: Assessment, days_later: Any) -> None:
    assessments.delete(filled, None)
    days_later(6.99)
    assessments.delete(assessments.start(None, "another browser", None), None)
    assert Assessment.objects.filter(pk=filled.pk).exists()
    assert StoredValue.objects.filter(assessment=filled).count() == len(rows(filled)) > 40


def test_what_is_not_deleted_stays_however_old_it_is(filled: Assessment, days_later: Any) -> None:
    days_later(10_000)
    assessments.delete(assessments.start(None, "another browser", None), None)
    assert read_document(read_sheet(filled).raw, FRAMEWORK).name == "Task API assistant"
