"""What is advised for an approach: how much to train, how to build it, what kind of model to live with."""

from typing import Any

import pytest
from hypothesis import given, settings

from assessments.engine.decide import decide
from assessments.engine.result_json import result_json

from .documents import CEILING_HIT, FRAMEWORK, decide_on, decide_on_example, read
from .strategies import accepted_documents

LARGE = CEILING_HIT | {"domain_knowledge": "yes", "brand_voice": "yes"}
SMALL = CEILING_HIT | {"domain_knowledge": "yes", "data_sovereignty": "yes"}
CANDIDATE = LARGE | {"consistent_behavior": "yes", "data_sovereignty": "yes"}
FAST = CEILING_HIT | {"domain_knowledge": "yes", "latency_requirements": "yes"}


def advice(answers: Any, failures: Any = None, **use_case: Any) -> Any:
    return decide_on(answers, failures, use_case={"name": "A"} | use_case).guidance


@pytest.mark.parametrize(
    ("answers", "goal", "method", "rule"),
    [
        (LARGE, "persona", "lora", "usual"),
        (FAST, "persona", "lora", "usual"),
        (SMALL, "persona", "qlora", "own_hardware"),
        (SMALL, "domain", "full", "whole_field"),
        (LARGE, "domain", "full", "whole_field"),
    ],
)
def test_how_much_to_train(answers: Any, goal: str, method: str, rule: str) -> None:
    """workflow: a small part of the model is the usual first try; the exceptions are ours."""
    found = advice(answers, goal=goal)
    assert found.method
    assert found.method_because
    assert (found.method.key, found.method_because.key) == (method, rule)


@pytest.mark.parametrize(
    ("answers", "failures", "kind", "pattern", "rule"),
    [
        (FAST, None, "drafting", "small_specialist", "cheaper_or_faster"),
        (FAST, None, "question_answering", "facts_then_draft", "answers_from_documents"),
        (SMALL, None, "classification", "checked_specialist", "fixed_form"),
        (SMALL | {"consistent_behavior": "yes"}, None, "drafting", "checked_specialist", "fixed_form"),
        (LARGE, None, "drafting", "checked_specialist", "nothing_special"),
        (CANDIDATE, {"missing_knowledge": 3, "policy_tone": 7}, "drafting", "facts_then_draft", "facts_outside"),
        (FAST | {"needs_fresh_knowledge": "yes"}, None, "drafting", None, None),
    ],
)
def test_how_to_build_it(answers: Any, failures: Any, kind: str, pattern: str | None, rule: str | None) -> None:
    """production, patterns A, B and C; which one is chosen is ours."""
    found = advice(answers, failures, task_kind=kind)
    assert (found.pattern and found.pattern.key) == pattern
    assert (found.pattern_because and found.pattern_because.key) == rule


def test_a_hybrid_keeps_facts_outside_whatever_else_holds() -> None:
    form = FAST | {"consistent_behavior": "yes", "needs_fresh_knowledge": "yes"}
    decision = decide_on(form, use_case={"name": "A", "task_kind": "question_answering"})
    assert decision.approach == "hybrid"
    assert result_json(decision)["guidance"]["pattern"] == "facts_then_draft"
    assert [choice.key for choice in decision.guidance.choices] == ["general_extended", "tuned_large"]


def test_every_pattern_and_method_rule_can_be_reached() -> None:
    reached = {"whole_field", "own_hardware", "usual"}
    assert {rule.key for rule in FRAMEWORK.guide.guidance.method_rules} == reached
    reached = {"cheaper_or_faster", "answers_from_documents", "fixed_form", "nothing_special", "facts_outside"}
    assert {rule.key for rule in FRAMEWORK.guide.guidance.pattern_rules} == reached


def test_without_tuning_there_is_no_method_and_no_pattern() -> None:
    found = advice({})
    assert (found.method, found.method_because, found.pattern, found.pattern_because) == (None, None, None, None)
    assert found.guide is FRAMEWORK.guide.guidance.approach["prompting"]


def test_task_api_is_a_small_specialist_with_lora() -> None:
    table = result_json(decide_on_example("task_api"))["guidance"]
    assert (table["method"], table["pattern"], table["model_choices"]) == ("lora", "small_specialist", ["tuned_small"])


def test_every_approach_says_when_it_works_when_not_and_what_to_do_first() -> None:
    guides = FRAMEWORK.guide.guidance.approach
    assert list(guides) == list(FRAMEWORK.approach)
    for guide in guides.values():
        assert guide.works.text.endswith(".")
        assert guide.fails.text.endswith(".")
        assert len(guide.first_steps) >= 4


def test_retrieval_begins_with_what_the_source_lists() -> None:
    """framework, option 1: chunking, hybrid search, reranking, query expansion."""
    steps = " ".join(step.text for step in FRAMEWORK.guide.guidance.approach["better_rag"].first_steps)
    assert all(f"({name})" in steps for name in ("chunking", "hybrid search", "reranking", "query expansion"))


@settings(deadline=None, max_examples=40)
@given(raw=accepted_documents)
def test_method_and_pattern_stand_with_tuning_only(raw: Any) -> None:
    decision = decide(FRAMEWORK, read(raw))
    parts = (decision.guidance.method, decision.guidance.pattern)
    assert [part is not None for part in parts] == [decision.is_tuning] * 2
    assert decision.guidance.choices
