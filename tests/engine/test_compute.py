"""The compute of the planned training: the worked example of field.md 6.1, and where each number comes from."""

from typing import Any

import pytest

from assessments.engine.economics.compute import indicative_line, training_flop
from assessments.presenters.large_numbers import in_large_units, part_of, powers
from assessments.presenters.legal import present_compute

from .documents import FRAMEWORK, decide_on

LINE = FRAMEWORK.legal.line
TODAY = {"user_tokens": 1000, "input_price": 1, "output_price": 1}


def test_the_worked_example_comes_out() -> None:
    """field.md 6.1: 13.5 million tokens on 8B are 6.5·10¹⁷ FLOP, 1/51,000 of the line; 694 or 79 billion reach it."""
    flop = training_flop(8e9, 13.5e6, per_parameter_and_token=LINE.flop_per_parameter_and_token)
    line, origin = indicative_line(LINE, None, systemic_risk=False)
    assert [flop, line] == pytest.approx([6.48e17, 1e23 / 3])
    assert origin == "unknown"
    assert (powers(flop), powers(line), part_of(flop / line)) == ("6.5·10¹⁷", "3.3·10²²", "1/51,000")
    reached = [in_large_units(compute_of(base_parameters=size).tokens_to_line) for size in (8, 70)]
    assert reached == ["694 billion", "79.4 billion"]


def compute_of(*, detailed: Any = None, readiness: Any = None, goal: str = "", **legal: Any) -> Any:
    costs = {"costs": {"detailed": {"approaches": {"status_quo": TODAY, "fine_tune_large": detailed}}}}
    use_case = {"name": "A"} | ({"goal": goal} if goal else {})
    parts: dict[str, Any] = (costs if detailed else {}) | {
        "readiness": readiness or {},
        "use_case": use_case,
        "legal": legal,
    }
    return decide_on({}, **parts).compute


def test_the_tokens_are_those_of_the_form_else_of_the_examples_else_of_the_goal() -> None:
    entered = {"labelled_examples": 2500, "training_tokens_per_example": 1350, "training_epochs": 2, "training_runs": 2}
    of_form = compute_of(detailed=entered, readiness={"labelled_examples": 9}, base_parameters=8)
    assert (of_form.tokens, {one.basis for one in of_form.factors}) == (13.5e6, {"costs"})
    assert of_form.share == pytest.approx(6.48e17 * 3 / 1e23)
    suggested = FRAMEWORK.approach_costs.approach["fine_tune_small"].number
    for parts, examples, origin in (
        ({"readiness": {"labelled_examples": 300}, "goal": "labels"}, 300, "readiness"),
        ({"goal": "labels"}, FRAMEWORK.goal["labels"].examples_to, "goal"),
        ({"goal": "safety"}, FRAMEWORK.goal["safety"].examples_from, "goal"),
    ):
        first, *rest = compute_of(base_parameters=8, **parts).factors
        assert (first.value, first.basis) == (examples, origin)
        assert [(one.value, one.basis) for one in rest] == [(suggested[one.key].likely, "ours") for one in rest]
    unknown = compute_of(base_parameters=8)
    assert (unknown.tokens, unknown.flop, unknown.share) == (None, None, None)
    assert compute_of(goal="labels") is None


@pytest.mark.parametrize(
    ("legal", "line", "origin"),
    [
        ({}, 1e23 / 3, "unknown"),
        ({"base_systemic_risk": "yes"}, 1e25 / 3, "systemic_risk"),
        ({"base_compute": 720, "base_systemic_risk": "yes"}, 7.2e23 / 3, "original"),
    ],
)
def test_the_line_is_a_third_of_what_is_known_of_the_original(legal: Any, line: float, origin: str) -> None:
    found = compute_of(goal="labels", base_parameters=8, **legal)
    assert (found.line, found.line_basis) == (pytest.approx(line), origin)


def test_what_is_above_the_line_says_so_and_the_words_hold_formula_both_numbers_and_the_day() -> None:
    small, large = (
        present_compute(FRAMEWORK, compute_of(goal="domain", base_parameters=size, base_compute=compute))
        for size, compute in ((8, 720), (0.1, 0.001))
    )
    assert small
    assert large
    said = " ".join(small.paragraphs)
    for words in (
        "6 × 8 billion parameters × 1.56 billion tokens",
        "7.5·10¹⁹ FLOP",
        "2.4·10²³ FLOP",
        "27 November 2026",
    ):
        assert words in said
    assert "bind nobody" in said
    assert "ask a lawyer" not in said
    assert "2.8 times the indicative line" in large.sentence
    assert "ask a lawyer" in large.sentence
