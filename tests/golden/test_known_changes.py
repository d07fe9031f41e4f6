"""Reasoning, tiers, regions, known price changes and ends: worked out by hand (docs/economics.md, section 4)."""

from typing import Any

import pytest

from assessments.engine.document import read_document
from assessments.engine.economics.detailed import detailed_money
from assessments.framework import load_framework
from tests.documents import decided, example_document, named

FRAMEWORK = load_framework()
TOKENS = {"user_tokens": 1000, "output_tokens": 100, "reasoning_tokens": 400, "input_price": 1, "output_price": 4}


def money(**approaches: Any) -> Any:
    """By approach; 1,000 requests a month from 20 November 2026 on."""
    form = {"monthly_requests": 1000, "approaches": {"status_quo": {}} | approaches}
    costs = {"starts_on": "2026-11-20", "detailed": form}
    document = read_document(named(costs=costs), FRAMEWORK)
    return {found.approach: found for found in detailed_money(FRAMEWORK, document)}


@pytest.mark.parametrize(
    ("own", "cost"),
    [
        ({}, 0.003),
        ({"regional_ratio": 1.1}, 0.0033),
        ({"long_prompt_above": 999, "long_input_price": 2, "long_output_price": 6}, 0.005),
        ({"long_prompt_above": 1000, "long_input_price": 2, "long_output_price": 6}, 0.003),
        ({"long_prompt_above": 999, "long_input_price": 2}, 0.004),
        ({"price_changes_on": "2026-10-01", "changed_output_price": 8}, 0.005),
    ],
)
def test_one_attempt_in_month_1(own: Any, cost: float) -> None:
    """economics.md (3), (6a), (6b): 1,000 × $1 and 500 × $4 a million."""
    assert money(prompting=TOKENS | own)["prompting"].cost_per_attempt == pytest.approx(cost, abs=1e-12)


def test_prices_change_in_their_month_and_follow_the_path_from_there() -> None:
    """economics.md (6b): 20 January 2027 is the first day of month 3; then 1,000 × $3 and 500 × $4 a million."""
    own = TOKENS | {"price_changes_on": "2027-01-20", "changed_input_price": 3, "annual_price_decline": 0.5}
    found = money(prompting=own, tools={"escalation_share": 0.5, "escalation_to": "prompting"})
    tokens = found["prompting"].components["tokens"]
    assert [tokens[month - 1] for month in (1, 2, 3, 15)] == pytest.approx([3, 3 * 0.5 ** (1 / 12), 5, 2.5])
    # What is passed on costs there what it costs there.
    assert found["tools"].components["escalation"] == pytest.approx([cost / 2 for cost in tokens])


def test_an_end_costs_part_of_the_work_once_in_place_of_the_yearly_chance() -> None:
    """economics.md (12a), 1.11."""
    tuned = {"upfront_cash": 6000, "annual_obsolescence": 0.4, "ends_on": "2026-12-11"}
    moved = {"upfront_hours": 30}
    found = money(status_quo={"ends_on": "2027-01-01"}, other_model=moved, fine_tune_large=tuned)
    assert found["fine_tune_large"].components["redo"] == (3000, *(0,) * 35)
    assert "obsolescence" not in found["fine_tune_large"].forgotten
    # Nothing was invested in going on as today: it costs moving to another model, where that is filled in.
    assert found["status_quo"].components["redo"] == (0, 3000, *(0,) * 34)
    alone = {"status_quo": {"ends_on": "2027-01-01"}, "prompting": {"upfront_hours": 1}}
    assert set(money(**alone)["status_quo"].components["redo"]) == {0}
    economics = decided(named(costs={"detailed": {"approaches": alone}})).economics
    assert economics
    assert [(one.code, one.approaches) for one in economics.warnings] == [("moving_not_costed", ("status_quo",))]


def test_what_lies_beyond_the_horizon_changes_nothing() -> None:
    """The eight approaches come out as they did, to the last digit."""
    document = example_document("eight_approaches")
    before = detailed_money(FRAMEWORK, read_document(document, FRAMEWORK))
    for own in document["costs"]["detailed"]["approaches"].values():
        own |= {"ends_on": "2030-01-01", "price_changes_on": "2030-01-01", "changed_input_price": 50}
        own |= {"reasoning_tokens": 0, "regional_ratio": 1, "long_prompt_above": 10**6, "long_input_price": 99}
    assert detailed_money(FRAMEWORK, read_document(document, FRAMEWORK)) == before


def test_the_value_of_better_answers_is_entered_once() -> None:
    """Issue 11: the detailed form takes the summary's figure where it has none of its own."""
    for own, counts in (({}, 500), ({"quality_value": 0}, 0)):
        costs = {"summary": {"quality_value": 500}, "detailed": {"approaches": {"status_quo": {}, "tools": {}}, **own}}
        document = read_document(named(costs=costs), FRAMEWORK)
        against = detailed_money(FRAMEWORK, document)[1].against_status_quo
        assert against
        assert against.cash_flow.monthly_net == (counts,) * 36
        taken = document.cost_origins.get("case")
        assert (taken.kind("quality_value") if taken else "") == ("" if own else "summary")


def test_reasoning_takes_the_time_of_a_gpu_too() -> None:
    """economics.md 4, V14, with 100 of the 300 tokens written as reasoning."""
    gpu = {"gpu_hourly": 2.95, "gpu_input_tokens_per_second": 20000, "gpu_output_tokens_per_second": 2500}
    own = gpu | {"cacheable_tokens": 1500, "output_tokens": 200, "reasoning_tokens": 100, "gpu_utilisation": 0.4}
    form = {"monthly_requests": 5_390_770, "approaches": {"status_quo": own}}
    document = read_document(named(costs={"detailed": form}), FRAMEWORK)
    assert detailed_money(FRAMEWORK, document)[0].gpus[0] == 2
