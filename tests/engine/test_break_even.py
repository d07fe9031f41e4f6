"""Break-even, first and durable: its edges and its laws (economics.md, equations 16 and 18)."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.engine.economics.break_even import (
    break_even_months,
    break_even_volume,
    durable_break_even_months,
)

dollars = st.integers(-50_000, 50_000)
upfront = st.integers(0, 200_000)
monthly = st.lists(dollars, min_size=1, max_size=60)


def by_hand(upfront: Any, monthly_net: Any) -> Any:
    """Equation 16 read a second time: every upward crossing of zero, and the last running total."""
    total = -upfront
    crossings = [0.0] if total >= 0 else []
    for month, net in enumerate(monthly_net, start=1):
        if total < 0 <= total + net:
            crossings.append(month - 1 + -total / net)
        total += net
    return crossings, total


@given(upfront=upfront, monthly_net=monthly)
def test_first_and_durable_are_the_first_and_the_last_crossing(upfront: Any, monthly_net: Any) -> None:
    crossings, end = by_hand(upfront, monthly_net)
    flows = [-upfront, *monthly_net]
    first = crossings[0] if crossings else None
    durable = crossings[-1] if crossings and end >= 0 else None
    assert break_even_months(flows) == (first if first is None else pytest.approx(first))
    assert durable_break_even_months(flows) == (durable if durable is None else pytest.approx(durable))


@given(upfront=upfront, monthly_net=monthly)
def test_the_durable_break_even_is_never_before_the_first(upfront: Any, monthly_net: Any) -> None:
    flows = [-upfront, *monthly_net]
    first, durable = break_even_months(flows), durable_break_even_months(flows)
    if durable is not None:
        assert first is not None
        assert durable >= first


@given(upfront=upfront, monthly_net=monthly, more=st.integers(0, 20_000))
def test_more_savings_never_lengthen_break_even(upfront: Any, monthly_net: Any, more: Any) -> None:
    before = break_even_months([-upfront, *monthly_net])
    after = break_even_months([-upfront, *(net + more for net in monthly_net)])
    assert (math.inf if after is None else after) <= (math.inf if before is None else before) + 1e-9


@given(upfront=upfront, monthly_net=monthly, more=st.integers(0, 20_000))
def test_more_savings_never_lengthen_the_durable_break_even(upfront: Any, monthly_net: Any, more: Any) -> None:
    before = durable_break_even_months([-upfront, *monthly_net])
    after = durable_break_even_months([-upfront, *(net + more for net in monthly_net)])
    assert (math.inf if after is None else after) <= (math.inf if before is None else before) + 1e-9


@given(upfront=upfront, monthly_net=monthly, scale=st.sampled_from((1e-6, 1e-3, 7.0, 1e9)))
def test_the_currency_s_size_does_not_matter(upfront: Any, monthly_net: Any, scale: Any) -> None:
    first = break_even_months([-upfront, *monthly_net])
    scaled = break_even_months([-upfront * scale, *(net * scale for net in monthly_net)])
    assert (first is None) == (scaled is None)
    if first is not None:
        assert scaled == pytest.approx(first)


def test_reached_in_the_last_month_counts() -> None:
    assert break_even_months([-6000, *[1000] * 6]) == 6.0
    assert durable_break_even_months([-6000, *[1000] * 6]) == 6.0


def test_one_month_later_does_not() -> None:
    assert break_even_months([-6000, *[1000] * 5]) is None


def test_a_sum_that_misses_zero_by_rounding_has_reached_it() -> None:
    """economics.md 3: compare with a tolerance of 10⁻⁹. Ten dimes fall short of a dollar by 1e-16."""
    assert break_even_months([-1, *[0.1] * 10]) == pytest.approx(10.0)


def test_touching_zero_counts_as_reached_and_falling_below_makes_it_first_only() -> None:
    flows = [-100, 100, -50, 0, 50]
    assert break_even_months(flows) == 1.0
    assert durable_break_even_months(flows) == 4.0


def test_paid_back_and_lost_again_is_not_durable() -> None:
    assert break_even_months([-100, 200, -300]) == 0.5
    assert durable_break_even_months([-100, 200, -300]) is None


def test_nothing_invested_has_paid_itself_back_at_once() -> None:
    assert break_even_months([-0.0, 100]) == 0.0
    assert durable_break_even_months([0, 0, 0]) == 0.0


def test_a_horizon_of_one_month() -> None:
    assert break_even_months([-600, 1200]) == 0.5
    assert break_even_months([-600, 599]) is None


def volume(**changed: Any) -> Any:
    figures = {
        "upfront": 6000,
        "months": 36,
        "fixed_monthly": 500,
        "reference_fixed_monthly": 0,
        "quality_value": 500,
        "cost_per_request": 0.005,
        "reference_cost_per_request": 0.02,
    }
    return break_even_volume(**(figures | changed))


@pytest.mark.parametrize("cost", [0.02, 0.03])
def test_no_volume_pays_back_a_request_that_costs_no_less(cost: float) -> None:
    """economics.md 3, equation 18: none where v_ref ≤ v_a."""
    assert volume(cost_per_request=cost) is None


def test_at_the_break_even_volume_the_horizon_ends_at_zero() -> None:
    requests = volume(quality_value=300, reference_fixed_monthly=120)
    net = requests * (0.02 - 0.005) + 300 - (500 - 120)
    assert break_even_months([-6000, *[net] * 36]) == pytest.approx(36)
