"""Changes of answers and differences of results in words that a person would use."""

from dataclasses import replace
from typing import Any

import pytest

from assessments.engine.fields import LONGEST_TEXT
from assessments.framework import load_framework
from assessments.presenters.changes import answer_move, label_of
from assessments.presenters.version_diff import State, compare
from assessments.services.answer_sheet import sheet_of_document
from assessments.services.history import all_said

from ..documents import example_document, full_document, named

FRAMEWORK = load_framework()
TOOLS = FRAMEWORK.approach["tools"].name


def moved(path: Any, before: Any, after: Any) -> list[tuple[str, str, str]]:
    return [(one.name, one.before, one.after) for one in answer_move(FRAMEWORK, path, before, after).moved]


@pytest.mark.parametrize(
    ("path", "before", "after", "expected"),
    [
        ("answers.brand_voice", None, {"value": "yes"}, [("", "Not answered", "Yes")]),
        ("answers.brand_voice", {"value": "no"}, {"value": "unsure"}, [("", "No", "Not sure")]),
        ("answers.brand_voice", {"value": "no"}, None, [("", "No", "Not answered")]),
        ("answers.retrieval_optimized", {"value": "no"}, {"value": "na"}, [("", "No", "Does not apply")]),
        (
            "costs.hourly_rate",
            {"value": 1200},
            {"value": 0},
            [("", "$1,200 an hour", "$0 an hour")],
        ),
        (
            "use_case.goal",
            {"value": "persona"},
            {"value": "format"},
            [("", "Speak in our voice", "Keep to our format every time")],
        ),
        ("override_weeks", None, {"value": [31, 29.5]}, [("", "Not answered", "31, 29.5")]),
        (
            "data",
            {"value": [{"label": "A", "required": 3, "available": 2, "reviewed": 1}]},
            None,
            [("", "A: required 3, available 2, reviewed 1", "Not answered")],
        ),
        (
            "costs.summary.api_savings",
            {"value": 1500},
            {"value": {"low": 1, "likely": 2, "high": 4}},
            [("", "$1,500 a month", "$2 a month (between 1 and 4)")],
        ),
        (
            "answers.brand_voice",
            {"value": "yes", "evidence": "Seen", "strength": "opinion"},
            {"value": "yes", "evidence": "Measured", "link": "https://e.org/", "strength": "measured"},
            [
                ("Evidence", "Seen", "Measured"),
                ("Link", "Not stated", "https://e.org/"),
                ("Strength", "Opinion", "Measured"),
            ],
        ),
        ("answers.brand_voice", {"value": "yes"}, {"value": "yes"}, []),
        ("costs.currency", None, {"value": "EUR"}, [("", "Not answered", "EUR")]),
        ("costs.detailed.status_quo.calls", {"value": 1}, {"value": 2.5}, [("", "1 calls", "2.5 calls")]),
        ("costs.detailed.hybrid.accuracy", None, {"value": 0.93}, [("", "Nothing entered", "93%")]),
        ("costs.detailed.hybrid.escalation_to", {"value": "tools"}, None, [("", TOOLS, "Nobody")]),
        ("costs.detailed.hybrid", None, {"value": True}, [("", "Not compared", "Compared")]),
        ("no_such_question", {"value": 1}, {"value": 2}, [("", "1", "2")]),
    ],
)
def test_a_change_is_told_from_what_to_what(path: str, before: Any, after: Any, expected: Any) -> None:
    assert moved(path, before, after) == expected


def test_weights_and_scores_of_one_s_own() -> None:
    criterion, approach = FRAMEWORK.matrix.criteria[0], FRAMEWORK.approaches[0]
    assert moved(f"matrix.weights.{criterion.key}", None, {"value": 3}) == [("", "the default", "3")]
    cell = {"value": 4, "evidence": "We tried", "strength": "opinion"}
    assert moved(f"matrix.overrides.{approach.key}.{criterion.key}", None, cell) == [
        ("", "Not scored by you", "4"),
        ("Reason", "Not stated", "We tried"),
    ]


def test_ticks_are_told_as_ticks() -> None:
    assert moved("checks.production.alarm", {"value": True}, None) == [("", "Ticked", "Not ticked")]


def test_a_very_long_text_is_whole() -> None:
    text = "x" * LONGEST_TEXT
    assert moved("use_case.task", None, {"value": text}) == [("", "Not answered", text)]


def test_everything_has_a_name() -> None:
    assert label_of(FRAMEWORK, "answers.brand_voice") == FRAMEWORK.questions["brand_voice"].label
    assert label_of(FRAMEWORK, "matrix.weights.latency") == "Weight of speed"
    assert label_of(FRAMEWORK, "checks.production.alarm") == FRAMEWORK.guide.points["alarm"].text
    assert label_of(FRAMEWORK, "costs.detailed.monthly_requests") == "Requests a month"
    assert label_of(FRAMEWORK, "costs.detailed.status_quo.accuracy") == "Today's prompt: right answers"
    assert label_of(FRAMEWORK, "costs.detailed.hybrid") == f"Detailed costs: {FRAMEWORK.approach['hybrid'].name}"
    assert label_of(FRAMEWORK, "nonsense") == "nonsense"


# two whole states


def state(document: Any) -> State:
    sheet = sheet_of_document(FRAMEWORK, document)
    return State(framework=FRAMEWORK, said=all_said(sheet.stated), result=sheet.result)


def groups_of(diff: Any) -> dict[str, dict[str, tuple[str, str]]]:
    return {group.heading: {one.name: (one.before, one.after) for one in group.moved} for group in diff.groups}


@pytest.mark.parametrize("document", [named(), full_document(), example_document("task_api")], ids=str)
def test_nothing_changed(document: Any) -> None:
    diff = compare(state(document), state(document))
    assert diff.is_same
    assert diff.lead == "Nothing changed."
    assert (diff.answers, diff.groups, diff.reason) == ([], [], None)


def test_what_a_changed_answer_does_to_reason_approach_and_money() -> None:
    before, after = example_document("task_api"), example_document("task_api")
    after["answers"]["exploration_phase"] = {"value": "yes", "evidence": "Eight interviews"}
    after["costs"]["summary"]["api_savings"] = 100
    diff = compare(state(before), state(after))
    assert [(move.path, [(one.name, one.after) for one in move.moved]) for move in diff.answers] == [
        ("answers.exploration_phase", [("", "Yes"), ("Evidence", "Eight interviews")]),
        ("costs.summary.api_savings", [("", "$100 a month")]),
    ]
    assert diff.lead == "2 answers changed. The verdict is another one."
    assert diff.verdict_before == "Fine-tune a small model. Pilot first."
    assert diff.verdict_after == FRAMEWORK.approach["prompting"].verdict
    assert diff.reason
    assert diff.reason.before.startswith("Prompting has run out of room")
    assert diff.reason.after.startswith("You are still finding out")
    groups = groups_of(diff)
    assert groups["Lever, action and path"]["Action"] == ("Pilot first", "Do this first")
    possible = groups["What it could still become"]
    assert possible[FRAMEWORK.approach["fine_tune_small"].name] == ("64%", "Not possible")
    assert groups["Payback and money"]["If you tuned: pays back after"][0] == "4 months"
    assert groups["Counts"]["Reasons against"] == ("0", "1")


def test_costs_that_were_not_there_before() -> None:
    after = example_document("task_api")
    before = {key: part for key, part in after.items() if key != "costs"}
    words = groups_of(compare(state(before), state(after)))["Payback and money"]
    assert words["Costs and benefits"] == ("Not filled in", "Filled in")
    assert words["If you tuned: pays back after"] == ("Not stated", "4 months")


def test_an_answer_that_changes_nothing_else() -> None:
    before, after = example_document("task_api"), example_document("task_api")
    after["use_case"]["task"] = "Another wording"
    diff = compare(state(before), state(after))
    assert diff.lead == "1 answer changed. The verdict stays."
    assert (len(diff.answers), diff.groups, diff.reason) == (1, [], None)


def test_the_same_answers_under_another_result() -> None:
    document = example_document("task_api")
    before = state(document)
    after = replace(before, result=replace(before.result, because=("Because of the moon.",)))
    diff = compare(before, after)
    assert diff.lead == "No answers changed. The same answers give another result."
    assert not diff.is_same


def test_findings_and_gaps_that_come_and_go() -> None:
    before, after = example_document("service_desk"), example_document("service_desk")
    after["use_case"]["goal"] = "format"
    diff = compare(state(before), state(after))
    (group,) = [group for group in diff.groups if group.heading == "Things to look at"]
    assert any("teach the model knowledge" in words for words in group.gone)
