"""Framework version 1 asks what method.md asks, with its weights, tables and sources."""

from typing import Any

import pytest

from assessments.engine.fields import fault_in
from assessments.framework import load_framework
from assessments.framework.schema import Role
from tests.oracle import tables

V1 = load_framework("v1")

FAILURE_MODES = (
    "missing_knowledge wrong_retrieval noisy_context tool_failure format_failure policy_tone should_abstain "
    "wrong_class reasoning"
)
QUESTIONS = {
    "method.md 2.1, failures": FAILURE_MODES,
    "method.md 2.1, corrections": "override_weeks",
    "method.md 2.1, signals": (
        "inconsistent_format terminology_errors voice_drift knowledge_gaps instruction_limit latency_limit"
    ),
    "method.md 2.1, cause": "root_cause_known",
    "method.md 2.2": (
        "prompt_variations multiple_models retrieval_optimized few_shot_used prompt_structured target_missed"
    ),
    "method.md 2.2b": (
        "output_constrained prompt_optimizer_tried decomposition_tried classifier_tried cheaper_serving_tried"
    ),
    "method.md 2.3": (
        "consistent_behavior domain_knowledge brand_voice cost_optimization latency_requirements data_sovereignty"
    ),
    "method.md 2.3, shape": (
        "narrow_repeated_task learnable_from_examples failures_persist_with_context prompt_overloaded behavior_stable"
    ),
    "method.md 2.4": ("changing_requirements low_volume exploration_phase insufficient_data prompts_succeed"),
    "method.md 2.4, also": "needs_fresh_knowledge examples_inconsistent",
    "method.md 2.5": (
        "labelled_examples reviewed_examples data reviewer_agreement prompt_fix_failed eval_set "
        "regression_baseline production_representative failures_covered task_contract fallback_path "
        "owner_named data_safety tuning_available newest_model_tried runs_in_house teacher_labels"
    ),
    "field.md 6": (
        "base_parameters base_compute base_systemic_risk base_licence_name base_licence teacher_terms data_rights "
        "personal_data safety_rerun weights_ours notice_months exit_cost"
    ),
    "evidence.md, targets": "pass_rate slowest_p95_ms broken_formats least_improvement critical_slices",
    "method.md 2.6": (
        "name task task_kind goal monthly_requests model prompt_tokens cost_per_request monthly_bill seconds_wanted "
        "seconds_measured waiting_users"
    ),
    "economics.md 1.11": "starts_on",
    "economics.md 2, common": "horizon_months annual_discount_rate hourly_rate strategic_value",
    "document.md, currency": "currency exchange_rate exchange_rate_day",
    "economics.md 2, summary": (
        "data_preparation_hours evaluation_hours deployment_hours training_cost other_upfront api_savings "
        "quality_value inference_cost monitoring_hours other_monthly retraining_hours_per_quarter"
    ),
    "issue 12, pilots": "exit_criteria before_after probes ran_from ran_to pilot_outcome shown_by learnt",
    "issue 12, release unit": (
        "data_version prompt_version checkpoint_version validator_version evaluation_version release_fallback "
        "release_owner"
    ),
}
_TEACHER_OR_DATA = ("teacher_terms", "personal_data")


def test_v1_asks_exactly_the_questions_of_the_method() -> None:
    wanted = {key for keys in QUESTIONS.values() for key in keys.split()}
    assert set(V1.questions) == wanted


@pytest.mark.parametrize(
    ("role", "part"),
    [
        ("ceiling", "method.md 2.2"),
        ("tried", "method.md 2.2b"),
        ("indicator", "method.md 2.3"),
        ("anti_indicator", "method.md 2.4"),
        ("signal", "method.md 2.1, signals"),
        ("use_case", "method.md 2.6"),
    ],
)
def test_the_questions_of_a_role_stand_in_the_order_of_the_method(role: Role, part: str) -> None:
    assert list(V1.keys(role)) == QUESTIONS[part].split()


def test_retrieval_and_what_else_was_tried_may_be_answered_with_does_not_apply() -> None:
    """method.md 2.2 and 2.2b; beside these, what bears on a teacher or on personal data that there may not be."""
    tried = QUESTIONS["method.md 2.2b"].split()
    assert [question.key for question in V1 if question.allows_na] == ["retrieval_optimized", *tried, *_TEACHER_OR_DATA]


def test_factors_weigh_what_the_method_says() -> None:
    """method.md 2.3, 2.4 and 3.4: High counts 3, Medium 2, 29 in all."""
    weights = {key: V1.weight(key) for key in (*V1.keys("indicator"), *V1.keys("anti_indicator"))}
    medium = {"brand_voice", "cost_optimization", "latency_requirements", "insufficient_data"}
    assert {key for key, weight in weights.items() if weight == 2} == medium
    assert {key for key, weight in weights.items() if weight == 3} == set(weights) - medium
    assert sum(weights.values()) == 29


def test_every_source_is_a_known_citation() -> None:
    """Each question, section, lens and gate names a text that the framework cites."""
    known = set(V1.citation)
    assert known == {"module", "framework", "glossary", "production", "workflow", "newer", "ours"}
    cited = {f"question {question.key}": question.source for question in V1}
    cited |= {f"section {section.key}": section.source for section in V1.sections}
    cited |= {f"lens {lens.key}": lens.source for lens in V1.lenses}
    cited |= {f"gate {gate.key}": gate.source for gate in V1.gates}
    assert {place: source for place, source in cited.items() if source not in known} == {}


def test_numbers_with_a_default_say_where_it_comes_from() -> None:
    """economics.md 1.2: every number says where it comes from."""
    assert [q.key for q in V1 if q.default is not None and not q.default_source] == []


def test_defaults_of_the_costs_lie_within_their_bounds() -> None:
    for question in V1:
        if question.default is not None:
            assert fault_in(question, question.default) == "", question.key


def test_defaults_of_the_summary_are_the_frameworks_middles() -> None:
    """economics.md 2, Summary."""
    keys = "data_preparation_hours evaluation_hours deployment_hours training_cost monitoring_hours"
    keys += " retraining_hours_per_quarter inference_cost horizon_months hourly_rate annual_discount_rate"
    defaults = [V1.questions[key].default for key in keys.split()]
    assert defaults == [30, 15, 15, 50, 7.5, 15, 0, 36, 100, 0]


def test_approaches_are_the_eleven_and_three_of_them_tune() -> None:
    """method.md 4."""
    assert tuple(V1.approach) == tables.APPROACHES
    assert tuple(approach.key for approach in V1.approaches if approach.tuning) == tables.TUNING


def test_each_lever_has_one_short_name_and_says_the_verdict_in_a_sentence() -> None:
    names = [approach.name for approach in V1.approaches]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 20
    sentences = [text for one in V1.approaches for text in (one.verdict, one.verdict_fix_first) if text]
    assert all(text.endswith(".") and text[0].isupper() for text in sentences)


def test_matrix_has_the_scores_of_the_method() -> None:
    """method.md 4: base scores; what fixes the failures is derived, and has none."""
    criteria = {criterion.key: criterion for criterion in V1.matrix.criteria}
    assert set(criteria) == {*tables.BASE, "fixes_failures"}
    for key, scores in tables.BASE.items():
        assert tuple(criteria[key].scores[approach] for approach in tables.APPROACHES) == tuple(scores), key
    assert dict(criteria["fixes_failures"].scores) == {}


def test_matrix_has_the_fits_of_the_method() -> None:
    """method.md 4: fit of approach to failure mode."""
    assert set(V1.matrix.fit) == set(tables.FIT)
    for mode, fits in tables.FIT.items():
        assert tuple(V1.matrix.fit[mode][approach] for approach in tables.APPROACHES) == tuple(fits), mode


def test_criteria_stand_in_three_groups_and_weigh_from_nothing_to_ten() -> None:
    """method.md 4."""
    rules = V1.matrix
    groups = {group: [one.key for one in rules.criteria if one.group == group] for group in rules.groups}
    assert [len(keys) for keys in groups.values()] == [6, 3, 3]
    assert [key for keys in groups.values() for key in keys] == [criterion.key for criterion in rules.criteria]
    assert (rules.minimum_weight, rules.maximum_weight) == (0, 10)


@pytest.mark.parametrize(
    ("goal", "needed"),
    [
        ("knowledge", (1000, 10000)),
        ("persona", (500, 2000)),
        ("format", (500, 2000)),
        ("tools", (1000, 5000)),
        ("safety", (10000, None)),
        ("domain", (100000, None)),
        ("labels", (200, 5000)),
        ("distil", (50, 500)),
        ("verifiable", (100, 2000)),
    ],
)
def test_goals_need_the_examples_of_the_method(goal: str, needed: Any) -> None:
    """method.md 5."""
    assert (V1.goal[goal].examples_from, V1.goal[goal].examples_to) == needed


def test_failure_groups_are_the_levers_of_the_method() -> None:
    """method.md 2.1."""
    groups = {group.key: " ".join(group.modes) for group in V1.failure_groups}
    assert groups == {
        "knowledge": "missing_knowledge wrong_retrieval noisy_context",
        "tools": "tool_failure",
        "behaviour": "format_failure policy_tone should_abstain wrong_class",
        "capability": "reasoning",
    }


def test_twenty_eight_answers_can_decide() -> None:
    """method.md 6: the six of 2.2, the six indicators, the five anti-indicators, seven more and four of 2.2b."""
    first = " ".join((QUESTIONS["method.md 2.2"], QUESTIONS["method.md 2.3"], QUESTIONS["method.md 2.4"])).split()
    assert list(V1.deciding_keys[: len(first)]) == first
    assert set(V1.deciding_keys) == set(tables.DECIDING)
    assert len(V1.deciding_keys) == 28


@pytest.mark.parametrize("gate", V1.gates, ids=lambda gate: gate.key)
def test_a_gate_says_why_it_closes_and_what_opens_it(gate: Any) -> None:
    """method.md 6; the reason in a list has 45 characters at most."""
    assert len(gate.short) <= 45
    assert not gate.short.endswith(".")
    assert gate.because.endswith(".")
    assert gate.can_be_opened is (gate.key in tables.OPENED_BY_THE_TEAM)


@pytest.mark.parametrize("key", V1.deciding_keys)
def test_a_deciding_answer_says_how_its_change_is_told(key: Any) -> None:
    """method.md 6: worded as "if …, then …"."""
    question = V1.questions[key]
    assert question.if_yes
    assert question.if_no
    assert question.if_yes != question.if_no
    for text in (question.if_yes, question.if_no):
        assert not text[0].isupper()
        assert text[-1] not in ".?!,"
        assert not text.startswith("if ")
    assert question.find_out, "what is unsure is worth finding out, and this says how"


def test_twelve_misuses_the_warning_of_a_goal_and_the_contradictions() -> None:
    """method.md 3.8 and, for the goal of knowledge, 5."""
    kinds = [finding.kind for finding in V1.findings]
    assert (kinds.count("misuse"), kinds.count("contradiction")) == (13, 17)
    assert {finding.source for finding in V1.findings} <= set(V1.citation)


def test_loading_twice_gives_the_same_framework() -> None:
    assert load_framework("v1") is load_framework("v1")


def test_a_goal_has_one_name_in_the_form_and_everywhere_else() -> None:
    labels = {option.value: option.label for option in V1.questions["goal"].options}
    assert {goal.key: goal.name for goal in V1.goals} == labels
