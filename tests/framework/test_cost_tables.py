"""The tables of tuning prices and of what approaches change: mistakes are refused at load, with their place."""

from datetime import date
from typing import Any

import pytest

from assessments.framework import FrameworkError, load_framework
from assessments.framework.loader import read_framework

from .test_loader import break_once, folder  # noqa: F401

FRAMEWORK = load_framework()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("tuning_prices.toml", 'key = "cohere"', 'key = "bedrock_nova"', "offer 'bedrock_nova' stands there twice"),
        ("tuning_prices.toml", "as_of = 2026-10-07", 'as_of = "soon"', "as_of"),
        ("tuning_prices.toml", "training_price = { likely = 0.5 }", "train = { likely = 0.5 }", "no input train"),
        ("tuning_prices.toml", "low = 2.0, likely = 2.95", "low = 3.0, likely = 2.95", "prices.gpu_hourly: not"),
        ("tuning_prices.toml", "last_use = 2027-01-14", "last_use = 2027-01-01", "before last_training"),
        ("tuning_prices.toml", "last_use = 2027-10-31\n", "", "azure_openai.status"),
        ("tuning_prices.toml", 'status = "open"', 'status = "ajar"', "status"),
        ("approach_costs.toml", 'approach = "tools"', 'approach = "tool"', "missing or unknown tool, tools"),
        ("approach_costs.toml", "times_today = 0.25", "", "decomposition.cacheable_tokens: needs either"),
        ("approach_costs.toml", 'key = "retrieved_tokens"', 'key = "retrieved"', "better_rag.retrieved: no such input"),
        ("approach_costs.toml", 'key = "retrieved_tokens"', 'key = "accuracy"', "measured, not suggested"),
        ("approach_costs.toml", "low = 0.5\n", "low = 0.95\n", "prompting.cache_hit_share: not in rising order"),
        ("approach_costs.toml", "low = 0.5\n", "", "prompting.cache_hit_share: low and high belong together"),
        ("approach_costs.toml", '"calls",\n', '"call",\n', "same_as_today: no call"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_file_and_place(folder: Any, name: str, old: str, new: str, told: str) -> None:  # noqa: F811
    break_once(folder, name, old, new)
    with pytest.raises(FrameworkError) as caught:
        read_framework(folder)
    assert str(caught.value).startswith(f"{name}: ")
    assert told in str(caught.value)


def test_every_price_has_a_source_and_a_day_that_is_not_in_the_future() -> None:
    for offer in FRAMEWORK.tuning_prices.offers:
        assert offer.source
        assert offer.as_of <= date(2026, 11, 20)


def test_the_published_prices_of_training_are_there() -> None:
    """economics.md 5."""
    prices = {key: offer.prices.get("training_price") for key, offer in FRAMEWORK.tuning_prices.offer.items()}
    published = {
        "vertex_gemini_pro": 25, "vertex_gemini_flash": 5, "vertex_gemini_flash_lite": 1.5,
        "fireworks_lora_16b": 0.5, "fireworks_lora_80b": 3, "fireworks_lora_300b": 6, "fireworks_lora_large": 10,
        "openai_gpt_4_1": 25, "openai_gpt_4_1_mini": 5, "openai_gpt_4_1_nano": 1.5,
    }  # fmt: skip
    assert {key: found.likely for key, found in prices.items() if found and key in published} == published
    together = FRAMEWORK.tuning_prices.offer["together_16b"].prices["training_price"]
    assert (together.low, together.high) == (0.48, 1.35)


def test_what_no_longer_runs_is_known() -> None:
    assert ("anthropic", "claude-2") in FRAMEWORK.tuning_prices.retired_models
    assert ("openai", "gpt-5-mini") not in FRAMEWORK.tuning_prices.retired_models


def test_no_approach_is_promised_better_answers() -> None:
    for cost in FRAMEWORK.approach_costs.approaches:
        assert not set(cost.number) & {"accuracy", "invalid_share"}
        assert all(number.why and number.source for number in cost.numbers)
