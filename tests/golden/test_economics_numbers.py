"""The numbers of economics.md, section 4, through the cash-flow and break-even functions."""

import pytest

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

CENT = 5e-5  # amounts are printed to four decimals


def near(figure):
    return None if figure is None else pytest.approx(figure, abs=1e-6)


def constant(net, months=36):
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
def test_break_even_net_and_return(row):
    """economics.md 4, the row named in the test's id."""
    upfront, monthly_net, first, durable, net, roi = NUMBERS[row]
    cash_flow = CashFlow(upfront=upfront, monthly_net=monthly_net)
    flows = cash_flow.flows
    assert break_even_months(flows) == near(first)
    assert durable_break_even_months(flows) == near(durable)
    assert net_present_value(flows, annual_rate=0) == pytest.approx(net, abs=CENT)
    assert cash_flow.cumulative[-1] == pytest.approx(net, abs=CENT)
    assert return_on_investment(cash_flow) == near(roi)


def test_discounting_delays_the_break_even():
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
def test_the_sources_own_upkeep_lengthens_its_example(monitoring, retraining, upkeep, months):
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


def test_sixty_hours_at_a_hundred_dollars_are_six_thousand():
    """economics.md 4, V0 [framework]."""
    hours = {"data_preparation_hours": 30, "evaluation_hours": 15, "deployment_hours": 15}
    assert upfront_cost(hours | {"training_cost": 0, "other_upfront": 0}, hourly_rate=100) == 6000


def test_break_even_volume_of_flat_flows():
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
