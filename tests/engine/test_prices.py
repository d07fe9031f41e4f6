"""Prices of base models: the fields of the price list, never a price of a request, and never a guess."""

from datetime import date
from importlib.metadata import version
from typing import Any

import pytest

from assessments.engine.economics import prices
from assessments.engine.economics.prices import PriceNote, model_price, models, providers
from assessments.framework import load_framework

TODAY = date(2026, 11, 20)


def price(provider: Any, model: Any, on: Any = TODAY) -> Any:
    found = model_price(provider, model, on)
    assert found is not None
    return found


def test_the_day_of_the_list_belongs_to_the_locked_version() -> None:
    assert version("genai-prices") == prices.VERSION, "name the day on which the new version came out in prices.py"


def test_a_model_has_the_prices_of_its_provider() -> None:
    """economics.md 5: 3,000 input of which 2,048 cached cost .0002892, 500 output .001."""
    found = price("openai", "gpt-5-mini")
    assert (found.input, found.cache_read, found.output, found.context_window) == (0.25, 0.025, 2.0, 400_000)
    assert ((3000 - 2048) * found.input + 2048 * found.cache_read) / 1e6 == pytest.approx(0.0002892)
    assert 500 * found.output / 1e6 == pytest.approx(0.001)


def test_a_price_with_tiers_is_that_of_short_requests_and_says_so() -> None:
    found = price("anthropic", "claude-haiku-5-5")
    assert (found.input, found.output) == (0.1, 0.5)
    assert found.notes == (PriceNote(code="long_requests", above_tokens=100_000, price=0.5),)


def test_a_price_that_rises_later_is_told_before_and_counts_from_its_day() -> None:
    before, after = price("google", "gemini-3.8-flash"), price("google", "gemini-3.8-flash", date(2027, 1, 1))
    assert (before.input, after.input) == (0.75, 1.5)
    assert before.notes == (PriceNote(code="changes", on=date(2027, 1, 1), price=1.5),)
    assert after.notes == ()


def test_a_price_of_some_hours_does_not_depend_on_the_hour() -> None:
    found = price("deepseek", "deepseek-flash")
    assert found.input == 0.15
    assert PriceNote(code="hours") in found.notes


@pytest.mark.parametrize(
    ("provider", "model"),
    [("openai", "gpt-5-minj"), ("openai", "gpt-5-mini-2025"), ("nobody", "gpt-5"), ("", ""), ("openai", "GPT-5 mini")],
)
def test_a_model_that_is_not_listed_by_exactly_this_name_has_no_price(provider: str, model: str) -> None:
    assert model_price(provider, model, TODAY) is None


def test_what_takes_or_makes_no_text_is_left_out() -> None:
    listed = {found.model for found in models("openai", TODAY)}
    assert "gpt-5-mini" in listed
    assert not listed & {"text-embedding-3-small", "whisper-1", "tts-1", "gpt-image-1", "gpt-realtime", "moderation"}


def test_a_reseller_lists_its_makers_models_after_its_own() -> None:
    listed = models("azure", TODAY)
    own = [found for found in listed if PriceNote(code="maker", maker="OpenAI") not in found.notes]
    assert own
    assert price("azure", "gpt-5-mini").notes == (PriceNote(code="maker", maker="OpenAI"),)


def test_every_listed_price_is_a_number_that_the_form_takes() -> None:
    inputs = load_framework().cost_inputs.approach
    for provider in providers():
        for found in models(provider.key, TODAY):
            assert found.as_of == prices.AS_OF
            for key, value in found.inputs().items():
                assert inputs[key].minimum <= value <= inputs[key].maximum, (found.model, key)


def test_without_a_cached_price_there_is_no_discount() -> None:
    found = price("openai", "gpt-5-pro")
    assert found.cache_read is None
    assert found.inputs()["cache_read_ratio"] == 1
