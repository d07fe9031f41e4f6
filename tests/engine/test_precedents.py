"""Which published cases are similar: method.md 7, every term of the score, ties, and the limit on one group."""

import random
from dataclasses import replace
from typing import Any

import pytest

from assessments.engine.diagnosis import diagnose
from assessments.engine.precedents import similar
from assessments.engine.result_json import result_json
from assessments.framework.precedents import Precedent

from .documents import FRAMEWORK, decide_on, decide_on_example, raw_document, read

KEYS = [
    "consistent_behavior",
    "cost_optimization",
    "latency_requirements",
    "data_sovereignty",
    "needs_fresh_knowledge",
    "changing_requirements",
    "prompts_succeed",
    "exploration_phase",
    "domain_knowledge",
    "insufficient_data",
]


def case(key: Any = "a", **parts: Any) -> Any:
    plain = {
        "title": key,
        "year": 2024,
        "group": key,
        "source": "arXiv 2405.00732",
        "published_by": "paper",
        "evidence": "measured",
        "task_kind": "code",
        "task": "Write code.",
        "happened": "It worked.",
        "outcome": "fine_tune",
        "answers": {},
    }
    return Precedent(key=key, **(plain | parts))


def found_among(
    *cases: Any,
    answers: Any = None,
    failures: Any = None,
    task_kind: Any = "extraction",
    approach: Any = "fine_tune_small",
) -> Any:
    """The similar ones of these cases for a document with these parts and this verdict."""
    use_case = {"name": "A"} | ({"task_kind": task_kind} if task_kind else {})
    document = read(raw_document(use_case=use_case, answers=answers or {}, failures=failures or {}))
    framework = replace(FRAMEWORK, precedents=replace(FRAMEWORK.precedents, cases=cases))
    return similar(framework, document, diagnose(framework, document.failures), approach=approach)


def keys_among(*cases: Any, **parts: Any) -> Any:
    return [found.case.key for found in found_among(*cases, **parts)]


def score(one: Any, **parts: Any) -> Any:
    (found,) = found_among(one, **parts)
    return found.similarity


def test_the_rules_are_those_of_the_method() -> None:
    rules = FRAMEWORK.precedents.similarity
    assert [question.key for question in rules.questions] == KEYS
    assert (rules.same_kind, rules.same_answer, rules.same_failure_group) == (3, 1, 2)
    assert (rules.shown, rules.most_of_one_group) == (5, 2)


@pytest.mark.parametrize(
    ("here", "there", "points"),
    [("code", "code", 3), ("code", "drafting", 0), (None, "code", 0), ("other", "other", 3)],
)
def test_the_same_kind_of_task_counts_three(here: str | None, there: str, points: int) -> None:
    assert score(case(task_kind=there), task_kind=here) == points


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    ("here", "there", "points"),
    [
        ("yes", "yes", 1),
        ("no", "no", 1),
        ("yes", "no", -1),
        ("no", "yes", -1),
        ("unsure", "yes", 0),
        ("yes", None, 0),
        (None, "no", 0),
        (None, None, 0),
    ],
)
def test_each_answer_counts_for_or_against_where_both_know_it(
    key: Any, here: str | None, there: str | None, points: int
) -> None:
    answers = {key: here} if here else {}
    assert score(case(answers={key: there} if there else {}), answers=answers) == points


@pytest.mark.parametrize("key", ["brand_voice", "low_volume", "prompt_variations", "target_missed"])
def test_other_answers_count_nothing(key: str) -> None:
    assert score(case(answers={key: "yes"}), answers={key: "yes"}) == 0


@pytest.mark.parametrize(
    ("failures", "dominant", "points"),
    [
        ({"format_failure": 9}, "format_failure", 2),
        ({"format_failure": 9}, "policy_tone", 2),  # another mode of the same group
        ({"format_failure": 9}, "reasoning", 0),
        ({"format_failure": 9}, "", 0),
        ({"format_failure": 5, "reasoning": 5}, "format_failure", 0),  # none has more than half
        ({}, "format_failure", 0),
    ],
)
def test_the_same_dominant_failure_group_counts_two(failures: Any, dominant: str, points: int) -> None:
    assert score(case(dominant_failure=dominant), failures=failures) == points


def test_the_terms_add_up() -> None:
    alike = dict.fromkeys(KEYS, "yes")
    one = case(task_kind="extraction", answers=alike, dominant_failure="reasoning")
    assert score(one, answers=alike, failures={"reasoning": 1}) == 15
    assert score(one, answers=dict.fromkeys(KEYS, "no")) == 3 - 10


def test_what_only_the_outcome_told_counts_as_unknown() -> None:
    one = case(answers={"prompts_succeed": "yes", "brand_voice": "no"}, hindsight=("prompts_succeed",))
    assert score(one, answers={"prompts_succeed": "yes"}) == 0
    assert score(one, answers={"prompts_succeed": "no"}) == 0
    (found,) = found_among(one, answers={"prompts_succeed": "yes"})
    assert found.because == ()


def test_the_most_similar_comes_first_whatever_its_evidence() -> None:
    near = case("near", evidence="choice_only", year=2020, task_kind="extraction")
    assert keys_among(case("far"), near) == ["near", "far"]


def test_ties_go_to_better_evidence_then_to_the_newer_case() -> None:
    tied = [
        case("old", year=2022),
        case("new", year=2025),
        case("told", evidence="qualitative", year=2026),
        case("claimed", evidence="vendor_claim", year=2026),
        case("chosen", evidence="choice_only", year=2026),
    ]
    assert keys_among(*reversed(tied)) == ["new", "old", "told", "claimed", "chosen"]


def test_at_most_two_of_one_group_are_shown() -> None:
    alike = {"task_kind": "extraction", "group": "one"}
    near = [case(key, **alike) for key in ("a", "b", "c", "d")]
    far = [case(key) for key in ("v", "w", "x", "y")]
    assert keys_among(*near, *far) == ["a", "b", "v", "w", "x"]


def test_fewer_cases_than_five_are_all_shown() -> None:
    assert keys_among(case("a"), case("b")) == ["a", "b"]
    assert keys_among() == []


def test_the_order_of_the_cases_does_not_matter() -> None:
    cases = list(FRAMEWORK.precedents.cases)
    parts = {"answers": {"consistent_behavior": "yes", "exploration_phase": "no"}, "task_kind": "code"}
    wanted = keys_among(*cases, **parts)
    assert len(wanted) == 5
    for seed in range(5):
        random.Random(seed).shuffle(cases)
        assert keys_among(*cases, **parts) == wanted


def test_the_reasons_say_what_is_alike_and_nothing_else() -> None:
    one = case(
        task_kind="extraction",
        dominant_failure="policy_tone",
        answers={
            "changing_requirements": "no",
            "consistent_behavior": "yes",
            "domain_knowledge": "yes",
            "insufficient_data": "no",
        },
    )
    answers = {"changing_requirements": "no", "consistent_behavior": "yes", "domain_knowledge": "no"}
    (found,) = found_among(one, answers=answers, failures={"policy_tone": 1})
    assert found.because == (
        "task_kind",
        "failure_group",
        "consistent_behavior.yes",
        "changing_requirements.no",
    )


OTHER_WAY = {"outcome": "prompting"}


def test_the_closest_that_went_the_other_way_takes_the_last_place_where_no_other_does() -> None:
    near = [case(key, task_kind="extraction") for key in ("a", "b", "c", "d", "e")]
    far = [case("y", **OTHER_WAY), case("z", year=2025, **OTHER_WAY)]
    assert keys_among(*near, *far) == ["a", "b", "c", "d", "z"]
    assert keys_among(*near, *far, approach="prompting") == ["a", "b", "c", "d", "e"]


def test_one_that_is_close_enough_keeps_its_place() -> None:
    near = [case(key, task_kind="extraction") for key in ("b", "c", "d", "e")]
    assert keys_among(case("a", task_kind="extraction", **OTHER_WAY), *near) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("approach", "wanted"),
    [("fine_tune_large", "z"), ("hybrid", "z"), ("classifier", "z"), ("better_rag", "e"), ("other_model", "e")],
)
def test_a_classifier_is_trained_as_a_tuned_model_is(approach: str, wanted: str) -> None:
    near = [case(key, task_kind="extraction") for key in ("a", "b", "c", "d", "e")]
    assert keys_among(*near, case("z", **OTHER_WAY), approach=approach)[-1] == wanted


def test_the_one_that_went_the_other_way_counts_among_its_group() -> None:
    near = [case(key, task_kind="extraction", group="one") for key in ("a", "b")]
    others = [case(key) for key in ("v", "w", "x")]
    far = [case("y", group="one", **OTHER_WAY), case("z", year=2020, **OTHER_WAY)]
    assert keys_among(*near, *others, *far) == ["a", "b", "v", "w", "z"]


def test_the_service_desk_is_most_like_other_classifiers() -> None:
    decision = decide_on_example("service_desk")
    found = result_json(decision)["precedents"]
    assert [one["id"] for one in found] == [
        "medical-text-100-labels",
        "ielts-scoring",
        "medical-coding-prompts",
        "loraland-legal",
        "german-tumour-icd",
    ]
    assert found[0]["similarity"] == 8
    assert found[0]["because"] == [
        "task_kind",
        "consistent_behavior.yes",
        "domain_knowledge.yes",
        "insufficient_data.yes",
        "needs_fresh_knowledge.no",
        "exploration_phase.no",
    ]
    assert decision.closest_other_way in decision.precedents
    assert not FRAMEWORK.precedents.won(decision.closest_other_way.case)


def test_every_document_has_five_of_which_no_three_share_a_source() -> None:
    for decision in (decide_on(), decide_on(dict.fromkeys(KEYS, "no"))):
        groups = [found.case.group for found in decision.precedents]
        assert len(groups) == 5
        assert max(map(groups.count, groups)) <= 2
