"""The plan week by week, made concrete with the numbers of one assessment (issue 3; production, phases 1 to 5)."""

import pytest
from hypothesis import given, settings

from assessments.engine.decide import decide, verdict_on
from assessments.engine.plan_figures import figures_of
from assessments.framework.guide_checks import FIGURES

from .documents import CEILING_HIT, CEILING_STEPS_DONE, FRAMEWORK, decide_on, decide_on_example, raw_document, read
from .strategies import accepted_documents

TUNES = CEILING_HIT | {"consistent_behavior": "yes", "data_sovereignty": "yes"}
CANDIDATE = TUNES | {"brand_voice": "yes", "domain_knowledge": "yes"}
A_THIRD_KNOWLEDGE = {"missing_knowledge": 3, "policy_tone": 7}
TEXTS = FRAMEWORK.guide.plan


def project(answers=TUNES, failures=None, **parts):
    return decide_on(answers, failures, **parts).project


def phases(plan):
    return {phase.key: phase for phase in plan.phases}


def tasks(plan, phase):
    return [task.text for task in phases(plan)[phase].tasks]


def with_goal(goal, **more):
    return {"use_case": {"name": "A", "goal": goal, **more}}


# ---------- the five phases of an experiment


def test_a_tuning_verdict_has_the_five_phases_one_after_the_other():
    plan = project()
    assert [phase.key for phase in plan.phases] == ["isolate", "comparison", "baseline", "tune", "decide"]
    assert [(phase.first_week, phase.last_week) for phase in plan.phases] == [(1, 1), (2, 3), (4, 4), (5, 5), (6, 6)]
    assert plan.weeks == 6
    assert not any(phase.done for phase in plan.phases)


def test_each_phase_has_a_gate_and_something_to_do():
    for plan in TEXTS.plans:
        for phase in (*plan.phases, *TEXTS.closing):
            assert phase.gate.text.endswith(".")
            assert phase.tasks
            assert bool(phase.weeks) != bool(phase.when), phase.key


def test_task_api_is_a_pilot_of_six_weeks():
    plan = decide_on_example("task_api").project
    assert (plan.key, plan.weeks) == ("tuning", 6)
    assert plan.title == "Next: a pilot of {weeks}"
    assert tasks(plan, "isolate") == ["Sort 200 to 500 recent failures by their main cause."]


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (0, "Sort 200 to 500 recent failures by their main cause."),
        (1, "Sort 199 to 499 more failures by their main cause, beside the 1 counted so far."),
        (199, "Sort 1 to 301 more failures by their main cause, beside the 199 counted so far."),
        (200, "Sort recent failures by their main cause."),
        (700, "Sort recent failures by their main cause."),
    ],
)
def test_how_many_failures_to_sort_is_what_the_source_asks_minus_those_counted(counted, words):
    """production, phase 1: label 200 to 500."""
    plan = project(failures={"policy_tone": counted})
    assert tasks(plan, "isolate") == [words]
    assert phases(plan)["isolate"].done is (counted >= 200)


def test_a_phase_that_an_answer_shows_as_done_takes_no_weeks():
    plan = project(TUNES | {"eval_set": "yes", "regression_baseline": "yes"}, **with_goal("persona"))
    found = phases(plan)
    assert not found["comparison"].done, "the examples are not counted yet"
    assert found["baseline"].done
    assert [task.done_by for task in found["baseline"].tasks] == ["regression_baseline"]
    assert (found["baseline"].first_week, found["baseline"].last_week) == (0, 0)
    assert found["tune"].first_week == found["comparison"].last_week + 1


@pytest.mark.parametrize("answer", ["no", "unsure"])
def test_what_is_not_established_is_still_to_do(answer):
    plan = project(TUNES | {"eval_set": answer, "regression_baseline": answer, "root_cause_known": answer})
    assert not any(phase.done for phase in plan.phases)


def test_a_cause_known_from_evidence_ends_the_first_phase():
    assert phases(project(TUNES | {"root_cause_known": "yes"}))["isolate"].done


def test_enough_examples_and_a_test_set_end_the_second_phase():
    plan = project(
        TUNES | {"eval_set": "yes"},
        readiness={"labelled_examples": 500, "reviewed_examples": 0},
        **with_goal("persona"),
    )
    assert phases(plan)["comparison"].done
    assert plan.weeks == 4


# ---------- examples that are missing


@pytest.mark.parametrize(
    ("goal", "labelled", "words", "more_weeks"),
    [
        ("persona", 499, "Collect 1 more examples: the goal asks for 500, you have 499.", 1),
        ("persona", 300, "Collect 200 more examples: the goal asks for 500, you have 300.", 1),
        ("persona", 299, "Collect 201 more examples: the goal asks for 500, you have 299.", 2),
        ("knowledge", 0, "Collect 1,000 more examples: the goal asks for 1,000, you have 0.", 5),
        ("safety", 9_000, "Collect 1,000 more preference pairs: the goal asks for 10,000, you have 9,000.", 0),
        ("domain", 40_000, "Collect 60,000 more documents: the goal asks for 100,000, you have 40,000.", 0),
    ],
)
def test_missing_examples_are_counted_against_the_goal_and_take_weeks(goal, labelled, words, more_weeks):
    plan = project(readiness={"labelled_examples": labelled}, **with_goal(goal))
    allowed = f" Weeks to allow for it: {more_weeks}." if more_weeks else ""
    assert words + allowed in tasks(plan, "comparison")
    assert plan.weeks == 6 + more_weeks
    assert phases(plan)["comparison"].last_week == 3 + more_weeks


def test_examples_that_suffice_are_not_asked_for():
    plan = project(readiness={"labelled_examples": 500}, **with_goal("persona"))
    assert len(tasks(plan, "comparison")) == 1
    assert plan.weeks == 6


def test_uncounted_examples_are_to_be_counted_and_no_goal_is_to_be_named():
    assert "Count your examples: the goal asks for at least 500." in tasks(
        project(**with_goal("persona")), "comparison"
    )
    assert "Name the goal of the tuning. It decides how many examples are enough." in tasks(project(), "comparison")


def test_labels_that_fall_short_are_named_with_what_is_missing():
    """module: 150 / 150 / 50."""
    rows = [
        {"label": "incidents", "required": 150, "available": 150, "reviewed": 150},
        {"label": "VPN issues", "required": 50, "available": 46, "reviewed": 46},
        {"label": "{braces}", "required": 1500, "available": 0, "reviewed": 0},
    ]
    words = "Fill the labels that fall short: VPN issues, 4 more; {braces}, 1,500 more."
    assert words in tasks(project(data=rows), "comparison")


def test_long_labels_are_cut_and_many_are_counted():
    rows = [{"label": f"{'x' * 200}{i}", "required": 9, "available": 0, "reviewed": 0} for i in range(8)]
    words = tasks(project(data=rows), "comparison")[-1]
    assert words.count("x…, 9 more") == 5
    assert words.endswith("; and 3 other labels.")
    assert len(words) < 600


# ---------- other verdicts


@pytest.mark.parametrize(
    ("answers", "failures", "approach", "key"),
    [
        ({"prompts_succeed": "yes"}, None, "prompting", "keep"),
        ({"exploration_phase": "yes"}, None, "prompting", "exploring"),
        ({}, None, "prompting", "prompting"),
        ({}, {"wrong_retrieval": 9}, "better_rag", "better_rag"),
        ({}, {"tool_failure": 9}, "tools", "tools"),
        ({}, {"reasoning": 9}, "other_model", "other_model"),
        (CANDIDATE, A_THIRD_KNOWLEDGE, "hybrid", "tuning"),
    ],
)
def test_each_verdict_has_its_plan(answers, failures, approach, key):
    decision = decide_on(answers, failures)
    assert (decision.approach, decision.project.key) == (approach, key)
    assert 3 <= len(decision.project.phases) <= 5


def test_tuning_with_retrieval_parts_facts_from_form_first():
    plan = project(CANDIDATE, A_THIRD_KNOWLEDGE)
    assert plan.phases[0].key == "isolate_facts"
    assert "isolate" not in phases(plan)


def test_the_steps_that_are_open_are_named():
    plan = project(CEILING_STEPS_DONE | {"few_shot_used": "no", "prompt_structured": "unsure"})
    assert tasks(plan, "try") == ["Still open: “Examples in the prompt”, “Structured prompt”."]


def test_two_blockers_are_to_be_resolved_the_heaviest_first():
    blocked = TUNES | {"insufficient_data": "yes", "low_volume": "yes"}
    decision = decide_on(blocked)
    assert (decision.rule_key, decision.is_tuning) == ("blockers", False)
    closing = decision.project.phases[-1]
    assert [task.text for task in closing.tasks] == ["In this order: “Low volume”, “Too few examples”."]
    assert closing.gate.text == "Fewer than 2 reasons against are left."
    assert (closing.when, closing.first_week) == ("Before any tuning", 0)
    assert "resolve" not in phases(decide_on({}).project)


def test_the_failures_to_go_through_are_those_counted():
    assert tasks(decide_on_example("support_copilot").project, "measure_search") == [
        "Go through the 123 failures for want of the right facts: was the passage in the prompt?"
    ]


def test_the_last_gate_names_the_planning_period():
    gates = [phases(project(costs=costs))["decide"].gate.text for costs in ({}, {"horizon_months": 12})]
    assert ["36 months" in gates[0], "12 months" in gates[1]] == [True, True]


# ---------- measures and slices


def measures(**parts):
    return [measure.text for measure in project(**parts).measures]


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
def test_each_kind_of_task_has_its_own_measure(kind, words):
    """workflow: metrics that match the job."""
    own = [text for text in measures(use_case={"name": "A", "task_kind": kind}) if words in text]
    assert len(own) == 1
    assert not any(words in text for text in measures(use_case={"name": "A", "task_kind": "other"}))


def test_the_goal_and_the_failures_add_measures_of_their_own():
    assert any("voice" in text for text in measures(**with_goal("persona")))
    assert any("format" in text for text in measures(failures={"format_failure": 1}))
    assert not any("format" in text for text in measures(failures={"format_failure": 0}))


def test_calibration_and_spread_are_measured_where_something_is_tuned():
    """module: re-run calibration and variance checks."""
    assert sum(text.startswith(("Calibration", "Spread")) for text in measures()) == 2
    untuned = [measure.text for measure in decide_on({}).project.measures]
    assert not any(text.startswith(("Calibration", "Spread")) for text in untuned)


def test_slices_follow_the_failures_counted_the_most_first():
    slices = decide_on_example("support_copilot").project.slices
    assert [one.count for one in slices] == [71, 52, 38, 34, 29, 18]
    assert len(slices) == TEXTS.most_slices


def test_slices_follow_answers_and_labels_too():
    answers = TUNES | {"voice_drift": "yes", "terminology_errors": "no"}
    rows = [{"label": label, "required": n, "available": n, "reviewed": n} for label, n in (("a", 150), ("b", 50))]
    slices = project(answers, data=rows).slices
    assert [one.key for one in slices if one.key] == ["voice_drift"]
    assert "Each label apart, “b” above all" in [one.text for one in slices]
    assert not any("Each label" in one.text for one in project(answers, data=rows[:1]).slices)


# ---------- what holds for all


@settings(deadline=None, max_examples=40)
@given(raw=accepted_documents)
def test_every_document_has_a_plan_without_gaps(raw):
    plan = decide(FRAMEWORK, read(raw)).project
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
    table = decide(FRAMEWORK, read(raw)).to_json()
    assert [phase["phase"] for phase in table["phases"]] == [phase.key for phase in plan.phases]


def test_every_figure_that_a_plan_may_name_can_be_filled_in():
    """What engine/plan_figures.py gives, over documents of every kind, is what the loader lets a plan name."""
    rows = [{"label": "a", "required": 2, "available": 1, "reviewed": 1}]
    persona = {"name": "A", "goal": "persona"}
    raws = [
        raw_document(),
        raw_document(use_case=persona, data=rows, failures={"tool_failure": 3, "noisy_context": 2}),
        raw_document(use_case=persona, readiness={"labelled_examples": 3}, answers={"low_volume": "yes"}),
        raw_document(use_case=persona, readiness={"labelled_examples": 900}, answers=CEILING_HIT),
        raw_document(failures={"reasoning": 300}),
    ]
    found: set[str] = set()
    for raw in raws:
        document = read(raw)
        found |= set(figures_of(FRAMEWORK, document, verdict_on(FRAMEWORK, document)))
    assert found == FIGURES
