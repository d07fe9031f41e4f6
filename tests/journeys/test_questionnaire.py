"""The questionnaire on a phone and on a desk: the quick answer, what is saved stays in sight, rows are added."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from . import walk

pytestmark = pytest.mark.browser
PHONES = (390, 320)
QUICK = walk.FRAMEWORK.quick


def start_quick(page: Page) -> str:
    page.goto("/")
    page.get_by_role("button", name=QUICK.title).click()
    page.wait_for_url(re.compile(r"/a/\w+/quick/$"))
    return walk.assessment_of(page)


def answer_quick(page: Page) -> None:
    """Each question once: a name, a kind, and what a yes or no takes."""
    for question in QUICK.questions:
        if question.choices:
            walk.radio(page, question.key, "drafting" if question.key == "task_kind" else "yes").check()
        else:
            walk.field(page, question.key).fill("Refund replies")


def test_twelve_questions_on_a_phone_lead_to_a_verdict_and_all_are_kept(
    visitor: Callable[..., BrowserContext],
) -> None:
    page = visitor().new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    assessment = start_quick(page)
    expect(page.locator("#dock-verdict")).to_have_text("No verdict yet")
    answer_quick(page)
    walk.expect_saved(page)
    expect(page.locator("#dock-verdict")).not_to_have_text("No verdict yet")
    page.get_by_role("button", name="See the verdict").click()
    page.wait_for_url(re.compile(rf"{assessment}result/$"))
    page.goto(f"{assessment}reasons_for/")
    expect(walk.radio(page, "consistent_behavior", "yes")).to_be_checked()


def test_without_javascript_the_quick_answer_ends_at_the_same_page(visitor: Callable[..., BrowserContext]) -> None:
    page = visitor(java_script_enabled=False).new_page()
    assessment = start_quick(page)
    answer_quick(page)
    page.get_by_role("button", name="See the verdict").click()
    page.wait_for_url(re.compile(rf"{assessment}result/$"))
    expect(page.get_by_role("main")).not_to_contain_text("No verdict yet")


def test_an_answer_of_the_quick_answer_moves_the_panel_and_leaves_the_focus(page: Page) -> None:
    start_quick(page)
    answer_quick(page)
    walk.choose(page, "changing_requirements", "no")
    expect(walk.radio(page, "changing_requirements", "no")).to_be_focused()
    expect(page.locator("#verdict")).to_contain_text("Stability")


@pytest.mark.parametrize("width", PHONES)
def test_the_head_of_a_page_is_one_line_on_a_phone(visitor: Callable[..., BrowserContext], width: int) -> None:
    page = visitor().new_page()
    page.set_viewport_size({"width": width, "height": 700})
    assessment = walk.start_example(page)
    for path in ("/", assessment, f"{assessment}ceiling/", f"{assessment}result/", "/accounts/login/"):
        page.goto(path)
        assert page.locator("header.top").bounding_box()["height"] < 66, path  # type: ignore[index]
        assert page.evaluate("document.documentElement.scrollWidth") == width, path


@pytest.mark.parametrize("width", [1280, *PHONES])
def test_what_is_saved_stays_in_sight_while_scrolling(visitor: Callable[..., BrowserContext], width: int) -> None:
    page = visitor().new_page()
    page.set_viewport_size({"width": width, "height": 700})
    assessment = walk.start_example(page)
    page.goto(f"{assessment}ceiling/")
    page.mouse.wheel(0, 1500)
    page.wait_for_function("window.scrollY > 500")
    expect(page.locator("#save")).to_be_in_viewport()


def test_a_row_is_added_to_the_examples_and_saved_like_the_others(page: Page) -> None:
    assessment = walk.start(page)
    page.goto(f"{assessment}readiness/")
    rows = page.locator("#q-data tbody tr")
    before = rows.count()
    page.get_by_role("button", name="Add a row").click()
    expect(rows).to_have_count(before + 1)
    expect(page.locator(f"#data-{before}-label")).to_be_focused()
    with walk.saving(page, "data"):
        for column, value in {"label": "Refund", "required": "150", "available": "90", "reviewed": "40"}.items():
            page.locator(f"#data-{before}-{column}").fill(value)
    expect(page.locator("#labelled_examples-derived")).to_contain_text("90")
    page.reload()
    expect(page.locator("#data-0-label")).to_have_value("Refund")


def test_without_javascript_the_button_saves_and_brings_more_rows(visitor: Callable[..., BrowserContext]) -> None:
    page = visitor(java_script_enabled=False).new_page()
    assessment = walk.start(page)
    page.goto(f"{assessment}readiness/")
    for row in range(2):
        for column, value in {"label": f"Kind {row}", "required": "5", "available": "4", "reviewed": "3"}.items():
            page.locator(f"#data-{row}-{column}").fill(value)
    page.get_by_role("button", name="Add a row").click()
    expect(page.locator("#data-1-label")).to_have_value("Kind 1")
    expect(page.locator("#data-3-label")).to_have_value("")
