"""Ticks of the axes: round, evenly spaced, spanning the values, and few."""

import math
from itertools import pairwise

from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.charts.axes import brief_money, log_ticks, month_ticks, nice_ticks, short_money, ticks_within
from assessments.framework.notation import written_for

values = st.one_of(
    st.floats(-1e15, 1e15, allow_nan=False, allow_subnormal=False),
    st.floats(-0.05, 0.05, allow_nan=False, allow_subnormal=False),
    st.integers(-(10**15), 10**15).map(float),
)
lists = st.one_of(
    st.lists(values, min_size=1, max_size=40),
    st.lists(st.floats(-1e12, -1e-3), min_size=1, max_size=40),
    values.map(lambda value: [value] * 5),
)


@settings(deadline=None)
@given(lists)
def test_money_ticks_span_the_values_evenly(totals: list[float]) -> None:
    ticks = nice_ticks(totals)
    assert 2 <= len(ticks) <= 8
    assert ticks[0] <= min(totals) + 1e-9
    assert max(totals) <= ticks[-1] + 1e-9
    steps = [after - before for before, after in pairwise(ticks)]
    assert all(step > 0 for step in steps)
    assert max(steps) - min(steps) <= 1e-6 * max(steps) + 1e-9


@settings(deadline=None)
@given(lists)
def test_money_steps_are_round(totals: list[float]) -> None:
    first, second, *_ = nice_ticks(totals)
    step = second - first
    leading = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(leading - factor) for factor in (1, 2, 2.5, 5, 10)) < 1e-3


@settings(deadline=None)
@given(lists)
def test_zero_is_a_tick_where_the_values_cross_it(totals: list[float]) -> None:
    assert 0 in nice_ticks([*totals, 0])


@settings(deadline=None)
@given(lists)
def test_no_two_ticks_have_the_same_name(totals: list[float]) -> None:
    words = [short_money(tick, "$") for tick in nice_ticks([*totals, 0])]
    assert len(set(words)) == len(words)
    if max(map(abs, totals)) < 1e12:
        assert all(len(word) <= 8 for word in words), words


@settings(deadline=None)
@given(st.integers(1, 600))
def test_month_ticks_start_at_the_first_and_end_at_the_last(horizon: int) -> None:
    ticks = month_ticks(0, horizon)
    assert (ticks[0], ticks[-1]) == (0, horizon)
    steps = [after - before for before, after in pairwise(ticks)]
    assert all(step > 0 for step in steps)
    assert len(set(steps[:-1])) <= 1, "even, but for the last"
    if len(steps) > 1:
        assert steps[0] / 2 <= steps[-1] <= 1.5 * steps[0], "the last one is not crowded"
    if horizon <= 120:
        assert len(ticks) <= 8


@given(st.lists(st.floats(-1e12, 1e12, allow_subnormal=False), min_size=1, max_size=20))
def test_a_range_that_is_little_wider_holds_all_values_and_all_its_ticks(totals: list[float]) -> None:
    (low, high), ticks = ticks_within([*totals, 0])
    assert low <= min(*totals, 0) + 1e-9
    assert max(*totals, 0) <= high + 1e-9
    assert len(ticks) >= 2
    assert all(low <= tick <= high for tick in ticks)


@given(st.lists(st.floats(0.01, 1e12, allow_subnormal=False), min_size=1, max_size=20))
def test_log_ticks_span_the_values_and_are_few(costs: list[float]) -> None:
    ticks = log_ticks(costs)
    assert 2 <= len(ticks) <= 16
    assert ticks == sorted(set(ticks))
    assert ticks[0] <= min(costs) <= max(costs) <= ticks[-1]


def test_thousands_and_millions_are_said_in_german() -> None:
    with written_for("de"), translation.override("de"):
        assert [short_money(amount, "€") for amount in (8_000, -2_500_000)] == ["8 Tsd.\xa0€", "−2,5 Mio.\xa0€"]
        assert brief_money(98_840, "$") == "98,8 Tsd.\xa0$"
