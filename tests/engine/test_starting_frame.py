"""The starting frame: five questions that must have an answer, and a short rule (method.md 3.7) [workflow]."""

from typing import Any

import pytest

from assessments.engine.lenses import starting_frame

from .documents import CEILING_HIT, FRAMEWORK, document_of, ground_of

ALL_FIVE = {
    "narrow_repeated_task": "yes",
    "learnable_from_examples": "yes",
    "examples_inconsistent": "no",
    "prompt_fix_failed": "yes",
    "eval_set": "yes",
}
BEHAVIOUR = {"policy_tone": 2, "missing_knowledge": 1}
QUESTIONS = ["behaviour", "repeats", "examples", "prompting", "measured"]


def look(answers: Any = ALL_FIVE, failures: Any = BEHAVIOUR) -> Any:
    document = document_of(answers, failures)
    return starting_frame.look(FRAMEWORK, document.answers, ground_of(document).diagnosis)


def answered(**parts: Any) -> Any:
    return dict(zip(QUESTIONS, (condition.met for condition in look(**parts).conditions), strict=True))


def test_all_five_are_for() -> None:
    assert look().stance == "for"
    assert answered() == dict.fromkeys(QUESTIONS, True)


@pytest.mark.parametrize(
    ("change", "question", "met", "stance"),
    [
        ({"narrow_repeated_task": "no"}, "repeats", False, "against"),
        ({"narrow_repeated_task": "unsure"}, "repeats", None, "open"),
        ({"learnable_from_examples": "no"}, "examples", False, "against"),
        ({"learnable_from_examples": "unsure"}, "examples", None, "open"),
        ({"examples_inconsistent": "yes"}, "examples", False, "against"),
        # An unsure is never silently a no: nobody has said that reviewers agree.
        ({"examples_inconsistent": "unsure"}, "examples", None, "open"),
        ({"learnable_from_examples": "no", "examples_inconsistent": "unsure"}, "examples", False, "against"),
        ({"learnable_from_examples": "unsure", "examples_inconsistent": "yes"}, "examples", False, "against"),
        ({"prompt_fix_failed": "unsure"}, "prompting", None, "open"),
        ({"prompt_fix_failed": "no"}, "prompting", None, "open"),
        ({"prompt_fix_failed": "no", "few_shot_used": "no"}, "prompting", False, "against"),
        ({"prompt_fix_failed": "unsure", "few_shot_used": "no"}, "prompting", None, "open"),
        ({"prompt_fix_failed": "no"} | CEILING_HIT, "prompting", True, "for"),
        ({"prompt_fix_failed": "unsure"} | CEILING_HIT, "prompting", True, "for"),
        ({"prompt_fix_failed": "unsure"} | CEILING_HIT | {"target_missed": "unsure"}, "prompting", None, "open"),
        ({"eval_set": "no"}, "measured", False, "against"),
        ({"eval_set": "unsure"}, "measured", None, "open"),
    ],
)
def test_a_question_that_has_no_yes(change: Any, question: str, met: bool | None, stance: str) -> None:
    answers = ALL_FIVE | change
    assert answered(answers=answers) == dict.fromkeys(QUESTIONS, True) | {question: met}
    assert look(answers).stance == stance


@pytest.mark.parametrize(
    ("failures", "met", "stance"),
    [
        ({}, None, "open"),
        ({"format_failure": 1}, True, "for"),
        ({"should_abstain": 2, "reasoning": 1}, True, "for"),
        ({"policy_tone": 1, "reasoning": 1}, None, "open"),
        ({"policy_tone": 2, "tool_failure": 2, "noisy_context": 1}, None, "open"),
        ({"wrong_retrieval": 2, "policy_tone": 1}, False, "against"),
        ({"tool_failure": 2, "policy_tone": 1}, False, "against"),
        ({"reasoning": 2, "policy_tone": 1}, False, "against"),
    ],
)
def test_the_failure_is_behaviour_where_behaviour_dominates(failures: Any, met: bool | None, stance: str) -> None:
    """No sample, or none that one group dominates, does not say what the failure is."""
    assert answered(failures=failures)["behaviour"] is met
    assert look(failures=failures).stance == stance


def test_a_no_outweighs_what_cannot_be_told() -> None:
    assert look({"eval_set": "no"}, {}).stance == "against"
    assert look({}, {}).stance == "open"


@pytest.mark.parametrize(
    ("answers", "approach"),
    [
        ({}, "prompting"),
        ({"needs_fresh_knowledge": "yes"}, "better_rag"),
        (CEILING_HIT | {"needs_fresh_knowledge": "yes", "consistent_behavior": "yes"}, "better_rag"),
        (CEILING_HIT | {"needs_fresh_knowledge": "unsure", "consistent_behavior": "yes"}, "fine_tune"),
        (CEILING_HIT | {"narrow_repeated_task": "yes"}, "fine_tune"),
        (CEILING_HIT | {"narrow_repeated_task": "unsure"}, "hybrid"),
        (CEILING_HIT, "hybrid"),
        (CEILING_HIT | {"retrieval_optimized": "na"}, "hybrid"),
        (CEILING_HIT | {"consistent_behavior": "yes", "few_shot_used": "no"}, "prompting"),
        (CEILING_HIT | {"consistent_behavior": "yes", "few_shot_used": "unsure"}, "prompting"),
        # a prompt fix that failed is no ceiling
        ({"prompt_fix_failed": "yes", "consistent_behavior": "yes"}, "prompting"),
    ],
)
def test_the_short_rule_names_an_approach(answers: Any, approach: str) -> None:
    """First match wins; a ceiling that is open has not been hit."""
    assert look(answers).names == approach


def test_a_condition_names_the_questions_it_hangs_on() -> None:
    keys = dict(zip(QUESTIONS, (condition.keys for condition in look().conditions), strict=True))
    assert keys["examples"] == ("learnable_from_examples", "examples_inconsistent")
    assert keys["prompting"] == ("prompt_fix_failed", *CEILING_HIT)
    assert set(keys["behaviour"]) == {mode for group in FRAMEWORK.failure_groups for mode in group.modes}
