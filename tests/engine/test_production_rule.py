"""The production rule: most of seven strong signs, and no weak one (method.md 3.5) [production]."""

from typing import Any

import pytest

from assessments.engine.lenses import production_rule

from .documents import FRAMEWORK, document_of, ground_of

FOUR = dict.fromkeys(
    ("narrow_repeated_task", "learnable_from_examples", "failures_persist_with_context", "eval_set"), "yes"
)
WEAK = {
    "needs_fresh_knowledge": "yes",
    "examples_inconsistent": "yes",
}


def look(answers: Any, failures: Any = None) -> Any:
    document = document_of(answers, failures)
    return production_rule.look(FRAMEWORK, document.answers, ground_of(document).diagnosis)


def stance(answers: Any, failures: Any = None) -> Any:
    return look(answers, failures).stance


def test_four_strong_signs_and_no_weak_one_are_for() -> None:
    assert (stance(FOUR), look(FOUR).value) == ("for", 4)


@pytest.mark.parametrize("key", sorted(FOUR))
@pytest.mark.parametrize("value", ["no", "unsure"])
def test_three_strong_signs_are_against(key: Any, value: str) -> None:
    assert stance(FOUR | {key: value}) == "against"


@pytest.mark.parametrize("key", ["prompt_overloaded", "behavior_stable", "cost_optimization", "latency_requirements"])
def test_any_of_the_seven_can_be_the_fourth(key: str) -> None:
    three = FOUR | {"eval_set": "unsure"}
    assert stance(three | {key: "yes"}) == "for"


def test_cost_and_speed_are_one_sign() -> None:
    two = FOUR | {"eval_set": "unsure", "failures_persist_with_context": "unsure"}
    assert stance(two | {"cost_optimization": "yes", "latency_requirements": "yes"}) == "against"
    assert stance(two | {"cost_optimization": "yes", "behavior_stable": "yes"}) == "for"


@pytest.mark.parametrize(
    ("answers", "failures", "changed_answers", "changed_failures"),
    [
        (FOUR | {"needs_fresh_knowledge": "yes"}, {}, {"needs_fresh_knowledge": "no"}, {}),
        (FOUR | {"needs_fresh_knowledge": "yes"}, {}, {"needs_fresh_knowledge": "unsure"}, {}),
        (FOUR | {"examples_inconsistent": "yes"}, {}, {"examples_inconsistent": "no"}, {}),
        (FOUR | {"examples_inconsistent": "yes"}, {}, {"examples_inconsistent": "unsure"}, {}),
        (FOUR, {"noisy_context": 2, "policy_tone": 1}, {}, {"policy_tone": 2}),
        (FOUR, {"tool_failure": 2, "policy_tone": 1}, {}, {"policy_tone": 2}),
        (FOUR | {"behavior_stable": "yes", "eval_set": "no"}, {}, {"eval_set": "unsure"}, {}),
        (FOUR | {"behavior_stable": "yes", "narrow_repeated_task": "no"}, {}, {"narrow_repeated_task": "unsure"}, {}),
    ],
)
def test_one_weak_sign_makes_a_pilot(answers: Any, failures: Any, changed_answers: Any, changed_failures: Any) -> None:
    """Each of the six; without it, for."""
    assert stance(answers, failures) == "pilot"
    assert stance(answers | changed_answers, failures | changed_failures) == "for"


def test_two_weak_signs_are_against_however_many_are_strong() -> None:
    strong = FOUR | dict.fromkeys(("prompt_overloaded", "behavior_stable", "cost_optimization"), "yes")
    assert look(strong).value == 7
    assert stance(strong | WEAK) == "against"
    assert stance(strong | WEAK | {"examples_inconsistent": "no"}) == "pilot"
    assert stance(strong | {"needs_fresh_knowledge": "yes"}, {"wrong_retrieval": 1}) == "against"


@pytest.mark.parametrize("failures", [{"reasoning": 9}, {"policy_tone": 9}, {"tool_failure": 1, "noisy_context": 1}])
def test_other_failures_are_no_weak_sign(failures: Any) -> None:
    assert stance(FOUR, failures) == "for"


def test_conditions_that_nobody_knows_are_neither_met_nor_not() -> None:
    assert {condition.met for condition in look({}).conditions} == {None}
    known = look(FOUR | dict.fromkeys(WEAK, "no"), {"policy_tone": 1}).conditions
    assert [condition.met for condition in known] == [True, True, True, None, None, True, None, *[True] * 6]


def test_a_weak_sign_is_a_condition_that_is_not_met() -> None:
    conditions = look(FOUR | {"eval_set": "no"}, {"tool_failure": 3, "noisy_context": 1}).conditions
    assert [condition.keys for condition in conditions if condition.met is False] == [
        ("eval_set",),
        ("tool_failure",),
        ("eval_set",),
    ]
    assert all(condition.code and condition.keys for condition in conditions)
