"""The quick answer: from a blank page to a first verdict in twelve questions, on one page, without script."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.models import Assessment
from assessments.services.answer_sheet import read_sheet

from ..pages import Page
from ..visits import FRAMEWORK, autosave, open_section, section_url, stored

pytestmark = pytest.mark.django_db

MOST = 12
QUICK = FRAMEWORK.quick
KEYS = {question.key for question in QUICK.questions}


def answers(**others: str) -> dict[str, str]:
    """An answer to each question, mostly yes."""
    words = {"name": "Refund replies", "task_kind": "classification"}
    return {question.key: words.get(question.key, "no") for question in QUICK.questions} | others


def test_there_are_at_most_twelve_and_each_is_asked_in_a_section_too() -> None:
    assert len(KEYS) == len(QUICK.questions) <= MOST
    assert all(question == FRAMEWORK.questions[question.key] for question in QUICK.questions)
    assert {"name", "task_kind"} <= KEYS


def test_from_the_first_page_to_a_verdict_with_nothing_but_these_questions(client: Any) -> None:
    page = Page(client.get("/"))
    (button,) = [button for button in page.all("button") if button.get("name") == "quick"]
    opened = client.post(reverse("start"), {button.get("name"): button.get("value")})
    (assessment,) = Assessment.objects.all()
    assert opened["Location"] == section_url(assessment, "quick")
    form = open_section(client, assessment, "quick")
    asked = {name.removesuffix("-rev") for name in form if name.endswith("-rev")}
    assert asked == KEYS
    sent = client.post(opened["Location"], form | answers())
    assert sent["Location"] == reverse("result", args=[assessment.pk])
    assert read_sheet(assessment).verdict.has_begun


@pytest.mark.parametrize("value", ["yes", "no"])
def test_whatever_is_answered_a_verdict_comes_out(owner: Any, assessment: Any, value: str) -> None:
    choices = {question.key: value for question in QUICK.questions if question.kind == "choice"}
    owner.post(section_url(assessment, "quick"), open_section(owner, assessment, "quick") | answers(**choices))
    verdict = read_sheet(assessment).verdict
    assert verdict.has_begun
    assert verdict.action != "not_yet"


def test_what_is_answered_is_kept_in_the_sections(owner: Any, assessment: Any) -> None:
    owner.post(section_url(assessment, "quick"), open_section(owner, assessment, "quick") | answers())
    for question in QUICK.questions:
        section = FRAMEWORK.section_of[question.key].key
        assert open_section(owner, assessment, section)[question.key] == answers()[question.key]


def test_an_answer_is_saved_on_its_own_and_the_page_follows(owner: Any, assessment: Any) -> None:
    form = open_section(owner, assessment, "quick")
    response = autosave(owner, assessment, "prompts_succeed", form | {"prompts_succeed": "yes"})
    page = Page(response)
    assert response.status_code == 200
    assert stored(assessment, "prompts_succeed") is not None
    assert page.has("verdict")
    assert page.has("rail")
    assert not [link for link in page.all("a") if link.get("aria-current") == "step"]


def test_what_cannot_be_read_is_told_on_the_page(owner: Any, assessment: Any) -> None:
    response = owner.post(section_url(assessment, "quick"), {"name-rev": "0.x", "task_kind": "magic"})
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()


def test_save_and_exit_leads_to_all_sections(owner: Any, assessment: Any) -> None:
    form = open_section(owner, assessment, "quick") | {"name": "Refunds", "exit": "1"}
    assert owner.post(section_url(assessment, "quick"), form)["Location"] == reverse("overview", args=[assessment.pk])


def test_it_says_how_many_are_answered(owner: Any, assessment: Any) -> None:
    form = open_section(owner, assessment, "quick") | {"name": "Refunds", "stay": "1"}
    owner.post(section_url(assessment, "quick"), form)
    page = Page(owner.get(section_url(assessment, "quick")))
    assert f"1 of {len(KEYS)} answered" in page.root.text_content()
    assert page.title.startswith(QUICK.title)
