"""The numbers of economics.md, section 4, through the cash-flow and break-even functions."""

from typing import Any

import numpy as np
import pytest

from assessments.engine.economics import monthly_costs
from assessments.engine.economics.break_even import (
    break_even_months,
    break_even_volume,
    durable_break_even_months,
)
from assessments.engine.economics.cash_flow import (
    CashFlow,
    discounted,
    monthly_net_benefit,
    net_present_value,
    return_on_investment,
    upfront_cost,
)
from assessments.engine.economics.monthly_costs import escalation_cost, gpus_needed, retraining_costs
from assessments.engine.economics.requests import cost_per_attempt, expected_attempts, residual_failures
from assessments.framework import load_framework

NOTHING = load_framework().cost_inputs.approach_defaults
CENT = 5e-5  # amounts are printed to four decimals


def near(figure: Any) -> Any:
    return None if figure is None else pytest.approx(figure, abs=1e-6)


def constant(net: Any, months: Any = 36) -> Any:
    return (net,) * months


# id: upfront K, NB_1 … NB_T, break-even, durable break-even, net, ROI; T = 36 and r = 0 unless said.
NUMBERS = {
    "V0": (6000, constant(1500), 4.0, 4.0, 48000, 8.0),
    "V0c": (6000, constant(1500, 12), 4.0, 4.0, 12000, 2.0),
    "V1 low": (6000, constant(2000 - 2500 / 3), 5.142857, 5.142857, 36000, 6.0),
    "V1 middle": (6000, constant(2000 - 1250), 8.0, 8.0, 21000, 3.5),
    "V1 high": (6000, constant(2000 - 5000 / 3), 18.0, 18.0, 6000, 1.0),
    "V2": (6000, constant(100), None, None, -2400, -0.4),
    "V3": (6000, constant(-200), None, None, -13200, -2.2),
    "V4": (6000, constant(-500), None, None, -24000, -4.0),
    "V5a": (0, constant(100), 0, 0, 3600, None),
    "V5c": (0, constant(-100), 0, None, -3600, None),
    "V6a": (
        6000,
        tuple(2000 - 500 * 1.1 ** (t - 1) for t in range(1, 37)),
        *(4.252770, None, -83563.4027, -13.927234),
    ),
    "V6c": (
        6000,
        tuple(1000 * 1.1 ** (t - 1) - 500 for t in range(1, 37)),
        *(7.008855, 7.008855, 275126.8053, 45.854468),
    ),
    "V7": (
        6000,
        tuple(3000 * 0.4 ** ((t - 1) / 12) - 1000 for t in range(1, 37)),
        *(3.465736, None, -3803.7798, -0.633963),
    ),
    "V11": (
        6000,
        tuple(0 if t % 3 == 0 and t <= 33 else 1500 for t in range(1, 37)),
        *(5.0, 5.0, 31500, 5.25),
    ),
    "V13": (6000, constant(1500 - 0.05 * 0.5 * 6000), 4.444444, 4.444444, 42600, 7.1),
}


@pytest.mark.parametrize("row", NUMBERS)
def test_break_even_net_and_return(row: Any) -> None:
    """economics.md 4, the row named in the test's id."""
    upfront, monthly_net, first, durable, net, roi = NUMBERS[row]
    cash_flow = CashFlow(upfront=upfront, monthly_net=monthly_net)
    flows = cash_flow.flows
    assert break_even_months(flows) == near(first)
    assert durable_break_even_months(flows) == near(durable)
    assert net_present_value(flows, annual_rate=0) == pytest.approx(net, abs=CENT)
    assert cash_flow.cumulative[-1] == pytest.approx(net, abs=CENT)
    assert return_on_investment(cash_flow) == near(roi)


def test_discounting_delays_the_break_even() -> None:
    """economics.md 4, V0b: r = 10 % a year."""
    cash_flow = CashFlow(upfront=6000, monthly_net=constant(1500))
    assert break_even_months(cash_flow.flows) == pytest.approx(4.0, abs=1e-6)
    assert break_even_months(discounted(cash_flow.flows, annual_rate=0.10)) == pytest.approx(4.081667, abs=1e-6)
    assert net_present_value(cash_flow.flows, annual_rate=0.10) == pytest.approx(40779.6877, abs=CENT)
    assert return_on_investment(cash_flow) == pytest.approx(8.0, abs=1e-6)


@pytest.mark.parametrize(
    ("monitoring", "retraining", "upkeep", "months"),
    [(5, 10, 833.3333, 5.142857), (7.5, 15, 1250, 8.0), (10, 20, 1666.6667, 18.0)],
)
def test_the_sources_own_upkeep_lengthens_its_example(
    monitoring: float, retraining: int, upkeep: float, months: float
) -> None:
    """economics.md 1.8 and 4, V1: 5-10 h of monitoring a month, 10-20 h of retraining a quarter."""
    line = {
        "api_savings": 1500,
        "quality_value": 500,
        "inference_cost": 0,
        "other_monthly": 0,
        "monitoring_hours": monitoring,
        "retraining_hours_per_quarter": retraining,
    }
    net = monthly_net_benefit(line, hourly_rate=100)
    assert net == pytest.approx(2000 - upkeep, abs=CENT)
    assert break_even_months([-6000, *constant(net)]) == pytest.approx(months, abs=1e-6)


def test_sixty_hours_at_a_hundred_dollars_are_six_thousand() -> None:
    """economics.md 4, V0 [framework]."""
    hours = {"data_preparation_hours": 30, "evaluation_hours": 15, "deployment_hours": 15}
    assert upfront_cost(hours | {"training_cost": 0, "other_upfront": 0}, hourly_rate=100) == 6000


def test_break_even_volume_of_flat_flows() -> None:
    """economics.md 4, V18, and equation 18."""
    volume = break_even_volume(
        upfront=6000,
        months=36,
        fixed_monthly=500,
        reference_fixed_monthly=0,
        quality_value=500,
        cost_per_request=0.005,
        reference_cost_per_request=0.02,
    )
    assert volume == pytest.approx(11111.1111, abs=CENT)


@pytest.mark.parametrize(
    ("invalid", "most", "attempts", "residual"),
    [(0.2, 3, 1.24, 0.008), (0, 3, 1, 0), (1, 3, 3, 1), (0.12, 2, 1.12, 0.0144), (0.5, 1, 1, 0.5)],
)
def test_retries(invalid: float, most: int, attempts: float, residual: float) -> None:
    """economics.md 4, V8."""
    assert float(expected_attempts(invalid, most)) == pytest.approx(attempts, abs=1e-12)
    assert residual_failures(invalid, most) == pytest.approx(residual, abs=1e-12)


@pytest.mark.parametrize("invalid", [1e-300, 1e-9, 0.5, 1 - 1e-9, 1 - 1e-15])
@pytest.mark.parametrize("most", [1, 2, 7, 100])
def test_retries_keep_their_digits_near_none_and_near_all(invalid: Any, most: int) -> None:
    assert float(expected_attempts(invalid, most)) == pytest.approx(sum(invalid**k for k in range(most)), rel=1e-12)


V9 = NOTHING | {
    "cacheable_tokens": 5000,
    "retrieved_tokens": 1000,
    "user_tokens": 200,
    "output_tokens": 400,
    "input_price": 2,
    "output_price": 10,
}


@pytest.mark.parametrize(
    ("cache", "cost"),
    [
        ({}, 0.01640),
        ({"cache_hit_share": 0.8, "cache_read_ratio": 0.1, "cache_write_ratio": 1.25}, 0.00970),
        ({"cache_hit_share": 0.8, "cache_read_ratio": 0.1}, 0.00920),
    ],
)
def test_caching(cache: Any, cost: float) -> None:
    """economics.md 4, V9."""
    assert float(cost_per_attempt(V9 | cache, minimum_cacheable_tokens=1024)) == pytest.approx(cost, abs=1e-12)
    assert float(cost_per_attempt(V9 | cache, minimum_cacheable_tokens=5001)) == pytest.approx(0.0164, abs=1e-12)


def test_a_prompt_of_exactly_the_minimum_is_cached() -> None:
    """economics.md (2): S < minimum_cacheable_tokens is not."""
    cached = V9 | {"cache_hit_share": 1, "cache_read_ratio": 0}
    whole, repeated = 0.0164, 5000 * 2 / 10**6
    assert float(cost_per_attempt(cached, minimum_cacheable_tokens=5000)) == pytest.approx(whole - repeated, abs=1e-12)
    assert float(cost_per_attempt(cached, minimum_cacheable_tokens=5000.5)) == pytest.approx(whole, abs=1e-12)


@pytest.mark.parametrize(("volume", "gpus"), [(0, 1), (5_390_769, 1), (5_390_770, 2), (20_000_000, 4)])
def test_gpus(volume: int, gpus: int) -> None:
    """economics.md 4, V14: I 1500, O 300, 20000 and 2500 tokens a second, load .4, 730 hours."""
    own = NOTHING | {
        "cacheable_tokens": 1500,
        "output_tokens": 300,
        "gpu_hourly": 2.95,
        "gpu_input_tokens_per_second": 20000,
        "gpu_output_tokens_per_second": 2500,
        "gpu_utilisation": 0.4,
    }
    assert float(gpus_needed(volume, 1.0, own, hours_per_month=730)) == gpus


@pytest.mark.parametrize(("share", "cost"), [(0, 0.0006), (0.1, 0.00153), (0.25, 0.002925), (1, 0.0099)])
def test_cascade(share: float, cost: float) -> None:
    """economics.md 4, V17."""
    assert 0.0006 + escalation_cost(1, share, 0.0093) == pytest.approx(cost, abs=1e-12)


def test_retraining_comes_each_quarter_but_not_in_the_last_month() -> None:
    """economics.md 4, V11: −1500 at t = 3, 6, …, 33."""
    costs = retraining_costs(1500.0, 3, months=36, horizon=36)
    assert (np.flatnonzero(costs) + 1).tolist() == list(range(3, 34, 3))
    assert break_even_months([-6000, *np.subtract(1500, costs).tolist()]) == 5.0


def test_azure_s_own_month_of_o4_mini() -> None:
    """Azure OpenAI, cost management page (Microsoft Learn, 2026-03-19): $1.70 × 720 h + 20 M × 1.10 + 40 M × 4.40."""
    own = NOTHING | {"user_tokens": 20_000, "output_tokens": 40_000, "input_price": 1.10, "output_price": 4.40}
    tokens = 1000 * cost_per_attempt(own, minimum_cacheable_tokens=1024)
    hosting = monthly_costs.fixed_costs(own | {"hosting_hourly": 1.70}, hourly_rate=100, hours_per_month=720)
    assert float(tokens + hosting["hosting"]) == pytest.approx(1422.00, abs=1e-9)


def test_a_calculator_s_gpt_5_mini_tune_never_pays() -> None:
    """A published calculator: 2,000 overhead + 1,000 + 500 out, the tune at double prices without the overhead."""
    base = NOTHING | {"cacheable_tokens": 2000, "user_tokens": 1000, "output_tokens": 500}
    base |= {"input_price": 0.25, "output_price": 2.00}
    tune = base | {"cacheable_tokens": 0, "input_price": 0.50, "output_price": 4.00}
    costs = [float(cost_per_attempt(own, minimum_cacheable_tokens=1024)) for own in (base, tune)]
    assert costs == [pytest.approx(0.00175, abs=1e-12), pytest.approx(0.00250, abs=1e-12)]
    flat = {"upfront": 1, "months": 36, "fixed_monthly": 0, "reference_fixed_monthly": 0, "quality_value": 0}
    assert break_even_volume(**flat, cost_per_request=costs[1], reference_cost_per_request=costs[0]) is None


@pytest.mark.parametrize(
    ("run", "dollars"),
    [
        # 5 million tokens three times and 1 million once: 16 million.
        (
            {
                "labelled_examples": 16_000,
                "training_tokens_per_example": 1000,
                "training_epochs": 1,
                "training_price": 0.46,
            },
            7.36,
        ),
        # 0.45 million tokens, 15 passes.
        (
            {"labelled_examples": 450, "training_tokens_per_example": 1000, "training_epochs": 15, "training_price": 5},
            33.75,
        ),
    ],
)
def test_published_training_bills(run: Any, dollars: float) -> None:
    """economics.md 4: (5 M × 3 + 1 M) × $.46 = $7.36; .45 M × 15 epochs × $5 = $33.75."""
    bill = monthly_costs.upfront_cost(NOTHING | run | {"training_runs": 1}, hourly_rate=100)
    assert bill == pytest.approx(dollars, abs=1e-9)
