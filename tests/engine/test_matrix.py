"""The comparison matrix: cells, weights, and the ranking by weighted mean (method.md, section 4)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.matrix import compare_approaches
from assessments.engine.verdict import cases_of

from . import second_matrix as second
from .documents import FRAMEWORK, document_of
from .second_reading import DECIDING
from .strategies import failures as failure_counts

CRITERIA = [criterion.key for criterion in FRAMEWORK.matrix.criteria]


def matrix_of(answers=None, failures=None, framework=FRAMEWORK, **parts):
    document = document_of(answers, failures, **parts)
    return compare_approaches(framework, document, cases_of(framework, document.answers))


def rows_of(matrix):
    return {row.approach: row for row in matrix.rows}


def reason_of(approach, criterion, **parts):
    cell = rows_of(matrix_of(**parts))[approach].cells[criterion]
    return cell.reason, cell.figures


@pytest.mark.parametrize(
    ("answer", "criterion"),
    [
        ("consistent_behavior", "consistency"),
        ("brand_voice", "consistency"),
        ("needs_fresh_knowledge", "fresh_knowledge"),
        ("latency_requirements", "latency"),
        ("cost_optimization", "run_cost"),
        ("data_sovereignty", "control"),
        ("changing_requirements", "adaptability"),
        ("exploration_phase", "reversibility"),
        ("insufficient_data", "data_need"),
    ],
)
def test_an_answer_raises_the_weight_of_what_it_makes_matter(answer, criterion):
    """method.md 4: 1 each, 3 for fixes the failures, +2 where an answer makes the criterion matter."""
    default = dict.fromkeys(CRITERIA, 1) | {"fixes_failures": 3}
    assert dict(matrix_of({answer: "yes"}).weights) == default | {criterion: 3}
    assert dict(matrix_of({answer: "no"}).weights) == dict(matrix_of({answer: "unsure"}).weights) == default


def test_two_answers_raise_a_weight_once():
    assert matrix_of({"consistent_behavior": "yes", "brand_voice": "yes"}).weights["consistency"] == 3


def test_a_weight_of_the_team_s_own_stands_whatever_the_answers_say():
    weights = matrix_of({"latency_requirements": "yes"}, matrix={"weights": {"latency": 0.5}}).weights
    assert weights["latency"] == 0.5


def test_a_weight_says_why_it_is_what_it_is():
    reasons = matrix_of(
        {"consistent_behavior": "yes", "brand_voice": "yes", "cost_optimization": "yes"},
        matrix={"weights": {"run_cost": 4}},
    ).weight_reasons
    assert reasons["consistency"].code == "raised"
    assert reasons["consistency"].figures == {"raised_by": 2, "keys": ("consistent_behavior", "brand_voice")}
    assert (reasons["run_cost"].code, reasons["latency"].code) == ("own", "default")
    assert list(reasons) == CRITERIA


own_scores = st.builds(
    lambda approach, criterion, score: (approach, criterion, score),
    st.sampled_from(second.APPROACHES),
    st.sampled_from(CRITERIA),
    st.sampled_from((1, 1.5, 2, 4, 4.5, 5)),
)


@settings(deadline=None)
@given(
    answers=st.fixed_dictionaries({}, optional=dict.fromkeys(DECIDING, st.sampled_from(("yes", "no")))),
    failures=failure_counts,
    weights=st.fixed_dictionaries({}, optional={key: st.integers(0, 5) for key in CRITERIA}),
    own=st.lists(own_scores, max_size=3, unique_by=lambda cell: cell[:2]),
)
def test_rows_are_ranked_by_the_exact_weighted_mean(answers, failures, weights, own):
    """The whole of method.md 4 against a second reading in fractions."""
    overrides = [{"approach": a, "criterion": c, "score": s, "reason": "r"} for a, c, s in own]
    matrix = matrix_of(answers, failures, matrix={"weights": weights, "overrides": overrides})
    whole = {mode: int(count) for mode, count in failures.items()}
    assert dict(matrix.weights) == second.weights_of(answers, weights)
    means = second.means_of(second.scores_of(whole, own), second.weights_of(answers, weights))
    for row in matrix.rows:
        assert row.mean == pytest.approx(float(means[row.approach]), abs=1e-9)
    assert list(matrix.ranking) == second.ranking_of({key: round(float(mean), 9) for key, mean in means.items()})


def test_one_kind_of_failure_gives_its_own_fit():
    """method.md 4: 1 + 4/5 × fit, so that 5 becomes 5 and 0 becomes 1."""
    rows = rows_of(matrix_of(failures={"wrong_retrieval": 7}))
    scores = {key: row.cells["fixes_failures"].score for key, row in rows.items()}
    assert scores["better_rag"] == pytest.approx(5)
    assert scores["hybrid"] == pytest.approx(2.6)
    assert scores["prompting"] == pytest.approx(1)


def test_without_a_sample_every_mode_has_the_same_share():
    rows = rows_of(matrix_of())
    assert rows["prompting"].cells["fixes_failures"].score == pytest.approx(1 + 4 / 5 * 15 / 8)


def test_a_cell_says_where_it_comes_from():
    own = {"approach": "tools", "criterion": "latency", "score": 4.5, "reason": "measured"}
    cells = rows_of(matrix_of(matrix={"overrides": [own]}))["tools"].cells
    assert (cells["latency"].score, cells["latency"].origin, cells["latency"].reason) == (4.5, "user", "own")
    assert cells["latency"].figures == {"text": "measured"}
    assert (cells["control"].score, cells["control"].origin) == (3, "base")
    assert cells["fixes_failures"].origin == "derived"
    assert list(cells) == CRITERIA


def test_a_derived_cell_names_the_failures_it_helps_most_and_how_many_were_counted():
    failures = {"policy_tone": 6, "missing_knowledge": 1, "reasoning": 5}
    fitting = reason_of("fine_tune_small", "fixes_failures", failures=failures)
    assert fitting == ("fit", {"sample": 12, "mode": "policy_tone", "count": 6, "fit": 5})
    # Five of reasoning at a fit of 5 outweigh six of tone at a fit of 3, though tone is counted most.
    other = reason_of("other_model", "fixes_failures", failures=failures)
    assert other == ("fit", {"sample": 12, "mode": "reasoning", "count": 5, "fit": 5})


def test_a_derived_cell_says_where_nothing_it_fixes_was_counted():
    none = reason_of("prompting", "fixes_failures", failures={"wrong_retrieval": 1200})
    assert none == ("fit_none", {"sample": 1200})
    first = next(iter(FRAMEWORK.matrix.fit))
    unfit = next(key for key, fit in FRAMEWORK.matrix.fit[first].items() if not fit)
    assert reason_of(unfit, "fixes_failures", failures={first: 7}) == ("fit_none", {"sample": 7})
    assert reason_of("prompting", "fixes_failures") == ("fit_not_counted", {})
    assert reason_of("prompting", "latency") == ("base", {})


def test_what_fixes_the_failures_can_be_overridden_too():
    own = {"approach": "prompting", "criterion": "fixes_failures", "score": 5, "reason": "tried"}
    rows = rows_of(matrix_of(failures={"wrong_retrieval": 1}, matrix={"overrides": [own]}))
    assert rows["prompting"].cells["fixes_failures"].score == 5
    assert rows["decomposition"].cells["fixes_failures"].score == pytest.approx(1)


def test_an_override_moves_the_mean_by_its_weighted_share():
    before = rows_of(matrix_of())["tools"].mean
    own = {"approach": "tools", "criterion": "latency", "score": 5, "reason": "r"}
    after = rows_of(matrix_of(matrix={"overrides": [own]}))["tools"].mean
    assert after - before == pytest.approx(3 / 14)  # 2 → 5, one of 11 + 3 parts of the weight


def test_with_no_weight_at_all_every_criterion_counts_the_same():
    matrix = matrix_of(matrix={"weights": dict.fromkeys(CRITERIA, 0)})
    equal = matrix_of(matrix={"weights": dict.fromkeys(CRITERIA, 2)})
    assert matrix.ranking == equal.ranking
    assert [row.mean for row in matrix.rows] == pytest.approx([row.mean for row in equal.rows])


@pytest.mark.parametrize("weight", [5e-324, 1e-300, -0.0])
def test_tiny_weights_still_give_means_between_one_and_five(weight):
    for row in matrix_of(matrix={"weights": dict.fromkeys(CRITERIA, weight)}).rows:
        assert 1 <= row.mean <= 5


def test_with_the_same_mean_the_framework_s_order_stands():
    """Speed alone: decomposition, retrieval and tools have 2; prompting, other model and hybrid 3."""
    weights = dict.fromkeys(CRITERIA, 0) | {"latency": 1}
    assert matrix_of(matrix={"weights": weights}).ranking == (
        "fine_tune_small",
        "fine_tune_large",
        "prompting",
        "other_model",
        "hybrid",
        "decomposition",
        "better_rag",
        "tools",
    )


@settings(deadline=None)
@given(
    approaches=st.permutations(FRAMEWORK.approaches),
    failures=failure_counts,
    weights=st.fixed_dictionaries({}, optional={key: st.integers(0, 5) for key in CRITERIA}),
)
def test_the_order_of_the_approaches_does_not_change_the_ranking(approaches, failures, weights):
    """But for those with the same mean, which keep the framework's order."""
    parts = {"failures": failures, "matrix": {"weights": weights}}
    ranking = matrix_of(**parts).rows
    other = matrix_of(**parts, framework=replace(FRAMEWORK, approaches=tuple(approaches))).rows
    assert {row.approach: row.mean for row in other} == {row.approach: row.mean for row in ranking}
    means = [row.mean for row in other]
    assert means == sorted(means, reverse=True) == [row.mean for row in ranking]
    if len(set(means)) == len(means):
        assert [row.approach for row in other] == [row.approach for row in ranking]
        for row, found in zip(ranking, other, strict=True):
            assert found.first_share == pytest.approx(row.first_share, abs=0.01)
