"""The tables of tuning prices and of what approaches change: mistakes are refused at load, with their place."""

from datetime import date
from typing import Any

import pytest

from assessments.engine.economics.prices import model_price
from assessments.engine.economics.tuning_offers import purchasable
from assessments.framework import FrameworkError, load_framework
from assessments.framework.loader import read_framework

from .test_loader import break_once, folder  # noqa: F401

FRAMEWORK = load_framework()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("market.toml", 'key = "cohere"', 'key = "bedrock_nova"', "offer 'bedrock_nova' stands there twice"),
        ("market.toml", "as_of = 2026-10-07", 'as_of = "soon"', "as_of"),
        ("market.toml", "training_price = { likely = 3 }", "train = { likely = 3 }", "no input train"),
        ("market.toml", "low = 2, likely = 2.95", "low = 3, likely = 2.95", "prices.gpu_hourly: not"),
        ("market.toml", "ends_on = 2027-01-14", "ends_on = 2027-01-01", "before last_training"),
        ("market.toml", 'mark = "secondary"', 'mark = "rumour"', "mark"),
        ("market.toml", 'base_model = "openai/gpt-4.1"', 'base_model = "gpt-4.1"', "openai_gpt_4_1.base_model"),
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
    market = FRAMEWORK.market
    for row in market.rows:
        assert row.source
        assert row.address.startswith("https://")
        assert row.as_of <= market.as_of


def test_the_published_prices_of_training_are_there() -> None:
    """economics.md 5 and field.md 1.1."""
    prices = {key: offer.prices.get("training_price") for key, offer in FRAMEWORK.market.offer.items()}
    published = {
        "fireworks_lora_16b": 0.5, "fireworks_lora_80b": 3, "fireworks_lora_300b": 6, "fireworks_lora_large": 10,
        "openai_gpt_4_1": 25, "openai_gpt_4_1_mini": 5, "tinker_qwen3_8b": 0.44,
    }  # fmt: skip
    assert {key: found.likely for key, found in prices.items() if found and key in published} == published
    together = FRAMEWORK.market.offer["together_16b"].prices["training_price"]
    assert (together.low, together.high) == (0.48, 1.35)


def test_what_no_longer_runs_is_known() -> None:
    today = FRAMEWORK.market.as_of
    assert FRAMEWORK.market.has_ended("anthropic", "claude-2", today)
    assert FRAMEWORK.market.has_ended("openai", "gpt-4.1-nano", today)
    assert not FRAMEWORK.market.has_ended("openai", "gpt-5-mini", date(2026, 12, 11))
    assert FRAMEWORK.market.has_ended("openai", "gpt-5-mini", date(2026, 12, 12))


def test_who_still_sells_tuning_to_a_newcomer() -> None:
    """field.md 1.1, on 27 November 2026."""
    market = FRAMEWORK.market
    found = {
        one.provider for one in market.offers if one.newcomers and purchasable(one, market.as_of, 36).state != "gone"
    }
    assert found == {
        *("Your own GPUs", "Tinker (Thinking Machines)", "W&B Inference (CoreWeave)", "Nebius", "Groq", "Fireworks"),
        *("Together AI", "Google Vertex AI", "AWS Bedrock", "Azure OpenAI (Foundry)"),
    }


def test_base_models_cost_what_the_price_library_says() -> None:
    """What the library knows is never typed otherwise."""
    market = FRAMEWORK.market
    for row in market.models:
        found = model_price(row.provider, row.model, market.as_of)
        assert found, row.key
        assert (row.input_price, row.output_price) == (found.input, found.output), row.key
        assert (row.cache_read_price, row.cache_write_price) == (found.cache_read, found.cache_write), row.key
        long = [(note.above_tokens, note.price) for note in found.notes if note.code == "long_requests"]
        assert long == ([(row.long_prompt_above, row.long_input_price)] if row.long_prompt_above else []), row.key
        later = [(note.on, note.price) for note in found.notes if note.code == "changes"]
        assert later == ([(row.changes_on, row.changed_input_price)] if row.changes_on else []), row.key


def test_no_approach_is_promised_better_answers() -> None:
    for cost in FRAMEWORK.approach_costs.approaches:
        assert not set(cost.number) & {"accuracy", "invalid_share"}
        assert all(number.why and number.source for number in cost.numbers)
