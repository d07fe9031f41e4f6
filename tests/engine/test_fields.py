"""One field for each value that a document can state, and one place that says what is wrong with it."""

from dataclasses import replace
from typing import Any

import pytest

from assessments.engine.fields import Fault, fault_in, faults_across, faults_in, field_at, fields_of
from assessments.engine.paths import Stated
from assessments.framework.schema import Question

from .documents import FRAMEWORK

FIELDS = fields_of(FRAMEWORK)
ROW = {"label": "a", "required": 2, "available": 2, "reviewed": 2}
RANGE, RANGE_TEXT = {"low": 1, "likely": 2, "high": 3}, '{"low": 1, "likely": 2, "high": 3}'


def test_every_question_and_every_number_of_the_costs_has_a_path() -> None:
    assert {question.path for question in FRAMEWORK} <= set(FIELDS)
    costs = FRAMEWORK.cost_inputs
    for name in ("status_quo", *FRAMEWORK.approach):
        assert {f"costs.detailed.{name}.{key}" for key in (*costs.approach, "escalation_to")} <= set(FIELDS)
        assert f"costs.detailed.{name}" in FIELDS
    assert {f"costs.detailed.{key}" for key in costs.case} <= set(FIELDS)


def test_a_path_is_the_name_of_its_field_and_no_two_have_the_same() -> None:
    assert [field.path for field in FIELDS.values()] == list(FIELDS)
    costs, approaches, criteria = FRAMEWORK.cost_inputs, len(FRAMEWORK.approaches), len(FRAMEWORK.matrix.criteria)
    others = 3 + len(costs.case) + (len(costs.approach) + 2) * (approaches + 1)
    assert len(FIELDS) == (
        len(FRAMEWORK.questions) + others + criteria * (approaches + 1) + len(FRAMEWORK.guide.points)
    )


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("use_case.name", "Name"),
        ("answers.brand_voice", FRAMEWORK.questions["brand_voice"].label),
        ("override_weeks", "Corrections per week"),
        ("data", "Examples by label"),
        ("costs.summary.training_cost", "Training bill"),
        ("costs.distribution", "Distribution"),
        ("costs.detailed.monthly_requests", "Requests a month"),
        ("costs.detailed.status_quo", "Going on as today"),
        ("costs.detailed.hybrid.escalation_to", "Passed on to"),
        ("matrix.weights.latency", {c.key: c.name for c in FRAMEWORK.matrix.criteria}["latency"]),
        ("checks.production.alarm", FRAMEWORK.guide.points["alarm"].text),
    ],
)
def test_a_path_leads_to_its_field(path: str, label: Any) -> None:
    field = field_at(FRAMEWORK, path)
    assert field
    assert field.label == label


@pytest.mark.parametrize(
    "path",
    [
        "",
        "answers",
        "answers.name",
        "brand_voice",
        "costs.detailed",
        "costs.detailed.approach.accuracy",
        "checks.alarm",
    ],
)
def test_where_nothing_stands_there_is_no_field(path: str) -> None:
    assert field_at(FRAMEWORK, path) is None


def test_the_fields_of_a_framework_are_made_once_and_those_of_another_are_its_own() -> None:
    assert fields_of(FRAMEWORK) is FIELDS
    other = replace(FRAMEWORK, sections=FRAMEWORK.sections[:1])
    assert field_at(other, "answers.brand_voice") is None
    assert isinstance(field_at(FRAMEWORK, "answers.brand_voice"), Question)


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("use_case.name", "A", ""),
        ("use_case.name", " ", "must be there"),
        ("use_case.name", 7, "must be text"),
        ("use_case.task", "", ""),
        ("use_case.task", "a\x00", "has a control character that cannot be kept"),
        ("use_case.task", "x" * 10_001, "has 10,001 characters; at most 10,000 are allowed"),
        ("use_case.goal", "speed", f'"speed" is not one of {", ".join(FRAMEWORK.goal)}'),
        ("answers.brand_voice", "na", '"na" is not one of yes, no, unsure'),
        ("answers.retrieval_optimized", "na", ""),
        ("failures.reasoning", 3.0, ""),
        ("failures.reasoning", 1.5, "1.5 is not a whole number"),
        ("failures.reasoning", float("nan"), "is not a finite number"),
        ("failures.reasoning", True, "true is not a number"),
        ("failures.reasoning", RANGE, f"{RANGE_TEXT} is not a number"),
        ("override_weeks", [1, 2.5], ""),
        ("override_weeks", [1, -1], "[1]: -1 is below 0"),
        ("override_weeks", "31", "must be a list"),
        ("override_weeks", [1] * 501, "has 501 rows; at most 500 are allowed"),
        ("data", [ROW], ""),
        ("data", [ROW, 5], "[1]: must be an object"),
        ("data", [ROW | {"reviewed": 3}], "[0].reviewed: 3 is more than the 2 available"),
        ("data", [ROW | {"label": 5}], "[0].label: must be text"),
        ("costs.horizon_months", RANGE, f"{RANGE_TEXT} is not a number"),
        ("costs.hourly_rate", RANGE, ""),
        ("costs.hourly_rate", {"low": 3, "likely": 2, "high": 4}, "low 3, likely 2, high 4 are not in rising order"),
        ("costs.hourly_rate", {"low": 1, "likely": 2}, "high: must be there"),
        ("costs.hourly_rate", {"low": 1, "likely": 2, "high": 3, "mean": 2}, "mean: is not a known key"),
        ("costs.distribution", "normal", '"normal" is not one of pert, triangular'),
        ("costs.detailed.hybrid.accuracy", 1.5, "1.5 is above 1"),
        ("costs.detailed.hybrid.accuracy", 10**400, "a number of over 300 digits is above 1"),
        ("costs.detailed.hybrid", True, ""),
        ("costs.detailed.hybrid", {}, "must be true"),
        ("matrix.weights.latency", 11, "11 is above 10"),
        ("matrix.overrides.tools.latency", 0.9, "0.9 is below 1"),
        ("checks.production.alarm", 1, "must be true"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_value_is_said_in_one_sentence(path: str, value: Any, fault: str) -> None:
    assert fault_in(FIELDS[path], value) == fault


def test_all_faults_of_a_value_are_found_each_in_its_place() -> None:
    assert faults_in(FIELDS["costs.hourly_rate"], {"low": -1, "likely": "x"}) == [
        Fault(".high", "must be there"),
        Fault(".low", "-1 is below 0"),
        Fault(".likely", '"x" is not a number'),
    ]


def across(**values: Any) -> Any:
    return faults_across({path.replace("__", "."): Stated(value=value) for path, value in values.items()})


def test_no_more_examples_are_reviewed_than_labelled() -> None:
    reviewed = Fault("readiness.reviewed_examples", "6 is more than the 5 labelled")
    assert across(readiness__labelled_examples=5, readiness__reviewed_examples=6) == [reviewed]
    assert across(readiness__labelled_examples=6, readiness__reviewed_examples=6) == []
    assert across(readiness__reviewed_examples=6) == []


def test_the_detailed_costs_have_a_status_quo_and_numbers_of_compared_approaches_only() -> None:
    assert across(costs__detailed__max_attempts=2) == [Fault("costs.detailed.status_quo", "must be there")]
    assert across(costs__detailed__status_quo=True, costs__detailed__hybrid__accuracy=1) == [
        Fault("costs.detailed.hybrid", "must be there")
    ]
    assert across(costs__summary__training_cost=2) == []


def passing_on(*names: Any, **targets: Any) -> Any:
    compared = {f"costs.detailed.{name}": Stated(value=True) for name in ("status_quo", *names)}
    return faults_across(
        compared | {f"costs.detailed.{name}.escalation_to": Stated(value=to) for name, to in targets.items()}
    )


def test_requests_are_passed_on_to_a_compared_approach_and_in_no_circle() -> None:
    assert passing_on("hybrid", "tools", hybrid="tools", tools="status_quo") == []
    place = "costs.detailed.hybrid.escalation_to"
    assert passing_on("hybrid", hybrid="tools") == [Fault(place, '"tools" is not filled in')]
    assert passing_on("hybrid", hybrid="hybrid") == [Fault(place, '"hybrid" cannot pass requests on to itself')]
    assert passing_on("hybrid", "tools", hybrid="tools", tools="hybrid") == [
        Fault(place, "requests go in a circle: hybrid to tools to hybrid")
    ]
