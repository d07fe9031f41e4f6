"""Deleting asks first, can be undone for a week, and is final afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment
from assessments.services.answer_sheet import read_sheet

from ..documents import example_document
from ..pages import Page
from ..visits import bring_in, rows, start


@pytest.fixture
def filled(owner: Any) -> Assessment:
    return bring_in(owner, example_document("task_api"))


@pytest.fixture
def days_later(monkeypatch: pytest.MonkeyPatch) -> Any:
    now = timezone.now()

    def move(days: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=days))

    return move


def url(name: str, assessment: Assessment) -> str:
    return reverse(name, args=[assessment.pk])


def test_it_asks_first_and_names_what_will_go(owner: Any, filled: Assessment) -> None:
    page = Page(owner.get(url("delete", filled)))
    assert "Task API assistant" in page.words("main")
    assert "7 days" in page.words("main")
    filled.refresh_from_db()
    assert filled.deleted_at is None
    assert url("overview", filled) in {link.get("href") for link in page.all("a")}


def test_it_is_gone_from_everywhere_and_leads_to_the_list(owner: Any, filled: Assessment) -> None:
    response = owner.post(url("delete", filled))
    assert (response.status_code, response["Location"]) == (302, "/assessments/")
    for name in ("overview", "review", "result", "report", "export", "delete"):
        assert owner.get(url(name, filled)).status_code == 404


def test_undo_brings_it_back_as_it_was(owner: Any, filled: Assessment) -> None:
    before = (rows(filled), Assessment.objects.values().get(pk=filled.pk))
    owner.post(url("delete", filled))
    response = owner.post(url("restore", filled))
    assert (response.status_code, response["Location"]) == (302, url("overview", filled))
    assert (rows(filled), Assessment.objects.values().get(pk=filled.pk)) == before
    assert owner.get(url("export", filled)).json() == example_document("task_api")


def test_a_second_press_is_told_calmly_and_does_no_harm(owner: Any, filled: Assessment) -> None:
    owner.post(url("delete", filled))
    assert owner.post(url("delete", filled)).status_code == 404
    owner.post(url("restore", filled))
    assert owner.post(url("restore", filled)).status_code == 404
    assert read_sheet(filled).raw == example_document("task_api")


def test_undo_works_for_a_week_and_not_longer(owner: Any, filled: Assessment, days_later: Any) -> None:
    owner.post(url("delete", filled))
    days_later(6.99)
    assert url("restore", filled) in owner.get("/assessments/").content.decode()
    days_later(7.01)
    assert url("restore", filled) not in owner.get("/assessments/").content.decode()
    assert owner.post(url("restore", filled)).status_code == 404


def test_after_a_week_the_next_delete_erases_it(owner: Any, stranger: Any, filled: Assessment, days_later: Any) -> None:
    owner.post(url("delete", filled))
    days_later(7.01)
    stranger.post(url("delete", start(stranger)))
    assert not Assessment.objects.filter(pk=filled.pk).exists()
    assert rows(filled) == {}


def test_nobody_else_can_delete_or_bring_back(owner: Any, stranger: Any, filled: Assessment) -> None:
    assert stranger.post(url("delete", filled)).status_code == 404
    filled.refresh_from_db()
    assert filled.deleted_at is None
    owner.post(url("delete", filled))
    assert stranger.post(url("restore", filled)).status_code == 404
    filled.refresh_from_db()
    assert filled.deleted_at is not None
