"""The goals of a tuning project in their order (method.md 5 and 8)."""

from typing import Any

import pytest

from .documents import CEILING_HIT, FRAMEWORK, decide_on

TUNES = CEILING_HIT | {"consistent_behavior": "yes", "data_sovereignty": "yes"}


def goals_of(answers: Any = TUNES, failures: Any = None, goal: Any = None) -> Any:
    use_case = {"name": "A"} | ({"goal": goal} if goal else {})
    decision = decide_on(answers, failures, use_case=use_case)
    assert decision.is_tuning
    assert [step.priority for step in decision.goals] == [f"P{i}" for i in range(len(decision.goals))]
    return [step.goal.key for step in decision.goals]


def test_the_stated_goal_comes_first() -> None:
    assert goals_of(goal="domain") == ["domain", "tools", "safety"]


def test_brand_voice_is_a_goal_of_its_own() -> None:
    assert goals_of(TUNES | {"brand_voice": "yes"}, goal="knowledge") == [
        "knowledge",
        "persona",
        "tools",
        "safety",
    ]


@pytest.mark.parametrize("goal", list(FRAMEWORK.goal))
def test_no_goal_stands_there_twice(goal: Any) -> None:
    goals = goals_of(TUNES | {"brand_voice": "yes"}, {"format_failure": 9, "should_abstain": 1}, goal)
    assert goals[0] == goal
    assert len(goals) == len(set(goals))


def test_a_counted_sample_rules_out_what_it_does_not_show() -> None:
    assert goals_of(failures={"format_failure": 9}, goal="persona") == ["persona", "format"]
    assert goals_of(failures={"policy_tone": 9}, goal="format") == ["format", "persona"]
    assert goals_of(failures={"format_failure": 9, "tool_failure": 1, "should_abstain": 1}) == [
        "format",
        "tools",
        "safety",
    ]


def test_wrong_labels_are_a_goal_of_their_own_and_need_no_tools() -> None:
    use_case = {"name": "A", "task_kind": "classification", "goal": "format"}
    found = [step.goal.key for step in decide_on(TUNES, use_case=use_case).goals]
    assert found == ["format", "safety"]
    assert goals_of(failures={"wrong_class": 9, "policy_tone": 1}) == ["persona", "labels"]


def test_without_a_goal_the_list_begins_with_what_is_left() -> None:
    assert goals_of() == ["tools", "safety"]


def test_without_tuning_there_are_no_goals() -> None:
    decision = decide_on({}, use_case={"name": "A", "goal": "persona"})
    assert (decision.is_tuning, decision.goals) == (False, ())


def test_data_rows_that_fall_short_are_named_with_what_is_missing() -> None:
    """method.md 2.5 and 8: 150 / 150 / 50."""
    rows = [
        {"label": "a", "required": 150, "available": 150, "reviewed": 150},
        {"label": "b", "required": 150, "available": 151, "reviewed": 0},
        {"label": "c", "required": 50, "available": 46, "reviewed": 46},
    ]
    data = decide_on(data=rows, readiness={"labelled_examples": 347}).data
    assert [(gap.label, gap.missing) for gap in data.gaps] == [("c", 4)]
    assert (data.labelled, data.goal) == (347, None)


def test_each_goal_says_why_it_stands_there() -> None:
    def because(answers: Any, failures: Any, goal: Any = "") -> Any:
        use_case = {"name": "A"} | ({"goal": goal} if goal else {})
        return {found.goal.key: found.because for found in decide_on(answers, failures, use_case=use_case).goals}

    assert because(TUNES, None, "domain") == {
        "domain": "stated",
        "tools": "not_counted",
        "safety": "not_counted",
    }
    counted = {"policy_tone": 90, "format_failure": 9, "tool_failure": 1, "should_abstain": 1}
    assert because(TUNES, counted) == {
        "persona": "policy_tone",
        "format": "format_failure",
        "tools": "tool_failure",
        "safety": "should_abstain",
    }
    assert because(TUNES | {"brand_voice": "yes"}, counted)["persona"] == "brand_voice"
