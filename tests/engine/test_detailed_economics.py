"""The detailed form: against a second reading of the equations, and what must hold for every form."""

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.economics.detailed import detailed_economics, detailed_money
from assessments.engine.economics.investment import break_even_requests, flat_costs
from assessments.engine.economics.monthly_costs import COMPONENTS, costs_by_approach
from assessments.engine.economics.numbers import case_numbers

from . import second_economics as second
from .documents import FRAMEWORK, document_of, judge_on
from .strategies import detailed_forms, with_prices


def money_of(costs: Any) -> Any:
    return {found.approach: found for found in detailed_money(FRAMEWORK, document_of(costs=costs))}


def economics_of(costs: Any, approach: Any = "prompting") -> Any:
    """What the detailed form says beside this verdict."""
    return beside(document_of(costs=costs), approach)


def beside(document: Any, approach: Any, closed: Any = ()) -> Any:
    form = document.detailed
    assert form
    money = detailed_money(FRAMEWORK, document)
    return detailed_economics(FRAMEWORK, document, form, money, approach=approach, closed=closed)


def form(approaches: Any = None, **case: Any) -> Any:
    return {"detailed": {"approaches": {"status_quo": {}} | (approaches or {}), **case}}


# Forms of a size at which the last digits of two ways of adding up still agree.
amounts = st.one_of(st.integers(0, 5000), st.floats(0, 5000))
shares = st.one_of(st.sampled_from((0, 0.5, 1)), st.floats(0, 1))
USUAL = {
    **{key: shares for key, cost in FRAMEWORK.cost_inputs.approach.items() if cost.share and cost.maximum == 1},
    "cache_read_ratio": st.floats(0, 2),
    "cache_write_ratio": st.floats(0, 2),
    "annual_price_decline": st.floats(-1, 1),
    "hosting_shared_by": st.floats(1, 10),
    "gpu_minimum": st.integers(0, 4),
    **dict.fromkeys(("ends_on", "price_changes_on"), st.dates(date(2026, 11, 1), date(2030, 12, 31)).map(str)),
    **dict.fromkeys(("input_price", "output_price"), st.one_of(st.just(0), st.floats(1e-3, 5000))),
    "accuracy_sample": st.integers(0, 500),
    "long_prompt_above": st.integers(0, 5000),
    "regional_ratio": st.floats(0, 2),
    "gpu_utilisation": st.floats(0.01, 1),
    "gpu_input_tokens_per_second": st.floats(1, 5000),
    "gpu_output_tokens_per_second": st.floats(1, 5000),
    "training_epochs": st.integers(0, 5),
    "training_runs": st.integers(0, 8),
}
own_numbers = st.fixed_dictionaries(
    {}, optional={key: USUAL.get(key, amounts) for key in FRAMEWORK.cost_inputs.approach}
).map(with_prices)
usual_costs = st.fixed_dictionaries(
    {
        "detailed": st.fixed_dictionaries(
            {
                "approaches": st.fixed_dictionaries(
                    {"status_quo": own_numbers, "hybrid": own_numbers},
                    optional={"prompting": own_numbers, "other_model": own_numbers, "fine_tune_small": own_numbers},
                )
            },
            optional={
                "monthly_requests": amounts,
                "monthly_growth": st.floats(-1, 0.2),
                "human_fallback_cost": amounts,
                "quality_value": st.floats(-5000, 5000),
                "hours_per_month": st.floats(1, 744),
                "max_attempts": st.integers(1, 5),
                "minimum_cacheable_tokens": amounts,
                "retraining_every_months": st.integers(1, 40),
            },
        ),
        "starts_on": st.dates(date(2026, 9, 1), date(2026, 11, 1)).map(str),
    },
    optional={
        "horizon_months": st.integers(1, 48),
        "annual_discount_rate": st.floats(0, 1),
        "hourly_rate": amounts,
    },
)


def near(figure: Any, of: Any) -> Any:
    return None if figure is None else pytest.approx(figure, rel=1e-9, abs=1e-9 * of)


@given(costs=usual_costs, passes_on=st.booleans())
def test_the_engine_agrees_with_the_equations_read_a_second_time(costs: Any, passes_on: Any) -> None:
    """economics.md 3, (1) to (19)."""
    if passes_on:
        costs["detailed"]["approaches"]["hybrid"]["escalation_to"] = "status_quo"
    found, (expected, best) = money_of(costs), second.economics_of(costs)
    for name, own in expected.items():
        money = found[name]
        largest = max(map(abs, own["monthly_cost"]))
        assert money.upfront == near(own["upfront"], 1)
        assert money.cost_per_attempt == near(own["cost_per_attempt"], 1e-6)
        assert money.attempts == near(own["attempts"], 1)
        assert money.fallback_share == near(own["fallback_share"], 1)
        assert list(money.monthly_cost) == [near(cost, largest) for cost in own["monthly_cost"]]
        assert money.pv_cost == near(own["pv_cost"], 1)
        expect_same(money.against_status_quo, own["status_quo"], expected[name], expected["status_quo"])
        expect_same(money.against_best_untuned, own["best"], expected[name], expected[best])


def expect_same(comparison: Any, own: Any, costs: Any, reference: Any) -> None:
    assert (comparison is None) == (own is None)
    if comparison is None:
        return
    of = max(*costs["monthly_cost"], *reference["monthly_cost"], costs["upfront"], reference["upfront"])
    assert list(comparison.cash_flow.flows) == [near(flow, of) for flow in own["flows"]]
    assert comparison.npv == near(own["npv"], of * len(own["flows"]))
    assert comparison.net == near(own["net"], of * len(own["flows"]))
    # Where the flows themselves are what rounding left of larger costs, their crossings mean nothing.
    if max(map(abs, own["flows"])) > 1e-3 * of and not touches_zero(own["flows"]):
        assert comparison.break_even_months == near_month(own["break_even_months"])
        assert comparison.durable_break_even_months == near_month(own["durable_break_even_months"])


def near_month(months: Any) -> Any:
    return None if months is None else pytest.approx(months, abs=1e-6)


def touches_zero(flows: Any) -> Any:
    """Whether a running total comes so near to zero that rounding decides whether it is reached."""
    total, size = 0.0, max(map(abs, flows))
    for flow in flows:
        total += flow
        if 0 < abs(total) < 1e-6 * size:
            return True
    return False


@settings(max_examples=40)
@given(form=detailed_forms, horizon=st.integers(1, 120))
def test_every_form_has_figures_without_a_division_by_zero(form: Any, horizon: Any) -> None:
    costs = {"horizon_months": horizon, "detailed": form}
    for money in money_of(costs).values():
        figures = [money.upfront, money.pv_cost, *money.monthly_cost, money.cost_per_attempt, money.attempts]
        assert all(figure == figure and abs(figure) < float("inf") for figure in figures)
        assert len(money.monthly_cost) == len(money.gpus) == horizon
        assert set(money.components) == set(COMPONENTS)
        for month, cost in enumerate(money.monthly_cost):
            assert sum(part[month] for part in money.components.values()) == cost
        for comparison in (money.against_status_quo, money.against_best_untuned):
            if comparison:
                first, durable = comparison.break_even_months, comparison.durable_break_even_months
                assert durable is None or (first is not None and first <= durable <= horizon)


@settings(max_examples=40)
@given(form=detailed_forms, order=st.permutations(["status_quo", "prompting", "fine_tune_small", "hybrid"]))
def test_the_order_of_the_approaches_does_not_matter(form: Any, order: Any) -> None:
    turned = form | {"approaches": {name: form["approaches"][name] for name in order if name in form["approaches"]}}
    assert money_of({"detailed": form}) == money_of({"detailed": turned})


@given(costs=usual_costs, saved=st.floats(0, 5000))
def test_more_savings_never_lengthen_break_even(costs: Any, saved: Any) -> None:
    """A status quo that costs more each month makes the alternative pay back no later."""
    dearer = copy.deepcopy(costs)
    own = dearer["detailed"]["approaches"]["status_quo"]
    own["other_monthly"] = own.get("other_monthly", 0) + saved
    before = money_of(costs)["hybrid"].against_status_quo.break_even_months
    after = money_of(dearer)["hybrid"].against_status_quo.break_even_months
    if before is not None:
        assert after is not None
        assert after <= before + 1e-6


def test_without_the_form_there_is_no_money() -> None:
    assert detailed_money(FRAMEWORK, document_of(costs={"summary": {"api_savings": 1}})) == ()


def test_without_requests_there_is_no_cost_by_request_and_a_gpu_is_still_paid_for() -> None:
    money = money_of(form({"hybrid": {"gpu_hourly": 2, "upfront_cash": 500}}))["hybrid"]
    assert money.cost_per_request is None
    assert set(money.gpus) == {1}
    assert set(money.monthly_cost) == {1460}
    assert money.against_status_quo.break_even_months is None
    assert money.against_status_quo.break_even_requests is None


def test_something_that_costs_nothing_pays_back_at_once_and_has_no_return() -> None:
    free = money_of(form({"hybrid": {}}, monthly_requests=100))["hybrid"].against_status_quo
    assert (free.break_even_months, free.durable_break_even_months, free.roi, free.npv) == (0, 0, None, 0)


def test_the_discount_rate_of_the_detailed_form_is_ten_percent() -> None:
    """economics.md 2: 0.10 in the detailed form, 0 in the summary form."""
    economics = economics_of(form({"hybrid": {"upfront_cash": 1}}))
    assert economics.inputs["annual_discount_rate"] == 0.10
    summary = judge_on(costs={"summary": {"api_savings": 1}}).economics
    assert summary
    assert summary.inputs["annual_discount_rate"] == 0


def test_the_best_without_tuning_may_be_to_go_on_as_today() -> None:
    economics = economics_of(form({"prompting": {"upfront_cash": 100}, "hybrid": {"upfront_cash": 50}}))
    assert economics.best_untuned == "status_quo"
    assert (economics.approach, economics.reference) == ("prompting", "status_quo")
    assert economics.investment.net == -100


CHEAP_PROMPT = {"status_quo": {"other_monthly": 900}, "prompting": {"other_monthly": 100, "upfront_cash": 200}}


def test_the_verdict_s_approach_stands_against_the_best_without_tuning() -> None:
    """economics.md 1.3 and (19)."""
    tune = CHEAP_PROMPT | {"other_model": {"other_monthly": 50, "upfront_cash": 1200}}
    economics = economics_of(form(tune))
    assert (economics.approach, economics.best_untuned) == ("prompting", "other_model")
    assert economics.investment.reference == economics.reference == "other_model"


def test_the_best_without_tuning_itself_stands_against_the_status_quo() -> None:
    economics = economics_of(form(CHEAP_PROMPT))
    assert (economics.approach, economics.best_untuned, economics.reference) == ("prompting", "prompting", "status_quo")
    assert economics.investment.break_even_months == pytest.approx(0.25)


def test_an_approach_that_is_not_in_the_form_has_no_investment() -> None:
    economics = economics_of(form({"tools": {"upfront_cash": 50}}))
    assert (economics.form, economics.approach, economics.investment) == ("detailed", "prompting", None)
    assert (economics.tuned, economics.tuning_case) == (None, None)
    assert [money.approach for money in economics.approaches] == ["status_quo", "tools"]


def test_where_the_verdict_tunes_nothing_and_has_no_figures_there_is_the_case_of_tuning() -> None:
    economics = economics_of(form({"hybrid": {"upfront_cash": 50}, "fine_tune_small": {"upfront_cash": 40}}))
    assert (economics.approach, economics.tuned) == ("fine_tune_small", "fine_tune_small")
    assert economics.investment is economics.tuning_case
    assert economics.investment.cash_flow.upfront == 40


def test_where_the_verdict_tunes_nothing_and_has_figures_they_are_its_own() -> None:
    economics = economics_of(form({**CHEAP_PROMPT, "hybrid": {"upfront_cash": 50}}))
    assert (economics.approach, economics.tuned) == ("prompting", "hybrid")
    assert economics.tuning_case.cash_flow.upfront == 50 - economics.approaches[1].upfront


def test_tuning_is_measured_against_the_best_that_is_open() -> None:
    """Another model is cheapest; where it is closed, the tools are the best that is left, and then today's prompt."""
    own = {"status_quo": {"other_monthly": 900}, "other_model": {"other_monthly": 100}, "tools": {"other_monthly": 200}}
    document = document_of(costs=form({**own, "hybrid": {"other_monthly": 50, "upfront_cash": 600}}))
    for closed, best in (((), "other_model"), (("other_model",), "tools"), (("other_model", "tools"), "status_quo")):
        found = beside(document, "hybrid", (*closed, "fine_tune_small"))
        assert (found.best_untuned, found.reference) == (best, best)
        assert found.tuning_case
        assert found.tuning_case.reference == best
        assert found.investment is found.tuning_case


def test_without_a_verdict_there_is_the_case_of_tuning_and_nothing_else() -> None:
    found = beside(document_of(costs=form({"hybrid": {"upfront_cash": 50}, "tools": {}})), None)
    assert (found.approach, found.tuned) == ("hybrid", "hybrid")
    found = beside(document_of(costs=form({"tools": {}})), None)
    assert (found.investment, found.tuning_case) == (None, None)


def test_the_detailed_form_counts_before_the_summary_form() -> None:
    both = form(CHEAP_PROMPT) | {"summary": {"api_savings": 1}}
    found = judge_on(costs=both).economics
    assert found
    assert found.form == "detailed"


def test_defaults_are_named_where_they_take_part() -> None:
    costs = form(
        {"hybrid": {"cache_hit_share": 0.5, "gpu_hourly": 1, "calls": 1}, "prompting": {"hosting_hourly": 1}},
        monthly_requests=5,
    )
    used = economics_of(costs | {"hourly_rate": 80}).defaults_used
    assert used == (
        *("horizon_months", "annual_discount_rate"),
        *("max_attempts", "minimum_cacheable_tokens", "retraining_every_months", "hours_per_month"),
        *("status_quo.calls", "status_quo.accuracy"),
        *("prompting.calls", "prompting.accuracy", "prompting.hosting_shared_by"),
        *("hybrid.cache_read_ratio", "hybrid.cache_write_ratio", "hybrid.accuracy"),
        *("hybrid.gpu_input_tokens_per_second", "hybrid.gpu_output_tokens_per_second", "hybrid.gpu_utilisation"),
        "hybrid.gpu_minimum",
    )


def warnings(approaches: Any = None, **case: Any) -> Any:
    return {one.code: one.approaches for one in economics_of(form(approaches, **case)).warnings}


def test_quality_counted_twice_is_warned_about() -> None:
    """economics.md 2: warn when both are used."""
    assert list(warnings(quality_value=1, human_fallback_cost=1)) == ["quality_counted_twice"]
    assert warnings(quality_value=1) == warnings(human_fallback_cost=1) == {}


def test_a_gpu_without_its_speed_is_warned_about() -> None:
    speed = {"gpu_hourly": 1, "gpu_utilisation": 0.5, "gpu_output_tokens_per_second": 9, "output_tokens": 5}
    found = warnings({"fine_tune_small": speed | {"user_tokens": 4}, "hybrid": speed})
    assert found == {"gpu_speed_missing": ("fine_tune_small",)}


def test_requests_passed_on_to_nobody_are_warned_about() -> None:
    assert list(warnings({"hybrid": {"escalation_share": 0.1}})) == ["escalation_without_target"]
    assert warnings({"hybrid": {"escalation_share": 0.1, "escalation_to": "status_quo"}}) == {}


def test_costs_often_forgotten_are_named_while_they_are_zero() -> None:
    """economics.md 1.8 and the issue: from monitoring to labelling."""
    nothing = economics_of(form({"prompting": {}, "hybrid": {}}))
    assert nothing.forgotten == ("human_fallback", "caching", "monitoring")
    by_name = {money.approach: money.forgotten for money in nothing.approaches}
    assert by_name["hybrid"] == ("monitoring", "retraining", "hosting", "obsolescence", "labelling")
    full = {
        "monitoring_hours": 1,
        "retraining_cost": 1,
        "gpu_hourly": 1,
        "annual_obsolescence": 0.1,
        "labelled_examples": 1,
        "cost_per_label": 1,
    }
    costs = form({"prompting": {"cache_hit_share": 0.5, "monitoring_hours": 1}, "hybrid": full}, human_fallback_cost=1)
    found = economics_of(costs)
    assert (found.forgotten, found.approaches[-1].forgotten) == ((), ())


def requests_to_pay_back(costs: Any, approach: Any = "hybrid") -> Any:
    document = document_of(costs=costs)
    assert document.detailed
    numbers = case_numbers(FRAMEWORK, document, document.detailed)
    found = dict(costs_by_approach(numbers))
    flat = {name: flat_costs(numbers, name, own) for name, own in found.items()}
    return break_even_requests(flat[approach], flat["status_quo"])


PER_REQUEST = {"output_tokens": 1000, "output_price": 20}


def test_break_even_volume_of_a_form() -> None:
    """economics.md 4, V18: K 6000, T 36, F_a 500, quality 500, v .02 / .005."""
    tune = {"upfront_cash": 6000, "other_monthly": 500, "output_tokens": 1000, "output_price": 5}
    costs = form({"status_quo": PER_REQUEST, "hybrid": tune}, quality_value=500)
    assert requests_to_pay_back(costs) == pytest.approx(11111.1111, abs=5e-5)
    assert money_of(costs)["hybrid"].against_status_quo.break_even_requests == pytest.approx(11111.1111, abs=5e-5)


def test_it_pays_at_any_volume_where_it_costs_less_fixed_and_less_by_request() -> None:
    costs = form({"status_quo": PER_REQUEST | {"other_monthly": 10}, "hybrid": {"output_tokens": 1000}})
    assert requests_to_pay_back(costs) == 0


def test_there_is_no_such_volume_where_a_request_costs_as_much() -> None:
    assert requests_to_pay_back(form({"status_quo": PER_REQUEST, "hybrid": PER_REQUEST})) is None


def test_gpus_are_added_until_they_carry_the_volume_that_pays_for_them() -> None:
    """One GPU of $730 a month carries 73,000 requests and saves $0.02 on each: 36,500 pay for it, K nothing."""
    gpu = {
        "output_tokens": 1000,
        "gpu_hourly": 1,
        "gpu_output_tokens_per_second": 1000 / 36,
        "gpu_utilisation": 1,
    }
    assert requests_to_pay_back(form({"status_quo": PER_REQUEST, "hybrid": gpu})) == pytest.approx(36500)
    # $1,460 more a month ask for a second one: (730 · 2 + 1460) / 0.02 = 146,000, which two just carry.
    dearer = gpu | {"other_monthly": 1460}
    assert requests_to_pay_back(form({"status_quo": PER_REQUEST, "hybrid": dearer})) == pytest.approx(146000)
    # A GPU that carries a tenth of that never pays for itself.
    slow = gpu | {"gpu_output_tokens_per_second": 100 / 36}
    assert requests_to_pay_back(form({"status_quo": PER_REQUEST, "hybrid": slow})) is None


@pytest.mark.parametrize("value", [0, 1e12, -1e12])
def test_extreme_values_stay_finite(value: float) -> None:
    everything = {
        key: min(max(value, cost.minimum), cost.maximum)
        for key, cost in FRAMEWORK.cost_inputs.approach.items()
        if cost.kind == "number"
    }
    case = {key: min(max(value, cost.minimum), cost.maximum) for key, cost in FRAMEWORK.cost_inputs.case.items()}
    costs = form({"status_quo": everything, "hybrid": everything}, **case)
    money = money_of(costs | {"horizon_months": 120})["hybrid"]
    assert abs(money.pv_cost) < float("inf")
    assert money.against_status_quo.roi is None
