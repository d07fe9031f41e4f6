"""The plan week by week, made concrete with the numbers of one assessment (issue 3; production, phases 1 to 5)."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from assessments.engine.decide import decide, verdict_on
from assessments.engine.plan_figures import figures_of
from assessments.engine.result_json import result_json
from assessments.framework.names import PLAN_FIGURES

from ..comparisons import compared, pair, variant
from .documents import (
    CEILING_HIT,
    CEILING_STEPS_DONE,
    EXAMPLES,
    FRAMEWORK,
    decide_on,
    decide_on_example,
    raw_document,
    read,
)
from .strategies import accepted_documents

TUNES = CEILING_HIT | {"consistent_behavior": "yes", "data_sovereignty": "yes"}
CANDIDATE = TUNES | {"brand_voice": "yes", "domain_knowledge": "yes"}
A_THIRD_KNOWLEDGE = {"missing_knowledge": 3, "policy_tone": 7}
TEXTS = FRAMEWORK.guide.plan


def plan_of(answers: Any = TUNES, failures: Any = None, **parts: Any) -> Any:
    return decide_on(answers, failures, **parts).plan


def phases(plan: Any) -> Any:
    return {phase.key: phase for phase in plan.phases}


def tasks(plan: Any, phase: Any) -> Any:
    return [task.code for task in phases(plan)[phase].tasks]


def with_goal(goal: Any, **more: Any) -> Any:
    return {"use_case": {"name": "A", "goal": goal, **more}}


# ---------- the five phases of an experiment


def test_a_tuning_verdict_has_the_five_phases_and_a_turn_for_cheaper_levers() -> None:
    plan = plan_of()
    keys = ["isolate", "comparison", "baseline", "cheaper_levers", "tune", "decide"]
    assert [phase.key for phase in plan.phases] == keys
    weeks = [(1, 1), (2, 3), (4, 4), (5, 5), (6, 6), (7, 7)]
    assert [(phase.first_week, phase.last_week) for phase in plan.phases] == weeks
    assert plan.weeks == 7
    assert not any(phase.done for phase in plan.phases)


def test_each_phase_has_a_gate_and_something_to_do() -> None:
    for plan in TEXTS.plans:
        for phase in (*plan.phases, *TEXTS.closing):
            assert phase.gate.text.endswith(".")
            assert phase.tasks
            assert bool(phase.weeks) != bool(phase.calendar), phase.key


def test_task_api_is_a_pilot_of_seven_weeks() -> None:
    plan = decide_on_example("task_api").plan
    assert (plan.key, plan.weeks) == ("tuning", 7)
    assert tasks(plan, "isolate") == ["sort_first"]


@pytest.mark.parametrize(
    ("counted", "task", "to_sort"),
    [
        (0, "sort_first", (200, 500)),
        (1, "sort_more", (199, 499)),
        (199, "sort_more", (1, 301)),
        (200, "sort_recent", (None, None)),
        (700, "sort_recent", (None, None)),
    ],
)
def test_how_many_failures_to_sort_is_what_the_source_asks_minus_those_counted(
    counted: int, task: str, to_sort: Any
) -> None:
    """production, phase 1: label 200 to 500."""
    plan = plan_of(failures={"policy_tone": counted})
    assert tasks(plan, "isolate") == [task]
    assert (plan.figures.get("sort_from"), plan.figures.get("sort_to")) == to_sort
    assert plan.figures.get("counted", 0) == counted
    assert phases(plan)["isolate"].done is (counted >= 200)


def test_a_phase_that_an_answer_shows_as_done_takes_no_weeks() -> None:
    plan = plan_of(TUNES | {"eval_set": "yes", "regression_baseline": "yes"}, **with_goal("persona"))
    found = phases(plan)
    assert not found["comparison"].done, "the examples are not counted yet"
    assert found["baseline"].done
    assert [task.done_by for task in found["baseline"].tasks] == ["regression_baseline"]
    assert (found["baseline"].first_week, found["baseline"].last_week) == (0, 0)
    assert found["cheaper_levers"].first_week == found["comparison"].last_week + 1


@pytest.mark.parametrize("answer", ["no", "unsure"])
def test_what_is_not_established_is_still_to_do(answer: str) -> None:
    plan = plan_of(TUNES | {"eval_set": answer, "regression_baseline": answer, "root_cause_known": answer})
    assert not any(phase.done for phase in plan.phases)


def test_a_cause_known_from_evidence_ends_the_first_phase() -> None:
    assert phases(plan_of(TUNES | {"root_cause_known": "yes"}))["isolate"].done


def test_enough_examples_and_a_test_set_end_the_second_phase() -> None:
    plan = plan_of(
        TUNES | {"eval_set": "yes"},
        readiness={"labelled_examples": 500, "reviewed_examples": 0},
        **with_goal("persona"),
    )
    assert phases(plan)["comparison"].done
    assert plan.weeks == 5


# ---------- examples that are missing


@pytest.mark.parametrize(
    ("goal", "labelled", "needed", "missing", "more_weeks"),
    [
        ("persona", 499, 500, 1, 1),
        ("persona", 300, 500, 200, 1),
        ("persona", 299, 500, 201, 2),
        ("knowledge", 0, 1000, 1000, 5),
        ("safety", 9_000, 10_000, 1000, 0),
        ("domain", 40_000, 100_000, 60_000, 0),
    ],
)
def test_missing_examples_are_counted_against_the_goal_and_take_weeks(
    goal: str, labelled: int, needed: int, missing: int, more_weeks: int
) -> None:
    plan = plan_of(readiness={"labelled_examples": labelled}, **with_goal(goal))
    assert ("collect_in_weeks" if more_weeks else "collect") in tasks(plan, "comparison")
    figures = {"goal": goal, "labelled": labelled, "needed": needed, "missing": missing}
    assert {name: plan.figures[name] for name in figures} == figures
    assert plan.figures.get("collect_weeks", 0) == more_weeks
    assert plan.weeks == 7 + more_weeks
    assert phases(plan)["comparison"].last_week == 3 + more_weeks


def test_examples_that_suffice_are_not_asked_for() -> None:
    plan = plan_of(readiness={"labelled_examples": 500}, **with_goal("persona"))
    assert len(tasks(plan, "comparison")) == 1
    assert plan.weeks == 7


def test_uncounted_examples_are_to_be_counted_and_no_goal_is_to_be_named() -> None:
    assert "count_examples" in tasks(plan_of(**with_goal("persona")), "comparison")
    assert "name_goal" in tasks(plan_of(), "comparison")


def test_labels_that_fall_short_are_named_with_what_is_missing() -> None:
    """module: 150 / 150 / 50."""
    rows = [
        {"label": "incidents", "required": 150, "available": 150, "reviewed": 150},
        {"label": "VPN issues", "required": 50, "available": 46, "reviewed": 46},
        {"label": "{braces}", "required": 1500, "available": 0, "reviewed": 0},
    ]
    plan = plan_of(data=rows)
    assert "fill_labels" in tasks(plan, "comparison")
    assert plan.figures["labels"] == (("VPN issues", 4), ("{braces}", 1500))


# ---------- other verdicts


# Enough answers for a verdict that say nothing for or against anything.
SPOKEN = dict.fromkeys(
    ("changing_requirements", "low_volume", "insufficient_data", "brand_voice", "knowledge_gaps"), "no"
)
LABELS = {"use_case": {"name": "A", "task_kind": "classification"}}


@pytest.mark.parametrize(
    ("answers", "failures", "parts", "approach", "key"),
    [
        (SPOKEN | {"prompts_succeed": "yes"}, None, {}, "prompting", "keep"),
        (SPOKEN | {"exploration_phase": "yes"}, None, {}, "prompting", "exploring"),
        (SPOKEN, None, {}, "prompting", "prompting"),
        ({}, {"wrong_retrieval": 9}, {}, "better_rag", "better_rag"),
        ({}, {"tool_failure": 9}, {}, "tools", "tools"),
        ({}, {"reasoning": 9}, {}, "other_model", "other_model"),
        (CEILING_HIT | {"decomposition_tried": "yes"}, {"policy_tone": 9}, {}, "optimize_prompts", "optimize_prompts"),
        (SPOKEN | {"prompts_succeed": "yes", "cost_optimization": "yes"}, None, {}, "serve_cheaper", "serve_cheaper"),
        (CEILING_HIT, {"wrong_class": 9}, LABELS, "classifier", "classifier"),
        (CANDIDATE, A_THIRD_KNOWLEDGE, {}, "hybrid", "tuning"),
    ],
)
def test_each_verdict_has_its_plan(answers: Any, failures: Any, parts: Any, approach: str, key: str) -> None:
    decision = decide_on(answers, failures, **parts)
    assert (decision.leads, decision.plan.key) == (approach, key)
    assert 3 <= len(decision.plan.phases) <= 6


def test_tuning_with_retrieval_parts_facts_from_form_first() -> None:
    plan = plan_of(CANDIDATE, A_THIRD_KNOWLEDGE)
    assert plan.phases[0].key == "isolate_facts"
    assert "isolate" not in phases(plan)


def test_the_steps_that_are_open_are_named() -> None:
    plan = plan_of(CEILING_STEPS_DONE | {"few_shot_used": "no", "prompt_structured": "unsure"})
    assert tasks(plan, "try") == ["open_steps"]
    assert plan.figures["open_steps"] == ("few_shot_used", "prompt_structured")


def test_two_blockers_are_to_be_resolved_the_heaviest_first() -> None:
    blocked = TUNES | {"insufficient_data": "yes", "low_volume": "yes"}
    decision = decide_on(blocked)
    assert "two_against" in decision.standings["fine_tune_small"].closed_by
    closing = decision.plan.phases[-1]
    assert [task.code for task in closing.tasks] == ["in_order"]
    assert decision.plan.figures["blockers"] == ("low_volume", "insufficient_data")
    assert (closing.key, closing.first_week) == ("resolve", 0)
    assert "resolve" not in phases(decide_on({}).plan)


def test_what_a_pilot_waits_for_comes_first() -> None:
    """method.md 8: the service desk."""
    decision = decide_on_example("service_desk")
    assert decision.plan.phases[0].key == "confirm"
    assert decision.plan.figures["confirm"] == decision.confirm == ("multiple_models", "few_shot_used")


@pytest.mark.parametrize(
    ("answers", "task"),
    [
        ({"classifier_tried": "yes"}, "try_classifier"),
        ({"newest_model_tried": "yes"}, "try_newest_model"),
        ({"prompt_optimizer_tried": "yes"}, "try_prompt_search"),
    ],
)
def test_a_cheaper_lever_that_was_tried_gets_no_second_turn(answers: Any, task: str) -> None:
    untried = CANDIDATE | {"multiple_models": "yes", "newest_model_tried": "no"}
    assert task in tasks(plan_of(untried, **LABELS), "cheaper_levers")
    assert task not in tasks(plan_of(untried | answers, **LABELS), "cheaper_levers")


def test_the_failures_to_go_through_are_those_counted() -> None:
    plan = decide_on_example("support_copilot").plan
    assert tasks(plan, "measure_search") == ["passage_in_failures"]
    assert plan.figures["knowledge_failures"] == 123


def test_the_planning_period_is_a_figure_of_the_plan() -> None:
    assert [plan_of(costs=costs).figures["horizon"] for costs in ({}, {"horizon_months": 12})] == [36, 12]


# ---------- measures and slices


def measures(**parts: Any) -> Any:
    return [TEXTS.measure[code].text for code in plan_of(**parts).measures]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("classification", "Precision and recall for each class"),
        ("extraction", "field by field"),
        ("drafting", "policy and tone"),
        ("question_answering", "the passage at hand supports"),
        ("tool_use", "Calls that were missing"),
        ("code", "passes its tests"),
    ],
)
def test_each_kind_of_task_has_its_own_measure(kind: str, words: str) -> None:
    """workflow: metrics that match the job."""
    own = [text for text in measures(use_case={"name": "A", "task_kind": kind}) if words in text]
    assert len(own) == 1
    assert not any(words in text for text in measures(use_case={"name": "A", "task_kind": "other"}))


def test_the_goal_and_the_failures_add_measures_of_their_own() -> None:
    assert any("voice" in text for text in measures(**with_goal("persona")))
    assert any("format" in text for text in measures(failures={"format_failure": 1}))
    assert not any("format" in text for text in measures(failures={"format_failure": 0}))


def test_calibration_and_spread_are_measured_where_something_is_tuned() -> None:
    """module: re-run calibration and variance checks."""
    assert sum(text.startswith(("Calibration", "Spread")) for text in measures()) == 2
    assert not {"calibration", "spread"} & set(decide_on({}).plan.measures)


def test_slices_follow_the_failures_counted_the_most_first() -> None:
    slices = decide_on_example("support_copilot").plan.slices
    assert [one.count for one in slices] == [71, 52, 38, 34, 29, 18]
    assert len(slices) == TEXTS.most_slices


def test_slices_follow_answers_and_labels_too() -> None:
    answers = TUNES | {"voice_drift": "yes", "terminology_errors": "no"}
    rows = [{"label": label, "required": n, "available": n, "reviewed": n} for label, n in (("a", 150), ("b", 50))]
    slices = plan_of(answers, data=rows).slices
    assert [one.key for one in slices if one.key] == ["voice_drift"]
    assert {one.code: one.label for one in slices if one.label} == {"each_label": "b"}
    assert not any(one.code == "each_label" for one in plan_of(answers, data=rows[:1]).slices)


# ---------- what holds for all


@settings(deadline=None, max_examples=40)
@given(raw=accepted_documents)
def test_every_document_has_a_plan_without_gaps(raw: Any) -> None:
    plan = decide(FRAMEWORK, read(raw)).plan
    assert plan.phases
    assert plan.measures
    assert plan.slices
    week = 0
    for phase in plan.phases:
        assert phase.tasks, phase.key
        assert not (phase.done and phase.first_week)
        if phase.first_week:
            assert week + 1 == phase.first_week <= phase.last_week
            week = phase.last_week
    assert week == plan.weeks
    table = result_json(decide(FRAMEWORK, read(raw)))
    assert [phase["phase"] for phase in table["phases"]] == [phase.key for phase in plan.phases]


def test_every_figure_that_a_plan_may_name_can_be_filled_in() -> None:
    """What engine/plan_figures.py gives, over documents of every kind, is what the loader lets a plan name."""
    rows = [{"label": "a", "required": 2, "available": 1, "reviewed": 1}]
    persona = {"name": "A", "goal": "persona"}
    raws = [
        raw_document(),
        raw_document(use_case=persona),
        raw_document(use_case=persona, data=rows, failures={"tool_failure": 3, "noisy_context": 2}),
        raw_document(use_case=persona, readiness={"labelled_examples": 3}, answers={"low_volume": "yes"}),
        raw_document(use_case=persona, readiness={"labelled_examples": 900}, answers=CEILING_HIT),
        raw_document(failures={"reasoning": 300}),
        json.loads((EXAMPLES / "service_desk.json").read_text()),
    ]
    found: set[str] = set()
    for raw in raws:
        document = read(raw)
        found |= set(figures_of(FRAMEWORK, document, verdict_on(FRAMEWORK, document)))
    assert found == PLAN_FIGURES


# ---------- what leads by measurement is there already


@pytest.mark.parametrize("challenger", ["tuned", "tuned_retrieval", "classifier"])
def test_what_was_measured_to_be_better_is_piloted_and_released_not_made_again(challenger: str) -> None:
    found = compared([variant("prompt", 110), variant(challenger, 160)], pair("prompt", challenger, 60, 10))
    document = TUNES | {"fallback_path": "yes"}
    decision = decide_on(document, None, comparison=found)
    assert [phase.key for phase in decision.plan.phases] == ["exit_criteria", "pilot_beside", "release_unit", "upkeep"]
    assert [step in FRAMEWORK.guide.guidance.step for step in decision.next_steps] == [True] * 4
    assert not {"smallest_model", "clean_first", "embeddings_first"} & set(decision.next_steps)
    level = compared([variant("prompt", 110), variant("tuned", 112)], pair("prompt", "tuned", 12, 10))
    assert decide_on(document, None, comparison=level).plan.key != "measured"
