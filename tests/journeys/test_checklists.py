"""The rooms below the verdict in a browser: ticks that are kept, texts to copy, and the method unfolding at a link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import Watch
from .walk import start_example

pytestmark = pytest.mark.browser


TRAINING = "Before and after training"


def look_at(page: Page, plan: str, checklist: str) -> None:
    """The page of the plan, with this checklist unfolded."""
    page.goto(plan)
    page.locator("#checklists summary", has_text=checklist).click()


def test_a_tick_is_kept_at_once_and_stays(page: Page) -> None:
    plan = f"{start_example(page)}result/plan/"
    look_at(page, plan, TRAINING)
    box = page.get_by_role("checkbox", name="The tuned model was scored on cases that training never saw")
    with page.expect_response(re.compile("/ticks/$")):
        box.check()
    expect(box).to_be_focused()
    expect(page.locator("#ticks-save")).to_have_text(re.compile(r"^\s*Saved \d\d:\d\d\s*$"))
    expect(page.locator("#ticks-training")).to_have_text("1 of 7 done")
    look_at(page, plan, TRAINING)
    expect(box).to_be_checked()
    with page.expect_response(re.compile("/ticks/$")):
        box.uncheck()
    look_at(page, plan, TRAINING)
    expect(box).not_to_be_checked()


def test_two_quick_changes_of_one_box_end_as_it_shows(page: Page) -> None:
    plan = f"{start_example(page)}result/plan/"
    look_at(page, plan, TRAINING)
    box = page.locator("#tick-held_out_used")
    box.check()
    box.uncheck()
    box.check()
    expect(page.locator(".htmx-request")).to_have_count(0)
    look_at(page, plan, TRAINING)
    expect(box).to_be_checked()


def test_a_tick_that_cannot_be_saved_goes_back_and_says_so(page: Page, watch: Watch) -> None:
    watch.allow(0)
    look_at(page, f"{start_example(page)}result/plan/", TRAINING)
    page.route("**/ticks/", lambda route: route.abort())
    page.locator("#tick-what_remains").click()
    expect(page.locator("#ticks-save")).to_contain_text("Not saved")
    expect(page.locator("#tick-what_remains")).not_to_be_checked()


def test_ticks_are_kept_without_javascript(visitor: Callable[..., BrowserContext]) -> None:
    page = visitor(java_script_enabled=False).new_page()
    look_at(page, f"{start_example(page)}result/plan/", "Ready for production")
    page.locator("#tick-alarm").check()
    page.get_by_role("button", name="Save the ticks").click()
    expect(page).to_have_url(re.compile("/result/plan/#tick-alarm$"))
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
    for words in ("Fine-tune a small model", "Task API assistant", "10,000 labelled", "pays back after 4 months"):
        assert words in copied
    assert "{" not in copied


def test_a_link_to_a_question_unfolds_its_section(page: Page) -> None:
    page.goto("/method/#q-brand_voice")
    expect(page.locator("#q-brand_voice")).to_be_in_viewport()
    expect(page.locator("#q-low_volume")).not_to_be_visible()
    page.goto("/method/#gate-cheaper_first")
    expect(page.locator("#gate-cheaper_first")).to_be_in_viewport()
