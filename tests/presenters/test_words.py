"""What the engine's codes and figures become in words: conditions, findings, gaps, reasons and plans."""

import dataclasses
from typing import Any

import pytest

from assessments.engine.decision import Decision
from assessments.framework import names
from assessments.framework.figures import COUNTS
from assessments.framework.names import FINDINGS, MISSING_FOR_GO
from assessments.presenters.findings import present_findings
from assessments.presenters.lenses import present_lenses
from assessments.presenters.matrix import heat_rows, origins_of
from assessments.presenters.plan import PlanView, present_plan
from assessments.presenters.robustness import present_settled
from assessments.presenters.words import (
    WRITINGS,
    because_in_words,
    closed_in_words,
    gap_in_words,
    opens_in_words,
    parts_ways,
    why,
)
from tests.engine.documents import CEILING_HIT, CEILING_STEPS_DONE, FRAMEWORK, decide_on, decide_on_example
from tests.engine.test_cost_scores import DOLLARS
from tests.engine.test_findings import CASES, findings_of

TUNES = CEILING_HIT | {"consistent_behavior": "yes", "data_sovereignty": "yes"}


def shown(decision: Decision) -> PlanView:
    return present_plan(decision, {})


def tasks_of(decision: Decision) -> list[str]:
    return [task.text for phase in shown(decision).phases for task in phase.tasks]


@pytest.mark.parametrize(("code", "given", "_"), CASES)
def test_a_finding_has_its_words(code: Any, given: Any, _: Any) -> None:
    (view,) = present_findings(FRAMEWORK, findings_of(given))
    for words in (view.message, view.what_to_do):
        assert words.endswith((".", "?"))
        assert "{" not in words
    assert (view.message == FRAMEWORK.finding[code].message) == (not FINDINGS[code])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"goal": "domain", "labelled_examples": 4321}, ("4,321", "100,000 documents")),
        ({"tool_failure": 1100, "should_abstain": 900}, ("1,100 of 2,000 failures",)),
        ({"format_failure": 1200, "policy_tone": 34}, ("(1,234)",)),
    ],
)
def test_a_finding_names_this_assessment_s_figures(given: Any, words: Any) -> None:
    (view,) = present_findings(FRAMEWORK, findings_of(given))
    assert all(figure in view.message for figure in words), view.message


@pytest.mark.parametrize(
    ("code", "figures", "words"),
    [
        ("gate.reviewed_examples", {"needed": 200, "have": None}, "At least 200 reviewed examples (none entered yet)"),
        ("gate.reviewed_examples", {"needed": 200, "have": 150}, "At least 200 reviewed examples (now 150)"),
        (
            "examples",
            {"needed": 10_000, "goal": "safety", "have": 999},
            "At least 10,000 preference pairs for this goal (now 999)",
        ),
        ("payback", {"months": 6, "have": None}, "Payback in under 6 months (now never)"),
        ("payback", {"months": 6.0, "have": 8.0612}, "Payback in under 6 months (now 8.1 months)"),
        ("payback", {"months": 6.0, "have": 6.05}, "Payback in under 6 months (now 6.05 months)"),
        ("strategic_payback", {"months": 24.0, "have": 24.001}, "Payback within 24 months (now just over 24 months)"),
        ("approach_costs", {"approach": "hybrid"}, "The costs of “Tune plus retrieval” in the detailed form"),
    ],
)
def test_what_a_go_lacks_is_said_with_its_figures(code: str, figures: Any, words: str) -> None:
    assert set(figures) == set(MISSING_FOR_GO[code])
    assert gap_in_words(FRAMEWORK, code, figures) == words


def test_a_lens_says_what_it_found() -> None:
    decision = decide_on(TUNES | {"target_missed": "unsure"}, readiness={"reviewed_examples": 1200})
    words = {view.key: [one.text for one in view.conditions] for view in present_lenses(decision)}
    assert words["decision_tree"] == [
        "Prompt ceiling reached: 5 of 5 steps tried, target not judged yet",
        "More than 3 reasons for: 2 of 6",
        "Fewer than 2 reasons against: 0 of 5",
    ]
    assert words["confidence_score"] == ["(2 − 0) / 11 = 0.18: weak"]
    assert words["net_score"] == ["2 − 0 = 2: moderate"]
    assert "Cost per request too high or Need for faster answers" in words["production_rule"]
    assert words["training_gate"][2] == "200 reviewed examples: 1,200"
    bare = {view.key: [one.text for one in view.conditions] for view in present_lenses(decide_on())}
    assert bare["training_gate"][2] == "200 reviewed examples: not entered"


def test_every_reason_of_the_verdict_is_a_sentence_without_a_blank() -> None:
    decision = decide_on(CEILING_HIT | {"brand_voice": "yes"})
    assert why(decision).endswith(".")
    assert f"“{FRAMEWORK.leaf[decision.leaf].name}”" in parts_ways(decision)
    for gate in FRAMEWORK.gates:
        for text in (closed_in_words(FRAMEWORK, gate.key), opens_in_words(FRAMEWORK, gate.key), gate.short):
            assert "{" not in text
    for code in (*FRAMEWORK.gate, *FRAMEWORK.verdict.because):
        assert because_in_words(FRAMEWORK, [code]).endswith(".")


def test_why_names_two_reasons_at_most_and_no_code_that_nobody_knows() -> None:
    every = list(FRAMEWORK.gate)
    assert because_in_words(FRAMEWORK, every) == because_in_words(FRAMEWORK, every[:2])
    assert because_in_words(FRAMEWORK, ["ceiling_steps_open"]) == ""
    assert because_in_words(FRAMEWORK, ["As it was stored."]) == "As it was stored."


def test_how_many_questions_there_are_of_a_kind_is_counted() -> None:
    assert closed_in_words(FRAMEWORK, "step_skipped").startswith("At least one of the five cheaper steps")
    counts = {name: FRAMEWORK.figures[name] for name in COUNTS}
    assert counts == {"ceiling_steps": 5, "reasons_for": 6, "reasons_against": 5, "factors": 11}


def test_a_framework_can_ask_for_every_way_of_writing_there_is_and_for_no_other() -> None:
    assert names.WRITINGS == WRITINGS


# ---------- the matrix


def cells_of(decision: Decision, criterion: str) -> dict[str, str]:
    row = next(row for row in heat_rows(decision) if row.criterion.key == criterion)
    return {key: cell.reason for key, cell in zip(decision.matrix.ranking, row.cells, strict=True)}


def test_a_score_from_costs_names_the_dollars_and_the_cheapest() -> None:
    approaches = {
        name: {"other_monthly": monthly, "upfront_cash": upfront} for name, (monthly, upfront) in DOLLARS.items()
    }
    decision = decide_on(costs={"detailed": {"approaches": approaches}})
    run, upfront = cells_of(decision, "run_cost"), cells_of(decision, "upfront_cost")
    assert (
        run["hybrid"] == "$400 in an average month, from the detailed costs; the cheapest is “Tune a small model”, $200"
    )
    assert upfront["prompting"] == "$1,000 once, from the detailed costs; the cheapest is going on as today, $0"
    assert run["fine_tune_small"].endswith("nothing there is cheaper")
    assert run["tools"] == "Base score of this product, as it is not in the detailed costs"


def test_a_score_from_failures_names_those_it_helps_most() -> None:
    decision = decide_on(failures={"policy_tone": 6, "missing_knowledge": 1, "reasoning": 5})
    label = FRAMEWORK.questions["policy_tone"].label.lower()
    told = cells_of(decision, "fixes_failures")["fine_tune_small"]
    assert told == f"From 12 counted failures; it helps most with “{label}” (6 of them, fit 5 of 5)"
    one = cells_of(decide_on(failures={"tool_failure": 1}), "fixes_failures")
    assert one["tools"].startswith("From 1 counted failure; ")


def test_a_weight_says_why_it_is_what_it_is() -> None:
    answers = {"consistent_behavior": "yes", "brand_voice": "yes", "cost_optimization": "yes"}
    decision = decide_on(answers, matrix={"weights": {"run_cost": 4}})
    reasons = {row.criterion.key: row.weight_reason for row in heat_rows(decision)}
    first, second = (f"“{FRAMEWORK.questions[key].label}”" for key in ("consistent_behavior", "brand_voice"))
    assert reasons["consistency"] == f"Because of {first} and {second}"
    assert (reasons["run_cost"], reasons["latency"]) == ("Set by you", "Default")
    names = {criterion.key: criterion.name for criterion in FRAMEWORK.matrix.criteria}
    weights = [line for line in origins_of(decision) if ", weight " in line]
    assert weights == [
        f"{names['consistency']}, weight 3: {reasons['consistency']}",
        f"{names['run_cost']}, weight 4: Set by you",
    ]


# ---------- the plan


def test_a_plan_is_titled_by_its_weeks() -> None:
    assert shown(decide_on_example("task_api")).heading == "Next: a pilot of seven weeks"


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (0, "Sort 200 to 500 recent failures by their main cause."),
        (1, "Sort 199 to 499 more failures by their main cause, beside the 1 counted so far."),
        (199, "Sort 1 to 301 more failures by their main cause, beside the 199 counted so far."),
        (200, "Sort recent failures by their main cause."),
    ],
)
def test_how_many_failures_to_sort(counted: int, words: str) -> None:
    assert tasks_of(decide_on(TUNES, {"policy_tone": counted}))[0] == words


@pytest.mark.parametrize(
    ("goal", "labelled", "words"),
    [
        ("persona", 299, "Collect 201 more examples: the goal asks for 500, you have 299. Allow two weeks for it."),
        (
            "knowledge",
            0,
            "Collect 1,000 more examples: the goal asks for 1,000, you have 0. Allow five weeks for it.",
        ),
        ("safety", 9_000, "Collect 1,000 more preference pairs: the goal asks for 10,000, you have 9,000."),
        ("persona", None, "Count your examples: the goal asks for at least 500."),
    ],
)
def test_how_many_examples_to_collect(goal: str, labelled: int | None, words: str) -> None:
    readiness = {} if labelled is None else {"labelled_examples": labelled}
    assert words in tasks_of(decide_on(TUNES, use_case={"name": "A", "goal": goal}, readiness=readiness))


def test_labels_that_fall_short_are_named_with_what_is_missing() -> None:
    rows = [{"label": label, "required": n, "available": 0, "reviewed": 0} for label, n in (("VPN", 4), ("{a}", 1500))]
    assert "Fill the labels that fall short: VPN, 4 more; {a}, 1,500 more." in tasks_of(decide_on(TUNES, data=rows))


def test_long_labels_are_cut_and_many_are_counted() -> None:
    rows = [{"label": f"{'x' * 200}{i}", "required": 9, "available": 0, "reviewed": 0} for i in range(8)]
    words = next(text for text in tasks_of(decide_on(TUNES, data=rows)) if text.startswith("Fill"))
    assert words.count("x…, 9 more") == 5
    five = next(text for text in tasks_of(decide_on(TUNES, data=rows[:5])) if text.startswith("Fill"))
    assert "other labels" not in five
    assert words.endswith("; and 3 other labels.")
    assert len(words) < 600


def test_the_steps_that_are_open_are_named() -> None:
    decision = decide_on(CEILING_STEPS_DONE | {"few_shot_used": "no", "prompt_structured": "unsure"})
    assert "Still open: “Examples in the prompt”, “Structured prompt”." in tasks_of(decision)


def test_blockers_are_named_the_heaviest_first() -> None:
    closing = shown(decide_on(TUNES | {"insufficient_data": "yes", "low_volume": "yes"})).phases[-1]
    assert [task.text for task in closing.tasks] == ["In this order: “Low volume”, “Too few examples”."]
    assert (closing.gate, closing.when) == ("Fewer than 2 reasons against are left.", "Before any tuning")


def test_the_last_gate_names_the_planning_period() -> None:
    decision = decide_on(TUNES, costs={"horizon_months": 12})
    assert "for 12 months" in shown(decision).phases[-1].gate


def test_each_label_apart() -> None:
    rows = [{"label": label, "required": n, "available": n, "reviewed": n} for label, n in (("a", 150), ("b", 50))]
    assert "Each label apart, “b” above all" in [one.text for one in shown(decide_on(TUNES, data=rows)).slices]


def test_thresholds_of_the_framework_stand_in_the_points() -> None:
    points = [point.text for point in shown(decide_on(TUNES)).checklists[0].points]
    assert "At least 200 good examples, each read by a person" in points
    assert not any("{" in text for text in points)


# ---------- actions


@pytest.mark.parametrize("ours", list(FRAMEWORK.verdict.action_names))
@pytest.mark.parametrize("firm", list(FRAMEWORK.verdict.action_names))
def test_another_action_on_evidence_alone_is_said_in_words(ours: Any, firm: Any) -> None:
    decision = decide_on()
    short = dataclasses.replace(decision.on_evidence_alone, action=firm)
    told = present_settled(dataclasses.replace(decision, action=ours, on_evidence_alone=short)).evidence
    assert "_" not in told
    assert ("the verdict is the same" in told) == (ours == firm)
