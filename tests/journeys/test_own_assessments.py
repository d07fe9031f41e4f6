"""Starting, finding, deleting and bringing back; and the appearance, which stays as chosen."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from . import walk
from .conftest import Watch

pytestmark = pytest.mark.browser


def test_a_double_click_starts_one_assessment(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Start an assessment").dblclick()
    page.wait_for_url(re.compile("/use_case/$"))
    page.goto("/assessments/")
    expect(page.locator(".list a[href^='/a/'][href$='/result/']")).to_have_count(1)


def test_starting_again_after_going_back_works(page: Page) -> None:
    page.goto("/")
    for _ in range(2):
        page.get_by_role("button", name="Start an assessment").click()
        page.wait_for_url(re.compile("/use_case/$"))
        page.go_back()


@pytest.mark.parametrize(
    ("script", "hours", "words"),
    [(True, 5, r"^\d+ [A-Z]\w+ 20\d\d, \d\d:\d\d$"), (False, 0, r"^\d+ [A-Z]\w+ 20\d\d, \d\d:\d\d UTC$")],
    ids=["script", "no script"],
)
def test_a_time_is_the_reader_s_own_or_says_whose_it_is(
    visitor: Callable[..., BrowserContext], script: bool, hours: int, words: str
) -> None:
    page = visitor(java_script_enabled=script, timezone_id="Asia/Tashkent").new_page()
    walk.start_example(page)
    told = page.locator("time").first
    expect(told).to_have_text(re.compile(words))
    at = datetime.fromisoformat(told.get_attribute("datetime") or "") + timedelta(hours=hours)
    assert told.inner_text().removesuffix(" UTC") == f"{at:%-d %B %Y, %H:%M}"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_deleting_asks_first_and_can_be_undone(
    visitor: Callable[..., BrowserContext], watch: Watch, script: bool
) -> None:
    watch.allow(404)
    page = visitor(java_script_enabled=script).new_page()
    assessment = walk.start_example(page)
    page.get_by_role("link", name="Delete").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Delete")
    page.get_by_role("link", name="Keep it").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete").click()
    expect(page).to_have_url(re.compile("/assessments/$"))
    page.goto(assessment)
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    page.goto("/assessments/")
    page.get_by_role("button", name="Undo delete").click()
    expect(page).to_have_url(re.compile(f"{assessment}$"))
    page.goto(f"{assessment}result/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Task API assistant")


def test_another_browser_does_not_find_it(page: Page, visitor: Callable[..., BrowserContext], watch: Watch) -> None:
    watch.allow(404)
    assessment = walk.start_example(page)
    stranger = visitor().new_page()
    response = stranger.goto(f"{assessment}result/")
    assert response
    assert response.status == 404
    expect(stranger.get_by_role("main")).not_to_contain_text("Task API")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_appearance_stays_as_chosen(visitor: Callable[..., BrowserContext], script: bool) -> None:
    page = visitor(java_script_enabled=script).new_page()
    page.goto("/privacy/")
    background = "getComputedStyle(document.body).backgroundColor"
    by_system = page.evaluate(background)
    switch = page.get_by_role("button", name="Appearance")
    switch.click()
    expect(switch).to_have_text("Appearance: Light")
    expect(page).to_have_url(re.compile("/privacy/$"))
    assert page.evaluate(background) == by_system
    switch.click()
    expect(switch).to_have_text("Appearance: Dark")
    dark = page.evaluate(background)
    assert dark != by_system
    page.goto("/")
    assert page.evaluate(background) == dark
    page.emulate_media(color_scheme="light")
    assert page.evaluate(background) == dark


def test_a_sample_is_read_and_made_ones_own(page: Page) -> None:
    page.goto("/samples/task-api/")
    page.get_by_role("main").locator("form").get_by_role("button").first.click()
    page.wait_for_url(re.compile(r"/a/\w+/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Task API assistant")
