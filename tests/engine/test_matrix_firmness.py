"""How firm the ranking is: shares of first places, and the weight at which another approach leads (method.md 4)."""

from typing import Any

import numpy as np
import pytest

from assessments.engine.matrix import first_shares, tippings

from ..oracle.documents import some_document
from .documents import FRAMEWORK, ground_of, judge_on, read
from .test_matrix import CRITERIA, matrix_of

LEAST, MOST = 0, 10
COLUMN = {key: column for column, key in enumerate(CRITERIA)}
ROW = {key: row for row, key in enumerate(FRAMEWORK.approach)}


def only(**weights: Any) -> Any:
    return {"weights": dict.fromkeys(CRITERIA, 0) | weights}


# shares of first places


def test_shares_of_first_places_are_those_of_the_open_ones_and_add_up_to_one() -> None:
    for seed in range(0, 300, 20):
        raw = some_document(seed)
        verdict = judge_on(**{key: part for key, part in raw.items() if key not in ("format", "version")})
        for row in verdict.matrix.rows:
            assert 0 <= row.first_share <= verdict.standings[row.approach].open
            assert row.first_share * 10_000 == pytest.approx(round(row.first_share * 10_000))
        assert sum(row.first_share for row in verdict.matrix.rows) == pytest.approx(1)
        assert ground_of(read(raw)).document.name == f"Document {seed}"


def test_the_same_document_has_the_same_shares() -> None:
    assert matrix_of(failures={"reasoning": 3}) == matrix_of(failures={"reasoning": 3})


def test_shares_are_those_of_log_normal_weightings_around_the_chosen_one() -> None:
    """Two criteria against each other: A leads where its factor is above B's, the ratio has sigma 0.5·√2.

    Speed at 2 and upfront cost at 1: the small tuned model leads by 2 · 2f against the prompt's 3g.
    """
    scores = np.array([[3.0, 5.0], [5.0, 2.0]])  # prompting and fine_tune_small on latency and upfront_cost
    small = first_shares(scores, np.array([2.0, 1.0]))[1]
    # P(4 f > 3 g) = P(ln f - ln g > ln 3/4) = Φ(-ln 0.75 / (0.5 √2)) = Φ(0.4068) = 0.6579
    assert small == pytest.approx(0.6579, abs=0.02)
    known_better = first_shares(scores, np.array([2.0, 1.0]), (0.1, 0.1))[1]
    assert known_better == pytest.approx(0.9790, abs=0.005)  # Φ(-ln 0.75 / (0.1 √2)) = Φ(2.0342)


def test_of_two_that_are_level_the_first_one_comes_first() -> None:
    assert first_shares(np.array([[3.0, 2.0], [3.0, 2.0]]), np.array([1.0, 1.0])).tolist() == [1, 0]


def test_a_weight_of_nothing_stays_nothing_in_every_weighting() -> None:
    assert first_shares(np.array([[1.0, 5.0], [2.0, 1.0]]), np.array([1.0, 0.0])).tolist() == [0, 1]


def test_with_no_weight_at_all_the_weightings_are_drawn_around_equal_ones() -> None:
    scores = np.array([[3.0, 5.0], [5.0, 2.0]])
    assert first_shares(scores, np.zeros(2)).tolist() == first_shares(scores, np.ones(2)).tolist()


# tippings


def leader_of(scores: Any, weights: Any, is_open: Any) -> Any:
    means = np.round(scores @ weights / weights.sum(), 9)
    return int(np.where(is_open, means, -1).argmax())


@pytest.mark.parametrize("seed", range(25))
def test_beyond_a_tipping_its_leader_leads_and_before_it_does_not(seed: Any) -> None:
    """And where none is named, a weight can go all the way and the leader stays."""
    draw = np.random.default_rng(seed)
    scores = draw.integers(1, 6, (len(ROW), len(COLUMN))).astype(float)
    weights = draw.choice([0.5, 1, 2.5, 3, 6, 10], len(COLUMN))
    is_open = draw.random(len(ROW)) < 0.6
    is_open[draw.integers(len(ROW))] = True
    first, step = leader_of(scores, weights, is_open), 1e-3
    found = tippings(FRAMEWORK, scores, weights, is_open)

    def means_with(criterion: Any, weight: Any) -> Any:
        now = weights.copy()
        now[COLUMN[criterion]] = weight
        return scores @ now / now.sum()

    for tipping in found:
        now = weights[COLUMN[tipping.criterion]]
        assert LEAST <= tipping.weight <= MOST
        assert tipping.distance == pytest.approx(abs(tipping.weight - now), abs=1e-8)
        assert is_open[ROW[tipping.leader]]
        beyond = means_with(tipping.criterion, tipping.weight + (step if tipping.above else -step))
        assert beyond[ROW[tipping.leader]] > beyond[first]
        before = means_with(tipping.criterion, tipping.weight + (-step if tipping.above else step))
        if tipping.distance > step:
            assert before[first] >= before[is_open].max() - 1e-8
    assert [one.distance for one in found] == sorted(one.distance for one in found)
    named = {(tipping.criterion, tipping.above) for tipping in found}
    assert len(named) == len(found)
    for criterion in CRITERIA:
        for above, bound in ((True, MOST), (False, LEAST)):
            if (criterion, above) not in named:
                means = means_with(criterion, bound)
                assert means[first] >= means[is_open].max() - 1e-8, criterion


def test_a_tipping_by_hand() -> None:
    """Speed 1 and upfront cost 1, nothing else, and a form to keep so that tuning has a case: among the open ones
    the prompt has 3 + 5 = 8, cheaper serving 4 + 4, the plain classifier 5 + 3, and ties stand in the framework's
    order. With speed at w it is 3w + 5 against 5w + 3 of the classifier, which gains fastest: any more, and it leads.
    """
    matrix = matrix_of(matrix=only(latency=1, upfront_cost=1), use_case={"name": "A", "task_kind": "classification"})
    found = {(one.criterion, one.above): (one.leader, one.weight) for one in matrix.tippings}
    assert found["latency", True] == ("classifier", pytest.approx(1))
    assert found["upfront_cost", False] == ("classifier", pytest.approx(1))


def test_a_tie_at_the_end_of_the_scale_is_no_tipping() -> None:
    """Speed alone: all are level only where it weighs nothing, and nothing can weigh less."""
    matrix = matrix_of(matrix=only(latency=1))
    assert ("latency", False) not in {(one.criterion, one.above) for one in matrix.tippings}


@pytest.mark.parametrize("scale", [1e-12, 1e-300])
def test_tiny_weights_tip_from_the_leader_of_the_ranking(scale: float) -> None:
    matrix = matrix_of(matrix=only(upfront_cost=scale))
    assert matrix.ranking[0] == "prompting"
    assert "prompting" not in {tipping.leader for tipping in matrix.tippings}
