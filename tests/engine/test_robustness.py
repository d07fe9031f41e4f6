"""How settled a verdict is: every completion of what is unsure, what to find out first (method.md, section 6).

That the possible verdicts and their shares are those of a second reading, tests/oracle/ shows.
"""

from typing import Any

import numpy as np
import pytest

from assessments.engine.robustness import EXACT_UP_TO, completions, how_settled, is_settled
from assessments.engine.verdict import judge

from ..oracle.documents import some_document
from .documents import CEILING_HIT, FRAMEWORK, decide_on, document_of, ground_of, read

KEYS = FRAMEWORK.deciding_keys
CASE = CEILING_HIT | {"consistent_behavior": "yes", "domain_knowledge": "yes"}
ALL_NO = dict.fromkeys(KEYS, "no") | CASE | {"tuning_available": "yes", "newest_model_tried": "yes"}


def settled_of(answers: Any = None, failures: Any = None, **parts: Any) -> Any:
    return how_settled(ground_of(document_of(answers, failures, **parts)))


def test_a_completion_weighs_by_the_priors_of_its_answers() -> None:
    """tuning_available 0.8 yes, examples_inconsistent 0.2 yes: tuning is open in 0.8 · 0.8 of it."""
    found = settled_of(ALL_NO | {"tuning_available": "unsure", "examples_inconsistent": "unsure"})
    assert found.exact
    assert dict(found.possible_approaches) == {
        "fine_tune_large": pytest.approx(0.64), "optimize_prompts": pytest.approx(0.36),
    }  # fmt: skip
    assert found.stability == "leaning"


@pytest.mark.parametrize(
    ("unsure", "stability"), [((), "settled"), (("tuning_available",), "provisional"),
                              (("tuning_available", "examples_inconsistent"), "leaning")],
)  # fmt: skip
def test_stability_in_a_word(unsure: Any, stability: str) -> None:
    """method.md: leaning where no verdict has three quarters. The prior of `tuning_available` is 0.8."""
    assert settled_of(ALL_NO | dict.fromkeys(unsure, "unsure")).stability == stability


def test_a_settled_verdict_has_nothing_to_find_out() -> None:
    found = settled_of(ALL_NO)
    assert (found.settled, dict(found.possible_approaches), found.find_out_next) == (
        True, {"fine_tune_large": 1.0}, (),
    )  # fmt: skip


def test_shares_stand_likeliest_first_and_add_up_to_one() -> None:
    for seed in range(0, 200, 10):
        found = how_settled(ground_of(read(some_document(seed))))
        shares = list(found.possible_approaches.values())
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) == pytest.approx(1)
        assert is_settled(ground_of(read(some_document(seed)))) is found.settled


def test_only_what_decides_is_asked_about() -> None:
    assert settled_of().unsure == KEYS
    assert len(KEYS) == 28


def test_twelve_unsure_answers_are_exact_and_thirteen_an_estimate() -> None:
    for unsure in (EXACT_UP_TO, EXACT_UP_TO + 1):
        known = dict.fromkeys(KEYS[unsure:], "yes")
        assert len(settled_of(known).unsure) == unsure
        assert settled_of(known).exact is (unsure == EXACT_UP_TO)


def test_an_estimate_is_the_same_each_time() -> None:
    first, again = settled_of({}, {"tool_failure": 1}), settled_of({}, {"tool_failure": 1})
    assert not first.exact
    assert first == again


@pytest.mark.parametrize("known", [CASE, {"retrieval_optimized": "na"}])
def test_an_estimate_is_near_the_shares_of_all_completions(known: Any) -> None:
    """4,096 draws: within four standard errors of the exact share, for each approach."""
    rest = dict.fromkeys(KEYS[14:], "no")
    ground = ground_of(document_of(rest | known))
    found = how_settled(ground)
    unsure = found.unsure
    drawn, weights = completions(FRAMEWORK, ground.document.answers, unsure, exact=False)
    estimate = np.bincount(judge(ground, drawn).approach, weights=weights, minlength=len(FRAMEWORK.approach))
    everything, weights = completions(FRAMEWORK, ground.document.answers, unsure, exact=True)
    exact = np.bincount(judge(ground, everything).approach, weights=weights, minlength=len(FRAMEWORK.approach))
    assert estimate == pytest.approx(exact, abs=4 * (0.25 / 4096) ** 0.5)
    assert sum(exact) == pytest.approx(1)


def test_the_first_question_by_hand() -> None:
    """Unsure: whether tuning is on offer (0.8), and whether reviewers differ (0.2): 0.64 and 0.36.

    Gini 1 − 0.64² − 0.36² = 0.4608. To know about the offer: 0.8 · (1 − 0.8² − 0.2²) + 0.2 · 0 = 0.256; about the
    reviewers: 0.8 · (1 − 0.8² − 0.2²) + 0.2 · 0 = 0.256. They draw level, so the framework's order stands.
    """
    answers = ALL_NO | {"tuning_available": "unsure", "examples_inconsistent": "unsure", "brand_voice": "unsure"}
    assert settled_of(answers).find_out_next == ("examples_inconsistent", "tuning_available")


def test_what_a_verdict_waits_for_comes_before_all_else() -> None:
    decision = decide_on(CASE | {"few_shot_used": "unsure", "multiple_models": "unsure"})
    assert decision.confirm == ("multiple_models", "few_shot_used")
    assert decision.robustness.find_out_next[:2] == decision.confirm
    assert len(set(decision.robustness.find_out_next)) == len(decision.robustness.find_out_next)
