"""What turns a pilot into a go, and what is named as missing where it does not (method.md, section 6)."""

from typing import Any

import pytest

from .documents import CEILING_HIT, judge_on

CANDIDATE = CEILING_HIT | dict.fromkeys(
    ("consistent_behavior", "domain_knowledge", "brand_voice", "latency_requirements"), "yes"
)
GATE = dict.fromkeys(("root_cause_known", "prompt_fix_failed", "regression_baseline"), "yes")
LINES = {"training_cost": 0, "monitoring_hours": 0, "retraining_hours_per_quarter": 0}
READY = {
    "answers": CANDIDATE | GATE,
    "use_case": {"name": "A", "goal": "persona"},
    "override_weeks": [30, 31, 32, 33],
    "readiness": {"labelled_examples": 500, "reviewed_examples": 200},
    "costs": {"summary": LINES | {"api_savings": 1500}},
}


def verdict_with(**changed: Any) -> Any:
    return judge_on(**(READY | changed))


def missing(**changed: Any) -> Any:
    verdict = verdict_with(**changed)
    assert verdict.because == ("candidate",)
    assert (verdict.action == "go") == (not verdict.missing_for_go)
    return [gap.code for gap in verdict.missing_for_go]


def costs(break_even: Any, **general: Any) -> Any:
    """Costs that pay back after so many months: $6,000 upfront at 60 hours."""
    return general | {"summary": LINES | {"api_savings": 6000 / break_even}}


def test_with_everything_there_it_is_a_go() -> None:
    verdict = verdict_with()
    assert (verdict.action, verdict.missing_for_go) == ("go", ())
    assert verdict.gate.stance == "for"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"override_weeks": [30, 31, 32]}, "gate.trend"),
        ({"override_weeks": []}, "gate.trend"),
        ({"override_weeks": [40, 30, 20, 10]}, "gate.trend"),
        ({"answers": CANDIDATE | GATE | {"root_cause_known": "unsure"}}, "gate.root_cause_known"),
        ({"answers": CANDIDATE | GATE | {"prompt_fix_failed": "no"}}, "gate.prompt_fix_failed"),
        ({"answers": CANDIDATE | GATE | {"regression_baseline": "no"}}, "gate.regression_baseline"),
        ({"readiness": {"labelled_examples": 500, "reviewed_examples": 199}}, "gate.reviewed_examples"),
        ({"readiness": {"labelled_examples": 499, "reviewed_examples": 200}}, "examples"),
        ({"readiness": {"reviewed_examples": 200}}, "examples"),
        ({"use_case": {"name": "A"}}, "goal"),
        ({"costs": {}}, "economics_missing"),
        ({"costs": {"hourly_rate": 80}}, "economics_missing"),
        ({"costs": costs(6)}, "payback"),
        ({"costs": costs(7)}, "payback"),
        ({"costs": costs(-7)}, "payback"),
        ({"costs": costs(24.5, strategic_value="yes")}, "strategic_payback"),
        ({"costs": costs(24, strategic_value="no")}, "payback"),
    ],
)
def test_one_thing_missing_makes_it_a_pilot_and_is_named(changed: Any, code: str) -> None:
    assert missing(**changed) == [code]


@pytest.mark.parametrize(
    "changed",
    [
        {"answers": CANDIDATE | GATE | {"tuning_available": "unsure"}},
        {"answers": CANDIDATE | GATE | {"tuning_available": "yes"}},
        {"costs": costs(5.99)},
        {"costs": costs(6, strategic_value="yes")},
        {"costs": costs(24, strategic_value="yes")},
    ],
)
def test_what_does_not_stand_in_the_way(changed: Any) -> None:
    """method.md 6: tuning not known to be closed; under six months, or strategic and within 24."""
    assert missing(**changed) == []


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({}, ["cheapest_model"]),
        ({"newest_model_tried": "no"}, ["cheapest_model"]),
        ({"newest_model_tried": "yes"}, []),
        ({"latency_requirements": "yes"}, []),
        ({"data_sovereignty": "yes", "runs_in_house": "yes"}, []),
    ],
)
def test_where_cost_is_the_motive_the_cheapest_model_must_be_measured(answers: Any, codes: Any) -> None:
    """Issue 11. Speed and where data may go are motives of their own; what leads stays what it was."""
    cost = CANDIDATE | GATE | {"cost_optimization": "yes", "latency_requirements": "no"}
    verdict = verdict_with(answers=cost | answers)
    assert verdict.approach == verdict_with(answers=cost | answers | {"newest_model_tried": "yes"}).approach
    assert [gap.code for gap in verdict.missing_for_go] == codes
    assert verdict.action == ("pilot" if codes else "go")


@pytest.mark.parametrize(
    ("goal", "needed"),
    [
        ("knowledge", 1000),
        ("persona", 500),
        ("format", 500),
        ("tools", 1000),
        ("safety", 10000),
        ("domain", 100000),
    ],
)
def test_examples_must_reach_the_lower_bound_of_the_goal(goal: str, needed: int) -> None:
    """method.md 5 and 6."""
    use_case = {"name": "A", "goal": goal}
    enough = {"labelled_examples": needed, "reviewed_examples": 200}
    assert missing(use_case=use_case, readiness=enough) == []
    assert missing(use_case=use_case, readiness=enough | {"labelled_examples": needed - 1}) == ["examples"]


# Savings, monitoring hours a month, retraining hours a quarter and upfront hours that pay back after
# exactly 6 or 24 months at $100 an hour, though a third of the retraining is no round number.
EXACT = [(2000, 5, 11, 68, 6), (2000, 5, 10, 70, 6), (2000, 5, 11, 272, 24), (1500, 5, 10, 160, 24)]


@pytest.mark.parametrize(("savings", "monitoring", "retraining", "upfront", "months"), EXACT)
def test_exactly_six_months_are_not_under_six_and_exactly_24_are_within(
    savings: Any, monitoring: Any, retraining: Any, upfront: Any, months: Any
) -> None:
    """method.md 6, compared with the tolerance of economics.md 3: (2000 - 500 - 1100/3) · 6 = 6800."""
    lines = {
        "data_preparation_hours": upfront,
        "evaluation_hours": 0,
        "deployment_hours": 0,
        "training_cost": 0,
        "api_savings": savings,
        "monitoring_hours": monitoring,
        "retraining_hours_per_quarter": retraining,
    }
    verdict = verdict_with(costs={"summary": lines})
    assert verdict.economics.investment.break_even_months == pytest.approx(months, abs=1e-9)
    assert [gap.code for gap in verdict.missing_for_go] == ["payback"]
    assert missing(costs={"summary": lines, "strategic_value": "yes"}) == []


def detailed(months: Any, **general: Any) -> Any:
    """Detailed costs in which today's prompt costs a lot, the best prompt little, and tuning saves on that one."""
    saved = 6000 / months
    approaches = {
        "status_quo": {"other_monthly": 90_000},
        "prompting": {"other_monthly": 10_000},
        "fine_tune_small": {"other_monthly": 10_000 - saved, "upfront_cash": 6000},
    }
    return general | {"detailed": {"approaches": approaches}}


@pytest.mark.parametrize(
    ("costs", "codes"),
    [
        (detailed(5.99), []),
        (detailed(6), ["payback"]),
        (detailed(30), ["payback"]),
        (detailed(6, strategic_value="yes"), []),
        (detailed(24, strategic_value="yes"), []),
        (detailed(24.5, strategic_value="yes"), ["strategic_payback"]),
    ],
)
def test_with_detailed_costs_payback_is_against_the_best_approach_without_tuning(costs: Any, codes: Any) -> None:
    """method.md 6, economics.md (19): against today it would pay back within days."""
    verdict = verdict_with(costs=costs)
    assert verdict.approach == "fine_tune_small"
    assert verdict.economics.reference == "prompting"
    assert [gap.code for gap in verdict.missing_for_go] == codes


def test_a_payback_that_is_lost_again_is_no_go() -> None:
    """Economics.md 1.6: the tune gets no price cuts, the best prompt does, and so the lead does not last."""
    prompt = {"cacheable_tokens": 1000, "input_price": 30, "annual_price_decline": 0.6}
    tune = {"other_monthly": 2500, "upfront_cash": 600}
    approaches = {"status_quo": {"other_monthly": 90_000}, "prompting": prompt, "fine_tune_small": tune}
    verdict = verdict_with(costs={"detailed": {"monthly_requests": 100_000, "approaches": approaches}})
    investment = verdict.economics.investment
    assert investment.break_even_months < 6
    assert investment.durable_break_even_months is None
    [gap] = verdict.missing_for_go
    assert (gap.code, verdict.action) == ("payback_lasts", "pilot")
    assert gap.figures == {"months": 36}


def test_a_tune_that_costs_nothing_upfront_and_more_each_month_is_no_go() -> None:
    approaches = {"status_quo": {"other_monthly": 90_000}, "fine_tune_small": {"other_monthly": 95_000}}
    verdict = verdict_with(costs={"detailed": {"approaches": approaches}})
    assert [gap.code for gap in verdict.missing_for_go] == ["payback_lasts"]


def test_an_approach_left_out_of_the_detailed_costs_is_named() -> None:
    approaches = {"status_quo": {"other_monthly": 90_000}, "fine_tune_large": {"other_monthly": 1}}
    [gap] = verdict_with(costs={"detailed": {"approaches": approaches}}).missing_for_go
    assert gap.code == "approach_costs"
    assert gap.figures == {"approach": "fine_tune_small"}


def test_everything_missing_is_named_at_once() -> None:
    codes = missing(answers=CANDIDATE, use_case={"name": "A"}, override_weeks=[], readiness={}, costs={})
    assert codes == [
        "gate.trend",
        "gate.root_cause_known",
        "gate.reviewed_examples",
        "gate.prompt_fix_failed",
        "gate.regression_baseline",
        "goal",
        "economics_missing",
    ]


def test_what_is_missing_is_said_with_its_figures() -> None:
    verdict = verdict_with(
        use_case={"name": "A", "goal": "knowledge"},
        readiness={"labelled_examples": 999, "reviewed_examples": 150},
        costs=costs(8),
    )
    assert [(gap.code, gap.figures) for gap in verdict.missing_for_go] == [
        ("gate.reviewed_examples", {"needed": 200, "have": 150}),
        ("examples", {"needed": 1000, "goal": "knowledge", "have": 999}),
        ("payback", {"months": 6, "have": pytest.approx(8)}),
    ]


def test_outside_the_strictest_rule_there_is_no_go() -> None:
    """method.md 6: only the tree opens go. What it does not call a candidate stays a pilot with everything there."""
    verdict = verdict_with(answers=CANDIDATE | GATE | {"latency_requirements": "no"})
    assert (verdict.because, verdict.action) == (("reasons_lead",), "pilot")
    assert [(gap.code, gap.figures) for gap in verdict.missing_for_go] == [
        ("tree", {"leaf": "improve_rag_or_switch_model"})
    ]
