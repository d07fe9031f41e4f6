"""How settled a verdict is: every completion of what is unsure, what to find out first (method.md, section 6)."""

from collections import Counter
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.robustness import EXACT_UP_TO, completions, how_settled
from assessments.engine.verdict import deciding_keys, judge

from . import second_reading as second
from .documents import CEILING_HIT, FRAMEWORK, document_of, ground_of, judge_on
from .test_second_reading import failure_counts

KEYS = deciding_keys(FRAMEWORK)


def settled_of(answers=None, failures=None, **parts):
    return how_settled(ground_of(document_of(answers, failures, **parts)))


def completed(answers):
    """The documents' answers with every yes or no to what is unsure."""
    unsure = [key for key in KEYS if answers.get(key, "unsure") == "unsure"]
    for values in product(("no", "yes"), repeat=len(unsure)):
        yield answers | dict(zip(unsure, values, strict=True))


def shares(outcomes):
    return {name: count / len(outcomes) for name, count in Counter(outcomes).items()}


@st.composite
def partly_known(draw, most_unsure, least_unsure=0):
    """Deciding answers of which so many are unsure, by being left out or by saying so."""
    order = draw(st.permutations(KEYS))
    unsure = draw(st.integers(least_unsure, most_unsure))
    value = st.sampled_from(("yes", "yes", "no"))
    answers = {key: draw(value) for key in order[unsure:]}
    if "retrieval_optimized" in answers and draw(st.booleans()):
        answers["retrieval_optimized"] = "na"
    return answers | {key: "unsure" for key in order[:unsure] if draw(st.booleans())}


def of_engine(answers, failures):
    verdict = judge_on(answers, failures)
    return verdict.leaf, verdict.approach


def of_second(answers, failures):
    return second.leaf(answers), second.verdict(answers, failures)[1]


def assert_brute_force_agrees(answers, failures, reading):
    found = settled_of(answers, failures)
    assert found.exact
    outcomes = [reading(full, failures) for full in completed(answers)]
    assert len(outcomes) == 2 ** len(found.unsure)
    assert dict(found.possible_leaves) == pytest.approx(shares([leaf for leaf, _ in outcomes]))
    assert dict(found.possible_approaches) == pytest.approx(shares([approach for _, approach in outcomes]))
    assert found.settled == (len({approach for _, approach in outcomes}) == 1)


# the possible verdicts


@settings(deadline=None, max_examples=40)
@given(answers=partly_known(5), failures=failure_counts)
def test_possible_verdicts_are_those_of_every_completion(answers, failures):
    assert_brute_force_agrees(answers, failures, of_engine)


@settings(deadline=None, max_examples=40)
@given(answers=partly_known(9), failures=failure_counts)
def test_possible_verdicts_are_those_of_the_second_reading(answers, failures):
    assert_brute_force_agrees(answers, failures, of_second)


@settings(deadline=None, max_examples=6)
@given(answers=partly_known(EXACT_UP_TO, EXACT_UP_TO), failures=failure_counts)
def test_possible_verdicts_of_twelve_unsure_answers(answers, failures):
    assert_brute_force_agrees(answers, failures, of_second)


def test_possible_verdicts_of_twelve_unsure_answers_document_by_document():
    """4,096 documents, each decided on its own; rule 8 asks the matrix in many of them."""
    known = CEILING_HIT | {"knowledge_gaps": "no"}
    assert len(settled_of(known).unsure) == 12
    assert_brute_force_agrees(known, {"tool_failure": 1, "policy_tone": 3}, of_engine)


@settings(deadline=None, max_examples=40)
@given(answers=partly_known(EXACT_UP_TO), failures=failure_counts)
def test_the_verdict_itself_is_possible(answers, failures):
    """Unsure counts as not established, which is what all its noes are; `na` is no unsure."""
    verdict, found = judge_on(answers, failures), settled_of(answers, failures)
    assert verdict.leaf in found.possible_leaves
    assert verdict.approach in found.possible_approaches
    assert sum(found.possible_leaves.values()) == pytest.approx(1)
    assert sum(found.possible_approaches.values()) == pytest.approx(1)


@settings(deadline=None, max_examples=40)
@given(answers=partly_known(19, EXACT_UP_TO + 1), failures=failure_counts)
def test_the_verdict_itself_is_possible_in_an_estimate_too(answers, failures):
    verdict, found = judge_on(answers, failures), settled_of(answers, failures)
    assert not found.exact
    assert verdict.leaf in found.possible_leaves
    assert verdict.approach in found.possible_approaches


@settings(deadline=None, max_examples=40)
@given(answers=partly_known(EXACT_UP_TO), failures=failure_counts)
def test_possible_leaves_are_those_of_the_tree(answers, failures):
    """method.md 3.1: the tree's own count of what an unsure answer can still decide."""
    assert set(settled_of(answers, failures).possible_leaves) == second.possible_leaves(answers)


@settings(deadline=None, max_examples=40)
@given(answers=partly_known(EXACT_UP_TO, 1), failures=failure_counts, data=st.data())
def test_one_more_answer_never_adds_a_possible_verdict(answers, failures, data):
    before = settled_of(answers, failures)
    key = data.draw(st.sampled_from(before.unsure))
    values = FRAMEWORK.questions[key].choices
    for value in (value for value in values if value != "unsure"):
        after = settled_of(answers | {key: value}, failures)
        assert set(after.possible_approaches) <= set(before.possible_approaches)
        assert set(after.possible_leaves) <= set(before.possible_leaves)
        assert not (before.settled and not after.settled)


def test_a_settled_verdict_has_nothing_to_find_out():
    found = settled_of({"exploration_phase": "yes"})
    assert (found.settled, dict(found.possible_approaches), found.find_out_next) == (True, {"prompting": 1.0}, ())
    assert len(found.unsure) == 18


def test_shares_stand_commonest_first():
    found = settled_of(CEILING_HIT | {"knowledge_gaps": "no"})
    for possible in (found.possible_leaves, found.possible_approaches):
        assert list(possible.values()) == sorted(possible.values(), reverse=True)
        assert len(possible) > 2


def test_only_the_nineteen_that_decide_are_asked_about():
    assert settled_of().unsure == KEYS
    assert len(KEYS) == 19
    assert set(KEYS) == set(second.DECIDING)


# more than twelve


def test_twelve_unsure_answers_are_exact_and_thirteen_an_estimate():
    known = dict.fromkeys(KEYS[:7], "yes")
    assert settled_of(known).exact
    assert not settled_of(dict.fromkeys(KEYS[:6], "yes")).exact


def test_an_estimate_is_the_same_each_time():
    for answers in ({}, CEILING_HIT, {"prompts_succeed": "no"}):
        first, again = settled_of(answers, {"tool_failure": 1}), settled_of(answers, {"tool_failure": 1})
        assert not first.exact
        assert first == again


@pytest.mark.parametrize("answers", [{}, CEILING_HIT, {"retrieval_optimized": "na"}, {"domain_knowledge": "yes"}])
def test_an_estimate_is_near_the_shares_of_all_completions(answers):
    """4,096 draws: within four standard errors of the exact share, for each approach and each leaf."""
    ground = ground_of(document_of(answers))
    found = how_settled(ground)
    everything = judge(ground, completions(FRAMEWORK, ground.document.answers, found.unsure, exact=True))
    for names, indexes, possible in (
        (list(FRAMEWORK.approach), everything.approach, found.possible_approaches),
        (list(FRAMEWORK.leaf), everything.leaf, found.possible_leaves),
    ):
        exact = np.bincount(indexes, minlength=len(names)) / len(indexes)
        for name, share in zip(names, exact, strict=True):
            error = 4 * (share * (1 - share) / 4096) ** 0.5
            assert possible.get(name, 0.0) == pytest.approx(share, abs=error + 1e-12)


# what to find out


def differing(outcomes):
    """How many differ from the commonest."""
    return len(outcomes) - max(Counter(outcomes).values()) if outcomes else 0


def expected_drops(answers, failures):
    """By each unsure key: how much knowing it lowers the share of completions that differ from the commonest."""
    full = list(completed(answers))
    outcomes = [second.verdict(one, failures)[1] for one in full]
    drops = {}
    for key in KEYS:
        if answers.get(key, "unsure") == "unsure":
            halves = [[o for one, o in zip(full, outcomes, strict=True) if one[key] == v] for v in ("yes", "no")]
            drops[key] = Fraction(differing(outcomes) - sum(map(differing, halves)), len(full))
    return drops


@settings(deadline=None, max_examples=40)
@given(answers=partly_known(8, 1), failures=failure_counts)
def test_questions_are_ranked_by_how_much_knowing_them_would_settle(answers, failures):
    """Most first. Among equals those that bring any two completions closer stand before the rest."""
    found = settled_of(answers, failures)
    drops = expected_drops(answers, failures)
    assert set(drops) == set(found.unsure)
    assert set(found.find_out_next) <= set(found.unsure)
    assert len(set(found.find_out_next)) == len(found.find_out_next)
    if found.settled:
        assert found.find_out_next == ()
        return
    ranked = [drops[key] for key in found.find_out_next]
    assert ranked == sorted(ranked, reverse=True)
    assert ranked[0] == max(drops.values())
    assert {key for key in found.unsure if drops[key] > 0} <= set(found.find_out_next)


def test_the_first_question_by_hand():
    """Unsure: examples in the prompt, and whether data may leave the house. Brand voice is a reason.

    Without examples: a better prompt, 2 of 4 completions. With them: a tuned large or small model, 1 of 4
    each. So 2 of 4 differ from the commonest. To know about the examples leaves 0 of 2 or 1 of 2: a drop of
    1/4. To know about the data leaves 1 of 2 on either side: no drop.
    """
    known = CEILING_HIT | dict.fromkeys((*second.FACTORS, "needs_fresh_knowledge", "knowledge_gaps"), "no")
    answers = known | {"brand_voice": "yes", "few_shot_used": "unsure", "data_sovereignty": "unsure"}
    found = settled_of(answers)
    shares_by_hand = {"prompting": 0.5, "fine_tune_large": 0.25, "fine_tune_small": 0.25}
    assert dict(found.possible_approaches) == shares_by_hand
    assert expected_drops(answers, {}) == {"few_shot_used": Fraction(1, 4), "data_sovereignty": 0}
    assert found.find_out_next == ("few_shot_used", "data_sovereignty")
    assert settled_of(answers | {"few_shot_used": "yes"}).find_out_next == ("data_sovereignty",)


def test_the_questions_stand_by_what_they_settle_and_not_as_they_are_asked():
    """Whether answers follow changing documents settles five of sixteen completions, another model one."""
    known = CEILING_HIT | dict.fromkeys((*second.FACTORS, "needs_fresh_knowledge", "knowledge_gaps"), "no")
    unsure = dict.fromkeys(("multiple_models", "data_sovereignty", "low_volume", "needs_fresh_knowledge"), "unsure")
    answers = known | {"brand_voice": "yes"} | unsure
    drops = {"multiple_models": 1, "data_sovereignty": 0, "low_volume": 0, "needs_fresh_knowledge": 5}
    assert expected_drops(answers, {}) == {key: Fraction(drop, 16) for key, drop in drops.items()}
    assert settled_of(answers).find_out_next[:2] == ("needs_fresh_knowledge", "multiple_models")


def test_where_nothing_settles_the_most_the_one_that_narrows_most_comes_first():
    """With nothing known every question leaves the commonest outcome as it is; these two narrow it most."""
    assert set(settled_of({}).find_out_next[:2]) == {"exploration_phase", "needs_fresh_knowledge"}


def test_where_no_answer_alone_would_settle_anything_all_are_named():
    """Unsure: whether another model was tried, and whether found facts are misused; no reason holds.

    Not tried: another model (rule 7). Tried: better retrieval where facts are misused, else another model
    (rule 11). So 1 of 4 differs, and 1 of 4 still would with either of the two known.
    """
    known = CEILING_HIT | dict.fromkeys((*second.FACTORS, "needs_fresh_knowledge"), "no")
    answers = known | {"multiple_models": "unsure", "knowledge_gaps": "unsure"}
    found = settled_of(answers)
    assert dict(found.possible_approaches) == {"other_model": 0.75, "better_rag": 0.25}
    assert expected_drops(answers, {}) == {"multiple_models": 0, "knowledge_gaps": 0}
    assert found.find_out_next == ("multiple_models", "knowledge_gaps")
