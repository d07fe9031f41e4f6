"""Costs in detail in a real browser: today's prompt by picking a model, an approach added, figures in place."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from . import walk
from .conftest import Watch

pytestmark = pytest.mark.browser
NUMBERS = "**/values/*/"


def number(page: Page, key: str) -> Locator:
    return page.locator(f"#{key}")


def answering(page: Page, key: str) -> Any:
    def is_save(response: Response) -> bool:
        return response.request.method == "POST" and response.url.endswith(f".{key}/")

    return page.expect_response(is_save)


def enter(page: Page, key: str, typed: str) -> None:
    """Types a number and waits until it is saved and the page has taken in the answer."""
    rev = page.locator(f"#{key}-rev")
    before = rev.input_value()
    with answering(page, key) as response:
        number(page, key).fill(typed)
    assert response.value.ok, response.value.status
    expect(rev).not_to_have_value(before)
    walk.expect_saved(page)


def figure(page: Page, name: str) -> Locator:
    term = page.locator("dt", has_text=re.compile(rf"^\s*{name}(?!\d)"))
    return page.locator("#figures dl > div", has=term).locator("dd")


def pick(page: Page, provider: str, words: str, name: str) -> None:
    page.get_by_role("link", name=re.compile("^Pick a(nother)? model$")).click()
    page.get_by_label("Provider").select_option(provider)
    page.get_by_label("Model", exact=True).fill(words)
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("button", name=f"Use {name}", exact=True).click()
    page.wait_for_url(re.compile("#g-prices$"))


@pytest.fixture
def costs(page: Page) -> str:
    """The costs pages of a new assessment with 20,000 requests a month."""
    return f"{walk.start_example(page)}costs/detail/"


def fill_in_today(page: Page, costs: str) -> None:
    page.goto(f"{costs}status_quo/")
    pick(page, "openai", "gpt-5", "GPT-5 mini")
    for key, typed in {"cacheable_tokens": "6,000", "user_tokens": "200", "output_tokens": "400"}.items():
        enter(page, key, typed)


def test_todays_prompt_by_picking_a_model_then_a_tuned_one_beside_it(page: Page, costs: str, watch: Watch) -> None:
    watch.allow(0)  # leaving a field by a button or an address may cut off a save that says nothing new
    fill_in_today(page, costs)
    expect(page.locator("#input_price-origin")).to_have_text(re.compile(r"^\s*\$0\.25 per 1M tokens, price list of"))
    expect(figure(page, "Month 1")).to_have_text("$47")
    enter(page, "accuracy", "93")
    expect(figure(page, "Falls to people")).to_contain_text("7%")
    page.goto(costs)
    enter(page, "human_fallback_cost", "2.50")
    page.get_by_role("button", name="Add Tune a small model").click()
    page.wait_for_url(re.compile("/fine_tune_small/$"))
    expect(page.locator("#accuracy-origin")).to_have_text("Same as today until you measure")
    expect(number(page, "accuracy")).to_have_value("93")
    page.get_by_role("link", name="Pick a price").click()
    page.get_by_role("button", name=re.compile("Use Fireworks, LoRA on a model of up to 16B")).click()
    page.wait_for_url(re.compile("#g-training$"))
    expect(number(page, "training_price")).to_have_value("0.5")
    before = figure(page, "Month 1").inner_text()
    enter(page, "accuracy", "96")
    expect(figure(page, "Month 1")).not_to_have_text(before)
    expect(number(page, "accuracy")).to_be_focused()
    after = figure(page, "Month 1").inner_text()
    page.reload()
    expect(number(page, "accuracy")).to_have_value("96")
    expect(number(page, "training_price")).to_have_value("0.5")
    expect(figure(page, "Month 1")).to_have_text(after)
    page.goto(costs)
    expect(page.locator("#compare tbody tr")).to_have_count(2)
    page.goto(f"{costs}status_quo/")
    expect(number(page, "cacheable_tokens")).to_have_value("6000")


def test_models_are_found_while_somebody_types(page: Page, costs: str) -> None:
    page.goto(f"{costs}status_quo/model/")
    page.get_by_label("Model", exact=True).press_sequentially("5.4 nano")
    expect(page.locator("#models li")).to_have_count(1)
    expect(page.get_by_label("Model", exact=True)).to_be_focused()
    expect(page.locator("#found")).to_contain_text("1 model with “5.4 nano”")
    page.get_by_label("Provider").select_option("anthropic")
    expect(page.locator("#models li")).to_have_count(0)


def test_a_prompt_is_counted_in_place_and_its_length_taken(page: Page, costs: str) -> None:
    page.goto(f"{costs}status_quo/")
    page.get_by_role("link", name="Count a prompt").click()
    page.get_by_label("Prompt").fill("Answer in two sentences. " * 40)
    page.get_by_role("button", name="Count", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("About 250 tokens, at least 240")
    expect(page.get_by_label("Prompt")).to_have_value("Answer in two sentences. " * 40)
    page.get_by_role("button", name="Use 250").click()
    page.wait_for_url(re.compile("#q-cacheable_tokens$"))
    expect(number(page, "cacheable_tokens")).to_have_value("250")


def test_a_wrong_number_is_told_in_place_and_the_message_goes_when_it_is_mended(
    page: Page, costs: str, watch: Watch
) -> None:
    watch.allow(422)
    page.goto(f"{costs}status_quo/")
    with answering(page, "accuracy") as refused:
        number(page, "accuracy").fill("193")
    assert refused.value.status == 422
    expect(page.locator("#accuracy-error")).to_contain_text("must be 100% or less")
    expect(number(page, "accuracy")).to_have_value("193")
    enter(page, "accuracy", "93")
    expect(page.locator("#accuracy-error")).to_be_empty()


def test_offline_words_are_kept_and_saved_when_back(
    page: Page, costs: str, context: BrowserContext, watch: Watch
) -> None:
    watch.allow(0)
    page.goto(f"{costs}status_quo/")
    context.set_offline(True)
    number(page, "user_tokens").fill("200")
    number(page, "output_tokens").fill("400")
    expect(page.locator("#save > span")).to_contain_text("You are offline")
    page.wait_for_timeout(1200)
    context.set_offline(False)
    walk.expect_saved(page)
    page.reload()
    expect(number(page, "user_tokens")).to_have_value("200")
    expect(number(page, "output_tokens")).to_have_value("400")


def test_two_windows_on_the_same_number_have_to_choose(page: Page, costs: str, watch: Watch) -> None:
    watch.allow(409)
    page.goto(f"{costs}status_quo/")
    other = page.context.new_page()
    other.goto(f"{costs}status_quo/")
    enter(other, "user_tokens", "250")
    number(page, "user_tokens").fill("300")
    expect(page.get_by_role("button", name="Keep mine")).to_be_focused()
    expect(page.locator("#q-user_tokens")).to_contain_text("Saved now: 250 tokens. Yours, not saved: 300 tokens.")
    page.get_by_role("button", name="Keep mine").click()
    page.wait_for_url(re.compile("#q-user_tokens$"))
    expect(number(page, "user_tokens")).to_have_value("300")


def test_without_script_everything_works(
    page: Page, costs: str, visitor: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.allow(422)
    plain = visitor(java_script_enabled=False, storage_state=page.context.storage_state()).new_page()
    plain.goto(f"{costs}status_quo/")
    pick(plain, "openai", "gpt-5", "GPT-5 mini")
    for key, typed in {"cacheable_tokens": "6000", "user_tokens": "200", "output_tokens": "lots"}.items():
        number(plain, key).fill(typed)
    plain.get_by_role("button", name="Save and update").click()
    expect(plain.get_by_role("alert")).to_contain_text("The answer must be a number")
    expect(number(plain, "output_tokens")).to_have_value("lots")
    number(plain, "output_tokens").fill("400")
    plain.get_by_role("button", name="Save and update").click()
    plain.wait_for_url(re.compile("#figures$"))
    expect(figure(plain, "Month 1")).to_have_text("$47")
    plain.goto(costs)
    plain.get_by_role("button", name="Add Better prompt").click()
    plain.wait_for_url(re.compile("/prompting/$"))
    plain.get_by_text("Remove this lever").click()
    plain.get_by_role("button", name="Remove Better prompt").click()
    plain.wait_for_url(re.compile("#approaches$"))
    expect(plain.locator("#compare tbody tr")).to_have_count(1)


def test_the_form_can_be_filled_in_with_the_keyboard_alone(page: Page, costs: str) -> None:
    page.goto(f"{costs}status_quo/")
    number(page, "user_tokens").focus()
    with answering(page, "user_tokens"):
        page.keyboard.type("200")
        page.keyboard.press("Tab")
    expect(page.locator("#q-user_tokens .range summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#user_tokens-low")).to_be_focused()
    with answering(page, "user_tokens") as saved:
        page.keyboard.type("100")
        page.keyboard.press("Tab")
    assert saved.value.ok
    expect(page.locator("#user_tokens-range")).to_have_text("Between 100 and 200")
