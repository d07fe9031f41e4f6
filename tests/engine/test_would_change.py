"""What would change a verdict: the smallest sets of known answers whose flip names another approach (method.md 6)."""

from itertools import combinations

import pytest
from hypothesis import given, settings

from assessments.engine.robustness import MOST_CHANGES, would_change
from assessments.engine.verdict import deciding_keys

from . import second_reading as second
from .documents import CEILING_HIT, FRAMEWORK, document_of, ground_of, judge_on
from .test_second_reading import deciding_answers, failure_counts

KEYS = deciding_keys(FRAMEWORK)
OPPOSITE = {"yes": "no", "no": "yes"}
# What a team can bring about by its own work; a regulation, a volume or a need of the business it cannot.
CAN_MAKE = {
    **dict.fromkeys(second.CEILING_FIVE, "yes"),
    **dict.fromkeys(("exploration_phase", "insufficient_data", "knowledge_gaps"), "no"),
    **dict.fromkeys(("cost_optimization", "latency_requirements"), "no"),
}


def changes_of(answers, failures=None, **parts):
    return would_change(ground_of(document_of(answers, failures, **parts)))


def expected_changes(answers, failures):
    """Every single flip, then every pair without one of these, that gives another approach; actionable first."""
    now = second.verdict(answers, failures)[1]
    known = [key for key in KEYS if answers.get(key) in OPPOSITE]
    found: list[tuple[bool, dict[str, str], str]] = []
    alone: set[str] = set()
    for size in (1, 2):
        for keys in combinations(known, size):
            flip = {key: OPPOSITE[answers[key]] for key in keys}
            then = second.verdict(answers | flip, failures)[1]
            if then != now and not (size == 2 and alone & set(keys)):
                found.append((all(CAN_MAKE.get(key) == flip[key] for key in keys), flip, then))
                alone |= set(keys) if size == 1 else set()
    return sorted(found, key=lambda one: (not one[0], len(one[1])))


def test_what_a_team_can_bring_about():
    """method.md 6: an example count can grow; a regulation cannot."""
    assert {key: FRAMEWORK.questions[key].team_can_make for key in KEYS if FRAMEWORK.questions[key].team_can_make} == {
        key: CAN_MAKE[key] for key in KEYS if key in CAN_MAKE
    }


@settings(deadline=None, max_examples=40)
@given(answers=deciding_answers, failures=failure_counts)
def test_the_changes_are_the_smallest_sets_whose_flip_matters(answers, failures):
    """All of them where there are at most twelve, the first twelve where there are more."""
    found = [(change.actionable, dict(change.flip), change.approach) for change in changes_of(answers, failures)]
    assert found == expected_changes(answers, failures)[:MOST_CHANGES]


@settings(deadline=None, max_examples=25)
@given(answers=deciding_answers, failures=failure_counts)
def test_each_change_is_what_the_changed_document_says(answers, failures):
    now = judge_on(answers, failures).approach
    changes = changes_of(answers, failures)
    singles = {key for change in changes if len(change.flip) == 1 for key in change.flip}
    for change in changes:
        assert change.approach != now
        assert judge_on(answers | dict(change.flip), failures).approach == change.approach
        assert all(answers[key] == OPPOSITE[value] for key, value in change.flip.items())
        assert len(change.flip) == 1 or not singles & set(change.flip)
    if len(changes) < MOST_CHANGES:
        for key in (key for key in KEYS if answers.get(key) in OPPOSITE):
            flipped = judge_on(answers | {key: OPPOSITE[answers[key]]}, failures).approach
            assert (flipped != now) == (key in singles), key


@settings(deadline=None, max_examples=40)
@given(answers=deciding_answers, failures=failure_counts)
def test_what_the_team_can_act_on_comes_first(answers, failures):
    changes = changes_of(answers, failures)
    order = [(not change.actionable, len(change.flip)) for change in changes]
    assert order == sorted(order)
    assert len(changes) <= MOST_CHANGES


@pytest.mark.parametrize(
    ("answers", "flip", "then", "actionable"),
    [
        ({"exploration_phase": "yes", "needs_fresh_knowledge": "yes"}, {"exploration_phase": "no"}, "better_rag", True),
        ({"prompts_succeed": "yes", "needs_fresh_knowledge": "yes"}, {"prompts_succeed": "no"}, "better_rag", False),
        (CEILING_HIT | {"data_sovereignty": "yes", "brand_voice": "yes"}, {"data_sovereignty": "no"},
         "fine_tune_large", False),
        (CEILING_HIT | {"few_shot_used": "no", "brand_voice": "yes"}, {"few_shot_used": "yes"},
         "fine_tune_large", True),
    ],
)  # fmt: skip
def test_a_change_by_hand(answers, flip, then, actionable):
    (change,) = [change for change in changes_of(answers) if dict(change.flip) == flip]
    assert (change.approach, change.actionable) == (then, actionable)


def test_two_answers_that_only_together_matter_are_a_pair():
    """Two steps of the ceiling open: either one alone still leaves the other."""
    answers = CEILING_HIT | {"brand_voice": "yes", "few_shot_used": "no", "prompt_structured": "no"}
    changes = {frozenset(change.flip): change for change in changes_of(answers)}
    pair = changes[frozenset({"few_shot_used", "prompt_structured"})]
    assert (pair.approach, pair.actionable) == ("fine_tune_large", True)
    assert frozenset({"few_shot_used"}) not in changes


def test_an_answer_that_is_unsure_or_does_not_apply_is_not_flipped():
    answers = CEILING_HIT | {"retrieval_optimized": "na", "brand_voice": "yes", "low_volume": "unsure"}
    flipped = {key for change in changes_of(answers) for key in change.flip}
    assert flipped
    assert flipped.isdisjoint({"retrieval_optimized", "low_volume"})


def test_with_nothing_known_nothing_can_be_flipped():
    assert changes_of({}) == ()
