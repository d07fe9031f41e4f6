"""Checklists: what an answer proves, what is ticked, what is open; and ticks in the document."""

from typing import Any

import pytest

from assessments.engine.result_json import result_json

from .documents import CEILING_HIT, FRAMEWORK, decide_on, decide_on_example, faults_with, raw_document, read

TUNES = CEILING_HIT | {"consistent_behavior": "yes", "data_sovereignty": "yes"}
TUNED = {"fine_tune_large", "fine_tune_small", "hybrid"}


def states(answers: Any = TUNES, **parts: Any) -> Any:
    decision = decide_on(answers, **parts)
    return {point.point.code: point.state for checklist in decision.checklists for point in checklist.points}


def test_the_source_s_seven_points_stand_in_its_order_with_tuning() -> None:
    """module, checklist."""
    decision = decide_on(TUNES)
    assert [found.checklist.key for found in decision.checklists] == ["training", "production", "logging"]
    assert len(decision.checklists[0].points) == 7
    assert {point.point.source for point in decision.checklists[0].points} == {"module"}


def test_without_tuning_only_what_applies_is_listed() -> None:
    decision = decide_on({})
    assert [found.checklist.key for found in decision.checklists] == ["production", "logging"]
    assert not {"data_named", "settings_kept", "data_safe", "search_watched"} & set(states({}))
    assert "search_watched" in states({}, failures={"wrong_retrieval": 9})


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("prompt_fix_failed", "prompt_fix_tried"),
        ("regression_baseline", "baseline_recorded"),
        ("task_contract", "contract"),
        ("fallback_path", "fallback"),
        ("owner_named", "rebuilt"),
        ("data_safety", "data_safe"),
    ],
)
def test_a_yes_proves_its_point_and_nothing_less_does(key: str, code: str) -> None:
    assert states(TUNES | {key: "yes"})[code] == "met"
    assert [states(TUNES | {key: answer})[code] for answer in ("no", "unsure")] == ["open", "open"]


@pytest.mark.parametrize(("reviewed", "state"), [(199, "open"), (200, "met")])
def test_two_hundred_reviewed_examples_are_met_by_the_count(reviewed: int, state: str) -> None:
    counts = {"labelled_examples": 300, "reviewed_examples": reviewed}
    assert states(readiness=counts)["examples_reviewed"] == state


@pytest.mark.parametrize(
    ("weeks", "state"),
    [([], "open"), ([9, 9, 9], "open"), ([31, 29, 33, 34, 38, 41], "met"), ([41, 38, 34, 33, 29, 20], "open")],
)
def test_corrections_that_hold_are_met_by_the_weeks(weeks: Any, state: str) -> None:
    assert states(override_weeks=weeks)["corrections_hold"] == state


def test_a_tick_counts_and_a_proof_comes_before_it() -> None:
    found = states(TUNES | {"task_contract": "yes"}, checks={"production": ["contract", "alarm"]})
    assert (found["contract"], found["alarm"], found["staged"]) == ("met", "ticked", "open")


def test_what_is_done_is_counted() -> None:
    checks = {"training": ["what_remains"], "production": ["alarm"]}
    decision = decide_on(TUNES | {"prompt_fix_failed": "yes"}, checks=checks)
    assert result_json(decision)["checklists"]["training"] == {
        "done": 2,
        "of": 7,
        "open": [
            "corrections_hold",
            "examples_reviewed",
            "baseline_recorded",
            "held_out_used",
            "loosened_rechecked",
        ],
        "ticked": ["what_remains"],
    }


def test_ticks_never_change_the_verdict() -> None:
    every = {one.key: [point.code for point in one.points] for one in FRAMEWORK.guide.checklists}
    ticked, bare = decide_on_example("service_desk", checks=every), decide_on_example("service_desk")
    assert {**result_json(ticked), "checklists": 0} == {**result_json(bare), "checklists": 0}


def test_ticks_are_read_in_the_order_of_the_framework() -> None:
    assert read(raw_document(checks={"production": ["alarm"], "training": ["prompt_fix_tried"]})).checks == (
        "prompt_fix_tried",
        "alarm",
    )
    assert read(raw_document()).checks == ()


@pytest.mark.parametrize(
    ("checks", "words"),
    [
        ({"training": ["alarm"]}, 'checks.training[0]: "alarm" is not one of prompt_fix_tried, '),
        ({"production": ["alarm", "alarm"]}, "checks.production: names a point twice"),
        ({"production": "alarm"}, "checks.production: must be a list"),
        ({"production": [{"code": "alarm"}]}, "checks.production[0]: "),
        ({"production": [True]}, "checks.production[0]: "),
        ({"tuning": []}, "checks.tuning: is not a known key"),
        (["alarm"], "checks: must be an object"),
    ],
)
def test_ticks_that_cannot_be_are_refused_with_their_place(checks: Any, words: str) -> None:
    faults = faults_with(checks=checks)
    assert len(faults) == 1
    assert faults[0].startswith(words)


def test_every_point_belongs_to_approaches_that_there_are() -> None:
    for point in FRAMEWORK.guide.points.values():
        assert set(point.approaches) <= set(FRAMEWORK.approach)
    assert {key for one in FRAMEWORK.guide.checklists for key in one.approaches} == TUNED
