"""The check-answers page: every answer in words, the open ones first."""

from typing import Any

import pytest

from assessments.presenters.review import open_rows, present_review

from ..documents import full_document, named
from ..visits import FRAMEWORK
from .answers import decision_and_answers


def review(document: dict[str, Any]) -> Any:
    return present_review(FRAMEWORK, decision_and_answers(document)[1])


def test_every_question_has_a_row_in_its_section(example: Any) -> None:
    rows = [(part.section.key, row.question.key) for part in review(example) for row in part.rows]
    assert rows == [(section.key, question.key) for section in FRAMEWORK.sections for question in section.questions]


def test_a_row_says_the_answer_its_evidence_and_its_strength() -> None:
    answer = {"value": "yes", "evidence": "50 replies", "link": "https://e.org", "strength": "documented"}
    said = {"value": "yes", "strength": "measured"}
    document = named(answers={"brand_voice": answer, "low_volume": "no", "eval_set": said, "owner_named": "unsure"})
    rows = {row.question.key: row for part in review(document) for row in part.rows}
    row = rows["brand_voice"]
    assert (row.words, row.evidence, row.link, row.strength) == ("Yes", "50 replies", "https://e.org", "Documented")
    assert (rows["low_volume"].words, rows["low_volume"].strength) == ("No", "")
    assert [key for key, row in rows.items() if row.firm] == ["brand_voice"], "what shows nothing is not firm"
    assert [rows[key].known for key in ("low_volume", "owner_named", "data_sovereignty")] == [True, False, False]
    assert (rows["data_sovereignty"].words, row.anchor) == ("", "q-brand_voice")


def test_open_are_the_unanswered_and_the_unsure_but_neither_optional_ones_nor_costs_nor_counts() -> None:
    keys = [row.question.key for row in open_rows(review(named(answers={"brand_voice": "unsure"})))]
    assert "brand_voice" in keys
    assert keys == [
        question.key
        for question in FRAMEWORK
        if not question.optional and question.role != "cost" and question.place != "failures" and question.key != "name"
    ]


@pytest.mark.parametrize("answered", ["no", "na"])
def test_no_and_does_not_apply_are_not_open(answered: str) -> None:
    rows = open_rows(review(named(answers={"retrieval_optimized": answered})))
    assert "retrieval_optimized" not in [row.question.key for row in rows]


def test_nothing_is_open_when_everything_is_answered() -> None:
    assert open_rows(review(full_document())) == []
