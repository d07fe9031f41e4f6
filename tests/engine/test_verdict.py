"""Each rule of the verdict: the smallest answers that make it fire, and one answer less that does not."""

from typing import Any

import pytest

from .documents import CEILING_HIT, CEILING_STEPS_DONE, decide_on, judge_on

FOUR_REASONS = dict.fromkeys(("domain_knowledge", "consistent_behavior", "brand_voice", "data_sovereignty"), "yes")
TWO_AGAINST = {"low_volume": "yes", "insufficient_data": "yes"}

# id: answers and failures; what the verdict is; the one change; the rule that fires instead.
RULES: dict[str, Any] = {
    "1": ({"prompts_succeed": "yes"}, {}, ("prompts_work", "prompting", "keep"),
          {"cost_optimization": "yes"}, "ceiling_steps_open"),
    "2": ({"exploration_phase": "yes"}, {}, ("exploring", "prompting", "fix_first"),
          {"exploration_phase": "unsure"}, "ceiling_steps_open"),
    "3": ({"changing_requirements": "yes"}, {}, ("requirements_change", "prompting", "use_other_lever"),
          {"needs_fresh_knowledge": "yes"}, "knowledge_dominates"),
    "4": ({}, {"reasoning": 1}, ("capability_dominates", "other_model", "use_other_lever"),
          {"tool_failure": 1}, "ceiling_steps_open"),
    "5, fresh": ({"needs_fresh_knowledge": "yes"}, {}, ("knowledge_dominates", "better_rag", "fix_first"),
                 {"needs_fresh_knowledge": "no"}, "ceiling_steps_open"),
    "5, sample": ({}, {"noisy_context": 1}, ("knowledge_dominates", "better_rag", "fix_first"),
                  {"policy_tone": 1}, "ceiling_steps_open"),
    "6": ({}, {"tool_failure": 1}, ("knowledge_and_tools", "tools", "fix_first"),
          {"policy_tone": 1}, "ceiling_steps_open"),
    "7, steps": (CEILING_STEPS_DONE | {"few_shot_used": "unsure"}, {},
                 ("ceiling_steps_open", "prompting", "use_other_lever"),
                 {"few_shot_used": "yes"}, "target_not_missed"),
    "7, target": (CEILING_STEPS_DONE, {}, ("target_not_missed", "prompting", "use_other_lever"),
                  {"target_missed": "yes"}, "no_case"),
    "8": (CEILING_HIT | TWO_AGAINST, {}, ("blockers", "prompting", "fix_first"),
          {"low_volume": "no"}, "no_case"),
    "9": (CEILING_HIT | FOUR_REASONS, {}, ("candidate", "fine_tune_small", "pilot"),
          {"data_sovereignty": "unsure"}, "net_pilot"),
    "10": (CEILING_HIT | {"consistent_behavior": "yes"}, {}, ("net_pilot", "fine_tune_large", "pilot"),
           {"consistent_behavior": "no"}, "no_case"),
    "11": (CEILING_HIT, {}, ("no_case", "other_model", "use_other_lever"),
           {"brand_voice": "yes"}, "net_pilot"),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_the_smallest_document_of_each_rule(rule):
    """method.md 6, the rule named in the test's id."""
    answers, failures, (key, approach, action), _, _ = RULES[rule]
    verdict = judge_on(answers, failures)
    assert (verdict.rule_key, verdict.approach, verdict.action) == (key, approach, action)
    assert verdict.rule == int(rule.split(",")[0])


@pytest.mark.parametrize("rule", RULES)
def test_one_change_and_another_rule_fires(rule):
    answers, failures, _, change, instead = RULES[rule]
    assert len(change) == 1
    counts = {key: count for key, count in change.items() if isinstance(count, int)}
    changed = {key: value for key, value in change.items() if key not in counts}
    assert judge_on(answers | changed, failures | counts).rule_key == instead


def approach(answers, failures=None):
    verdict = judge_on(answers, failures)
    return verdict.rule, verdict.approach


READY_FORM = CEILING_HIT | {"consistent_behavior": "yes", "domain_knowledge": "yes"}
READY_EFFICIENCY = CEILING_HIT | {"cost_optimization": "yes", "domain_knowledge": "yes"}


@pytest.mark.parametrize(
    ("answers", "failures", "expected"),
    [
        # 1: an efficiency motive, either of the two, is a reason to replace a prompt that works
        ({"prompts_succeed": "yes", "latency_requirements": "unsure"}, {}, (1, "prompting")),
        ({"prompts_succeed": "yes", "latency_requirements": "yes"}, {}, (7, "prompting")),
        # 2 before 3
        ({"exploration_phase": "yes", "changing_requirements": "yes"}, {}, (2, "prompting")),
        # 3: knowledge must dominate, half is not enough
        ({"changing_requirements": "yes"}, {"wrong_retrieval": 2, "reasoning": 1}, (3, "better_rag")),
        ({"changing_requirements": "yes"}, {"wrong_retrieval": 1, "reasoning": 1}, (3, "prompting")),
        # 4 before 5
        ({"needs_fresh_knowledge": "yes"}, {"reasoning": 1}, (4, "other_model")),
        # 5: hybrid where ready, form and no changing requirements
        (READY_FORM | {"needs_fresh_knowledge": "yes"}, {}, (5, "hybrid")),
        (READY_FORM, {"missing_knowledge": 1}, (5, "hybrid")),
        (READY_FORM | {"needs_fresh_knowledge": "yes", "retrieval_optimized": "na"}, {}, (5, "hybrid")),
        (READY_FORM | {"needs_fresh_knowledge": "yes", "retrieval_optimized": "no"}, {}, (5, "better_rag")),
        (READY_FORM | {"needs_fresh_knowledge": "yes", "low_volume": "yes"}, {}, (5, "better_rag")),
        (READY_EFFICIENCY | {"needs_fresh_knowledge": "yes"}, {}, (5, "better_rag")),
        (
            READY_FORM | FOUR_REASONS | {"needs_fresh_knowledge": "yes", "changing_requirements": "yes"},
            {},
            (5, "better_rag"),
        ),
        # 6: the larger of the two, a tie to the knowledge branch
        ({}, {"tool_failure": 2, "wrong_retrieval": 1}, (6, "tools")),
        ({}, {"tool_failure": 1, "wrong_retrieval": 1}, (6, "better_rag")),
        (READY_FORM, {"tool_failure": 1, "wrong_retrieval": 1}, (6, "hybrid")),
        (READY_FORM, {"tool_failure": 1}, (6, "tools")),
        (READY_EFFICIENCY, {"tool_failure": 1}, (6, "hybrid")),
        (READY_EFFICIENCY, {"tool_failure": 1, "wrong_retrieval": 1}, (6, "better_rag")),
        (READY_EFFICIENCY | {"low_volume": "yes"}, {"tool_failure": 1}, (6, "tools")),
        # 7: the one step that is unmet names the lever
        (CEILING_HIT | {"retrieval_optimized": "no"}, {}, (7, "better_rag")),
        (CEILING_HIT | {"multiple_models": "unsure"}, {}, (7, "other_model")),
        (CEILING_HIT | {"few_shot_used": "no"}, {}, (7, "prompting")),
        (CEILING_HIT | {"retrieval_optimized": "no", "multiple_models": "no"}, {}, (7, "prompting")),
        (CEILING_HIT | {"target_missed": "no", "domain_knowledge": "yes"}, {}, (7, "prompting")),
        # 9: a quarter of the sample is enough for retrieval beside the tuning
        (CEILING_HIT | FOUR_REASONS, {"noisy_context": 1, "policy_tone": 3}, (9, "hybrid")),
        (CEILING_HIT | FOUR_REASONS, {"noisy_context": 1, "policy_tone": 4}, (9, "fine_tune_small")),
        # 9 takes one reason against, 8 two
        (CEILING_HIT | FOUR_REASONS | {"low_volume": "yes"}, {}, (9, "fine_tune_small")),
        (CEILING_HIT | FOUR_REASONS | TWO_AGAINST, {}, (8, "other_model")),
        # 10: small where efficiency or sovereignty asks for it
        (CEILING_HIT | {"cost_optimization": "yes"}, {}, (10, "fine_tune_small")),
        (CEILING_HIT | {"target_missed": "no", "cost_optimization": "yes"}, {}, (10, "fine_tune_small")),
        (CEILING_HIT | {"domain_knowledge": "yes", "data_sovereignty": "yes"}, {}, (10, "fine_tune_small")),
        (CEILING_HIT | {"domain_knowledge": "yes", "brand_voice": "yes"}, {}, (10, "fine_tune_large")),
        # 11: net 1 without form or efficiency is no case
        (CEILING_HIT | {"domain_knowledge": "yes"}, {}, (11, "other_model")),
        (CEILING_HIT | {"domain_knowledge": "yes", "knowledge_gaps": "yes"}, {}, (11, "better_rag")),
        (CEILING_HIT | {"brand_voice": "yes", "low_volume": "yes"}, {}, (11, "other_model")),
    ],
)
def test_within_a_rule_the_answers_choose_the_approach(answers, failures, expected):
    """method.md 6."""
    assert approach(answers, failures) == expected


def test_blockers_are_carried_heaviest_first():
    """method.md 6, rule 8: the blockers, by weight."""
    answers = CEILING_HIT | {"insufficient_data": "yes", "low_volume": "yes"}
    assert decide_on(answers).carried_by == ("low_volume", "insufficient_data")


def test_blockers_leave_the_best_ranked_approach_without_tuning():
    """method.md 6, rule 8, where the team's own weights put tuning first in the matrix."""
    weights = dict.fromkeys(["upfront_cost", "time_to_value", "data_need", "operations", "adaptability"], 0)
    weights |= {"reversibility": 0, "run_cost": 0, "fixes_failures": 0, "consistency": 0, "latency": 0}
    decision = decide_on(CEILING_HIT | TWO_AGAINST, matrix={"weights": weights})
    assert decision.matrix.ranking[:3] == ("hybrid", "better_rag", "tools")
    assert (decision.rule, decision.approach) == (8, "better_rag")


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (CEILING_HIT | FOUR_REASONS, ""),
        ({}, ""),
        (CEILING_HIT, ""),
        (CEILING_HIT | FOUR_REASONS | TWO_AGAINST, ""),
        (CEILING_HIT | {"brand_voice": "yes"}, "net_pilot"),
        (CEILING_HIT | FOUR_REASONS | {"needs_fresh_knowledge": "yes"}, "other"),
    ],
)
def test_where_rule_and_tree_part_ways_a_code_says_why(answers, code):
    """method.md 6."""
    assert decide_on(answers).parts_ways == code


def test_efficiency_alone_names_the_cheaper_levers_first():
    """method.md 6: prompt caching, a smaller prompted model, batching."""
    cheaper = tuple(step.key for step in decide_on().framework.verdict.efficiency_first)
    assert len(cheaper) == 3
    alone = decide_on(CEILING_HIT | {"cost_optimization": "yes"})
    assert alone.next_steps[:3] == cheaper
    beside = decide_on(CEILING_HIT | {"cost_optimization": "yes", "brand_voice": "yes"})
    assert set(cheaper).isdisjoint(beside.next_steps)
