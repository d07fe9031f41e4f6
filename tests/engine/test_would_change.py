"""What would change a verdict: the smallest sets of answers whose other value names another approach (method.md 6)."""

from itertools import combinations
from typing import Any

import pytest

from assessments.engine.robustness import MOST_CHANGES, would_change

from ..oracle.documents import some_document
from .documents import CEILING_HIT, FRAMEWORK, document_of, ground_of, judge_on, read

KEYS = FRAMEWORK.deciding_keys
DONE = {*FRAMEWORK.keys("tried"), *(key for key in FRAMEWORK.keys("ceiling") if key != "target_missed")}
CASE = CEILING_HIT | {"consistent_behavior": "yes", "domain_knowledge": "yes"}
# What a team can bring about by its own work; a regulation, a volume or a need of the business it cannot.
CAN_MAKE = {
    **dict.fromkeys(("prompt_variations", "multiple_models", "retrieval_optimized", "few_shot_used"), "yes"),
    **dict.fromkeys(("prompt_structured", "prompt_fix_failed", "newest_model_tried"), "yes"),
    **dict.fromkeys(("prompt_optimizer_tried", "decomposition_tried", "classifier_tried"), "yes"),
    "cheaper_serving_tried": "yes",
    **dict.fromkeys(("exploration_phase", "insufficient_data", "knowledge_gaps", "examples_inconsistent"), "no"),
    **dict.fromkeys(("cost_optimization", "latency_requirements"), "no"),
}


def changes_of(answers: Any, failures: Any = None, **parts: Any) -> Any:
    return would_change(ground_of(document_of(answers, failures, **parts)))


def other_values(answers: Any, key: Any) -> Any:
    value = answers.get(key, "unsure")
    if value == "unsure":
        return ("yes", "no")
    return {"yes": () if key in DONE else ("no",), "no": ("yes",), "na": ()}[value]


def expected_changes(raw: Any) -> Any:
    """Every single change, then every pair without one of these, that gives another approach; actionable first."""

    def leads(answers: Any) -> Any:
        return judge_on(**{key: part for key, part in (raw | {"answers": answers}).items() if key in PARTS}).leads

    answers, found, alone = raw["answers"], [], set()
    now = leads(answers)
    singles = [(key, value) for key in KEYS for value in other_values(answers, key)]
    for one in singles:
        then = leads(answers | dict([one]))
        if then != now:
            found.append(([one], then))
            alone.add(one)
    for pair in combinations(singles, 2):
        if pair[0][0] != pair[1][0] and not alone & set(pair):
            then = leads(answers | dict(pair))
            if then != now:
                found.append((list(pair), then))

    def can_act(key: Any, value: Any) -> Any:
        return answers.get(key, "unsure") == "unsure" or CAN_MAKE.get(key) == value

    told = [(all(can_act(*one) for one in flips), dict(flips), then) for flips, then in found]
    return sorted(told, key=lambda one: (not one[0], len(one[1])))


PARTS = ("answers", "failures", "use_case", "costs", "matrix")


def test_what_a_team_can_bring_about() -> None:
    """method.md 6: an example count can grow; a regulation cannot."""
    made = {key: FRAMEWORK.questions[key].team_can_make for key in KEYS if FRAMEWORK.questions[key].team_can_make}
    assert made == CAN_MAKE


@pytest.mark.parametrize("seed", [1, 5, 13])
def test_the_changes_are_the_smallest_sets_that_matter(seed: int) -> None:
    """All of them where there are at most twelve, the first twelve where there are more."""
    raw = some_document(seed)
    changes = would_change(ground_of(read(raw)))
    found = [(change.actionable, dict(change.flip), change.approach) for change in changes]
    assert found == expected_changes(raw)[:MOST_CHANGES]


def test_each_change_is_what_the_changed_document_says() -> None:
    for seed in range(0, 400, 10):
        raw = some_document(seed)
        now = judge_on(**{key: part for key, part in raw.items() if key in PARTS}).leads
        for change in would_change(ground_of(read(raw))):
            changed = {**raw, "answers": raw["answers"] | dict(change.flip)}
            then = judge_on(**{key: part for key, part in changed.items() if key in PARTS}).leads
            assert now != then == change.approach


def test_work_that_is_done_is_never_undone() -> None:
    for change in changes_of(CASE | {"classifier_tried": "yes"}, use_case={"name": "A", "task_kind": "ranking"}):
        assert not any(value == "no" for key, value in change.flip.items() if key in DONE)


def test_an_unsure_answer_can_come_out_either_way_and_is_the_team_s_to_find_out() -> None:
    changes = {tuple(change.flip.items()): change for change in changes_of(CASE)}
    found = changes[("tuning_available", "no"),]
    assert (found.actionable, found.approach) == (True, "optimize_prompts")


@pytest.mark.parametrize(
    ("answers", "flip", "then", "actionable"),
    [
        (CASE | {"exploration_phase": "yes"}, {"exploration_phase": "no"}, "fine_tune_small", True),
        (CASE | {"prompts_succeed": "yes"}, {"prompts_succeed": "no"}, "fine_tune_small", False),
        (CASE | {"few_shot_used": "no"}, {"few_shot_used": "yes"}, "fine_tune_small", True),
    ],
)
def test_a_change_by_hand(answers: Any, flip: Any, then: str, actionable: bool) -> None:
    (change,) = [change for change in changes_of(answers) if dict(change.flip) == flip]
    assert (change.approach, change.actionable) == (then, actionable)


def test_two_answers_that_only_together_matter_are_a_pair() -> None:
    """Two steps of the ceiling left out: either one alone still leaves the other."""
    answers = CASE | {"few_shot_used": "no", "prompt_structured": "no"}
    changes = {frozenset(change.flip): change for change in changes_of(answers)}
    pair = changes[frozenset({"few_shot_used", "prompt_structured"})]
    assert (pair.approach, pair.actionable) == ("fine_tune_small", True)
    assert frozenset({"few_shot_used"}) not in changes


def test_an_answer_that_does_not_apply_is_not_changed() -> None:
    assert all("retrieval_optimized" not in change.flip for change in changes_of(CASE | {"retrieval_optimized": "na"}))
