"""The rooms below the verdict in a browser: ticks that are kept, texts to copy, and the method unfolding at a link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import Watch
from .walk import start_example

pytestmark = pytest.mark.browser


def test_a_tick_is_kept_at_once_and_stays(page: Page) -> None:
    result = f"{start_example(page)}result/plan/"
    page.goto(result)
    box = page.get_by_role("checkbox", name="The tuned model was scored on cases that training never saw")
    with page.expect_response(re.compile("/ticks/$")):
        box.check()
    expect(box).to_be_focused()
    expect(page.locator("#ticks-save")).to_have_text(re.compile(r"^\s*Saved \d\d:\d\d\s*$"))
    expect(page.locator("#ticks-training")).to_have_text("1 of 7 done")
    page.goto(result)
    expect(box).to_be_checked()
    with page.expect_response(re.compile("/ticks/$")):
        box.uncheck()
    page.goto(result)
    expect(box).not_to_be_checked()


def test_two_quick_changes_of_one_box_end_as_it_shows(page: Page) -> None:
    result = f"{start_example(page)}result/plan/"
    page.goto(result)
    box = page.locator("#tick-held_out_used")
    box.check()
    box.uncheck()
    box.check()
    page.wait_for_load_state("networkidle")
    page.goto(result)
    expect(box).to_be_checked()


def test_a_tick_that_cannot_be_saved_goes_back_and_says_so(page: Page, watch: Watch) -> None:
    watch.allow(0)
    page.goto(f"{start_example(page)}result/plan/")
    page.route("**/ticks/", lambda route: route.abort())
    page.locator("#tick-what_remains").click()
    expect(page.locator("#ticks-save")).to_contain_text("Not saved")
    expect(page.locator("#tick-what_remains")).not_to_be_checked()


def test_ticks_are_kept_without_javascript(visitor: Callable[..., BrowserContext]) -> None:
    page = visitor(java_script_enabled=False).new_page()
    page.goto(f"{start_example(page)}result/plan/")
    page.locator("summary", has_text="Ready for production").click()
    page.locator("#tick-alarm").check()
    page.get_by_role("button", name="Save the ticks").click()
    expect(page).to_have_url(re.compile("/result/plan/#checklists$"))
    expect(page.locator("#tick-alarm")).to_be_checked()
    expect(page.locator("#tick-alarm")).to_be_visible()


def test_a_text_for_another_model_is_copied(page: Page, context: BrowserContext, server: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server)
    page.goto(f"{start_example(page)}result/plan/")
    page.locator("#own-model > summary").click()
    page.get_by_role("button", name="Copy: Plan the investment").click()
    expect(page.locator("#own-status")).to_have_text("Text copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#own-investment").input_value()
    for words in ("Fine-tune a small model", "Task API assistant", "10,000 labelled", "paid back after 4 months"):
        assert words in copied
    assert "{" not in copied


def test_a_link_to_a_question_unfolds_its_section(page: Page) -> None:
    page.goto("/method/#q-brand_voice")
    expect(page.locator("#q-brand_voice")).to_be_in_viewport()
    expect(page.locator("#q-low_volume")).not_to_be_visible()
    page.goto("/method/#rule-9")
    expect(page.locator("#rule-9")).to_be_in_viewport()
