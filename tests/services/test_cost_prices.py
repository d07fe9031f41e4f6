"""Prices in the form: copied once with their day, renewed only when somebody says so, and only as shown."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assessments.engine.economics import prices
from assessments.engine.economics.prices import model_price
from assessments.framework import load_framework
from assessments.models import Assessment
from assessments.services import cost_prices
from assessments.services.answer_sheet import read_sheet
from assessments.services.cost_draft import STARTS_ON, CostDraft
from assessments.services.cost_prices import renew, renewal, take_count, take_model, take_offer
from assessments.services.costs import add_approach
from tests.documents import named
from tests.visits import bring_in, detailed_costs, rows

from .test_costs import enter, numbers, origins

TODAY, NEW_YEAR = date(2026, 11, 20), date(2027, 1, 1)
OFFERS = load_framework().market.offer


@pytest.fixture
def costs(owner: Any) -> Assessment:
    return bring_in(owner, named(costs={"detailed": {"approaches": {"status_quo": {"cacheable_tokens": 6000}}}}))


def take(assessment: Any, approach: Any, provider: Any, model: Any) -> None:
    found = model_price(provider, model, TODAY)
    assert found is not None
    take_model(assessment, None, approach, found, TODAY)


def origin(assessment: Any, approach: Any, key: Any) -> Any:
    return CostDraft(read_sheet(assessment)).origin(approach, key)


def moves(assessment: Any, on: Any) -> Any:
    found = renewal(CostDraft(read_sheet(assessment)), on)
    return [(move.approach, move.key, move.old, move.new) for move in found.moves]


def test_a_model_fills_in_its_prices_and_is_remembered_with_the_day_of_its_list(costs: Assessment) -> None:
    take(costs, "status_quo", "openai", "gpt-5-mini")
    assert numbers(costs, "status_quo") == {
        "cacheable_tokens": 6000,
        "input_price": 0.25,
        "output_price": 2.0,
        "cache_read_ratio": 0.1,
        "cache_write_ratio": 1,
        "ends_on": "2026-12-11",
    }
    assert origin(costs, "status_quo", "input_price") == {
        "kind": "price_list",
        "provider": "openai",
        "model": "gpt-5-mini",
        "as_of": prices.AS_OF.isoformat(),
    }
    assert set(origins(costs, "status_quo").values()) == {"price_list"}


def test_what_is_known_of_a_model_comes_with_it_and_goes_with_it(costs: Assessment) -> None:
    """Long prompts, a change of price and an end are filled in, follow today's model, and give way to another's."""
    add_approach(costs, None, "prompting")
    take(costs, "status_quo", "google", "gemini-3.8-flash")
    change = {"price_changes_on": "2027-01-01", "changed_input_price": 1.5, "changed_output_price": 7.5}
    assert change.items() <= numbers(costs, "prompting").items()
    take(costs, "status_quo", "openai", "gpt-6-luna")
    long = {"long_prompt_above": 272_000, "long_input_price": 0.2, "long_output_price": 0.75}
    for approach in ("status_quo", "prompting"):
        own = numbers(costs, approach)
        assert long.items() <= own.items()
        assert not own.keys() & change.keys()
    take(costs, "prompting", "openai", "gpt-5-mini")
    assert numbers(costs, "prompting")["ends_on"] == "2026-12-11"
    assert "long_prompt_above" not in numbers(costs, "prompting")


def test_the_plan_begins_on_the_day_of_the_first_pick_that_brings_a_date_and_stays_there(costs: Assessment) -> None:
    """Else a newer market would move the months of figures that somebody has signed."""
    take(costs, "status_quo", "openai", "gpt-6-luna")
    assert STARTS_ON not in read_sheet(costs).stated
    take(costs, "status_quo", "openai", "gpt-5-mini")
    take_offer(costs, None, "status_quo", OFFERS["openai_gpt_4_1"], NEW_YEAR)
    begun = read_sheet(costs).stated[STARTS_ON]
    assert (begun.value, begun.origin) == (TODAY.isoformat(), "default")


def test_what_follows_today_follows_todays_model(costs: Assessment) -> None:
    add_approach(costs, None, "prompting")
    take(costs, "status_quo", "openai", "gpt-5-mini")
    assert numbers(costs, "prompting")["input_price"] == 0.25
    assert origins(costs, "prompting")["input_price"] == "today"


def test_only_who_uses_the_cache_pays_for_writing_to_it(costs: Assessment) -> None:
    """Anthropic charges 125% for it; today's prompt is not cached, the better prompt is."""
    add_approach(costs, None, "prompting")
    take(costs, "status_quo", "anthropic", "claude-sonnet-5")
    assert numbers(costs, "status_quo")["cache_write_ratio"] == 1
    assert numbers(costs, "prompting")["cache_write_ratio"] == 1.25
    enter(costs, "status_quo", "cache_hit_share", 0.5)
    assert numbers(costs, "status_quo")["cache_write_ratio"] == 1.25
    enter(costs, "status_quo", "cache_write_ratio", 1.1)
    enter(costs, "status_quo", "cache_hit_share", 0)
    assert numbers(costs, "status_quo")["cache_write_ratio"] == 1.1


def test_an_offer_fills_in_training_and_hosting(costs: Assessment) -> None:
    add_approach(costs, None, "fine_tune_large")
    take_offer(costs, None, "fine_tune_large", OFFERS["openai_gpt_4_1"], TODAY)
    own = numbers(costs, "fine_tune_large")
    assert (own["training_price"], own["input_price"], own["output_price"]) == (25, 3.0, 12.0)
    assert own["ends_on"] == "2027-01-14"
    expected = {"kind": "tuning_price", "offer": "openai_gpt_4_1", "as_of": "2026-10-21"}
    expected["last_training"] = "2027-01-06"
    assert origin(costs, "fine_tune_large", "training_price") == expected


def test_another_offer_takes_the_prices_of_the_first_one_back(costs: Assessment) -> None:
    add_approach(costs, None, "fine_tune_large")
    take_offer(costs, None, "fine_tune_large", OFFERS["azure_openai"], TODAY)
    assert numbers(costs, "fine_tune_large")["hosting_hourly"] == 1.7
    take_offer(costs, None, "fine_tune_large", OFFERS["fireworks_lora_80b"], TODAY)
    own = numbers(costs, "fine_tune_large")
    assert (own["hosting_hourly"], own["training_price"], own["input_price"]) == (0, 3, 0)
    assert own["gpu_hourly"] == {"low": 7, "likely": 8, "high": 8}
    take_offer(costs, None, "fine_tune_large", OFFERS["together_16b"], TODAY)
    assert "gpu_hourly" not in numbers(costs, "fine_tune_large")
    assert numbers(costs, "fine_tune_large")["training_price"] == {"low": 0.48, "likely": 0.48, "high": 1.35}


def test_a_model_picked_for_an_offer_without_one_stays(costs: Assessment) -> None:
    add_approach(costs, None, "fine_tune_large")
    take(costs, "fine_tune_large", "openai", "gpt-4.1")
    take_offer(costs, None, "fine_tune_large", OFFERS["azure_openai"], TODAY)
    assert numbers(costs, "fine_tune_large")["input_price"] == 2.0
    assert origin(costs, "fine_tune_large", "input_price")["model"] == "gpt-4.1"


def test_a_count_of_tokens_says_that_it_is_an_estimate(costs: Assessment) -> None:
    take_count(costs, None, "status_quo", 1234)
    assert numbers(costs, "status_quo")["cacheable_tokens"] == 1234
    assert origins(costs, "status_quo") == {"cacheable_tokens": "token_count"}
    enter(costs, "status_quo", "cacheable_tokens", 1300)
    assert origins(costs, "status_quo") == {}


def test_nothing_is_filled_into_an_approach_that_is_not_there(costs: Assessment) -> None:
    take(costs, "prompting", "openai", "gpt-5-mini")
    take_offer(costs, None, "fine_tune_large", OFFERS["azure_openai"], TODAY)
    take_count(costs, None, "tools", 5)
    assert set(detailed_costs(costs)["approaches"]) == {"status_quo"}


def test_prices_that_moved_are_told_and_taken_only_on_request(costs: Assessment) -> None:
    """These models double on 1 January 2027."""
    add_approach(costs, None, "other_model")
    take(costs, "status_quo", "google", "gemini-3.8-flash")
    take(costs, "other_model", "openai", "gpt-5-mini")
    assert moves(costs, TODAY) == []
    assert not renewal(CostDraft(read_sheet(costs)), TODAY).newer
    expected = [("status_quo", "input_price", 0.75, 1.5), ("status_quo", "output_price", 3.75, 7.5)]
    assert moves(costs, NEW_YEAR) == expected
    assert numbers(costs, "status_quo")["input_price"] == 0.75
    found = renewal(CostDraft(read_sheet(costs)), NEW_YEAR)
    assert renew(costs, None, NEW_YEAR, found.mark) is not None
    assert numbers(costs, "status_quo")["input_price"] == 1.5
    assert moves(costs, NEW_YEAR) == []


def test_an_end_that_became_known_since_is_told_and_taken(costs: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(cost_prices, "known_later", lambda *of: {})
        take(costs, "status_quo", "openai", "gpt-5-mini")
    assert moves(costs, TODAY) == [("status_quo", "ends_on", None, "2026-12-11")]
    renew(costs, None, TODAY, renewal(CostDraft(read_sheet(costs)), TODAY).mark)
    assert numbers(costs, "status_quo")["ends_on"] == "2026-12-11"


def test_what_was_not_shown_is_not_taken(costs: Assessment) -> None:
    take(costs, "status_quo", "google", "gemini-3.8-flash")
    shown = renewal(CostDraft(read_sheet(costs)), TODAY).mark
    before = rows(costs)
    assert renew(costs, None, NEW_YEAR, shown) is None
    assert renew(costs, None, NEW_YEAR, "") is None
    assert rows(costs) == before


def test_a_price_that_somebody_typed_over_stays_theirs(costs: Assessment) -> None:
    take(costs, "status_quo", "google", "gemini-3.8-flash")
    enter(costs, "status_quo", "input_price", 0.6)
    assert moves(costs, NEW_YEAR) == [("status_quo", "output_price", 3.75, 7.5)]
    renew(costs, None, NEW_YEAR, renewal(CostDraft(read_sheet(costs)), NEW_YEAR).mark)
    assert numbers(costs, "status_quo")["input_price"] == 0.6


def test_a_model_that_left_the_list_is_told_and_keeps_its_prices(
    costs: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(costs, "status_quo", "openai", "gpt-5-mini")
    monkeypatch.setattr(cost_prices, "listed_model", lambda *where: None)
    found = renewal(CostDraft(read_sheet(costs)), TODAY)
    assert (found.gone, found.moves, found.compared) == (("status_quo",), (), ())


def test_a_newer_list_with_the_same_prices_only_gets_its_day_noted(
    costs: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(costs, "status_quo", "openai", "gpt-5-mini")
    later = date(2027, 2, 1)
    found_now = model_price("openai", "gpt-5-mini", TODAY)
    assert found_now
    monkeypatch.setattr(cost_prices, "listed_model", lambda *where: replace(found_now, as_of=later))
    found = renewal(CostDraft(read_sheet(costs)), later)
    assert (found.moves, found.newer) == ((), True)
    renew(costs, None, later, found.mark)
    assert origin(costs, "status_quo", "input_price")["as_of"] == "2027-02-01"
