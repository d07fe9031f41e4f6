"""The comparison matrix: cells, weights, and the ranking by weighted mean (method.md, section 4).

That means and ranking are those of a second reading, tests/oracle/ shows.
"""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine import facts
from assessments.engine.verdict import judge

from .documents import FRAMEWORK, document_of
from .strategies import failures as failure_counts

CRITERIA = [criterion.key for criterion in FRAMEWORK.matrix.criteria]
NEEDS = ("consistency", "fresh_knowledge", "latency", "run_cost", "control")
MISSED = {"target_missed": "yes"}


def matrix_of(answers: Any = None, failures: Any = None, framework: Any = FRAMEWORK, **parts: Any) -> Any:
    return judge(facts.ground_of(framework, document_of(answers, failures, **parts))).matrix


def rows_of(matrix: Any) -> Any:
    return {row.approach: row for row in matrix.rows}


def cell_of(approach: Any, criterion: Any, answers: Any = None, **parts: Any) -> Any:
    return rows_of(matrix_of(answers, **parts))[approach].cells[criterion]


def reason_of(approach: Any, criterion: Any, **parts: Any) -> Any:
    cell = cell_of(approach, criterion, **parts)
    return cell.reason, cell.figures


def test_weights_where_nothing_is_known() -> None:
    """method.md 4: 6 for what fixes the failures, 0.5 for all else."""
    assert dict(matrix_of().weights) == dict.fromkeys(CRITERIA, 0.5) | {"fixes_failures": 6}


@pytest.mark.parametrize(
    ("answers", "criterion", "weight", "reason"),
    [
        ({"consistent_behavior": "yes"}, "consistency", 3, "yes"),
        ({"brand_voice": "yes", "consistent_behavior": "no"}, "consistency", 3, "yes"),
        ({"brand_voice": "no", "consistent_behavior": "no"}, "consistency", 0, "no"),
        ({"brand_voice": "no"}, "consistency", 0.5, "default"),
        ({"needs_fresh_knowledge": "yes"}, "fresh_knowledge", 3, "yes"),
        ({"needs_fresh_knowledge": "no"}, "fresh_knowledge", 0, "no"),
        ({"latency_requirements": "yes"}, "latency", 3, "yes"),
        ({"cost_optimization": "no"}, "run_cost", 0, "no"),
        ({"data_sovereignty": "yes"}, "control", 3, "yes"),
        ({"insufficient_data": "yes"}, "data_need", 2.5, "yes"),
        ({"insufficient_data": "no"}, "data_need", 0.5, "default"),
        ({"changing_requirements": "yes"}, "adaptability", 2.5, "yes"),
        ({"exploration_phase": "yes"}, "reversibility", 2.5, "yes"),
        ({"prompts_succeed": "yes"}, "fixes_failures", 0, "yes"),
        ({"prompts_succeed": "no"}, "fixes_failures", 6, "default"),
    ],
)
def test_a_weight_goes_by_need(answers: Any, criterion: str, weight: float, reason: str) -> None:
    matrix = matrix_of(answers)
    assert (matrix.weights[criterion], matrix.weight_reasons[criterion].code) == (weight, reason)


def test_a_weight_of_the_team_s_own_stands_whatever_the_answers_say() -> None:
    matrix = matrix_of({"latency_requirements": "yes"}, matrix={"weights": {"latency": 9.5}})
    assert (matrix.weights["latency"], matrix.weight_reasons["latency"].code) == (9.5, "own")


def test_a_weight_names_the_answers_that_move_it() -> None:
    reasons = matrix_of({"consistent_behavior": "yes", "brand_voice": "yes", "cost_optimization": "no"}).weight_reasons
    assert reasons["consistency"].figures == {"keys": ("consistent_behavior", "brand_voice")}
    assert reasons["run_cost"].figures == {"keys": ("cost_optimization",)}
    assert list(reasons) == CRITERIA


own_scores = st.builds(
    lambda approach, criterion, score: (approach, criterion, score),
    st.sampled_from(list(FRAMEWORK.approach)),
    st.sampled_from(CRITERIA),
    st.sampled_from((1, 1.5, 2, 4, 4.5, 5)),
)


def test_one_kind_of_failure_gives_its_own_fit() -> None:
    """method.md 4: 1 + 4/5 × fit, so that 5 becomes 5 and 0 becomes 1."""
    rows = rows_of(matrix_of(failures={"wrong_retrieval": 7}))
    scores = {key: row.cells["fixes_failures"].score for key, row in rows.items()}
    assert scores["better_rag"] == pytest.approx(5)
    assert scores["hybrid"] == pytest.approx(2.6)
    assert scores["prompting"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("answers", "kind", "fits"),
    [
        ({}, "drafting", (1, 0, 3, 2, 4, 4, 4, 3, 3)),
        ({"needs_fresh_knowledge": "yes"}, "drafting", (1, 0, 3)),
        ({"knowledge_gaps": "yes"}, "drafting", (3,)),
        ({"brand_voice": "yes"}, "drafting", (4, 4, 4)),
        ({}, "ranking", (3, 4)),
        ({"consistent_behavior": "yes", "knowledge_gaps": "yes"}, "extraction", (3, 4, 4, 4, 3)),
    ],
)
def test_without_a_sample_the_modes_that_the_answers_point_to_have_the_same_share(
    answers: Any, kind: str, fits: Any
) -> None:
    cell = cell_of("prompting", "fixes_failures", answers, use_case={"name": "A", "task_kind": kind})
    assert cell.score == pytest.approx(1 + 4 / 5 * sum(fits) / len(fits))
    assert cell.reason == ("fit_not_counted" if len(fits) == 9 else "fit_pointed")


@pytest.mark.parametrize(
    ("answers", "approach", "left"),
    [
        ({}, "prompting", 1),
        ({}, "optimize_prompts", 0.75),
        (MISSED | {"prompt_optimizer_tried": "yes"}, "optimize_prompts", 0.5),
        (MISSED | {"prompt_fix_failed": "yes"}, "prompting", 0.5),
        ({"prompts_succeed": "no", "prompt_fix_failed": "yes"}, "prompting", 0.5),
        ({"target_missed": "no", "prompt_fix_failed": "yes"}, "prompting", 1),
        ({"prompt_fix_failed": "yes"}, "prompting", 1),
        (MISSED | {"decomposition_tried": "yes"}, "decomposition", 0.5),
        (MISSED | {"classifier_tried": "yes"}, "classifier", 0.5),
        (MISSED | {"multiple_models": "yes"}, "other_model", 0.5),
        (MISSED | {"multiple_models": "yes", "newest_model_tried": "no"}, "other_model", 1),
    ],
)
def test_a_lever_that_was_tried_in_vain_has_half_of_its_fit_left(answers: Any, approach: str, left: float) -> None:
    fit = FRAMEWORK.matrix.fit["format_failure"][approach]
    cell = cell_of(approach, "fixes_failures", answers, failures={"format_failure": 1})
    assert cell.score == pytest.approx(1 + 4 / 5 * left * fit)
    assert cell.reason == ("fit_tried" if left == 0.5 else "fit")


def test_an_answer_sets_a_score() -> None:
    assert cell_of("other_model", "control").score == 2
    sovereign = cell_of("other_model", "control", {"data_sovereignty": "yes"})
    assert (sovereign.score, sovereign.origin, sovereign.reason) == (4, "derived", "sovereign")
    for criterion in ("latency", "run_cost"):
        assert cell_of("serve_cheaper", criterion).score == 4
        tried = cell_of("serve_cheaper", criterion, {"cheaper_serving_tried": "yes"})
        assert (tried.score, tried.reason) == (3, "tried")


def test_a_cell_says_where_it_comes_from() -> None:
    own = {"approach": "tools", "criterion": "latency", "score": 4.5, "reason": "measured"}
    cells = rows_of(matrix_of(matrix={"overrides": [own]}))["tools"].cells
    assert (cells["latency"].score, cells["latency"].origin, cells["latency"].reason) == (4.5, "user", "own")
    assert cells["latency"].figures == {"text": "measured"}
    assert (cells["control"].score, cells["control"].origin) == (3, "base")
    assert cells["fixes_failures"].origin == "derived"
    assert list(cells) == CRITERIA


def test_a_derived_cell_names_the_failures_it_helps_most_and_how_many_were_counted() -> None:
    failures = {"policy_tone": 6, "missing_knowledge": 1, "reasoning": 5}
    fitting = reason_of("fine_tune_small", "fixes_failures", failures=failures)
    assert fitting == ("fit", {"sample": 12, "mode": "policy_tone", "count": 6, "fit": 5})
    # Five of reasoning at a fit of 5 outweigh six of tone at a fit of 3, though tone is counted most.
    other = reason_of("other_model", "fixes_failures", failures=failures)
    assert other == ("fit", {"sample": 12, "mode": "reasoning", "count": 5, "fit": 5})


def test_a_derived_cell_says_where_nothing_it_fixes_was_counted() -> None:
    none = reason_of("prompting", "fixes_failures", failures={"wrong_retrieval": 1200})
    assert none == ("fit_none", {"sample": 1200})
    first = next(iter(FRAMEWORK.matrix.fit))
    unfit = next(key for key, fit in FRAMEWORK.matrix.fit[first].items() if not fit)
    assert reason_of(unfit, "fixes_failures", failures={first: 7}) == ("fit_none", {"sample": 7})
    assert reason_of("prompting", "fixes_failures") == ("fit_not_counted", {})
    assert reason_of("prompting", "latency") == ("base", {})


def test_what_fixes_the_failures_can_be_overridden_too() -> None:
    own = {"approach": "prompting", "criterion": "fixes_failures", "score": 5, "reason": "tried"}
    rows = rows_of(matrix_of(failures={"wrong_retrieval": 1}, matrix={"overrides": [own]}))
    assert rows["prompting"].cells["fixes_failures"].score == 5
    assert rows["decomposition"].cells["fixes_failures"].score == pytest.approx(1)


def test_an_override_moves_the_mean_by_its_weighted_share() -> None:
    before = rows_of(matrix_of())["tools"].mean
    own = {"approach": "tools", "criterion": "latency", "score": 5, "reason": "r"}
    after = rows_of(matrix_of(matrix={"overrides": [own]}))["tools"].mean
    assert after - before == pytest.approx(3 * 0.5 / 11.5)  # 2 → 5, half a part of 6 and eleven halves


def test_with_no_weight_at_all_every_criterion_counts_the_same() -> None:
    matrix = matrix_of(matrix={"weights": dict.fromkeys(CRITERIA, 0)})
    equal = matrix_of(matrix={"weights": dict.fromkeys(CRITERIA, 2)})
    assert matrix.ranking == equal.ranking
    assert [row.mean for row in matrix.rows] == pytest.approx([row.mean for row in equal.rows])


@pytest.mark.parametrize("weight", [5e-324, 1e-300, -0.0])
def test_tiny_weights_still_give_means_between_one_and_five(weight: float) -> None:
    for row in matrix_of(matrix={"weights": dict.fromkeys(CRITERIA, weight)}).rows:
        assert 1 <= row.mean <= 5


def test_with_the_same_mean_the_framework_s_order_stands() -> None:
    weights = dict.fromkeys(CRITERIA, 0) | {"latency": 1}
    scores = next(criterion.scores for criterion in FRAMEWORK.matrix.criteria if criterion.key == "latency")
    expected = sorted(FRAMEWORK.approach, key=lambda key: -scores[key])
    assert matrix_of(matrix={"weights": weights}).ranking == tuple(expected)


@settings(deadline=None)
@given(
    approaches=st.permutations(FRAMEWORK.approaches),
    failures=failure_counts,
    weights=st.fixed_dictionaries({}, optional={key: st.integers(0, 5) for key in CRITERIA}),
)
def test_the_order_of_the_approaches_does_not_change_the_ranking(approaches: Any, failures: Any, weights: Any) -> None:
    """But for those with the same mean, which keep the framework's order."""
    parts = {"failures": failures, "matrix": {"weights": weights}}
    ranking = matrix_of(**parts).rows
    other = matrix_of(**parts, framework=replace(FRAMEWORK, approaches=tuple(approaches))).rows
    assert {row.approach: row.mean for row in other} == {row.approach: row.mean for row in ranking}
    means = [row.mean for row in other]
    assert means == sorted(means, reverse=True) == [row.mean for row in ranking]
    if len(set(means)) == len(means):
        assert [row.approach for row in other] == [row.approach for row in ranking]
