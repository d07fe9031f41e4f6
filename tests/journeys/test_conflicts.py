"""Two browsers on one answer: nobody's is overwritten unseen, and whoever is second chooses."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from . import walk
from .conftest import Watch

pytestmark = pytest.mark.browser

KEY = "prompt_variations"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def pair(request: pytest.FixtureRequest, visitor: Callable[..., BrowserContext], watch: Watch) -> tuple[Page, Page]:
    """Two windows of one person, both showing the ceiling section with its first answer still open."""
    watch.allow(409)
    first = visitor(java_script_enabled=request.param)
    page = first.new_page()
    assessment = walk.start(page)
    page.goto(f"{assessment}ceiling/")
    second = visitor(java_script_enabled=request.param, storage_state=first.storage_state())
    other = second.new_page()
    other.goto(f"{assessment}ceiling/")
    return page, other


def save(page: Page, value: str, *, evidence: str = "") -> None:
    """Answers and lets it be saved: at once where there is script, else with the button that stays here."""
    walk.radio(page, KEY, value).check()
    if evidence:
        walk.evidence(page, KEY).fill(evidence)
    stay = page.locator("#verdict").get_by_role("button")
    if stay.count():
        stay.click()
    else:
        page.wait_for_timeout(1200 if evidence else 0)
        expect(page.locator("#save > span")).to_contain_text(re.compile(r"^\s*(Saved \d|Changed by)"))


def card(page: Page) -> Locator:
    return page.locator(f"#q-{KEY}")


def conflict(page: Page) -> tuple[Locator, Locator]:
    keep, use = (card(page).get_by_role("button", name=words) for words in ("Keep mine", "Use theirs"))
    expect(keep).to_be_visible()
    expect(use).to_be_visible()
    return keep, use


def stored(page: Page) -> tuple[str, str]:
    """The answer and the evidence as any new page shows them."""
    page.goto(page.url.split("#")[0])
    checked = page.locator(f"input[name={KEY}]:checked").get_attribute("value") or ""
    return checked, page.locator(f"textarea[name={KEY}-evidence]").input_value()


def test_the_second_sees_both_answers_in_place_and_can_keep_their_own(pair: tuple[Page, Page]) -> None:
    first, second = pair
    save(first, "yes", evidence="Seven prompts, in the log")
    save(second, "no", evidence="I count four")
    keep, _ = conflict(second)
    expect(card(second)).to_contain_text("Yes")
    expect(card(second)).to_contain_text("Seven prompts, in the log")
    expect(walk.radio(second, KEY, "no")).to_be_checked()
    expect(walk.evidence(second, KEY)).to_have_value("I count four")
    assert stored(first) == ("yes", "Seven prompts, in the log"), "nothing is overwritten yet"
    keep.click()
    expect(card(second).get_by_role("button", name="Keep mine")).to_have_count(0)
    assert stored(first) == ("no", "I count four")
    assert stored(second) == ("no", "I count four")


def test_the_second_can_take_the_other_answer(pair: tuple[Page, Page]) -> None:
    first, second = pair
    save(first, "yes", evidence="Seven prompts, in the log")
    save(second, "no")
    _, use = conflict(second)
    use.click()
    expect(walk.radio(second, KEY, "yes")).to_be_checked()
    expect(card(second).get_by_role("button", name="Keep mine")).to_have_count(0)
    assert stored(first) == ("yes", "Seven prompts, in the log")


def test_the_same_answer_twice_is_no_conflict(pair: tuple[Page, Page]) -> None:
    first, second = pair
    save(first, "yes")
    save(second, "yes")
    expect(card(second).get_by_role("button", name="Keep mine")).to_have_count(0)


def test_different_answers_never_collide(pair: tuple[Page, Page]) -> None:
    first, second = pair
    save(first, "yes")
    walk.radio(second, "multiple_models", "no").check()
    walk.go_on(second)
    expect(second).to_have_url(re.compile("/reasons_for/$"))
    second.go_back()
    second.reload()
    expect(walk.radio(second, KEY, "yes")).to_be_checked()
    expect(walk.radio(second, "multiple_models", "no")).to_be_checked()


def test_a_conflict_takes_the_focus_to_the_choice_and_is_told(
    page: Page, context: BrowserContext, visitor: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.allow(409)
    assessment = walk.start(page)
    page.goto(f"{assessment}ceiling/")
    other = visitor(storage_state=context.storage_state()).new_page()
    other.goto(f"{assessment}ceiling/")
    walk.choose(page, KEY, "yes")
    with walk.answering(other, KEY) as refused:
        walk.radio(other, KEY, "no").check()
    assert refused.value.status == 409
    keep, _ = conflict(other)
    expect(keep).to_be_focused()
    expect(other.locator("#save > span")).to_contain_text("Changed by somebody else")
    other.wait_for_timeout(500)
    expect(other.locator("#save > span")).to_contain_text("Changed by somebody else")
    other.keyboard.press("Enter")
    expect(other).to_have_url(re.compile(f"/ceiling/#q-{KEY}$"))
    expect(walk.radio(other, KEY, "no")).to_be_checked()


def test_what_is_typed_while_a_conflict_is_on_its_way_stays(
    page: Page, context: BrowserContext, visitor: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.allow(409)
    assessment = walk.start(page)
    page.goto(f"{assessment}ceiling/")
    other = visitor(storage_state=context.storage_state()).new_page()
    other.goto(f"{assessment}ceiling/")
    walk.choose(page, KEY, "yes")
    held: list[Route] = []
    other.route("**/values/*/", lambda route: held.append(route))
    walk.radio(other, KEY, "no").check()
    expect(other.locator("#save > span")).to_contain_text("Saving")
    words = walk.evidence(other, KEY)
    words.fill("Typed meanwhile")
    held[0].continue_()
    conflict(other)
    expect(other.locator("#save > span")).to_contain_text("Changed by somebody else")
    expect(words, "what was opened stays open").to_be_visible()
    expect(words).to_have_value("Typed meanwhile")
    other.unroute("**/values/*/")
    card(other).get_by_role("button", name="Keep mine").click()
    expect(other).to_have_url(re.compile(f"#q-{KEY}$"))
    assert stored(other) == ("no", "Typed meanwhile")


def test_a_field_to_fill_in_shows_the_conflict_too(
    page: Page, context: BrowserContext, visitor: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.allow(409)
    assessment = walk.start(page)
    other = visitor(storage_state=context.storage_state()).new_page()
    other.goto(f"{assessment}use_case/")
    with walk.answering(page, "monthly_requests"):
        walk.field(page, "monthly_requests").fill("1200")
    with walk.answering(other, "monthly_requests"):
        walk.field(other, "monthly_requests").fill("90")
    shown = other.locator("#q-monthly_requests")
    expect(shown).to_contain_text("1,200")
    expect(walk.field(other, "monthly_requests")).to_have_value("90")
    shown.get_by_role("button", name="Use theirs").click()
    expect(walk.field(other, "monthly_requests")).to_have_value("1200")


def test_a_retry_that_meets_a_conflict_overwrites_nothing(
    page: Page, context: BrowserContext, visitor: Callable[..., BrowserContext], watch: Watch
) -> None:
    """Offline here, answered there, back online here: the choice waits for as long as it takes."""
    watch.allow(0, 409)
    assessment = walk.start(page)
    page.goto(f"{assessment}ceiling/")
    away = visitor(storage_state=context.storage_state())
    other = away.new_page()
    other.goto(f"{assessment}ceiling/")
    away.set_offline(True)
    walk.radio(other, KEY, "no").check()
    expect(other.locator("#save > span")).to_contain_text("You are offline")
    other.wait_for_timeout(500)
    walk.choose(page, KEY, "yes")
    away.set_offline(False)
    conflict(other)
    other.wait_for_timeout(2500)
    conflict(other)
    expect(other.locator("#save > span")).to_contain_text("Changed by somebody else")
    assert stored(page) == ("yes", "")
