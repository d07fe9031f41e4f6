"""The summary form: what is entered, what is our default, and what comes out (economics.md, section 2)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.engine.result_json import result_json

from ..documents import decided, named
from .documents import FRAMEWORK, decide_on, judge_on

ENTERED = {
    "data_preparation_hours": 30,
    "evaluation_hours": 15,
    "deployment_hours": 15,
    "training_cost": 0,
    "other_upfront": 0,
    "api_savings": 1500,
    "quality_value": 500,
    "inference_cost": 0,
    "monitoring_hours": 0,
    "retraining_hours_per_quarter": 0,
    "other_monthly": 500,
}


def economics_of(general: Any = None, **lines: Any) -> Any:
    return judge_on(costs={**(general or {}), "summary": lines}).economics


def test_without_a_line_there_are_no_economics() -> None:
    assert judge_on().economics is None
    assert judge_on(costs={"hourly_rate": 80, "summary": {}}).economics is None


def test_lines_not_entered_count_with_the_default_and_are_named() -> None:
    """economics.md 1.2 and 2: $50 and 60 hours upfront; 7.5 h a month and 15 h a quarter to keep it."""
    economics = economics_of(api_savings=2000)
    assert economics.investment.cash_flow.upfront == 6050
    assert economics.investment.cash_flow.monthly_net == (750,) * 36
    everything = {q.key for q in FRAMEWORK if q.role == "cost" and q.default is not None}
    assert set(economics.defaults_used) == everything - {"api_savings"}


def test_what_is_entered_is_no_default_even_where_it_is_the_same() -> None:
    economics = economics_of({"horizon_months": 36, "annual_discount_rate": 0, "hourly_rate": 100}, **ENTERED)
    assert economics.defaults_used == ()


def test_a_zero_that_was_entered_is_kept() -> None:
    assert economics_of(**ENTERED).investment.cash_flow.upfront == 6000
    assert economics_of({"hourly_rate": 0}, **ENTERED).investment.cash_flow.upfront == 0


def test_a_range_counts_with_its_likely_value() -> None:
    """economics.md 2: `likely` is used for the point result."""
    ranged = economics_of(
        {"hourly_rate": {"low": 50, "likely": 100, "high": 200}},
        **ENTERED | {"api_savings": {"low": 0, "likely": 1500, "high": 9000}},
    )
    assert ranged.investment.break_even_months == 4.0
    assert ranged.inputs["api_savings"] == 1500


def test_retraining_hours_are_spread_over_the_quarter() -> None:
    """economics.md 2: spread evenly over its months."""
    economics = economics_of(**ENTERED | {"retraining_hours_per_quarter": 15})
    assert economics.investment.cash_flow.monthly_net == (1000,) * 36


def test_discounting_leaves_the_plain_break_even_alone() -> None:
    """economics.md 4, V0b, from a document."""
    economics = economics_of({"annual_discount_rate": 0.10}, **ENTERED)
    assert economics.investment.break_even_months == 4.0
    assert economics.investment.durable_break_even_months == 4.0
    assert economics.investment.discounted_break_even_months == pytest.approx(4.081667, abs=1e-6)
    assert economics.investment.npv == pytest.approx(40779.6877, abs=5e-5)
    assert (economics.investment.net, economics.investment.roi) == (48000, 8.0)


def test_a_shorter_horizon_cuts_the_return() -> None:
    """economics.md 4, V0c, from a document."""
    economics = economics_of({"horizon_months": 12}, **ENTERED)
    assert (economics.investment.break_even_months, economics.investment.net, economics.investment.roi) == (
        4.0,
        12000,
        2.0,
    )


def test_a_horizon_of_one_month() -> None:
    economics = economics_of({"horizon_months": 1}, **ENTERED)
    assert (economics.investment.break_even_months, economics.investment.net, economics.horizon_months) == (
        None,
        -4500,
        1,
    )


def test_nothing_invested_has_no_return() -> None:
    """economics.md 4, V5a: none where K ≤ 0."""
    free = {"data_preparation_hours": 0, "evaluation_hours": 0, "deployment_hours": 0}
    economics = economics_of(**ENTERED | free)
    assert (economics.investment.break_even_months, economics.investment.roi) == (0.0, None)


@pytest.mark.parametrize("answers", [{}, {"prompts_succeed": "yes"}])
def test_the_money_is_that_of_tuning_whatever_the_verdict(answers: Any) -> None:
    """document.md: it stands under `tuning`, beside a verdict without tuning as well."""
    decision: Any = decide_on(answers, costs={"summary": {"api_savings": 250_000}})
    assert list(result_json(decision)["economics"]["approaches"]) == ["tuning"]
    assert decision.economics
    assert decision.economics.approach == "tuning"
    assert decision.economics.tuning_case is decision.economics.investment


@given(
    lines=st.fixed_dictionaries({}, optional={key: st.integers(0, 10**6) for key in ENTERED if key != "api_savings"}),
    savings=st.integers(-(10**6), 10**6),
    more=st.integers(0, 10**6),
)
def test_more_savings_never_lengthen_break_even(lines: Any, savings: Any, more: Any) -> None:
    before = economics_of(**lines, api_savings=savings).investment.break_even_months
    after = economics_of(**lines, api_savings=savings + more).investment.break_even_months
    if before is not None:
        assert after is not None
        assert after <= before + 1e-6


def form_of(**costs: Any) -> Any:
    economics = decided(named(costs=costs)).economics
    assert economics is not None
    return economics.form


def test_the_summary_counts_until_the_detailed_form_has_something_to_compare() -> None:
    summary = {"api_savings": {"low": 1000, "likely": 2000, "high": 3000}}
    today = {"status_quo": {"other_monthly": 900}}
    both = {"approaches": {**today, "prompting": {"other_monthly": 100}}}
    assert form_of(summary=summary, detailed={"approaches": today}) == "summary"
    assert form_of(summary=summary, detailed=both) == "detailed"
    assert form_of(detailed={"approaches": today}) == "detailed"
