"""Looking for published cases: filters answer at once, can be shared and undone, and work without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assessments.framework import load_framework

pytestmark = pytest.mark.browser

CASES = load_framework().precedents.cases
EXTRACTED = sum(case.task_kind == "extraction" for case in CASES)
IN_HOUSE = sum(case.answers.get("data_sovereignty") == "yes" for case in CASES)


def test_a_filter_narrows_the_list_in_place_and_can_be_undone(page: Page) -> None:
    page.goto("/precedents/")
    expect(page.locator("#count")).to_have_text(f"{len(CASES)} of {len(CASES)} cases")
    kind = page.get_by_label("Kind of task")
    kind.focus()
    kind.select_option("extraction")
    expect(page.locator("#count")).to_have_text(f"{EXTRACTED} of {len(CASES)} cases")
    expect(page.locator("#precedents article")).to_have_count(EXTRACTED)
    expect(page).to_have_url(re.compile(r"/precedents/\?kind=extraction$"))
    expect(kind).to_be_focused()
    page.get_by_label("Outcome").select_option("rag")
    expect(page.get_by_text("No cases match")).to_be_visible()
    page.go_back()
    expect(page.locator("#count")).to_have_text(f"{EXTRACTED} of {len(CASES)} cases")
    expect(page.get_by_label("Kind of task")).to_have_value("extraction")
    expect(page.get_by_label("Outcome")).to_have_value("")
    page.reload()
    expect(page.locator("#precedents article")).to_have_count(EXTRACTED)


def test_filters_work_without_javascript(visitor: Callable[..., BrowserContext]) -> None:
    page = visitor(java_script_enabled=False).new_page()
    page.goto("/precedents/")
    page.get_by_label("Where this was so").select_option("data_sovereignty")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#count")).to_have_text(f"{IN_HOUSE} of {len(CASES)} cases")
    page.get_by_role("link", name="Clear").click()
    expect(page.locator("#count")).to_have_text(f"{len(CASES)} of {len(CASES)} cases")
