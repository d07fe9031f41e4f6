"""Stored answers become a document and a document becomes answers, without loss."""

from typing import Any

import pytest

from assessments.engine.decide import decide
from assessments.engine.document import read_document
from assessments.engine.result_json import result_json
from assessments.models import StoredValue
from assessments.models.list_entry import UNNAMED
from assessments.services.answer_sheet import AnswerSheet, read_sheet, sheet_of_document
from assessments.services.assessments import start, start_from_document

from ..documents import EXAMPLES, example_document, full_document, named
from ..visits import FRAMEWORK


def round_trip(document: dict[str, Any]) -> dict[str, Any]:
    return sheet_of_document(FRAMEWORK, document).raw


def test_an_example_comes_back_as_it_was(example: Any) -> None:
    assert round_trip(example) == example


def test_an_example_decides_the_same_after_a_round_trip(example: Any) -> None:
    before, after = (read_document(raw, FRAMEWORK) for raw in (example, round_trip(example)))
    assert result_json(decide(FRAMEWORK, after)) == result_json(decide(FRAMEWORK, before))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.django_db
def test_an_example_comes_back_from_the_database_as_it_was(name: Any) -> None:
    document = example_document(name)
    sheet = read_sheet(start_from_document(None, "a browser", None, FRAMEWORK, document))
    assert sheet.raw == document
    assert result_json(sheet.decision) == result_json(decide(FRAMEWORK, read_document(document, FRAMEWORK)))


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {
            "answers": {
                "brand_voice": {"value": "yes", "evidence": "a", "link": "https://e.org", "strength": "measured"}
            }
        },
        {"answers": {"brand_voice": {"value": "no", "strength": "documented"}, "retrieval_optimized": "na"}},
        {"answers": {"brand_voice": "unsure"}},
        {"failures": {"missing_knowledge": 0, "reasoning": 12}, "override_weeks": [31, 29.5]},
        {"readiness": {"labelled_examples": 346, "reviewer_agreement": 0.83}},
        {"data": [{"label": "a", "required": 5, "available": 4, "reviewed": 3}]},
        {"costs": {"strategic_value": "yes", "distribution": "triangular", "currency": "EUR"}},
        {"costs": {"summary": {"api_savings": {"low": 1, "likely": 2, "high": 3}}}},
        {"costs": {"detailed": {"approaches": {"status_quo": {"calls": 1}}}}},
        {"matrix": {"weights": {"latency": 3}}},
        {"use_case": {"task": "Ünïcode \u202e\n<script>", "goal": "persona", "monthly_requests": 0}},
    ],
)
def test_every_part_comes_back_as_it_was(parts: Any) -> None:
    document = named(**parts)
    read_document(document, FRAMEWORK)
    assert round_trip(document) == document


def test_an_answer_without_evidence_takes_the_short_form() -> None:
    long = named(answers={"brand_voice": {"value": "yes", "evidence": "", "link": "", "strength": "opinion"}})
    assert round_trip(long) == named(answers={"brand_voice": "yes"})


def test_every_question_is_kept_under_its_place() -> None:
    """A question that an import kept but an export forgot would be lost."""
    document = full_document()
    read_document(document, FRAMEWORK)
    assert set(sheet_of_document(FRAMEWORK, document).stated) == {question.path for question in FRAMEWORK}
    assert round_trip(document) == document


@pytest.mark.django_db
def test_an_empty_assessment_is_a_document_with_a_name_of_ours() -> None:
    sheet = read_sheet(start(None, "a browser", None))
    assert sheet.raw == named(UNNAMED)
    assert sheet.name == UNNAMED
    assert sheet.decision.leaf == "keep_prompting"


def test_an_answer_with_evidence_only_counts_as_not_sure() -> None:
    row = StoredValue(path="answers.brand_voice", value=None, evidence="a review", strength="opinion")
    document = AnswerSheet(FRAMEWORK, {row.path: row}).raw
    assert document["answers"] == {"brand_voice": {"value": "unsure", "evidence": "a review"}}


def test_with_values_leaves_the_sheet_before_it_alone() -> None:
    before = AnswerSheet(FRAMEWORK, {})
    after = before.with_values(StoredValue(path="use_case.name", value="Refunds"))
    assert (before.name, after.name) == (UNNAMED, "Refunds")


@pytest.mark.django_db
def test_reading_a_sheet_is_one_query(django_assert_num_queries: Any) -> None:
    assessment = start_from_document(None, "a browser", None, FRAMEWORK, example_document("task_api"))
    with django_assert_num_queries(1):
        assert read_sheet(assessment).decision.leaf == "fine_tune_candidate"
