"""The verdict by hand: each gate, what each action takes, and what the verdict hangs on (method.md, section 6)."""

from typing import Any

import pytest

from tests.comparisons import tuned_wins

from .documents import CEILING_HIT, CEILING_STEPS_DONE, FRAMEWORK, decide_on, judge_on

TUNING = ("fine_tune_small", "fine_tune_large", "hybrid")
CASE = CEILING_HIT | {"consistent_behavior": "yes", "domain_knowledge": "yes"}
LABELS = {"name": "A", "task_kind": "classification"}
SPEED = {"latency_requirements": "yes"}
READY = CASE | {"needs_fresh_knowledge": "yes"}
COST_ALONE = CEILING_HIT | {"cost_optimization": "yes"}
LOSS = {"summary": {"api_savings": 100, "inference_cost": 200}}

# gate: what makes it close, the approaches it closes, and the one change that opens it.
GATES: dict[str, Any] = {
    "works": ({"prompts_succeed": "yes"}, {}, set(FRAMEWORK.approach) - {"prompting"}, SPEED),
    "facts_first": ({"needs_fresh_knowledge": "yes"}, {}, set(FRAMEWORK.approach) - {"better_rag", "tools", "hybrid"},
                    {"needs_fresh_knowledge": "unsure"}),
    "tools_first": ({}, {"failures": {"tool_failure": 2, "policy_tone": 1}},
                    set(FRAMEWORK.approach) - {"better_rag", "tools", "hybrid"}, {"prompts_succeed": "yes"}),
    "not_ready_for_both": (READY | {"retrieval_optimized": "unsure"}, {}, {"hybrid"}, {"retrieval_optimized": "na"}),
    "no_facts_needed": (CASE, {}, {"hybrid"}, {"needs_fresh_knowledge": "yes"}),
    "data_barred": ({"data_sovereignty": "yes", "runs_in_house": "no"}, {},
                    {"prompting", "optimize_prompts", "decomposition", "serve_cheaper"}, {"runs_in_house": "unsure"}),
    "exploring": (CASE | {"exploration_phase": "yes"}, {}, {*TUNING, "classifier", "optimize_prompts"},
                  {"exploration_phase": "no"}),
    "requirements_change": (CASE | {"changing_requirements": "yes"}, {}, {*TUNING, "classifier"},
                            {"changing_requirements": "unsure"}),
    "examples_disagree": (CASE | {"examples_inconsistent": "yes"}, {}, {*TUNING, "classifier"},
                          {"examples_inconsistent": "no"}),
    "two_against": (CASE | {"low_volume": "yes", "insufficient_data": "yes"}, {}, set(TUNING), {"low_volume": "no"}),
    "no_case": (CEILING_HIT, {}, set(TUNING), {"brand_voice": "yes"}),
    "target_met": (CASE | {"target_missed": "no"}, {}, set(TUNING), SPEED),
    "step_skipped": (CASE | {"few_shot_used": "no"}, {}, set(TUNING), {"few_shot_used": "unsure"}),
    "ceiling_open": (CASE | dict.fromkeys(("few_shot_used", "multiple_models", "prompt_structured"), "unsure"), {},
                     set(TUNING), {"few_shot_used": "yes"}),
    "cheaper_first": (CASE | SPEED | {"prompts_succeed": "yes"}, {}, set(TUNING), {"cheaper_serving_tried": "yes"}),
    "not_for_sale": (CASE | {"tuning_available": "no"}, {}, set(TUNING), {"tuning_available": "unsure"}),
    "too_dear": (COST_ALONE, {"costs": LOSS}, set(TUNING), {"brand_voice": "yes"}),
    "no_efficiency_motive": (CASE, {}, {"serve_cheaper"}, SPEED),
    "measured": (CASE, {"comparison": tuned_wins()}, set(FRAMEWORK.approach) - {"fine_tune_small"},
                 {"tuning_available": "no", "data_sovereignty": "yes", "runs_in_house": "no"}),
    "no_retrieval": (CASE | {"retrieval_optimized": "na"}, {}, {"better_rag"}, {"retrieval_optimized": "no"}),
}  # fmt: skip


def closed_by(gate: Any, answers: Any, **parts: Any) -> Any:
    return {key for key, one in judge_on(answers, **parts).standings.items() if gate in one.closed_by}


@pytest.mark.parametrize("gate", GATES)
def test_a_gate_closes_what_it_says_and_one_change_opens_it(gate: Any) -> None:
    answers, parts, closes, change = GATES[gate]
    assert closed_by(gate, answers, **parts) == closes
    assert closed_by(gate, answers | change, **parts) == set()


@pytest.mark.parametrize(
    ("gate", "closes", "shut", "opened"),
    [
        ("capability", set(TUNING), {"failures": {"reasoning": 2, "policy_tone": 1}}, {"failures": {"wrong_class": 3}}),
        ("not_a_label", {"classifier"}, {"use_case": {"name": "A", "task_kind": "code"}}, {"use_case": LABELS}),
        ("no_tools", {"tools"}, {"failures": {"policy_tone": 1}}, {"failures": {"tool_failure": 1}}),
        ("no_tools", {"tools"}, {"use_case": LABELS}, {}),
    ],
)
def test_a_gate_over_counts_or_the_kind_of_task(gate: str, closes: Any, shut: Any, opened: Any) -> None:
    assert closed_by(gate, CASE, **shut) == closes
    assert closed_by(gate, CASE, **opened) == set()


def test_every_gate_is_tried_here() -> None:
    assert {*GATES, "capability", "not_a_label", "no_tools"} == set(FRAMEWORK.gate)


def test_a_prompt_that_works_and_is_too_dear_is_no_reason_against() -> None:
    answers = CASE | {"prompts_succeed": "yes", "low_volume": "yes"}
    assert "two_against" not in judge_on(answers | SPEED).standings["fine_tune_small"].closed_by
    assert "two_against" not in judge_on(answers | {"data_sovereignty": "yes"}).standings["fine_tune_small"].closed_by


@pytest.mark.parametrize(
    ("answers", "parts", "verdict"),
    [
        ({"prompts_succeed": "yes"} | CEILING_STEPS_DONE, {}, ("prompting", "keep", ("works",))),
        (CASE | SPEED | {"brand_voice": "yes"}, {}, ("fine_tune_small", "pilot", ("candidate",))),
        (CASE, {}, ("fine_tune_small", "pilot", ("reasons_lead",))),
        (CASE | {"few_shot_used": "unsure"}, {}, ("fine_tune_small", "confirm_first", ("reasons_lead",))),
        (CASE | {"exploration_phase": "yes"}, {}, ("decomposition", "fix_first", ("exploring",))),
        (CASE | {"tuning_available": "no"}, {}, ("optimize_prompts", "use_other_lever", ("not_for_sale",))),
        (
            READY | {"retrieval_optimized": "no"},
            {},
            ("better_rag", "fix_first", ("not_ready_for_both", "step_skipped")),
        ),
        ({}, {"failures": {"tool_failure": 1}}, ("tools", "use_other_lever", ("highest",))),
    ],
)
def test_an_action_by_hand(answers: Any, parts: Any, verdict: Any) -> None:
    found = judge_on(answers, **parts)
    assert (found.approach, found.action, found.because) == verdict


def test_what_is_to_be_confirmed_are_the_open_conditions_of_the_ceiling() -> None:
    open_ones = {"multiple_models": "unsure", "target_missed": "unsure"}
    verdict = judge_on(CASE | open_ones | {"prompts_succeed": "no"})
    assert (verdict.action, verdict.confirm) == ("confirm_first", ("multiple_models", "target_missed"))
    assert verdict.missing_for_go[0].code == "tree"


def test_the_leader_of_the_matrix_says_what_closes_it() -> None:
    verdict = judge_on(CASE | {"exploration_phase": "yes"})
    assert verdict.leader.approach == verdict.matrix.ranking[0] == "fine_tune_small"
    assert verdict.leader.closed_by == verdict.standings["fine_tune_small"].closed_by == ("exploring",)
    assert not any(row.first_share for row in verdict.matrix.rows if not verdict.standings[row.approach].open)


def test_a_lever_counts_as_tried_where_the_target_is_still_missed() -> None:
    tried = {key for key, one in judge_on(CASE).standings.items() if one.tried}
    assert tried == {"prompting", "better_rag", "other_model"}
    assert not any(one.tried for one in judge_on(CASE | {"target_missed": "no"}).standings.values())
    assert not judge_on(CASE | {"newest_model_tried": "no"}).standings["other_model"].tried
    cheaper = judge_on({"cheaper_serving_tried": "yes"}).standings["serve_cheaper"]
    assert cheaper.tried


def test_a_verdict_hangs_on_what_would_name_another_lever_and_on_what_closes_the_leader() -> None:
    verdict = judge_on(CASE | {"exploration_phase": "yes"})
    assert "exploration_phase" in verdict.deciding
    assert "brand_voice" not in verdict.deciding
    counted = judge_on({}, {"missing_knowledge": 5, "tool_failure": 1})
    assert counted.leader.closed_by == ()
    closed = judge_on(CASE | {"retrieval_optimized": "no"}, {"policy_tone": 4, "tool_failure": 5, "wrong_retrieval": 1})
    assert set(closed.leader.closed_by) >= {"tools_first"}
    assert {"tool_failure", "wrong_retrieval"} <= set(closed.deciding)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (CASE | SPEED | {"brand_voice": "yes"}, ""),
        (CASE, "tuning"),
        (CASE | SPEED | {"brand_voice": "yes", "needs_fresh_knowledge": "yes", "retrieval_optimized": "na",
                         "examples_inconsistent": "yes"}, "candidate"),
        ({"needs_fresh_knowledge": "yes"} | dict.fromkeys(CEILING_STEPS_DONE, "no"), "other"),
        (dict.fromkeys(CEILING_STEPS_DONE, "no"), ""),
        ({}, ""),
    ],
)  # fmt: skip
def test_where_verdict_and_tree_part_ways_a_code_says_why(answers: Any, code: str) -> None:
    decision = decide_on(answers)
    assert decision.parts_ways == code
    assert code == "" or code in FRAMEWORK.verdict.tree_parts_ways
