"""The save line tells the truth: saving, not saved and tried again, offline; and nothing typed is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, Route, expect

from . import walk
from .conftest import Watch

pytestmark = pytest.mark.browser

KEY = "prompt_variations"
SAVES = "**/values/*/"
FAILURES: dict[str, tuple[Callable[[Route], None], int]] = {
    "server error": (lambda route: route.fulfill(status=500, body="no"), 500),
    "bad gateway": (lambda route: route.fulfill(status=502, body="no"), 502),
    "connection lost": (lambda route: route.abort("connectionreset"), 0),
    "connection refused": (lambda route: route.abort("connectionrefused"), 0),
}


@pytest.fixture
def ceiling(page: Page) -> Page:
    """A page with the ceiling questions of a new assessment."""
    page.goto(f"{walk.start(page)}ceiling/")
    return page


def save_line(page: Page, words: str) -> None:
    expect(page.locator("#save > span")).to_contain_text(re.compile(words))


def leaving_asks(page: Page) -> bool:
    """Whether the browser asks before the page is left. Stays on the page if it does."""
    asked: list[str] = []
    left: list[Page] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.once("load", lambda page: left.append(page))
    page.evaluate("setTimeout(() => { location.hash = ''; location.reload(); })")
    for _ in range(600):  # a busy machine is slow, not wrong
        if asked or left:
            break
        page.wait_for_timeout(50)
    if not asked:
        page.remove_listener("dialog", stay)
    return asked == ["beforeunload"]


@pytest.mark.parametrize("failure", FAILURES)
def test_a_save_that_fails_is_told_tried_again_and_made_good(ceiling: Page, watch: Watch, failure: str) -> None:
    fail, status = FAILURES[failure]
    watch.allow(status)
    ceiling.route(SAVES, fail)
    walk.radio(ceiling, KEY, "yes").check()
    save_line(ceiling, r"^Not saved\. Trying again in 2 s$")
    expect(ceiling.locator("#announce")).to_have_text(re.compile("^Not saved"))
    expect(walk.radio(ceiling, KEY, "yes")).to_be_checked()
    expect(walk.radio(ceiling, KEY, "yes")).to_be_focused()
    ceiling.unroute(SAVES)
    walk.expect_saved(ceiling)
    ceiling.reload()
    expect(walk.radio(ceiling, KEY, "yes")).to_be_checked()


def test_offline_is_told_and_answers_are_saved_when_back(ceiling: Page, context: BrowserContext, watch: Watch) -> None:
    watch.allow(0)
    context.set_offline(True)
    save_line(ceiling, "^You are offline")
    walk.radio(ceiling, KEY, "no").check()
    walk.radio(ceiling, "multiple_models", "yes").check()
    walk.evidence(ceiling, KEY).fill("Kept while there is no network")
    ceiling.wait_for_timeout(1200)
    save_line(ceiling, "^You are offline")
    context.set_offline(False)
    walk.expect_saved(ceiling)
    ceiling.reload()
    expect(walk.radio(ceiling, KEY, "no")).to_be_checked()
    expect(walk.radio(ceiling, "multiple_models", "yes")).to_be_checked()
    expect(walk.evidence(ceiling, KEY)).to_have_value("Kept while there is no network")


def test_a_slow_save_is_told_as_saving_and_a_quick_one_is_not(ceiling: Page) -> None:
    ceiling.evaluate(
        """() => { window.told = [];
        new MutationObserver(() => window.told.push(document.getElementById("save").textContent.trim()))
            .observe(document.body, { childList: true, subtree: true, characterData: true }); }"""
    )
    walk.choose(ceiling, KEY, "yes")
    assert "Saving" not in ceiling.evaluate("window.told")
    saves = hold_the_first_save(ceiling)
    walk.radio(ceiling, KEY, "no").check()
    save_line(ceiling, "^Saving$")
    saves[0].continue_()
    walk.expect_saved(ceiling)


def test_leaving_asks_only_while_something_is_not_saved(ceiling: Page, watch: Watch) -> None:
    watch.allow(500)
    walk.choose(ceiling, "multiple_models", "yes")
    ceiling.route(SAVES, FAILURES["server error"][0])
    walk.evidence(ceiling, KEY).fill("Typed and not saved")
    save_line(ceiling, "^Not saved")
    assert leaving_asks(ceiling)
    expect(walk.evidence(ceiling, KEY)).to_have_value("Typed and not saved")
    ceiling.unroute(SAVES)
    walk.expect_saved(ceiling)
    assert not leaving_asks(ceiling)


def test_leaving_asks_in_the_moment_before_typed_words_are_sent(ceiling: Page) -> None:
    walk.evidence(ceiling, KEY).press_sequentially("Almost")
    assert leaving_asks(ceiling)
    expect(walk.evidence(ceiling, KEY)).to_have_value("Almost")


def test_evidence_typed_while_a_save_is_under_way_is_saved_after_it(ceiling: Page) -> None:
    saves = hold_the_first_save(ceiling)
    walk.radio(ceiling, KEY, "yes").check()
    save_line(ceiling, "^Saving$")
    walk.evidence(ceiling, KEY).press_sequentially("Seven prompts")
    ceiling.wait_for_timeout(1000)
    assert len(saves) == 1, "the second save waits for the first"
    with walk.answering(ceiling, KEY) as first:
        saves[0].continue_()
    with walk.answering(ceiling, KEY) as second:
        assert first.value.ok
    assert second.value.ok
    walk.expect_saved(ceiling)
    expect(walk.evidence(ceiling, KEY)).to_have_value("Seven prompts")
    expect(walk.evidence(ceiling, KEY)).to_be_focused()
    ceiling.reload()
    expect(walk.radio(ceiling, KEY, "yes")).to_be_checked()
    expect(walk.evidence(ceiling, KEY)).to_have_value("Seven prompts")


def hold_the_first_save(page: Page) -> list[Route]:
    """The saves that the page has sent. The first one waits until it is let go."""
    saves: list[Route] = []

    def handle(route: Route) -> None:
        saves.append(route)
        if len(saves) > 1:
            route.continue_()

    page.route(SAVES, handle)
    return saves


def test_a_save_that_was_kept_but_whose_answer_was_lost_makes_no_conflict(ceiling: Page, watch: Watch) -> None:
    """The server saved, the network broke before the page knew. The retry is harmless."""
    watch.allow(0)

    def save_and_lose(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    ceiling.route(SAVES, save_and_lose)
    walk.radio(ceiling, KEY, "yes").check()
    save_line(ceiling, "^Not saved")
    ceiling.unroute(SAVES)
    walk.expect_saved(ceiling)
    walk.choose(ceiling, KEY, "no")
    ceiling.reload()
    expect(walk.radio(ceiling, KEY, "no")).to_be_checked()


def test_one_card_that_fails_is_told_while_others_are_saved(ceiling: Page, watch: Watch) -> None:
    watch.allow(500)
    ceiling.route(f"**/values/*.{KEY}/", FAILURES["server error"][0])
    walk.radio(ceiling, KEY, "yes").check()
    save_line(ceiling, "^Not saved")
    with walk.answering(ceiling, "multiple_models") as other:
        walk.radio(ceiling, "multiple_models", "no").check()
    assert other.value.ok
    ceiling.wait_for_timeout(200)
    save_line(ceiling, "^Not saved")


def test_a_save_that_is_refused_says_what_to_do(ceiling: Page, watch: Watch, context: Any) -> None:
    """Cookies gone: the assessment is nobody's here. What was typed stays on the page."""
    watch.allow(403)
    context.clear_cookies()
    walk.radio(ceiling, KEY, "yes").check()
    save_line(ceiling, "Not saved. Copy what you typed")
    expect(walk.radio(ceiling, KEY, "yes")).to_be_checked()


def test_a_wrong_number_is_told_in_place_and_the_message_goes_when_it_is_mended(page: Page, watch: Watch) -> None:
    watch.allow(422)
    walk.start(page)
    number = walk.field(page, "monthly_requests")
    with walk.answering(page, "monthly_requests") as refused:
        number.fill("many")
    assert refused.value.status == 422
    error = page.locator("#monthly_requests-error")
    expect(error).to_contain_text("must be a number")
    expect(number).to_have_value("many")
    expect(number).to_be_focused()
    with walk.answering(page, "monthly_requests"):
        number.fill("1,200")
    expect(error).to_be_empty()
    walk.expect_saved(page)


def test_a_number_says_how_it_was_read_and_then_shows_what_is_stored(page: Page, watch: Watch) -> None:
    watch.allow(422)
    walk.start(page)
    number, read_as = walk.field(page, "monthly_requests"), page.locator("#monthly_requests-read")
    number.fill("12,000")
    expect(read_as).to_have_text("Read as 12,000")
    expect(number).to_have_value("12,000")
    number.press("Tab")
    expect(number).to_have_value("12000")
    number.fill("12.000")
    expect(page.locator("#monthly_requests-error")).to_contain_text("12.000 can be read as 12 or as 12,000")
    expect(read_as).to_be_empty()
    number.press("Tab")
    expect(number).to_have_value("12.000")


def test_continue_with_a_wrong_number_leads_to_a_summary_that_has_the_focus(
    page: Page, watch: Watch, visitor: Callable[..., BrowserContext]
) -> None:
    watch.allow(422)
    walk.start(page)
    walk.field(page, "name").fill("Letter drafts")
    walk.field(page, "monthly_requests").fill("many")
    walk.go_on(page)
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(walk.field(page, "monthly_requests")).to_have_value("many")
    expect(walk.field(page, "name")).to_have_value("Letter drafts")
    summary.get_by_role("link").first.click()
    expect(walk.field(page, "monthly_requests")).to_be_focused()
