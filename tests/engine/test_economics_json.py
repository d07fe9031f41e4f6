"""The economics within the result, as document.md names them."""

import json
from typing import Any

import pytest

from assessments.engine.result_json import result_json

from .documents import EXAMPLES, decide_on

FIGURES = {
    *("upfront", "break_even_months", "discounted_break_even_months", "durable_break_even_months", "net", "npv"),
    *("roi", "pv_cost", "cost_per_attempt", "attempts", "fallback_share", "monthly_cost", "break_even_requests"),
}
RANGE = {"low": 500, "likely": 1500, "high": 2500}


def economics_of(**costs: Any) -> Any:
    return result_json(decide_on(costs=costs))["economics"]


def eight(**changed: Any) -> Any:
    costs = json.loads((EXAMPLES / "eight_approaches.json").read_text(encoding="utf-8"))["costs"]
    costs["detailed"] |= changed
    return economics_of(**costs)


def test_the_summary_form_has_one_approach_and_its_chances() -> None:
    """document.md: what only the detailed form knows is null."""
    found = economics_of(summary={"api_savings": RANGE, "training_cost": 0})
    [(name, figures)] = found["approaches"].items()
    assert (name, found["form"], found["reference"], found["best_untuned"]) == (
        *("tuning", "summary", "status_quo"),
        None,
    )
    assert set(figures) == FIGURES
    assert {key for key, figure in figures.items() if figure is None} == {
        *("pv_cost", "cost_per_attempt", "attempts", "fallback_share", "monthly_cost", "break_even_requests"),
        *(("break_even_months",) if figures["break_even_months"] is None else ()),
    }
    chances = found["payback_probability"]
    assert 0 < chances["6"] <= chances["12"] <= chances["24"] < 1
    assert chances["24"] + chances["never"] <= 1
    assert 0 < chances["standard_error"] <= 0.005
    [bar] = [bar for bar in found["tornado"] if bar["basis"] == "entered"]
    assert (bar["input"], bar["approach"], bar["low"], bar["high"]) == ("api_savings", None, 500, 2500)
    assert bar["npv_high"] - bar["npv_low"] == pytest.approx(36 * 2000)


def test_the_detailed_form_has_every_approach() -> None:
    found = eight(monthly_growth={"low": 0, "likely": 0.03, "high": 0.05}, quality_value=100)
    assert set(found["approaches"]["hybrid"]) == FIGURES
    assert None not in found["approaches"]["hybrid"].values()
    assert len(found["approaches"]) == 8
    assert set(found["against_best_untuned"]) == set(found["approaches"]) - {"decomposition"}
    assert set(found["pv_cost_p10_p50_p90"]) == set(found["approaches"])
    assert [warning["code"] for warning in found["warnings"]] == ["quality_counted_twice"]
    assert [bar["input"] for bar in found["tornado"] if bar["basis"] == "entered"] == ["monthly_growth"]
    assert [one["driver"] for one in found["must_hold"]] == ["accuracy", "monthly_requests", "effort", "price"]
    assert found["hangs_on"]["bar"]["key"] == "accuracy"


def test_without_an_investment_the_chances_are_null() -> None:
    found = economics_of(detailed={"approaches": {"status_quo": {"other_monthly": RANGE}, "tools": {}}})
    assert (found["investment"], found["payback_probability"], found["tornado"]) == (None, None, [])
    assert found["approaches"]["tools"]["pv_cost"] == 0
    low, middle, high = found["pv_cost_p10_p50_p90"]["status_quo"]
    assert low < middle < high


def test_without_costs_there_are_none() -> None:
    assert result_json(decide_on())["economics"] is None
