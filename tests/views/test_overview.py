"""Where one lands when coming back: every section with its status, and one way to go on."""

from typing import Any

import pytest
from django.urls import reverse

from ..documents import full_document
from ..pages import Page
from ..visits import FRAMEWORK, bring_in, questions_of, save_one, section_url


def page_of(owner: Any, assessment: Any) -> Page:
    return Page(owner.get(reverse("overview", args=[assessment.pk])))


def primary(page: Page) -> str:
    """Where the one primary button leads."""
    buttons = [link for link in page.all("a") if "primary" in link.get("class", "").split()]
    assert len(buttons) == 1
    return str(buttons[0].get("href"))


def test_every_section_is_linked_with_its_status(owner: Any, assessment: Any) -> None:
    save_one(owner, assessment, "name", "Refunds")
    page = page_of(owner, assessment)
    hrefs = [link.get("href") for link in page.all("a")]
    for section in FRAMEWORK.sections:
        assert section_url(assessment, section.key) in hrefs
    statuses = [e.get("class") for e in page.all("span") if "status" in e.get("class", "").split()]
    assert statuses == ["status is-half", *["status is-todo"] * (len(FRAMEWORK.sections) - 1)]


WANTED = [one.key for one in FRAMEWORK.sections if not all(question.optional for question in one.questions)]


@pytest.mark.parametrize("open_section", WANTED)
def test_the_button_leads_to_the_first_section_that_is_not_complete(owner: Any, open_section: Any) -> None:
    assessment = bring_in(owner, full_document())
    sections = [section.key for section in FRAMEWORK.sections]
    for later in sections[sections.index(open_section) :]:
        paths = [question.path for question in questions_of(later)]
        assessment.values.filter(path__in=paths).delete()
    assert primary(page_of(owner, assessment)) == section_url(assessment, open_section)


def test_when_all_is_answered_the_button_leads_to_the_result(owner: Any) -> None:
    assessment = bring_in(owner, full_document())
    assert primary(page_of(owner, assessment)) == reverse("result", args=[assessment.pk])


def test_export_and_delete_are_offered(owner: Any, assessment: Any) -> None:
    hrefs = {link.get("href") for link in page_of(owner, assessment).all("a")}
    assert {reverse(name, args=[assessment.pk]) for name in ("export", "delete", "review", "result")} <= hrefs
