"""The engine against a second, independent reading of method.md 3.1-3.5 and 3.7."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.lenses import (
    confidence_score,
    decision_tree,
    net_score,
    production_rule,
    starting_frame,
    weighted_score,
)

from . import second_reading as second
from .documents import CEILING_HIT, FRAMEWORK, document_of, ground_of, judge_on

NOT_HIT = {  # one way each in which the ceiling is not hit, or not established
    "hit": CEILING_HIT,
    "target met": CEILING_HIT | {"target_missed": "no"},
    "target unsure": CEILING_HIT | {"target_missed": "unsure"},
    "no examples in the prompt": CEILING_HIT | {"few_shot_used": "no"},
    "retrieval not tuned": CEILING_HIT | {"retrieval_optimized": "no"},
    "retrieval does not apply": CEILING_HIT | {"retrieval_optimized": "na"},
    "one model only": CEILING_HIT | {"multiple_models": "unsure"},
}
SAMPLES: dict[str, dict[str, int]] = {
    "no sample": {},
    "tools lead": {"tool_failure": 3, "wrong_retrieval": 1, "policy_tone": 2},
    "knowledge leads": {"tool_failure": 1, "noisy_context": 3, "format_failure": 2},
    "a quarter is knowledge": {"missing_knowledge": 1, "policy_tone": 3},
    "reasoning dominates": {"reasoning": 3, "wrong_retrieval": 1},
    "knowledge dominates": {"missing_knowledge": 3, "reasoning": 1},
}
SCORES = {
    "confidence_score": (confidence_score, second.confidence_value, second.confidence_band),
    "net_score": (net_score, second.net, second.net_band),
    "weighted_score": (weighted_score, second.weighted_value, second.weighted_band),
}


def assert_scores_alike(answers: Any) -> None:
    known = document_of(answers).answers
    assert decision_tree.look(FRAMEWORK, known).stance == second.tree_stance(answers)
    for room, value, band in SCORES.values():
        lens = room.look(FRAMEWORK, known)
        assert lens.value == pytest.approx(float(value(answers)), abs=1e-12)
        assert (lens.band, lens.stance) == (band(answers), second.STANCE_OF_BAND[band(answers)])


def all_combinations(ceiling: Any) -> Iterator[Any]:
    for values in product(("no", "yes"), repeat=len(second.FACTORS)):
        yield ceiling | dict(zip(second.FACTORS, values, strict=True))


@pytest.mark.parametrize("ceiling", NOT_HIT.values(), ids=NOT_HIT)
def test_every_37th_combination_is_read_alike_in_a_document(ceiling: Any) -> None:
    for number, answers in enumerate(all_combinations(ceiling)):
        if number % 37 == 0:
            assert judge_on(answers).leaf == second.leaf(answers)
            assert_scores_alike(answers)


def test_all_combinations_have_the_same_scores() -> None:
    """method.md 3.2-3.4: 2,048 combinations."""
    for answers in all_combinations(CEILING_HIT):
        assert_scores_alike(answers)


def test_the_two_scores_give_different_bands_on_half_of_the_combinations() -> None:
    """method.md 3.3, by the second reading, which the engine is held to above.

    They differ where net is 1 to 5: C(11, 6) + … + C(11, 10) = 1,023, half of 2,048 but one.
    """
    different = 0
    for answers in all_combinations({}):
        different += second.confidence_band(answers) != second.net_band(answers)
    assert different == 1023


ternary = st.sampled_from(("yes", "no", "unsure"))
mostly_yes = st.sampled_from(("yes", "yes", "yes", "yes", "yes", "no", "unsure"))
mostly_no = st.sampled_from(("no", "no", "no", "no", "yes", "unsure"))
deciding_answers = st.fixed_dictionaries(
    {key: st.one_of(ternary, mostly_yes) for key in second.CEILING}
    | {"retrieval_optimized": st.one_of(mostly_yes, st.sampled_from(("yes", "no", "unsure", "na")))}
    | dict.fromkeys(second.INDICATORS, ternary)
    | dict.fromkeys(second.ANTI_INDICATORS, mostly_no)
    | {"needs_fresh_knowledge": mostly_no, "knowledge_gaps": ternary}
)
failure_counts: st.SearchStrategy[dict[str, int]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({mode: st.integers(0, 3) for mode in second.MODES}),
    st.fixed_dictionaries({mode: st.integers(0, 30) for mode in second.MODES}),
    st.sampled_from(list(SAMPLES.values())),
)


@settings(max_examples=40, deadline=None)
@given(answers=deciding_answers)
def test_scores_are_read_alike(answers: Any) -> None:
    assert_scores_alike(answers)


@settings(max_examples=40, deadline=None)
@given(
    answers=st.fixed_dictionaries(dict.fromkeys(second.PRODUCTION_KEYS, st.one_of(ternary, mostly_yes))),
    unlikely=st.fixed_dictionaries({}, optional=dict.fromkeys(second.PRODUCTION_KEYS[-2:], mostly_no)),
    failures=failure_counts,
)
def test_the_production_rule_is_read_alike(answers: Any, unlikely: Any, failures: Any) -> None:
    """method.md 3.5, with everything it looks at."""
    answers |= unlikely
    document = document_of(answers, failures)
    lens = production_rule.look(FRAMEWORK, document.answers, ground_of(document).diagnosis)
    met = [condition.met for condition in lens.conditions]
    assert met[:7].count(True) == second.production_strong(answers)
    assert met[7:].count(False) == second.production_weak(answers, failures)
    assert lens.stance == second.production_stance(answers, failures)


@settings(max_examples=40, deadline=None)
@given(
    answers=st.fixed_dictionaries(
        dict.fromkeys(second.STARTING_KEYS, st.one_of(ternary, mostly_yes, mostly_yes))
        | {"retrieval_optimized": st.one_of(mostly_yes, st.just("na"))}
        | dict.fromkeys(("examples_inconsistent", "needs_fresh_knowledge"), mostly_no)
    ),
    failures=st.one_of(failure_counts, st.just({"format_failure": 2, "missing_knowledge": 1})),
)
def test_the_starting_frame_is_read_alike(answers: Any, failures: Any) -> None:
    """method.md 3.7, with everything it looks at."""
    document = document_of(answers, failures)
    lens = starting_frame.look(FRAMEWORK, document.answers, ground_of(document).diagnosis)
    assert [condition.met for condition in lens.conditions] == second.starting_questions(answers, failures)
    assert lens.stance == second.starting_stance(answers, failures)
    assert lens.names == second.starting_approach(answers)
