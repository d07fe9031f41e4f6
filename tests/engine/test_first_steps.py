"""First steps follow the motive, and nothing is advised that the answers say is done or cannot be (method.md 6)."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.decide import verdict_on
from assessments.engine.guidance import guidance_for
from assessments.engine.plan import plan_for, steps_next

from .documents import FRAMEWORK, decide_on, document_of

ASKED = [
    *("prompt_variations", "multiple_models", "retrieval_optimized", "few_shot_used", "prompt_structured"),
    *("target_missed", "output_constrained", "prompt_optimizer_tried", "decomposition_tried", "classifier_tried"),
    *("cheaper_serving_tried", "newest_model_tried", "teacher_labels", "runs_in_house", "data_sovereignty"),
    *("cost_optimization", "latency_requirements", "latency_limit", "prompts_succeed", "needs_fresh_knowledge"),
    *("consistent_behavior", "terminology_errors", "inconsistent_format", "exploration_phase"),
]
WITHOUT = [key for key in ASKED if FRAMEWORK.questions[key].allows_na]
# An answer, and what no text may advise where it was given.
NEVER = [
    ("newest_model_tried", "yes", r"newest|newer models"),
    ("latency_requirements", "yes", r"\bbatch|[Rr]ank what was found again|in several ways|retry when|think longer"),
    ("data_sovereignty", "yes", r"other providers|other makers|\bbatch"),
    ("runs_in_house", "no", r"prompted version"),
    ("cheaper_serving_tried", "yes", r"switch on caching|\bbatch|easy requests to a smaller|smallest current model"),
    ("prompt_optimizer_tried", "yes", r"program (such as DSPy or GEPA )?search for"),
    ("classifier_tried", "yes", r"on embeddings|logistic regression|[Tt]rain a plain classifier"),
    ("decomposition_tried", "yes", r"split the task|prompt of its own|short prompt of its own"),
    ("retrieval_optimized", "yes", r"facts into the prompt|[Cc]ut documents|keyword search|retrieval in order first"),
    ("output_constrained", "yes", r"schema of the output"),
    ("output_constrained", "na", r"schema of the output"),
    ("few_shot_used", "yes", r"three to ten examples"),
    ("prompt_structured", "yes", r"in four parts"),
    ("prompt_variations", "yes", r"at least five versions"),
    ("teacher_labels", "no", r"larger model (label|write)"),
    ("needs_fresh_knowledge", "yes", r"Keep answers to requests"),
]


def texts_of(verdict: Any) -> Any:
    """Every text that advises something: first steps, tasks, ways."""
    plan, ways = plan_for(verdict), guidance_for(verdict).ways
    steps = [FRAMEWORK.step[key].text for key in steps_next(verdict)]
    tasks = [FRAMEWORK.guide.plan.task[task.code].text for phase in plan.phases for task in phase.tasks]
    return [*steps, *tasks, *(way.name for way in ways)]


@settings(deadline=None, max_examples=60)
@given(
    answers=st.fixed_dictionaries(
        {key: st.sampled_from(["yes", "no", "unsure", *["na"] * (key in WITHOUT)]) for key in ASKED}
    ),
    kind=st.sampled_from(FRAMEWORK.questions["task_kind"].choices),
    failures=st.dictionaries(st.sampled_from(["format_failure", "wrong_class", "noisy_context"]), st.integers(1, 9)),
)
def test_nothing_is_advised_that_is_done_or_cannot_be(answers: Any, kind: Any, failures: Any) -> None:
    if answers["data_sovereignty"] != "yes":
        answers["runs_in_house"] = "unsure"
    document = document_of(answers, failures, use_case={"name": "A", "task_kind": kind})
    found = verdict_on(FRAMEWORK, document)
    for approach in FRAMEWORK.approach:
        verdict = replace(found, leads=approach, action="use_other_lever")
        assert len(steps_next(verdict)) >= 2, approach
        for text in texts_of(verdict):
            for key, answer, pattern in NEVER:
                assert answers[key] != answer or not re.search(pattern, text), (approach, key, text)


def test_every_pattern_finds_something_where_it_may_stand() -> None:
    told = [step.text for step in FRAMEWORK.step.values()]
    told += [task.text for task in FRAMEWORK.guide.plan.task.values()]
    assert [pattern for _, _, pattern in NEVER if not any(re.search(pattern, text) for text in told)] == []


def steps(answers: Any, failures: Any = None, approach: Any = "prompting", **parts: Any) -> Any:
    found = verdict_on(FRAMEWORK, document_of(answers, failures, **parts))
    return steps_next(replace(found, leads=approach, action="use_other_lever"))


def test_cost_alone_begins_with_caching_a_smaller_model_and_batches() -> None:
    assert steps({"cost_optimization": "yes"})[:3] == ("prompt_caching", "smaller_model", "batches")


def test_speed_alone_begins_with_a_smaller_model_a_shorter_prompt_fewer_calls_and_streaming() -> None:
    drafting = {"use_case": {"name": "A", "task_kind": "drafting"}}
    wanted = ("smaller_model", "shorter_prompt", "fewer_calls", "stream")
    assert steps({"latency_requirements": "yes"}, **drafting)[:4] == wanted


def test_a_label_is_not_streamed_and_a_chain_is_not_told_to_have_fewer_calls() -> None:
    labels = {"use_case": {"name": "A", "task_kind": "classification"}}
    assert "stream" not in steps({"latency_requirements": "yes"}, **labels)
    assert "fewer_calls" not in steps({"latency_requirements": "yes"}, approach="decomposition")


@pytest.mark.parametrize("more", ["brand_voice", "consistent_behavior", "data_sovereignty"])
def test_with_another_motive_cheaper_serving_does_not_lead(more: str) -> None:
    assert "prompt_caching" not in steps({"cost_optimization": "yes", more: "yes"})


def test_where_facts_come_first_cheaper_serving_does_not_lead() -> None:
    found = decide_on({"cost_optimization": "yes"}, {"wrong_retrieval": 9})
    assert (found.leads, found.next_steps[0]) == ("better_rag", "facts_in_prompt")


@pytest.mark.parametrize("answer", ["unsure", "no"])
def test_failures_of_format_begin_with_an_enforced_schema(answer: str) -> None:
    assert steps({"output_constrained": answer}, {"format_failure": 1})[0] == "enforce_schema"
    assert "enforce_schema" not in steps({"output_constrained": answer}, {"policy_tone": 1})


def test_a_spoken_assistant_with_few_facts_puts_them_into_the_prompt_and_never_waits_for_more_calls() -> None:
    """Request r01."""
    answers = {"needs_fresh_knowledge": "yes", "latency_requirements": "yes", "retrieval_optimized": "no"}
    use_case = {"name": "A", "task_kind": "question_answering", "goal": "knowledge"}
    decision = decide_on(answers, use_case=use_case, readiness={"labelled_examples": 25})
    assert (decision.leads, decision.next_steps[0]) == ("better_rag", "facts_in_prompt")
    assert not {"batches", "reranking", "query_expansion"} & set(decision.next_steps)


def test_a_label_names_the_plain_classifier_and_an_overloaded_prompt_its_split() -> None:
    """Requests r03 and r08."""
    labels = {"use_case": {"name": "A", "task_kind": "classification"}}
    overloaded = {"prompt_overloaded": "yes", "instruction_limit": "yes", "few_shot_used": "no"}
    assert {"split_overloaded", "classifier_beside"} <= set(steps(overloaded, **labels))
    assert "classifier_beside" in steps({"narrow_repeated_task": "yes"}, **labels)
    assert not {"split_overloaded", "classifier_beside"} & set(steps({}))
    assert "classifier_beside" not in steps({"exploration_phase": "yes"}, **labels), "it is closed"


def test_a_prompt_that_is_kept_is_watched_and_not_worked_on() -> None:
    spoken = ("changing_requirements", "low_volume", "insufficient_data", "brand_voice")
    decision = decide_on(dict.fromkeys(spoken, "no") | {"prompts_succeed": "yes"})
    assert (decision.action, decision.next_steps) == ("keep", ("write_target", "score_fresh_cases", "note_end_date"))


def test_every_step_and_every_way_names_where_it_comes_from() -> None:
    assert {step.source for step in FRAMEWORK.step.values()} <= set(FRAMEWORK.citation)
    for way in FRAMEWORK.guide.guidance.ways:
        assert way.facts
        assert all(fact.origin and fact.link.startswith("https://") for fact in way.facts)
