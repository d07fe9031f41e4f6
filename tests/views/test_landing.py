"""The first page."""

from typing import Any

import pytest

from assessments.models import Assessment
from assessments.presenters.verdict import headline
from assessments.services.assessments import load_sample

from ..documents import decided, example_document
from ..pages import Page

pytestmark = pytest.mark.django_db


def test_it_starts_an_assessment_and_needs_nothing_but_a_press(client: Any) -> None:
    page = Page(client.get("/"))
    forms = [form.get("action") for form in page.all("form") if form.get("method") == "post"]
    assert "/a/" in forms


def test_before_anything_is_begun_it_says_when_that_goes_again(client: Any) -> None:
    assert "it goes 30 days after your last visit" in Page(client.get("/")).words("main")


def test_a_sample_is_shown_with_its_verdict_when_it_is_loaded(client: Any) -> None:
    assert "/samples/task-api/" not in client.get("/").content.decode()
    load_sample("task-api", example_document("task_api"))
    page = Page(client.get("/"))
    assert "/samples/task-api/" in {link.get("href") for link in page.all("a")}
    assert "Task API assistant" in page.root.text_content()
    assert headline(decided(example_document("task_api"))).title in page.root.text_content()


def test_looking_at_it_stores_nothing(client: Any) -> None:
    client.get("/")
    assert Assessment.objects.count() == 0
