"""Samples can be read by everybody and copied to be one's own."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.models import Assessment
from assessments.services.answer_sheet import read_sheet
from assessments.services.assessments import load_sample

from ..documents import example_document
from ..pages import Page
from ..visits import save_one

SAMPLE = "task-api"


@pytest.fixture
def sample(db: None) -> Assessment:
    return load_sample(SAMPLE, example_document("task_api"))


def test_everybody_reads_it_and_nobody_is_offered_to_change_it(client: Any, sample: Assessment) -> None:
    page = Page(client.get(reverse("sample", args=[SAMPLE])))
    assert "Task API assistant" in page.words("main")
    assert not any((link.get("href") or "").startswith("/a/") for link in page.all("a"))
    actions = [form.get("action") for form in page.all("form") if form.get("method") == "post"]
    copy = reverse("copy_sample", args=[SAMPLE])  # in the head, and below on a phone
    assert actions == [copy, copy, reverse("appearance")]


def test_a_copy_is_one_s_own_with_all_answers(owner: Any, sample: Assessment) -> None:
    response = owner.post(reverse("copy_sample", args=[SAMPLE]))
    copy = Assessment.objects.exclude(pk=sample.pk).get()
    assert (response.status_code, response["Location"]) == (302, reverse("overview", args=[copy.pk]))
    assert (copy.sample, read_sheet(copy).raw) == ("", example_document("task_api"))
    assert owner.get(response["Location"]).status_code == 200


def test_changing_a_copy_leaves_the_sample_as_it_is(owner: Any, sample: Assessment) -> None:
    owner.post(reverse("copy_sample", args=[SAMPLE]))
    copy = Assessment.objects.exclude(pk=sample.pk).get()
    assert save_one(owner, copy, "brand_voice", "no").status_code == 200
    assert read_sheet(sample).raw == example_document("task_api")
