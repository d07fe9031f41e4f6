"""The result page of one's own assessment."""

from typing import Any

import pytest
from django.core.cache import caches
from django.urls import reverse

from assessments.presenters.levers import present_levers
from assessments.presenters.result_index import PAGE_NAMES
from assessments.presenters.verdict import headline
from assessments.presenters.words import lower
from assessments.services import report as drawing
from assessments.services import sharing

from ..documents import decided, example_document, named
from ..pages import Page, told_by, words
from ..visits import FRAMEWORK, bring_in, result_urls, rows, save_one


def page_of(owner: Any, assessment: Any, page: str = "brief") -> Page:
    url = reverse("result", args=[assessment.pk]) if page == "brief" else behind(assessment, page)
    response = owner.get(url)
    assert response.status_code == 200
    return Page(response)


def behind(assessment: Any, page: str) -> str:
    return reverse("result_page", args=[assessment.pk, page])


def test_the_verdict_is_a_sentence_on_the_page_and_in_its_title(owner: Any, example: Any) -> None:
    verdict = headline(decided(example)).title
    page = page_of(owner, bring_in(owner, example))
    assert page.title.startswith(verdict)
    assert page.words("v-h") == verdict


def test_all_lenses_and_approaches_and_criteria_are_there(owner: Any, example: Any) -> None:
    decision = decided(example)
    assessment = bring_in(owner, example)
    text = words(page_of(owner, assessment, "why").with_id("lenses"))
    assert [lens.name for lens in FRAMEWORK.lenses if lens.name not in text] == []
    page = page_of(owner, assessment, "options")
    rows = [words(row) for row in page.root.xpath("//table[@class='mx']/tbody/tr/th[@scope='row']")]
    by_name = {key: next(row for row in rows if approach.name in row) for key, approach in FRAMEWORK.approach.items()}
    assert len(rows) == len(by_name) == len(decision.matrix.ranking)
    assert decision.framework.approach[decision.leads].name in rows[0]
    text = told_by(page)
    assert [c.name for c in FRAMEWORK.matrix.criteria if c.name not in text and lower(c.name) not in text] == []


def test_every_lever_stands_with_a_word_and_a_reason_of_one_line(example: Any) -> None:
    levers = present_levers(decided(example))
    assert [lever.state for lever in levers] == sorted(
        (lever.state for lever in levers), key=("verdict", "open", "tried", "closed").index
    )
    assert [lever.name for lever in levers if not lever.reason or len(lever.reason) > 45] == []


def test_the_brief_has_at_most_six_rows_of_a_kind_and_no_sentence_twice(owner: Any, example: Any) -> None:
    page = page_of(owner, bring_in(owner, example))
    for identity in ("before", "levers", "next"):
        if page.has(identity):
            assert 1 <= len(list(page.with_id(identity).iter("li"))) <= 6
    sentences = [sentence for sentence in told_by(page).split(". ") if len(sentence) > 40]
    assert len(sentences) == len(set(sentences))


def test_the_list_has_every_page_with_its_figure_and_marks_the_one_that_is_open(owner: Any) -> None:
    assessment = bring_in(owner, example_document("task_api"))
    for page_key, url in zip(PAGE_NAMES, result_urls(assessment), strict=True):
        page = Page(owner.get(url))
        links = page.root.xpath("//nav[contains(@class, 'toc')]/ul[1]/li/a")
        assert [link.get("href") for link in links] == result_urls(assessment)
        assert next(words(link) for link in links if link.get("aria-current")).startswith(PAGE_NAMES[page_key])
        assert all(link.find("small") is not None for link in links[1:])


def test_a_page_is_small(owner: Any, example: Any, figure: Any) -> None:
    """Each is read on a phone, too. The money has tables of every month behind it."""
    sizes = {url.split("/")[-2]: len(owner.get(url).content) for url in result_urls(bring_in(owner, example))}
    largest = max((page for page in sizes if page != "money"), key=sizes.__getitem__)
    figure("largest page of a result", sizes[largest] / 1000, largest)


def test_costs_are_shown_when_they_were_entered_and_how_to_enter_them_otherwise(owner: Any) -> None:
    """method.md section 8: $6,000 upfront, $1,500 a month net, back after 4 months."""
    text = told_by(page_of(owner, bring_in(owner, example_document("task_api")), "money"))
    for figure in ("4 months", "$6,000", "$1,500"):
        assert figure in text
    page = page_of(owner, bring_in(owner, named()), "money")
    assert "No costs are known yet" in told_by(page)
    assert any((link.get("href") or "").endswith("/costs/") for link in page.all("a"))


def test_a_price_to_beat_without_own_costs_leads_to_what_is_missing_for_more(owner: Any) -> None:
    asked = {"prompt_tokens": 1500, "monthly_requests": 40_000}
    assessment = bring_in(owner, named(use_case=asked, answers={"cost_optimization": "yes"}))
    page = page_of(owner, assessment, "money")
    assert "Your own costs are not entered yet" in told_by(page)
    (link,) = (link for link in page.all("a") if "Add what a failed request costs" in link.text_content())
    address, anchor = link.get("href").split("#")
    assert Page(owner.get(address)).has(anchor)


def test_an_empty_assessment_has_a_result_and_says_what_is_open(owner: Any, assessment: Any) -> None:
    page = page_of(owner, assessment)
    assert page.words("v-h") == headline(decided(named())).title
    assert page.has("next")


def test_a_result_follows_the_next_answer(owner: Any) -> None:
    """It is kept once drawn, but never longer than until an answer changes."""
    assessment = bring_in(owner, example_document("task_api"))
    first = page_of(owner, assessment).words("v-h")
    assert page_of(owner, assessment).words("v-h") == first
    for key in ("prompts_succeed", "low_volume"):
        save_one(owner, assessment, key, "yes")
    assert page_of(owner, assessment).words("v-h") != first
    save_one(owner, assessment, "low_volume", "no")
    save_one(owner, assessment, "prompts_succeed", "no")
    assert page_of(owner, assessment).words("v-h") == first


def test_hostile_text_is_shown_as_text(owner: Any) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    answer = {"value": "yes", "evidence": hostile, "strength": "measured"}
    document = example_document("task_api")
    document["use_case"] |= {"name": hostile, "task": hostile, "model": hostile}
    document["answers"] |= dict.fromkeys(FRAMEWORK.keys("ceiling"), answer)
    document["data"] = [{"label": hostile, "required": 5, "available": 1, "reviewed": 0}]
    for url in result_urls(bring_in(owner, document)):
        page = Page(owner.get(url))
        assert list(page.all("img")) == []
        assert not any("alert" in (script.text or "") for script in page.all("script"))
        assert hostile in page.root.text_content()


def test_the_owner_can_share_export_and_change(owner: Any, assessment: Any) -> None:
    page = page_of(owner, assessment)
    hrefs = {link.get("href") for link in page.all("a")}
    assert {reverse(name, args=[assessment.pk]) for name in ("export", "review")} <= hrefs
    assert reverse("make_link", args=[assessment.pk]) in {form.get("action") for form in page.all("form")}
    assert "All links" in told_by(page)
    sharing.make_link(assessment, None)
    sharing.make_link(assessment, None)
    page = page_of(owner, assessment)
    assert "2 links are on" in told_by(page)
    leads_to = {link.get("href") for link in page.all("a")}
    assert {reverse(name, args=[assessment.pk]) for name in ("make_link", "links")} <= leads_to


def test_where_no_pdf_can_be_drawn_the_page_can_be_printed(
    owner: Any, assessment: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = reverse("report", args=[assessment.pk])
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    assert report in {link.get("href") for link in page_of(owner, assessment).all("a")}
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: False)
    caches["pages"].clear()
    page = page_of(owner, assessment)
    assert report not in {link.get("href") for link in page.all("a")}
    assert [b for b in page.all("button") if b.get("data-print") is not None]
    assert owner.get(report).status_code == 503


def test_a_report_is_drawn_once_for_one_content(owner: Any, assessment: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def draw(html: str, **more: object) -> bytes:
        drawn.append(html)
        return b"%PDF-1.7"

    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(drawing, "draw_pdf", draw)
    report = reverse("report", args=[assessment.pk])
    save_one(owner, assessment, "name", "Größe & Form: „Refunds“")
    for _ in range(2):
        response = owner.get(report)
        assert (response.content, response.headers["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
        assert response.headers["Content-Disposition"] == 'inline; filename="ftdecide-groe-form-refunds.pdf"'
    assert len(drawn) == 1
    save_one(owner, assessment, "name", "Returns")
    owner.get(report)
    assert len(drawn) == 2


def test_looking_at_a_result_changes_nothing(owner: Any) -> None:
    assessment = bring_in(owner, example_document("task_api"))
    before = (rows(assessment), assessment.changed_at)
    page_of(owner, assessment)
    assessment.refresh_from_db()
    assert (rows(assessment), assessment.changed_at) == before
