"""The keyboard alone: Tab, arrows, Space and Enter, with the focus always there to see."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from . import walk

pytestmark = pytest.mark.browser

FOCUS = """() => {
    const element = document.activeElement;
    const box = element.closest(".opt") || element;
    const style = getComputedStyle(box);
    const place = box.getBoundingClientRect();
    return {
        at: element.id || element.name || element.href || element.textContent.trim().slice(0, 40),
        key: element.type === "radio" ? element.name : "",
        lost: element === document.body,
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: place.bottom > 0 && place.top < innerHeight && place.width > 0,
    };
}"""


def press(page: Page, key: str) -> dict[str, Any]:
    """Presses a key. The focus must still be somewhere, with an outline, on the screen."""
    page.keyboard.press(key)
    focus: dict[str, Any] = page.evaluate(FOCUS)
    assert not focus["lost"], f"focus lost after {key}"
    assert focus["outlined"], f"no outline on {focus['at']}"
    assert focus["seen"], f"{focus['at']} is off the screen"
    return focus


def tab_to(page: Page, there: Callable[[], bool], *, key: str = "Tab") -> None:
    for _ in range(120):
        if there():
            return
        press(page, key)
    raise AssertionError(f"not reached with 120 tabs: {page.evaluate(FOCUS)}")


def follow(page: Page, path: str, *, key: str = "Tab") -> None:
    """Goes to a link and opens it with Enter."""
    tab_to(page, lambda: page.evaluate("document.activeElement.getAttribute('href')") == path, key=key)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")


def tab_to_button(page: Page, words: str) -> None:
    tab_to(page, lambda: page.evaluate("document.activeElement.textContent.trim()") == words)


def tab_to_question(page: Page, key: str) -> None:
    tab_to(page, lambda: page.evaluate(FOCUS)["key"] == key)


def answer_all(page: Page, section: str) -> None:
    """Answers yes to every question: Space chooses the first option of a group."""
    for question in next(s for s in walk.FRAMEWORK.sections if s.key == section).questions:
        tab_to_question(page, question.key)
        with walk.saving(page, question.key):
            press(page, "Space")
        focus = page.evaluate(FOCUS)
        assert focus["key"] == question.key, "the focus stays on the answer"
        assert focus["outlined"]
        expect(walk.radio(page, question.key, "yes")).to_be_checked()


def test_an_assessment_is_started_answered_and_read_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    assert press(page, "Tab")["at"] == page.locator("a.skip").evaluate("e => e.href")
    tab_to_button(page, "Start an assessment")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/use_case/$"))
    assessment = walk.assessment_of(page)
    tab_to(page, lambda: page.evaluate(FOCUS)["at"] == "name")
    with walk.saving(page, "name"):
        page.keyboard.type("Letter drafts")

    follow(page, f"{assessment}ceiling/", key="Shift+Tab")
    answer_all(page, "ceiling")
    tab_to_button(page, "Continue")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/reasons_for/$"))
    answer_all(page, "reasons_for")
    follow(page, f"{assessment}review/", key="Shift+Tab")
    follow(page, f"{assessment}result/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Letter drafts")
    expect(page.get_by_role("main")).to_contain_text("6 reasons for, none against")


def test_arrows_move_between_answers_and_the_last_one_is_saved(page: Page) -> None:
    assessment = walk.start(page)
    page.goto(f"{assessment}ceiling/")
    tab_to_question(page, "prompt_variations")
    with page.expect_response(lambda response: "prompt_variations=unsure" in (response.request.post_data or "")):
        for _ in range(2):  # on a slow machine the first arrow is saved on its own
            press(page, "ArrowRight")
    expect(walk.radio(page, "prompt_variations", "unsure")).to_be_focused()
    walk.expect_saved(page)
    page.reload()
    expect(walk.radio(page, "prompt_variations", "unsure")).to_be_checked()


def test_evidence_is_opened_and_typed_with_the_keyboard(page: Page) -> None:
    assessment = walk.start(page)
    page.goto(f"{assessment}ceiling/")
    walk.choose(page, "prompt_variations", "yes")
    words = page.locator("summary:has(#prompt_variations-evidence-words)")
    tab_to(page, lambda: words.evaluate("e => e === document.activeElement"))
    press(page, "Enter")
    assert press(page, "Tab")["at"] == "prompt_variations-evidence"
    with walk.saving(page, "prompt_variations"):
        page.keyboard.type("Seven prompts in the log")
    assert page.evaluate(FOCUS)["at"] == "prompt_variations-evidence"
    page.keyboard.type(" of March")
    expect(walk.evidence(page, "prompt_variations")).to_have_value("Seven prompts in the log of March")


def test_the_skip_link_leads_to_the_questions(page: Page) -> None:
    assessment = walk.start(page)
    page.goto(f"{assessment}ceiling/")
    press(page, "Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    inside = "document.getElementById('main').contains(document.activeElement)"
    press(page, "Tab")
    assert page.evaluate(inside)


def test_the_focus_in_the_list_of_sections_survives_a_save(page: Page) -> None:
    """The list is brought anew with each save; whoever is in it by then stays where they are."""
    assessment = walk.start(page)
    page.goto(f"{assessment}ceiling/")
    held: list[Route] = []
    page.route("**/values/*/", lambda route: held.append(route))
    walk.radio(page, "prompt_variations", "yes").check()
    expect(page.locator("#save > span")).to_contain_text("Saving")
    link = page.get_by_role("navigation", name="Sections").locator("a[href$='/reasons_for/']")
    link.focus()
    held[0].continue_()
    walk.expect_saved(page)
    expect(link).to_be_focused()
