"""Each finding: a document that raises it, and changes of one answer or number that keep it away (method.md 3.8)."""

from typing import Any

import pytest

from assessments.engine.findings import findings_in
from assessments.framework.names import FINDINGS

from .documents import CEILING_HIT, FRAMEWORK, document_of, ground_of


def rows(*labels: str, reviewed: int = 0) -> list[dict[str, Any]]:
    """Rows of the table of examples, with enough of each label."""
    return [{"label": label, "required": 20, "available": 20, "reviewed": reviewed} for label in labels]


_TODAY = {"cacheable_tokens": 2500, "output_tokens": 300, "input_price": 2, "output_price": 60}
BILLED = {"detailed": {"monthly_requests": 100_000, "approaches": {"status_quo": _TODAY}}}
"""$2,300 a month."""

# The finding, then what raises it, then single changes after which it is not raised.
Raised = tuple[str, dict[str, Any], list[dict[str, Any]]]
RAISED: list[Raised] = [
    ("tuning_for_facts", {"domain_knowledge": "yes", "needs_fresh_knowledge": "yes"},
     [{"domain_knowledge": "no"}, {"needs_fresh_knowledge": "unsure"}, {"needs_fresh_knowledge": "no"}]),
    ("tuning_for_facts", {"domain_knowledge": "yes", "missing_knowledge": 3, "should_abstain": 2},
     [{"domain_knowledge": "unsure"}, {"should_abstain": 3}, {"missing_knowledge": 2}]),
    ("facts_as_goal", {"goal": "knowledge"},
     [{"goal": "persona"}, {"goal": None}]),
    ("tuning_before_prompts", {"brand_voice": "yes", "few_shot_used": "no"},
     [{"brand_voice": "no"}, {"brand_voice": "unsure"}, {"few_shot_used": "unsure"}, {"few_shot_used": "yes"}]),
    ("prompt_would_do", {"format_failure": 1, "policy_tone": 1, **CEILING_HIT, "target_missed": "unsure"},
     [{"should_abstain": 1}, {"target_missed": "yes"}]),
    ("no_held_out_set", {"eval_set": "no"}, [{"eval_set": "unsure"}, {"eval_set": "yes"}]),
    ("too_few_examples", {"goal": "format", "labelled_examples": 49},
     [{"labelled_examples": 50}, {"goal": None}, {"labelled_examples": None}]),
    ("too_few_examples", {"goal": "safety", "labelled_examples": 499},
     [{"labelled_examples": 500}, {"goal": "persona"}]),
    ("enough_for_newer_guides", {"goal": "format", "labelled_examples": 499},
     [{"labelled_examples": 500}, {"labelled_examples": 49}, {"goal": None}]),
    ("enough_for_newer_guides", {"goal": "tools", "labelled_examples": 500}, [{"goal": "persona"}]),
    ("enough_for_newer_guides", {"goal": "safety", "labelled_examples": 9999}, [{"labelled_examples": 10_000}]),
    ("goal_without_teacher", {"goal": "distil", "teacher_labels": "no"},
     [{"goal": "labels"}, {"teacher_labels": "unsure"}, {"teacher_labels": "yes"}]),
    ("too_few_examples", {"goal": "domain", "labelled_examples": 0}, [{"labelled_examples": 100_000}]),
    ("noisy_examples", {"examples_inconsistent": "yes"},
     [{"examples_inconsistent": "no"}, {"examples_inconsistent": "unsure"}]),
    ("noisy_examples", {"reviewer_agreement": 0.59}, [{"reviewer_agreement": 0.6}, {"reviewer_agreement": None}]),
    ("noisy_examples", {"reviewer_agreement": 0}, [{"reviewer_agreement": 1}]),
    ("tuning_around_a_defect", {"tool_failure": 1, "wrong_retrieval": 1, "noisy_context": 1, "should_abstain": 2},
     [{"should_abstain": 3}, {"tool_failure": 0}, {"missing_knowledge": 1}]),
    ("missing_capability", {"reasoning": 2, "missing_knowledge": 1},
     [{"reasoning": 1}, {"missing_knowledge": 2}, {"task_kind": "ranking"}]),
    ("labels_or_reasoning", {"reasoning": 3, "wrong_class": 2, "task_kind": "classification"},
     [{"wrong_class": 3}, {"reasoning": 2}, {"task_kind": "drafting"}, {"task_kind": None}]),
    ("no_fallback", {"fallback_path": "no"}, [{"fallback_path": "unsure"}, {"fallback_path": "yes"}]),
    ("no_owner", {"owner_named": "no"}, [{"owner_named": "unsure"}, {"owner_named": "yes"}]),
    ("succeeds_and_misses", {"prompts_succeed": "yes", "target_missed": "yes"},
     [{"prompts_succeed": "no"}, {"target_missed": "no"}, {"target_missed": "unsure"}]),
    ("low_volume_and_costly", {"low_volume": "yes", "cost_optimization": "yes"},
     [{"low_volume": "unsure"}, {"cost_optimization": "no"}]),
    ("stable_and_changing", {"behavior_stable": "yes", "changing_requirements": "yes"},
     [{"behavior_stable": "unsure"}, {"changing_requirements": "no"}]),
    ("enough_data_but_few", {"insufficient_data": "no", "labelled_examples": 999},
     [{"insufficient_data": "unsure"}, {"labelled_examples": 1000}, {"labelled_examples": None}]),
    ("enough_data_but_few", {"insufficient_data": "no", "labelled_examples": 0}, [{"insufficient_data": "yes"}]),
    ("too_little_data_but_many", {"insufficient_data": "yes", "labelled_examples": 1000},
     [{"insufficient_data": "unsure"}, {"labelled_examples": 999}, {"labelled_examples": None}]),
    ("exploring_and_narrow", {"exploration_phase": "yes", "narrow_repeated_task": "yes"},
     [{"exploration_phase": "no"}, {"narrow_repeated_task": "unsure"}]),
    ("low_volume_but_many", {"low_volume": "yes", "monthly_requests": 10_001},
     [{"low_volume": "unsure"}, {"monthly_requests": 10_000}, {"monthly_requests": None}]),
    ("volume_but_few", {"low_volume": "no", "monthly_requests": 999},
     [{"low_volume": "unsure"}, {"monthly_requests": 1000}, {"monthly_requests": None}]),
    ("volume_but_few", {"low_volume": "no", "monthly_requests": 0}, [{"low_volume": "yes"}]),
    ("fast_enough_but_slow", {"latency_requirements": "no", "latency_limit": "yes"},
     [{"latency_requirements": "unsure"}, {"latency_limit": "no"}]),
    ("no_retrieval_but_knowledge", {"retrieval_optimized": "na", "noisy_context": 1, "should_abstain": 1},
     [{"retrieval_optimized": "unsure"}, {"retrieval_optimized": "no"}, {"noisy_context": 0}]),
    ("no_retrieval_but_changing", {"retrieval_optimized": "na", "needs_fresh_knowledge": "yes"},
     [{"retrieval_optimized": "unsure"}, {"retrieval_optimized": "no"}, {"needs_fresh_knowledge": "unsure"}]),
    ("repeated_label", {"data": rows("Refund", "Delivery", " refund ")},
     [{"data": rows("Refund", "Delivery", "Refunds")}, {"data": rows("Refund")}, {"data": None}]),
    ("more_reviewed_than_labelled", {"data": rows("Refund", "Delivery", reviewed=20), "labelled_examples": 39},
     [{"labelled_examples": 40}, {"data": rows("Refund", reviewed=20)}, {"labelled_examples": None}]),
    ("speed_but_nobody_waits", {"latency_requirements": "yes", "waiting_users": 0},
     [{"latency_requirements": "no"}, {"waiting_users": 1}, {"waiting_users": None}]),
    ("bills_apart", {"monthly_requests": 40_000, "cost_per_request": 0.03, "monthly_bill": 1501},
     [{"monthly_bill": 1500}, {"monthly_requests": None}, {"cost_per_request": None}, {"monthly_bill": 961}]),
    ("costs_unlike_bill", {"monthly_bill": 1000, "costs": BILLED},
     [{"monthly_bill": 1875}, {"monthly_bill": 2800}, {"monthly_bill": None}, {"costs": {}}]),
]  # fmt: skip
CASES = [
    pytest.param(code, given, changes, id=f"{code}-{'-'.join(key for key in given if key not in CEILING_HIT)}")
    for code, given, changes in RAISED
]
MISUSES = 13
CONTRADICTIONS = 17


def findings_of(given: Any) -> Any:
    """The findings of a document with these answers and numbers by key; None leaves one out."""
    parts: dict[str, Any] = {"answers": {}, "failures": {}, "readiness": {}, "use_case": {"name": "A"}}
    for key, value in given.items():
        if key == "costs" or (value is not None and key == FRAMEWORK.questions[key].place):
            parts[key] = value
        elif value is not None:
            parts[FRAMEWORK.questions[key].place][key] = value
    document = document_of(**parts)
    ground = ground_of(document)
    return findings_in(FRAMEWORK, document, ground.diagnosis, ground.money)


def codes_of(given: Any) -> Any:
    return [finding.code for finding in findings_of(given)]


@pytest.mark.parametrize(("code", "given", "_"), CASES)
def test_a_finding_is_raised_alone(code: Any, given: Any, _: Any) -> None:
    assert codes_of(given) == [code]


@pytest.mark.parametrize(("code", "given", "changes"), CASES)
def test_one_change_and_it_is_not_raised(code: Any, given: Any, changes: Any) -> None:
    for change in changes:
        assert len(change) == 1
        assert code not in codes_of(given | change), change


@pytest.mark.parametrize(("code", "given", "_"), CASES)
def test_a_finding_names_answers_that_were_given(code: Any, given: Any, _: Any) -> None:
    """What raised it is what its links lead to."""
    (finding,) = findings_of(given)
    assert finding.keys
    assert set(finding.keys) <= set(given)


@pytest.mark.parametrize(("code", "given", "_"), CASES)
def test_a_finding_has_the_figures_that_its_words_name(code: Any, given: Any, _: Any) -> None:
    (finding,) = findings_of(given)
    text = FRAMEWORK.finding[code]
    assert (finding.kind, finding.severity) == (text.kind, text.severity)
    assert set(finding.figures) == set(FINDINGS[code])


def test_every_finding_has_a_document_here() -> None:
    kinds = {code: FRAMEWORK.finding[code].kind for code, _, _ in RAISED}
    assert set(kinds) == set(FRAMEWORK.finding)
    assert list(kinds.values()).count("misuse") == MISUSES
    assert list(kinds.values()).count("contradiction") == CONTRADICTIONS


def test_nothing_known_raises_nothing() -> None:
    assert findings_of({}) == ()


def test_a_contradiction_is_worded_as_a_question() -> None:
    """method.md 3.8."""
    for text in FRAMEWORK.findings:
        if text.kind == "contradiction":
            assert text.message.endswith("?"), text.code


def test_findings_stand_worst_first() -> None:
    given = {"low_volume": "yes", "cost_optimization": "yes", "owner_named": "no", "eval_set": "no"}
    found = findings_of(given | {"few_shot_used": "no"})
    assert [finding.severity for finding in found] == ["high", "medium", "medium", "low"]
    assert found[0].code == "no_held_out_set"
    assert found[-1].code == "low_volume_and_costly"


def test_a_target_that_is_met_leaves_no_step_untried() -> None:
    """All five cheaper steps are done, so nobody is told to finish them."""
    done = CEILING_HIT | {"target_missed": "no", "brand_voice": "yes"}
    assert "tuning_before_prompts" not in codes_of(done)
    (finding,) = [f for f in findings_of(done | {"few_shot_used": "no"}) if f.code == "tuning_before_prompts"]
    assert finding.keys == ("few_shot_used",)


@pytest.mark.parametrize("mode", ["missing_knowledge", "wrong_retrieval", "noisy_context"])
def test_failures_of_knowledge_are_named_by_the_mode_that_was_counted(mode: str) -> None:
    found = {f.code: f for f in findings_of({"domain_knowledge": "yes", mode: 3, "should_abstain": 2})}
    assert found["tuning_for_facts"].keys == ("domain_knowledge", mode)
    (search,) = findings_of({"retrieval_optimized": "na", mode: 1, "should_abstain": 1})
    assert search.keys == ("retrieval_optimized", mode)


@pytest.mark.parametrize(
    ("given", "figures"),
    [
        ({"goal": "domain", "labelled_examples": 4321}, {"have": 4321, "needed": 100_000, "goal": "domain"}),
        ({"insufficient_data": "no", "labelled_examples": 12}, {"have": 12, "limit": 1000}),
        ({"low_volume": "yes", "monthly_requests": 1_234_567}, {"volume": 1_234_567}),
        ({"tool_failure": 1100, "should_abstain": 900}, {"count": 1100, "sample": 2000}),
        (
            {"retrieval_optimized": "na", "noisy_context": 2, "wrong_retrieval": 3, "should_abstain": 9},
            {"count": 5},
        ),
        ({"format_failure": 1200, "policy_tone": 34}, {"sample": 1234}),
        ({"data": rows("A", "B", "C", "B", "A")}, {"first": 2, "again": 4}),
        ({"data": rows("A", *"bcdefg", reviewed=20), "labelled_examples": 139}, {"reviewed": 140, "labelled": 139}),
    ],
)
def test_a_finding_has_this_assessment_s_figures(given: Any, figures: Any) -> None:
    (finding,) = findings_of(given)
    assert finding.figures == figures


def test_the_goal_of_knowledge_always_carries_one_warning() -> None:
    """method.md 5: facts that change belong in retrieval."""
    goal = {"goal": "knowledge"}
    for reasons in ({}, {"domain_knowledge": "yes"}, {"domain_knowledge": "yes", "needs_fresh_knowledge": "yes"}):
        assert len({"facts_as_goal", "tuning_for_facts"} & set(codes_of(goal | reasons))) == 1
