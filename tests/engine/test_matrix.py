"""The comparison matrix: cells, weights, and the ranking by weighted mean (method.md, section 4)."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.matrix import compare

from .documents import FRAMEWORK, decide_on, raw_document, read
from .strategies import failures as failure_counts

CRITERIA = [criterion.key for criterion in FRAMEWORK.matrix.criteria]
TABLE = {criterion.key: criterion for criterion in FRAMEWORK.matrix.criteria}


def matrix_of(answers=None, failures=None, **parts):
    return decide_on(answers, failures, **parts).matrix


def rows_of(matrix):
    return {row.approach: row for row in matrix.rows}


def exact_fit(failures, approach):
    """1 + 4/5 × Σ over modes of the mode's share × the fit table, in exact fractions."""
    modes = FRAMEWORK.matrix.fit
    sample = sum(failures.values())
    shares = {m: Fraction(failures.get(m, 0), sample) if sample else Fraction(1, len(modes)) for m in modes}
    return 1 + Fraction(4, 5) * sum(share * modes[mode][approach] for mode, share in shares.items())


def exact_mean(weights, failures, approach):
    cells = {key: Fraction(TABLE[key].scores.get(approach, 0)) for key in CRITERIA}
    cells["fixes_failures"] = exact_fit(failures, approach)
    return sum(weights[key] * cells[key] for key in CRITERIA) / sum(weights.values())


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


@settings(deadline=None)
@given(
    failures=failure_counts,
    weights=st.fixed_dictionaries({key: st.integers(0, 5) for key in CRITERIA}).filter(
        lambda table: any(table.values())
    ),
)
def test_rows_are_ranked_by_the_exact_weighted_mean(failures, weights):
    matrix = matrix_of(failures=failures, matrix={"weights": weights})
    whole = {mode: int(count) for mode, count in failures.items()}
    means = {a.key: exact_mean(weights, whole, a.key) for a in FRAMEWORK.approaches}
    for row in matrix.rows:
        assert row.mean == pytest.approx(float(means[row.approach]), abs=1e-9)
    order = [a.key for a in FRAMEWORK.approaches]
    ranked = sorted(order, key=lambda key: (-round(float(means[key]), 9), order.index(key)))
    assert list(matrix.ranking) == ranked


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
    assert (cells["latency"].score, cells["latency"].origin, cells["latency"].reason) == (
        4.5,
        "user",
        "measured",
    )
    assert (cells["control"].score, cells["control"].origin) == (3, "base")
    assert cells["fixes_failures"].origin == "derived"
    assert list(cells) == CRITERIA


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
    document = read(raw_document(failures=failures, matrix={"weights": weights}))
    reordered = replace(FRAMEWORK, approaches=tuple(approaches))
    ranking = compare(FRAMEWORK, document).rows
    other = rows_of(compare(reordered, document))
    assert {key: row.mean for key, row in other.items()} == {row.approach: row.mean for row in ranking}
    means = [round(row.mean, 9) for row in compare(reordered, document).rows]
    assert means == sorted(means, reverse=True) == [round(row.mean, 9) for row in ranking]
    if len(set(means)) == len(means):
        assert compare(reordered, document).ranking == tuple(row.approach for row in ranking)
