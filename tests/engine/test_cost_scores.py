"""Run cost and upfront cost in the matrix, once the detailed costs are filled in (method.md, section 4)."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine import facts
from assessments.engine.verdict import judge

from .documents import FRAMEWORK, decide_on, document_of, judge_on


def costs_of(dollars: Any) -> Any:
    """Detailed costs in which these approaches cost so much each month, and so much once."""
    return {
        "detailed": {
            "approaches": {
                name: {"other_monthly": monthly, "upfront_cash": once} for name, (monthly, once) in dollars.items()
            }
        }
    }


def by_criterion(dollars: Any) -> Any:
    return {
        "run_cost": {name: monthly for name, (monthly, _) in dollars.items()},
        "upfront_cost": {name: once for name, (_, once) in dollars.items()},
    }


def cells_of(dollars: Any, **parts: Any) -> Any:
    decision = decide_on(costs=costs_of(dollars), **parts)
    return {row.approach: row.cells for row in decision.matrix.rows}


DOLLARS = {
    "status_quo": (1600, 0),
    "prompting": (800, 1000),
    "fine_tune_small": (200, 8000),
    "hybrid": (400, 10**6),
}


def test_five_for_the_cheapest_and_a_point_less_for_each_doubling() -> None:
    cells = cells_of(DOLLARS)
    scores = {
        name: (cells[name]["run_cost"].score, cells[name]["upfront_cost"].score) for name in DOLLARS if name in cells
    }
    assert scores == {"prompting": (3, 5), "fine_tune_small": (5, 2), "hybrid": (4, 1)}
    assert {cells[name][key].origin for name in scores for key in ("run_cost", "upfront_cost")} == {"derived"}


def test_one_approach_alone_is_measured_against_going_on_as_today() -> None:
    cells = cells_of({"status_quo": (300, 0), "hybrid": (1200, 0)})
    assert cells["hybrid"]["run_cost"].score == 3


def test_below_the_floor_cheaper_is_no_better() -> None:
    cells = cells_of({"status_quo": (0, 0), "prompting": (100, 1000), "hybrid": (200, 2000)})
    assert [cells[name]["run_cost"].score for name in ("prompting", "hybrid")] == [5, 4]
    assert [cells[name]["upfront_cost"].score for name in ("prompting", "hybrid")] == [5, 4]


def test_the_average_month_of_the_horizon_counts() -> None:
    rising = {"status_quo": {}, "hybrid": {"output_tokens": 10**6, "output_price": 1, "annual_price_decline": 1}}
    costs = {"horizon_months": 4, "detailed": {"monthly_requests": 1600, "approaches": rising}}
    [hybrid] = [row for row in decide_on(costs=costs).matrix.rows if row.approach == "hybrid"]
    # $1,600 in the first of four months and nothing after: $400, twice doubled from the floor of $100.
    assert hybrid.cells["run_cost"].score == 3


def test_a_reason_names_the_dollars_and_the_cheapest() -> None:
    cells = cells_of(DOLLARS)
    run, upfront, least = (
        cells[approach][criterion]
        for approach, criterion in (
            ("hybrid", "run_cost"),
            ("prompting", "upfront_cost"),
            ("fine_tune_small", "run_cost"),
        )
    )
    assert run.reason == "run_cost"
    assert run.figures == {"dollars": 400, "cheapest": "fine_tune_small", "cheapest_dollars": 200}
    assert upfront.reason == "upfront_cost"
    assert upfront.figures == {"dollars": 1000, "cheapest": "status_quo", "cheapest_dollars": 0}
    assert (least.reason, least.figures) == ("run_cost_cheapest", {"dollars": 200})


def test_an_approach_that_is_not_in_the_form_keeps_its_base_score_and_says_so() -> None:
    cell = cells_of(DOLLARS)["tools"]["run_cost"]
    assert (cell.score, cell.origin) == (3, "base")
    assert cell.reason == "base_not_in_costs"
    assert cells_of(DOLLARS)["tools"]["latency"].reason == "base"


def test_a_cell_of_the_team_s_own_stands_whatever_the_costs_say() -> None:
    own = {"approach": "hybrid", "criterion": "run_cost", "score": 1.5, "reason": "we know"}
    cell = cells_of(DOLLARS, matrix={"overrides": [own]})["hybrid"]["run_cost"]
    assert (cell.score, cell.origin, cell.reason, cell.figures) == (1.5, "user", "own", {"text": "we know"})


def test_a_form_that_costs_nothing_says_nothing() -> None:
    cells = cells_of({"status_quo": (0, 0), "hybrid": (0, 0)})
    assert (cells["hybrid"]["run_cost"].score, cells["hybrid"]["run_cost"].origin) == (3, "base")
    assert cells["hybrid"]["upfront_cost"].score == 1


def test_the_summary_form_leaves_the_base_scores() -> None:
    [prompting] = [
        row for row in decide_on(costs={"summary": {"api_savings": 9}}).matrix.rows if row.approach == "prompting"
    ]
    assert prompting.cells["run_cost"].origin == "base"


def test_the_slope_is_the_framework_s() -> None:
    rules = FRAMEWORK.matrix
    steep = replace(FRAMEWORK, matrix=replace(rules, cost_scores=replace(rules.cost_scores, points_less_by_doubling=2)))
    matrix = judge(facts.ground_of(steep, document_of(costs=costs_of(DOLLARS)))).matrix
    [prompting] = [row for row in matrix.rows if row.approach == "prompting"]
    assert prompting.cells["run_cost"].score == 1


FLOORS = {"run_cost": 100, "upfront_cost": 1000}
dollars = st.fixed_dictionaries(
    {"status_quo": st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))},
    optional=dict.fromkeys(FRAMEWORK.approach, st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))),
)


@settings(deadline=None, max_examples=40)
@given(dollars=dollars)
def test_scores_are_a_point_less_for_each_doubling_of_the_cheapest(dollars: Any) -> None:
    """5 for the cheapest, at least 1, below the floor no better; a form that costs nothing says nothing."""
    cells = cells_of(dollars)
    for criterion, amounts in by_criterion(dollars).items():
        least = max(FLOORS[criterion], min(amounts.values()))
        for name in FRAMEWORK.approach:
            cell = cells[name][criterion]
            if name not in amounts or not any(amounts.values()):
                assert cell.origin == "base"
            else:
                doublings = math.log2(max(FLOORS[criterion], amounts[name]) / least)
                assert cell.score == pytest.approx(max(1, 5 - doublings), abs=1e-9)


def test_the_costs_can_turn_the_verdict() -> None:
    cheap_tools = {"status_quo": (10_000, 0), "prompting": (10**6, 10**6), "tools": (100, 0)}
    weights = {"weights": {"run_cost": 10, "fixes_failures": 0}}
    assert judge_on(matrix=weights).leads != "tools"
    assert judge_on(costs=costs_of(cheap_tools), matrix=weights).leads == "tools"
