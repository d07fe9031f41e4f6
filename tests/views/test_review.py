"""Check answers: everything at a glance, with a way to change each answer."""

from typing import Any

from django.urls import reverse

from ..documents import named
from ..pages import Page
from ..visits import FRAMEWORK, bring_in, section_url


def page_of(owner: Any, assessment: Any) -> Page:
    return Page(owner.get(reverse("review", args=[assessment.pk])))


def change_links(page: Page) -> list[str]:
    return [link.get("href") for cell in page.all("dd") if "change" in cell.get("class", "") for link in cell.iter("a")]


def test_every_question_has_a_way_to_change_it_that_leads_back_here(owner: Any, example: Any) -> None:
    assessment = bring_in(owner, example)
    expected = [
        f"{section_url(assessment, section.key)}?from=review#q-{question.key}"
        for section in FRAMEWORK.sections
        for question in section.questions
    ]
    assert change_links(page_of(owner, assessment)) == expected


def test_open_questions_come_first_and_vanish_when_answered(owner: Any) -> None:
    def open_links(assessment: Any) -> list[str]:
        page = page_of(owner, assessment)
        lists = [e for e in page.all("ul") if "open-list" in e.get("class", "")]
        return [link.get("href").rpartition("#q-")[2] for e in lists for link in e.iter("a")]

    empty = open_links(bring_in(owner, named()))
    some = open_links(bring_in(owner, named(answers={"brand_voice": "yes", "low_volume": "unsure"})))
    assert {"brand_voice", "low_volume", "labelled_examples"} <= set(empty)
    assert set(empty) - set(some) == {"brand_voice"}
    optional = {question.key for question in FRAMEWORK if question.optional or question.role == "cost"}
    assert not optional & set(empty)


def test_the_way_to_the_verdict_is_never_closed(owner: Any, assessment: Any) -> None:
    hrefs = [link.get("href") for link in page_of(owner, assessment).all("a")]
    assert reverse("result", args=[assessment.pk]) in hrefs


def test_evidence_is_shown_and_only_a_web_address_is_a_link(owner: Any) -> None:
    answer = {"value": "yes", "evidence": "<b>50</b> replies", "link": "https://example.org/r", "strength": "measured"}
    page = page_of(owner, bring_in(owner, named(answers={"brand_voice": answer})))
    assert "<b>50</b> replies" in page.root.text_content()
    outside = [link for link in page.all("a") if link.get("href").startswith("http")]
    assert [(link.get("href"), link.get("rel")) for link in outside] == [
        ("https://example.org/r", "noreferrer noopener nofollow")
    ]
