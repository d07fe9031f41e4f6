"""Changes of answers and differences of results in words that a person would use."""

from dataclasses import replace

import pytest

from assessments.engine.fields import LONGEST_TEXT
from assessments.framework import load_framework
from assessments.presenters.changes import answer_move, label_of
from assessments.presenters.version_diff import State, compare
from assessments.services.answer_sheet import AnswerSheet, from_document
from assessments.services.versions import contents_of

from ..documents import example_document, full_document, named

FRAMEWORK = load_framework()


def moved(key, before, after) -> list[tuple[str, str, str]]:
    return [(one.name, one.before, one.after) for one in answer_move(FRAMEWORK, key, before, after).moved]


@pytest.mark.parametrize(
    ("key", "before", "after", "expected"),
    [
        ("brand_voice", None, {"value": "yes"}, [("", "Not answered", "Yes")]),
        ("brand_voice", {"value": "no"}, {"value": "unsure"}, [("", "No", "Not sure")]),
        ("brand_voice", {"value": "no"}, None, [("", "No", "Not answered")]),
        ("retrieval_optimized", {"value": "no"}, {"value": "na"}, [("", "No", "Does not apply")]),
        ("monthly_requests", {"value": 1200}, {"value": 0}, [("", "1,200 requests a month", "0 requests a month")]),
        (
            "goal",
            {"value": "persona"},
            {"value": "format"},
            [("", "Speak in our voice", "Keep to our format every time")],
        ),
        ("override_weeks", None, {"value": [31, 29.5]}, [("", "Not answered", "31, 29.5")]),
        (
            "data",
            {"value": [{"label": "A", "required": 3, "available": 2, "reviewed": 1}]},
            None,
            [("", "A: 2 of 3", "Not answered")],
        ),
        (
            "api_savings",
            {"value": 1500},
            {"value": {"low": 1, "likely": 2, "high": 4}},
            [("", "$1,500 a month", "$2 a month (between 1 and 4)")],
        ),
        (
            "brand_voice",
            {"value": "yes", "evidence": "Seen", "strength": "opinion"},
            {"value": "yes", "evidence": "Measured", "link": "https://e.org/", "strength": "measured"},
            [
                ("Evidence", "Seen", "Measured"),
                ("Link", "Not stated", "https://e.org/"),
                ("Strength", "Opinion", "Measured"),
            ],
        ),
        ("brand_voice", {"value": "yes"}, {"value": "yes"}, []),
        (
            "matrix",
            {"value": {"weights": {"effort": 2}}},
            {"value": {"weights": {"effort": 2.5, "quality": 0}, "overrides": []}},
            None,
        ),
        ("checks", {"value": ["alarm"]}, {"value": []}, None),
        ("currency", None, {"value": "EUR"}, [("", "Not stated", "EUR")]),
        (
            "detailed",
            {"value": {"approaches": {"status_quo": {"calls": 1}}}},
            {"value": {"approaches": {"status_quo": {"calls": 2.5}}}},
            [("approaches, status quo, calls", "1", "2.5")],
        ),
        ("no_such_question", {"value": 1}, {"value": 2}, [("", "1", "2")]),
    ],
)
def test_a_change_is_told_from_what_to_what(key, before, after, expected):
    found = moved(key, before, after)
    if expected is None:
        assert found
        assert all(one.isprintable() and "{" not in one for words in found for one in words)
    else:
        assert found == expected


def test_weights_and_scores_of_one_s_own():
    criterion, approach = FRAMEWORK.matrix.criteria[0], FRAMEWORK.approaches[0]
    own = {"approach": approach.key, "criterion": criterion.key, "score": 4, "reason": "We tried"}
    found = moved("matrix", None, {"value": {"weights": {criterion.key: 3}, "overrides": [own]}})
    assert found == [
        (f"Weight of {criterion.name.lower()}", "the default", "3"),
        (f"{approach.name}, {criterion.name.lower()}", "Not scored by you", "4: We tried"),
    ]


def test_ticks_are_named_by_what_they_say():
    point = next(iter(FRAMEWORK.guide.points.values()))
    assert moved("checks", {"value": [point.code]}, None) == [(point.text, "Ticked", "Not ticked")]


def test_a_very_long_text_is_whole():
    text = "x" * LONGEST_TEXT
    assert moved("task", None, {"value": text}) == [("", "Not answered", text)]


def test_everything_has_a_name():
    assert label_of(FRAMEWORK, "brand_voice") == FRAMEWORK.questions["brand_voice"].label
    assert label_of(FRAMEWORK, "matrix") == "Weights and scores of your own"
    assert label_of(FRAMEWORK, "nonsense") == "nonsense"


# two whole states


def state(document) -> State:
    sheet = AnswerSheet(FRAMEWORK, {row.key: row for row in from_document(FRAMEWORK, document)})
    said = {key: content.as_json for key, content in contents_of(sheet).items()}
    return State(framework=FRAMEWORK, said=said, result=sheet.result)


def groups_of(diff) -> dict[str, dict[str, tuple[str, str]]]:
    return {group.heading: {one.name: (one.before, one.after) for one in group.moved} for group in diff.groups}


@pytest.mark.parametrize("document", [named(), full_document(), example_document("task_api")], ids=str)
def test_nothing_changed(document):
    diff = compare(state(document), state(document))
    assert diff.is_same
    assert diff.lead == "Nothing changed."
    assert (diff.answers, diff.groups, diff.rule) == ([], [], None)


def test_what_a_changed_answer_does_to_rule_approach_and_money():
    before, after = example_document("task_api"), example_document("task_api")
    after["answers"]["exploration_phase"] = {"value": "yes", "evidence": "Eight interviews"}
    after["costs"]["summary"]["api_savings"] = 100
    diff = compare(state(before), state(after))
    assert [(move.key, [(one.name, one.after) for one in move.moved]) for move in diff.answers] == [
        ("exploration_phase", [("", "Yes"), ("Evidence", "Eight interviews")]),
        ("api_savings", [("", "$100 a month")]),
    ]
    assert diff.lead == "2 answers changed. The verdict is another one."
    assert diff.verdict_before == "Fine-tune a small model. Pilot first."
    assert diff.verdict_after.startswith(FRAMEWORK.approach["prompting"].verdict)
    assert diff.rule
    assert diff.rule.before.startswith("Rule 9 of 11.")
    assert diff.rule.after.startswith("Rule 2 of 11. You are still finding out")
    groups = groups_of(diff)
    assert groups["Approach, action and path"]["Action"] == ("Pilot first", "Fix this first")
    possible = groups["What it could still become"]
    assert possible[FRAMEWORK.approach["fine_tune_small"].name] == ("100%", "Not possible")
    assert groups["Payback and money"]["Pays back after"][0] == "4 months"
    assert groups["Counts"]["Reasons against"] == ("0", "1")


def test_costs_that_were_not_there_before():
    after = example_document("task_api")
    before = {key: part for key, part in after.items() if key != "costs"}
    words = groups_of(compare(state(before), state(after)))["Payback and money"]
    assert words["Costs and benefits"] == ("Not filled in", "Filled in")
    assert words["Pays back after"] == ("Not stated", "4 months")


def test_an_answer_that_changes_nothing_else():
    before, after = example_document("task_api"), example_document("task_api")
    after["use_case"]["task"] = "Another wording"
    diff = compare(state(before), state(after))
    assert diff.lead == "1 answer changed. The verdict stays."
    assert (len(diff.answers), diff.groups, diff.rule) == (1, [], None)


def test_the_same_answers_under_another_result():
    document = example_document("task_api")
    before = state(document)
    after = replace(before, result=replace(before.result, because=("Because of the moon.",)))
    diff = compare(before, after)
    assert diff.lead == "No answers changed. The same answers give another result."
    assert not diff.is_same


def test_findings_and_gaps_that_come_and_go():
    before, after = example_document("service_desk"), example_document("service_desk")
    after["use_case"]["goal"] = "format"
    diff = compare(state(before), state(after))
    (group,) = [group for group in diff.groups if group.heading == "Things to look at"]
    assert any("teach the model knowledge" in words for words in group.gone)
