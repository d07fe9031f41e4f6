"""The Mann-Kendall test against brute force, and its approximation against a hand computation."""

import math
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.engine.trend import declining_p


def rising_less_falling(weeks: Any) -> Any:
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(weeks, 2))


@pytest.mark.parametrize("n", range(1, 7))
def test_without_ties_p_is_the_share_of_orders_that_fall_as_much(n: Any) -> None:
    """Mann 1945: every order of the weeks is as likely as any other where there is no trend."""
    scores = [rising_less_falling(order) for order in permutations(range(n))]
    for order, score in zip(permutations(range(n)), scores, strict=True):
        as_much = Fraction(sum(other <= score for other in scores), math.factorial(n))
        assert declining_p([10 * week for week in order]) == pytest.approx(float(as_much), abs=1e-12)


def test_four_falling_weeks_have_the_least_p() -> None:
    assert declining_p([41, 38, 34, 33]) == pytest.approx(1 / 24)


def test_with_ties_p_is_the_corrected_normal_approximation() -> None:
    """By hand: 9 8 8 7 6 5 has S = -14, and one tie of two, so 18 Var = 6·5·17 - 2·1·9 = 492.

    z = (S + 1) / sqrt(492 / 18) = -13 / 5.22813 = -2.486549, and Phi(z) = 0.006449.
    """
    assert rising_less_falling([9, 8, 8, 7, 6, 5]) == -14
    assert declining_p([9, 8, 8, 7, 6, 5]) == pytest.approx(0.006449, abs=5e-7)


def test_with_several_ties_each_is_corrected() -> None:
    """By hand: 5 5 5 4 4 3 has S = -11; 18 Var = 510 - 3·2·11 - 2·1·9 = 426; z = -10 / 4.864840."""
    z = -10 / math.sqrt(426 / 18)
    assert z == pytest.approx(-2.055566, abs=1e-6)
    assert declining_p([5, 5, 5, 4, 4, 3]) == pytest.approx(0.019912, abs=5e-7)


def test_a_rise_with_ties_is_corrected_towards_zero_too() -> None:
    """By hand: 3 3 4 has S = 2; 18 Var = 66 - 18 = 48; z = (2 - 1) / 1.632993 = 0.612372."""
    assert declining_p([3, 3, 4]) == pytest.approx(0.729854, abs=5e-7)


def test_weeks_that_never_differ_do_not_fall() -> None:
    assert declining_p([7, 7, 7, 7]) == 1.0


def test_no_weeks_do_not_fall() -> None:
    assert declining_p([]) == 1.0


def test_the_module_s_overrides_do_not_fall() -> None:
    """method.md 2.1 and 8: 31, 29, 33, 34, 38, 41. All but one pair of fifteen rises."""
    assert declining_p([31, 29, 33, 34, 38, 41]) == pytest.approx(719 / 720)


def test_more_than_fifty_weeks_use_the_approximation() -> None:
    weeks = list(range(60, 0, -1))
    z = (-60 * 59 / 2 + 1) / math.sqrt(60 * 59 * 125 / 18)
    assert declining_p(weeks) == pytest.approx(0.5 * math.erfc(-z / math.sqrt(2)))


def test_exact_and_approximate_meet_at_fifty_weeks() -> None:
    """A weak fall over fifty weeks: exact for fifty different ones, approximate with one more."""
    waves = [week + (12 if week % 2 else 0) for week in range(50, 0, -1)]
    weeks = [week + i / 1000 for i, week in enumerate(waves)]
    tied = [*weeks[:25], weeks[24], *weeks[25:]]
    assert declining_p(weeks) == pytest.approx(declining_p(tied), abs=0.01)


weekly = st.lists(st.integers(0, 8), max_size=12)


@given(weeks=weekly)
def test_p_is_a_probability(weeks: Any) -> None:
    assert 0 <= declining_p(weeks) <= 1


@given(weeks=weekly, factor=st.integers(1, 9), offset=st.integers(0, 99))
def test_only_the_order_of_the_counts_matters(weeks: Any, factor: Any, offset: Any) -> None:
    assert declining_p([factor * week + offset for week in weeks]) == declining_p(weeks)


@given(weeks=st.lists(st.integers(0, 8), min_size=2, max_size=12))
def test_weeks_and_their_reverse_cannot_both_fall(weeks: Any) -> None:
    assert declining_p(weeks) + declining_p(weeks[::-1]) >= 1 - 1e-12
