"""How firm the ranking is: shares of first places, and the weight at which another approach leads (method.md 4)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.matrix import compare_approaches, first_shares
from assessments.engine.verdict import cases_of

from . import second_matrix as second
from .documents import FRAMEWORK, document_of
from .strategies import failures as failure_counts
from .test_matrix import CRITERIA, matrix_of, own_scores, rows_of

LEAST, MOST = 0, 5


def shares_of(**parts):
    return {row.approach: row.first_share for row in matrix_of(**parts).rows}


def only(**weights):
    return {"weights": dict.fromkeys(CRITERIA, 0) | weights}


# shares of first places


@settings(deadline=None, max_examples=40)
@given(
    failures=failure_counts, weights=st.fixed_dictionaries({}, optional={key: st.integers(0, 5) for key in CRITERIA})
)
def test_shares_of_first_places_add_up_to_one(failures, weights):
    shares = shares_of(failures=failures, matrix={"weights": weights})
    assert sum(shares.values()) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in shares.values())


def test_the_same_document_has_the_same_shares():
    assert shares_of(failures={"reasoning": 3}) == shares_of(failures={"reasoning": 3})


def test_ten_thousand_weightings_are_drawn():
    assert all(share * 10_000 == pytest.approx(round(share * 10_000)) for share in shares_of().values())


@pytest.mark.parametrize(
    ("failures", "matrix", "leader"),
    [
        ({"wrong_retrieval": 30}, {"weights": {"fixes_failures": 5}}, "better_rag"),
        ({"reasoning": 30}, {}, "other_model"),
        ({"tool_failure": 9}, only(fixes_failures=5, fresh_knowledge=1), "tools"),
        ({"format_failure": 9}, only(fixes_failures=5, latency=4, run_cost=4), "fine_tune_small"),
        ({}, only(upfront_cost=1, time_to_value=1), "prompting"),
    ],
)
def test_the_leader_has_the_largest_share_in_clear_cases(failures, matrix, leader):
    found = matrix_of(failures=failures, matrix=matrix)
    shares = {row.approach: row.first_share for row in found.rows}
    assert found.ranking[0] == leader == max(shares, key=lambda key: shares[key])
    assert shares[leader] > 0.5


def test_an_approach_that_is_never_better_never_comes_first():
    """By the tables: one that another beats or equals on every criterion that weighs."""
    shares = shares_of(matrix=only(latency=2, run_cost=2))
    assert shares["fine_tune_small"] == 1
    assert sum(shares.values()) == 1


def test_shares_are_those_of_log_normal_weightings_around_the_chosen_one():
    """Two criteria against each other: A leads where its factor is above B's, the ratio has sigma 0.5·√2.

    Speed at 2 and upfront cost at 1: the small tuned model leads by 2 · 2f against the prompt's 3g.
    """
    scores = np.array([[3.0, 5.0], [5.0, 2.0]])  # prompting and fine_tune_small on latency and upfront_cost
    small = first_shares(scores, np.array([2.0, 1.0]))[1]
    # P(4 f > 3 g) = P(ln f - ln g > ln 3/4) = Φ(-ln 0.75 / (0.5 √2)) = Φ(0.4068) = 0.6579
    assert small == pytest.approx(0.6579, abs=0.02)


def test_a_weight_of_nothing_stays_nothing_in_every_weighting():
    """Speed alone: whatever the factor, the small tuned model is first."""
    assert shares_of(matrix=only(latency=1))["fine_tune_small"] == 1


def test_with_no_weight_at_all_the_weightings_are_drawn_around_equal_ones():
    equal = shares_of(matrix={"weights": dict.fromkeys(CRITERIA, 1)})
    assert shares_of(matrix=only()) == equal
    assert max(equal.values()) < 1


# tippings


def leads(means, approach, by=0.0):
    return means[approach] >= max(means.values()) - by


@settings(deadline=None, max_examples=40)
@given(
    failures=st.fixed_dictionaries({}, optional={mode: st.integers(0, 12) for mode in second.FIT}),
    weights=st.fixed_dictionaries(
        {key: st.sampled_from((0, 0.5, 1, 1, 2, 3, 5)) for key in CRITERIA}
        | {"upfront_cost": st.sampled_from((0.5, 1, 4)), "latency": st.sampled_from((0.5, 1, 4))}
    ),
    own=st.lists(own_scores, max_size=2, unique_by=lambda own: own[:2]),
)
def test_beyond_a_tipping_its_leader_leads_and_before_it_does_not(failures, weights, own):
    """And where none is named, a weight can go all the way and the leader stays.

    The second reading says who leads; two weights above nothing keep the mean defined.
    """
    scores = {cell: float(score) for cell, score in second.scores_of(failures, own).items()}

    def means_with(changed):
        now = weights | changed
        return {a: sum(now[c] * scores[a, c] for c in CRITERIA) / sum(now.values()) for a in second.APPROACHES}

    overrides = [{"approach": a, "criterion": c, "score": s, "reason": "r"} for a, c, s in own]
    matrix = matrix_of(failures=failures, matrix={"weights": weights, "overrides": overrides})
    first = matrix.ranking[0]
    step, tie = 1e-3, 1e-8
    for tipping in matrix.tippings:
        now = weights[tipping.criterion]
        assert tipping.weight < MOST if tipping.above else tipping.weight > LEAST
        assert tipping.distance == pytest.approx(abs(tipping.weight - now), abs=1e-8)
        assert tipping.leader != first
        beyond = tipping.weight + (step if tipping.above else -step)
        assert LEAST - step <= beyond <= MOST + step
        before = tipping.weight + (-step if tipping.above else step)
        after = means_with({tipping.criterion: beyond})
        assert after[tipping.leader] > after[first]
        # A third one may draw level within the step; by how much it can lead hangs on the weight there is then.
        assert leads(after, tipping.leader, by=8 * step / (sum(weights.values()) - now + beyond))
        if tipping.distance > step:
            assert leads(means_with({tipping.criterion: before}), first, by=tie)
    named = {(tipping.criterion, tipping.above) for tipping in matrix.tippings}
    assert len(named) == len(matrix.tippings)
    for criterion in CRITERIA:
        for above, bound in ((True, MOST), (False, LEAST)):
            if (criterion, above) not in named:
                assert leads(means_with({criterion: bound}), first, by=tie), criterion


def test_tippings_stand_nearest_first():
    distances = [tipping.distance for tipping in matrix_of().tippings]
    assert distances == sorted(distances)
    assert len(distances) > 3


def test_a_tipping_by_hand():
    """Speed 1 and upfront cost 1, nothing else: the prompt has 3 + 5 = 8, another model 3 + 4, the small model 5 + 2.

    With speed at w it is 3w + 5 against 5w + 2, so the small model leads above w = 1.5; with upfront cost at w
    it is 3 + 5w against 5 + 2w, so it leads below w = 2/3.
    """
    tippings = matrix_of(matrix=only(latency=1, upfront_cost=1)).tippings
    found = {
        (t.criterion, t.above): (t.leader, t.weight) for t in tippings if t.criterion in ("latency", "upfront_cost")
    }
    assert found == {
        ("latency", True): ("fine_tune_small", pytest.approx(1.5)),
        ("upfront_cost", False): ("fine_tune_small", pytest.approx(2 / 3)),
    }


def test_with_the_same_mean_any_move_towards_the_rival_tips():
    """Speed 1.5 and upfront cost 1: a tie, and the prompt stands first. Which way the rival gains is told rightly."""
    matrix = matrix_of(matrix=only(latency=1.5, upfront_cost=1))
    assert [row.approach for row in matrix.rows[:2]] == ["prompting", "fine_tune_small"]
    assert matrix.rows[0].mean == matrix.rows[1].mean
    found = {(t.criterion, t.above) for t in matrix.tippings if t.distance == 0 and t.leader == "fine_tune_small"}
    assert {("latency", True), ("upfront_cost", False)} <= found
    assert ("upfront_cost", True) not in found
    assert ("latency", False) not in found


def test_a_tie_at_the_end_of_the_scale_is_no_tipping():
    """Speed alone: all are level only where it weighs nothing.

    Upfront cost 10/3 and speed w: the prompt's 3w + 50/3 and the small model's 5w + 20/3 are level at w = 5.
    """
    assert matrix_of(matrix=only(latency=1)).ranking[0] == "fine_tune_small"
    assert ("latency", False) not in {(t.criterion, t.above) for t in matrix_of(matrix=only(latency=1)).tippings}
    level_at_five = matrix_of(matrix=only(latency=4, upfront_cost=10 / 3))
    assert level_at_five.ranking[0] == "prompting"
    assert ("latency", True) not in {
        (t.criterion, t.above) for t in level_at_five.tippings if t.leader == "fine_tune_small"
    }


@pytest.mark.parametrize("scale", [1e-12, 1e-300])
def test_tiny_weights_tip_from_the_leader_of_the_ranking(scale):
    """Upfront cost alone: the prompt leads; speed alone: the small model, however little it weighs."""
    for criterion, first in (("upfront_cost", "prompting"), ("latency", "fine_tune_small")):
        matrix = matrix_of(matrix=only(**{criterion: scale}))
        assert matrix.ranking[0] == first
        assert first not in {tipping.leader for tipping in matrix.tippings}


def test_with_no_weight_at_all_the_least_weight_on_a_criterion_lets_its_best_lead():
    """The prompt leads where all count the same; any weight on speed alone, and the small model does."""
    matrix = matrix_of(matrix=only())
    assert matrix.ranking[0] == "prompting"
    found = {tipping.criterion: tipping for tipping in matrix.tippings}
    for criterion, digits in second.BASE_SCORES.items():
        best = second.ranking_of(second.columns(digits))[0]
        if second.columns(digits)["prompting"] < second.columns(digits)[best]:
            assert (found[criterion].leader, found[criterion].weight, found[criterion].above) == (best, 0, True)
            assert matrix_of(matrix=only(**{criterion: 0.01})).ranking[0] == best
        else:
            assert criterion not in found


# what a weight may hang on


def test_a_weight_may_be_raised_by_any_answer_that_is_asked():
    """The framework is data: also by one that does not decide the verdict."""
    criteria = tuple(
        replace(criterion, raised_by=("behavior_stable",)) if criterion.key == "operations" else criterion
        for criterion in FRAMEWORK.matrix.criteria
    )
    framework = replace(FRAMEWORK, matrix=replace(FRAMEWORK.matrix, criteria=criteria))
    for value, weight in (("yes", 3), ("no", 1)):
        document = document_of({"behavior_stable": value})
        matrix = compare_approaches(framework, document, cases_of(framework, document.answers))
        assert matrix.weights["operations"] == weight
    assert rows_of(matrix)["prompting"].cells["operations"].score == 5
