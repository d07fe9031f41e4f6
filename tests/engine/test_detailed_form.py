"""The detailed form: what the reader keeps of it, and what it refuses (economics.md 2)."""

from typing import Any

import pytest

from .documents import FRAMEWORK, document_of, faults_with

PLACE = "costs.detailed"
APPROACHES = f"{PLACE}.approaches"


def faults(approaches: Any = None, **case: Any) -> Any:
    return faults_with(costs={"detailed": {"approaches": {"status_quo": {}} | (approaches or {}), **case}})


def form(approaches: Any, **case: Any) -> Any:
    return document_of(costs={"detailed": {"approaches": approaches, **case}}).detailed


def test_what_was_entered_is_kept_and_nothing_else() -> None:
    found = form(
        {"hybrid": {"escalation_to": "status_quo"}, "status_quo": {"calls": 2}},
        monthly_requests={"low": 1, "likely": 2, "high": 5},
    )
    assert list(found.case) == ["monthly_requests"]
    assert (found.case["monthly_requests"].low, found.case["monthly_requests"].high) == (1, 5)
    assert {key: value.likely for key, value in found.approaches["status_quo"].numbers.items()} == {"calls": 2}
    assert found.approaches["status_quo"].escalation_to is None
    assert dict(found.approaches["hybrid"].numbers) == {}
    assert found.approaches["hybrid"].escalation_to == "status_quo"


def test_the_status_quo_comes_first_then_the_order_of_the_framework() -> None:
    backwards = [*reversed(FRAMEWORK.approach), "status_quo"]
    assert list(form({key: {} for key in backwards}).approaches) == ["status_quo", *FRAMEWORK.approach]


def test_without_the_detailed_form_there_is_none() -> None:
    assert document_of(costs={"summary": {"api_savings": 1}}).detailed is None


def test_the_distribution_is_kept() -> None:
    assert document_of(costs={"distribution": "triangular"}).costs["distribution"] == "triangular"


@pytest.mark.parametrize(
    ("approaches", "case", "fault"),
    [
        ({}, {"monthly_requests": -1}, "monthly_requests: -1 is below 0"),
        ({}, {"monthly_growth": -1.1}, "monthly_growth: -1.1 is below -1"),
        ({}, {"max_attempts": 0}, "max_attempts: 0 is below 1"),
        ({}, {"max_attempts": 1.5}, "max_attempts: 1.5 is not a whole number"),
        ({}, {"hours_per_month": 745}, "hours_per_month: 745 is above 744"),
        ({}, {"retraining_every_months": 121}, "retraining_every_months: 121 is above 120"),
        ({}, {"horizon_months": 12}, "horizon_months: is not a known key"),
        ({"hybrid": {"cache_hit_share": 1.01}}, {}, "approaches.hybrid.cache_hit_share: 1.01 is above 1"),
        ({"hybrid": {"gpu_utilisation": 0}}, {}, "approaches.hybrid.gpu_utilisation: 0 is below 1e-06"),
        ({"hybrid": {"gpu_minimum": 1.5}}, {}, "approaches.hybrid.gpu_minimum: 1.5 is not a whole number"),
        ({"hybrid": {"hosting_shared_by": 0}}, {}, "approaches.hybrid.hosting_shared_by: 0 is below 1"),
        (
            {"hybrid": {"accuracy": {"low": 0.9, "likely": 0.8, "high": 0.95}}},
            {},
            "approaches.hybrid.accuracy: low 0.9, likely 0.8, high 0.95 are not in rising order",
        ),
        (
            {"hybrid": {"accuracy": {"low": 0.9, "likely": 0.95, "high": 1.2}}},
            {},
            "approaches.hybrid.accuracy.high: 1.2 is above 1",
        ),
        ({"hybrid": {"accuracy": {"low": 0, "high": 1}}}, {}, "approaches.hybrid.accuracy.likely: must be there"),
        ({"hybrid": {"monthly_requests": 1}}, {}, "approaches.hybrid.monthly_requests: is not a known key"),
        ({"hybrid": []}, {}, "approaches.hybrid: must be an object"),
        (
            {"hybrid": {"escalation_to": "hybrid"}},
            {},
            'approaches.hybrid.escalation_to: "hybrid" cannot pass requests on to itself',
        ),
        (
            {"hybrid": {"escalation_to": "prompting"}},
            {},
            'approaches.hybrid.escalation_to: "prompting" is not filled in',
        ),
        (
            {"hybrid": {"escalation_to": "status_quo"}, "status_quo": {"escalation_to": "hybrid"}},
            {},
            "approaches.status_quo.escalation_to: requests go in a circle: status_quo to hybrid to status_quo",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_its_place(approaches: Any, case: Any, fault: str) -> None:
    found = faults(approaches, **case)
    if ".high: " in fault or ".likely: " in fault:
        assert f"{PLACE}.{fault}" in found
    else:
        assert found == [f"{PLACE}.{fault}"]


def test_an_unknown_target_is_refused() -> None:
    [fault] = faults({"hybrid": {"escalation_to": "magic"}})
    assert fault.startswith(f'{APPROACHES}.hybrid.escalation_to: "magic" is not one of status_quo, prompting, ')


def test_a_longer_circle_is_named_once_and_the_way_into_it_is_none() -> None:
    found = faults(
        {
            "status_quo": {"escalation_to": "prompting"},
            "prompting": {"escalation_to": "tools"},
            "tools": {"escalation_to": "hybrid"},
            "hybrid": {"escalation_to": "prompting"},
        }
    )
    circle = "requests go in a circle: prompting to tools to hybrid to prompting"
    assert found == [f"{APPROACHES}.prompting.escalation_to: {circle}"]


def test_a_chain_is_no_circle() -> None:
    chain = {"hybrid": {"escalation_to": "tools"}, "tools": {"escalation_to": "status_quo"}}
    assert faults(chain) == []


@pytest.mark.parametrize("months", [0, 121])
def test_a_horizon_outside_1_to_120_months_is_refused(months: int) -> None:
    [fault] = faults_with(costs={"horizon_months": months, "detailed": {"approaches": {"status_quo": {}}}})
    assert fault.startswith(f"costs.horizon_months: {months} is ")


def test_the_status_quo_is_required() -> None:
    assert faults_with(costs={"detailed": {"approaches": {"hybrid": {}}}}) == [
        f"{APPROACHES}.status_quo: must be there"
    ]


def test_all_faults_of_the_form_are_named_at_once() -> None:
    found = faults({"hybrid": {"accuracy": 2, "escalation_to": "tools", "x": 1}}, monthly_requests="many", y=1)
    assert len(found) == 5
