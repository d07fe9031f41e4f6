"""What counted failures say: shares, their uncertainty, what dominates (method.md, section 6)."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.engine.diagnosis import diagnose, labels_until_sure
from assessments.engine.intervals import wilson_interval

from .documents import FRAMEWORK

Z = 1.959963984540054


def diagnosis_of(**failures: Any) -> Any:
    return diagnose(FRAMEWORK, failures)


def bounds_by_root(share: Any, n: Any) -> Any:
    """Wilson 1927: both p with (share - p)² = z² p (1 - p) / n, by the quadratic formula."""
    a, b, c = 1 + Z * Z / n, -(2 * share + Z * Z / n), share * share
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def test_a_share_has_the_published_interval() -> None:
    """Newcombe 1998, table I, score method without continuity correction."""
    for count, sample, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
                                     (1, 29, 0.0061, 0.1718)):  # fmt: skip
        assert wilson_interval(count, sample) == pytest.approx((low, high), abs=5e-5)


@given(sample=st.integers(1, 10**6), data=st.data())
def test_the_interval_is_wilson_s(sample: Any, data: Any) -> None:
    count = data.draw(st.integers(0, sample))
    low, high = wilson_interval(count, sample)
    assert (low, high) == pytest.approx(bounds_by_root(count / sample, sample), abs=1e-7)
    assert 0 <= low <= count / sample + 1e-12
    assert count / sample <= high + 1e-12 <= 1 + 1e-12


def test_without_a_sample_nothing_is_known() -> None:
    diagnosis = diagnosis_of()
    assert (diagnosis.sample, diagnosis.dominant, diagnosis.label_more) == (0, None, None)
    assert [(g.share, g.low, g.high) for g in diagnosis.groups] == [(0, 0, 1)] * 4


def test_a_sample_of_zeros_is_no_sample() -> None:
    assert diagnosis_of(reasoning=0, tool_failure=0) == diagnosis_of()


def test_modes_add_up_to_their_groups() -> None:
    """method.md 2.1."""
    diagnosis = diagnosis_of(
        missing_knowledge=1,
        wrong_retrieval=2,
        noisy_context=4,
        tool_failure=8,
        format_failure=16,
        policy_tone=32,
        should_abstain=64,
        reasoning=128,
    )
    counts = {group.key: group.count for group in diagnosis.groups}
    assert counts == {"knowledge": 7, "tools": 8, "behaviour": 112, "capability": 128}
    assert diagnosis.sample == 255
    assert diagnosis.share("capability") == 128 / 255
    assert diagnosis.dominant == "capability"


@pytest.mark.parametrize(
    ("failures", "dominant"),
    [
        ({"reasoning": 1}, "capability"),
        ({"reasoning": 1, "tool_failure": 1}, None),
        ({"reasoning": 500_001, "tool_failure": 500_000}, "capability"),
        ({"reasoning": 500_000, "tool_failure": 500_000}, None),
        ({"missing_knowledge": 2, "noisy_context": 2, "policy_tone": 3}, "knowledge"),
        ({"missing_knowledge": 3, "policy_tone": 3, "tool_failure": 3}, None),
    ],
)
def test_more_than_half_of_the_sample_dominates(failures: Any, dominant: str | None) -> None:
    assert diagnosis_of(**failures).dominant == dominant


@given(sample=st.integers(1, 3000), data=st.data())
def test_so_many_more_labels_settle_it_and_one_fewer_would_not(sample: Any, data: Any) -> None:
    """At the share that was counted, the interval leaves one half on one side."""
    count = data.draw(st.integers(0, sample))
    more = labels_until_sure(count, sample, 0.5)
    share = count / sample
    if more is None:
        assert 2 * count == sample
        return
    low, high = bounds_by_root(share, sample + more)
    assert low > 0.5 - 1e-9 or high < 0.5 + 1e-9
    if more:
        low, high = bounds_by_root(share, sample + more - 1)
        assert low <= 0.5 + 1e-9
        assert high >= 0.5 - 1e-9


def test_an_interval_that_straddles_one_half_asks_for_more_labels() -> None:
    """By hand: 60 of 110 is 0.04545 above one half; z² / 4 / 0.04545² = 464.8, so 465 in all."""
    diagnosis = diagnosis_of(reasoning=60, tool_failure=50)
    assert (diagnosis.dominant, diagnosis.label_more) == ("capability", 355)


def test_an_interval_clear_of_one_half_asks_for_none() -> None:
    assert diagnosis_of(reasoning=70, tool_failure=30).label_more == 0
    assert diagnosis_of(reasoning=30, tool_failure=35, policy_tone=35, wrong_retrieval=30).label_more == 0


def test_exactly_one_half_is_settled_by_no_number() -> None:
    assert diagnosis_of(reasoning=5, tool_failure=5).label_more is None
