"""The Task API assistant, entered by hand through the pages: every answer, with and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.documents import example_document

from . import walk
from .results import expect_same_decision, expect_task_api

pytestmark = pytest.mark.browser
DOCUMENT = example_document("task_api")

COLLECT_ANNOUNCEMENTS = """() => {
    window.announced = [];
    new MutationObserver(() => {
        const words = document.getElementById("announce").textContent.trim();
        if (words && words !== window.announced.at(-1)) window.announced.push(words);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


def test_every_answer_by_hand_leads_to_the_published_figures(page: Page) -> None:
    assessment = walk.start(page)
    verdicts = []
    for section in walk.FRAMEWORK.sections:
        walk.open_optional(page, assessment, section)
        expect(page).to_have_url(re.compile(f"{assessment}{section.key}/$"))
        page.evaluate(COLLECT_ANNOUNCEMENTS)
        for answer in walk.typed(section, DOCUMENT):
            key = answer.question.key
            if not answer.question.choices:
                walk.enter(page, answer)
                continue
            walk.choose(page, key, answer.value)
            expect(walk.radio(page, key, answer.value)).to_be_focused()
            if answer.evidence:
                with walk.saving(page, key):
                    walk.evidence(page, key).fill(answer.evidence)
                expect(walk.evidence(page, key)).to_be_focused()
            verdicts.append(page.locator("#dock-verdict").text_content() or "")
        changes = [now for before, now in zip(["", *verdicts], verdicts, strict=False) if now != before]
        announced = page.evaluate("window.announced")
        assert all(words.split(": ", 1)[1] in changes for words in announced), announced
        if section.key == "ceiling":
            assert announced, "the first verdict is announced"
        if section.key == "task_shape":
            assert announced == [], "an answer that changes nothing is not announced"
        walk.go_on(page)
    assert len(set(verdicts)) > 2
    assert walk.FRAMEWORK.approach["fine_tune_small"].name.lower() in verdicts[-1].lower()
    expect(page).to_have_url(re.compile(f"{assessment}review/$"))
    page.get_by_role("link", name="Get the verdict").first.click()
    expect_task_api(page)
    expect_same_decision(walk.export(page, assessment))


@pytest.fixture
def plain(visitor: Callable[..., BrowserContext]) -> BrowserContext:
    return visitor(java_script_enabled=False)


def test_without_javascript_the_same_walk_ends_at_the_same_result(plain: BrowserContext) -> None:
    page = plain.new_page()
    assessment = walk.start(page)
    for section in walk.FRAMEWORK.sections:
        walk.open_optional(page, assessment, section)
        expect(page).to_have_url(re.compile(f"{assessment}{section.key}/$"))
        for answer in walk.typed(section, DOCUMENT):
            walk.enter(page, answer)
        walk.go_on(page)
    expect(page).to_have_url(re.compile(f"{assessment}review/$"))
    page.get_by_role("link", name="Get the verdict").first.click()
    expect_task_api(page)
    expect_same_decision(walk.export(page, assessment))


def test_without_javascript_the_verdict_is_updated_by_a_button(plain: BrowserContext) -> None:
    page = plain.new_page()
    assessment = walk.start(page)
    page.goto(f"{assessment}ceiling/")
    before = page.locator("#verdict .big").inner_text()
    for key in walk.CEILING:
        walk.radio(page, key, "yes").check()
    page.locator("#verdict").get_by_role("button").click()
    expect(page).to_have_url(re.compile(f"{assessment}ceiling/#verdict$"))
    expect(page.locator("#verdict .big")).not_to_have_text(before)


def test_an_answer_is_changed_from_the_check_page_and_leads_back_to_it(page: Page) -> None:
    assessment = walk.start_example(page)
    page.goto(f"{assessment}review/")
    page.get_by_role("link", name=re.compile("^Change Requests a month")).click()
    expect(walk.field(page, "monthly_requests")).to_have_value("20000")
    walk.field(page, "monthly_requests").fill("25,000")
    walk.go_on(page)
    expect(page).to_have_url(re.compile(f"{assessment}review/"))
    expect(page.get_by_role("main")).to_contain_text("25,000")


def test_an_assessment_is_found_again_and_goes_on_at_the_first_open_section(page: Page) -> None:
    assessment = walk.start(page)
    walk.field(page, "name").fill("Letter drafts")
    for key, value in (("task_kind", "drafting"), ("goal", "persona")):
        walk.radio(page, key, value).check()
    walk.field(page, "monthly_requests").fill("1200")
    page.get_by_role("button", name="Save and exit").click()
    page.goto("/")
    page.get_by_role("navigation", name="Main").locator("a[href='/assessments/']").click()
    page.get_by_role("link", name="Letter drafts", exact=True).click()
    page.get_by_role("link", name=re.compile("^Continue: ")).click()
    following = walk.FRAMEWORK.sections[1].key
    expect(page).to_have_url(re.compile(f"{assessment}{following}/$"))
