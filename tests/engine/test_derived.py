"""What a stated number already says is not asked again: the answer follows from it, until somebody answers."""

from typing import Any

import pytest

from assessments.engine.decide import verdict_on
from assessments.engine.document import Document

from .documents import FRAMEWORK, document_of, judge_on

LIMITS = FRAMEWORK.thresholds
ROWS = [
    {"label": "Refund", "required": 150, "available": 700, "reviewed": 120},
    {"label": "Other", "required": 150, "available": 400, "reviewed": 80},
]


def with_number(key: str, number: float, **answers: str) -> Document:
    if key == "monthly_requests":
        return document_of(answers, use_case={"name": "A", key: number})
    return document_of(answers, readiness={key: number})


@pytest.mark.parametrize(
    ("key", "number", "question", "answer"),
    [
        ("monthly_requests", LIMITS.low_volume_below - 1, "low_volume", "yes"),
        ("monthly_requests", LIMITS.low_volume_below, "low_volume", "unsure"),
        ("monthly_requests", LIMITS.high_volume_above, "low_volume", "unsure"),
        ("monthly_requests", LIMITS.high_volume_above + 1, "low_volume", "no"),
        ("labelled_examples", 0, "insufficient_data", "yes"),
        ("labelled_examples", LIMITS.enough_examples - 1, "insufficient_data", "yes"),
        ("labelled_examples", LIMITS.enough_examples, "insufficient_data", "no"),
        ("reviewer_agreement", LIMITS.reviewer_agreement - 0.01, "examples_inconsistent", "yes"),
        ("reviewer_agreement", LIMITS.reviewer_agreement, "examples_inconsistent", "no"),
    ],
)
def test_a_number_answers_a_question_that_nobody_answered(key: str, number: Any, question: str, answer: str) -> None:
    document = with_number(key, number)
    assert document.answers.value(question) == answer
    assert (f"answers.{question}" in document.derived) == (answer != "unsure")


@pytest.mark.parametrize("own", ["yes", "no", "unsure"])
def test_an_own_answer_always_wins_even_that_one_is_not_sure(own: str) -> None:
    document = with_number("monthly_requests", 40_000, low_volume=own)
    assert document.answers.value("low_volume") == own
    assert document.derived == {}


def test_an_own_answer_that_contradicts_the_number_is_still_told() -> None:
    verdict = verdict_on(FRAMEWORK, with_number("monthly_requests", 40_000, low_volume="yes"))
    assert "low_volume_but_many" in {finding.code for finding in verdict.findings}


def test_a_derived_answer_contradicts_nothing_and_counts_as_a_reason_against() -> None:
    verdict = verdict_on(FRAMEWORK, with_number("monthly_requests", 40))
    assert verdict.counts.anti_indicators == 1
    assert not {finding.code for finding in verdict.findings if finding.kind == "contradiction"}


def test_rows_of_examples_are_counted_and_the_count_answers_in_turn() -> None:
    document = document_of(data=ROWS)
    assert document.readiness == {"labelled_examples": 1100, "reviewed_examples": 200}
    assert document.answers.value("insufficient_data") == "no"
    assert document.derived["answers.insufficient_data"].of == "readiness.labelled_examples"


def test_a_count_that_somebody_typed_stands_beside_other_rows() -> None:
    document = document_of(data=ROWS, readiness={"labelled_examples": 346})
    assert document.readiness["labelled_examples"] == 346
    assert document.answers.value("insufficient_data") == "yes"


def test_no_rows_say_nothing() -> None:
    assert document_of(data=[]).derived == {}


def test_what_is_derived_is_no_part_of_what_was_stated() -> None:
    document = with_number("labelled_examples", 500)
    assert "answers.insufficient_data" not in document.stated


def test_it_is_opinion_as_long_as_nothing_shows_the_number() -> None:
    assert with_number("monthly_requests", 40).answers["low_volume"].strength == "opinion"


def test_a_number_that_says_nothing_changes_no_verdict() -> None:
    assert judge_on().counts == judge_on(use_case={"name": "A", "monthly_requests": 5_000}).counts
