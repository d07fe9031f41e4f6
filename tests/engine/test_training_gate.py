"""The training gate: five conditions, all of them (method.md 3.6) [module]."""

from typing import Any

import pytest

from assessments.engine.lenses import training_gate

from .documents import FRAMEWORK, document_of

ESTABLISHED = dict.fromkeys(("root_cause_known", "prompt_fix_failed", "regression_baseline"), "yes")
ENOUGH = {"labelled_examples": 200, "reviewed_examples": 200}
RISING = [31, 29, 33, 34, 38, 41]


def gate(answers: Any = ESTABLISHED, readiness: Any = ENOUGH, override_weeks: Any = RISING) -> Any:
    return training_gate.look(FRAMEWORK, document_of(answers, readiness=readiness, override_weeks=override_weeks))


def test_all_five_are_for() -> None:
    lens = gate()
    assert (lens.stance, lens.met, len(lens.conditions), lens.trend) == ("for", 5, 5, "rising_or_stable")


@pytest.mark.parametrize("key", sorted(ESTABLISHED))
@pytest.mark.parametrize(("value", "met"), [("no", False), ("unsure", None)])
def test_one_that_is_not_established_is_against(key: Any, value: str, met: bool | None) -> None:
    lens = gate(ESTABLISHED | {key: value})
    assert (lens.stance, lens.met) == ("against", 4)
    assert {c.keys[0]: c.met for c in lens.conditions}[key] is met


@pytest.mark.parametrize(("reviewed", "stance"), [(199, "against"), (200, "for"), (201, "for")])
def test_two_hundred_examples_must_be_reviewed(reviewed: int, stance: str) -> None:
    assert gate(readiness={"reviewed_examples": reviewed}).stance == stance


def test_labelled_examples_are_not_reviewed_ones() -> None:
    assert gate(readiness={"labelled_examples": 5000}).stance == "against"


@pytest.mark.parametrize("weeks", [[], [3], [5, 5, 5]])
def test_fewer_than_four_weeks_leave_it_open(weeks: Any) -> None:
    lens = gate(override_weeks=weeks)
    assert (lens.stance, lens.trend, lens.met) == ("open", "unknown", 4)


@pytest.mark.parametrize(
    ("weeks", "trend"),
    [
        ([41, 38, 34, 33], "declining"),  # p = 1/24
        ([41, 38, 33, 34], "rising_or_stable"),  # p = 4/24
        ([5, 5, 5, 5], "rising_or_stable"),
        ([0, 0, 0, 0], "rising_or_stable"),
        ([31, 29, 33, 34, 38, 41], "rising_or_stable"),
        ([50, 48, 49, 44, 43, 40], "declining"),
    ],
)
def test_overrides_decline_where_the_test_says_so(weeks: Any, trend: str) -> None:
    """method.md 3.6: Mann-Kendall, one-sided p ≤ 0.1."""
    lens = gate(override_weeks=weeks)
    assert lens.trend == trend
    assert lens.stance == ("against" if trend == "declining" else "for")


def test_the_order_of_the_conditions_is_the_source_s() -> None:
    keys = [condition.keys[0] for condition in gate().conditions]
    assert keys == [
        "override_weeks",
        "root_cause_known",
        "reviewed_examples",
        "prompt_fix_failed",
        "regression_baseline",
    ]
