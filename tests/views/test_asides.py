"""What stands beside the questions: shares of failures, examples asked for, compute, and contradictions."""

from typing import Any

import pytest

from ..documents import example_document, named
from ..pages import Page
from ..visits import autosave, bring_in, open_section, section_url

pytestmark = pytest.mark.django_db


def test_counted_failures_are_shown_as_shares_with_their_range(owner: Any) -> None:
    assessment = bring_in(owner, example_document("support_copilot"))
    words = Page(owner.get(section_url(assessment, "diagnosis"))).words("diagnosis")
    assert words.startswith("No one kind causes most of the 260 failures")
    assert "Missing or muddled knowledge 123 47% 41% to 53%" in words
    assert "Label about 1,065 more to be sure." in words


def test_counts_update_the_shares_while_somebody_types(owner: Any, assessment: Any) -> None:
    form = open_section(owner, assessment, "diagnosis")
    response = autosave(owner, assessment, "reasoning", form | {"reasoning": "9"})
    assert Page(response).words("diagnosis").startswith("Reasoning the model cannot do causes most of the 9 failures")


@pytest.mark.parametrize(
    ("weeks", "sentence"),
    [
        ([31, 29], "2 weeks so far. Four are needed to see a trend."),
        ([31, 29, 33, 34, 38, 41], "6 weeks, from 31 to 41: not falling"),
        ([9, 7, 5, 3], "4 weeks, from 9 to 3: falling"),
    ],
)
def test_weekly_corrections_are_told_as_a_trend(owner: Any, weeks: Any, sentence: str) -> None:
    assessment = bring_in(owner, named(override_weeks=weeks))
    assert (
        Page(owner.get(section_url(assessment, "diagnosis")))
        .words("trend")
        .startswith(f"Corrections by people: {sentence}")
    )


def test_a_pasted_column_of_weeks_is_taken(owner: Any, assessment: Any) -> None:
    form = open_section(owner, assessment, "diagnosis")
    autosave(owner, assessment, "override_weeks", form | {"override_weeks-2": "31\r\n29\r\n33\r\n34"})
    assert assessment.values.get(path="override_weeks").value == [31, 29, 33, 34]


def test_the_goal_s_range_stands_beside_the_count(owner: Any) -> None:
    assessment = bring_in(owner, example_document("service_desk"))
    words = Page(owner.get(section_url(assessment, "readiness"))).words("examples-asked")
    assert "usually takes 1,000 to 10,000 examples. You have 346, 654 short." in words
    assert "The training gate asks for 200" in words
    assert "MFA-related VPN issues: 4 more" in words


def test_the_size_of_the_base_model_gives_its_compute_at_once_with_the_facts_below(owner: Any) -> None:
    assessment = bring_in(owner, example_document("service_desk"))
    form = open_section(owner, assessment, "legal")
    page = Page(owner.get(section_url(assessment, "legal")))
    assert "Enter the size of the base model" in page.words("legal-estimate")
    assert page.words("legal-facts").count("legal advice") == 1
    response = autosave(owner, assessment, "base_parameters", form | {"base_parameters": "8"})
    words = Page(response).words("legal-estimate")
    assert "The training would take about 2.6·10¹⁷ FLOP, 1/130,000 of the indicative line" in words
    assert "27 November 2026" in words


def test_rows_of_examples_are_typed_checked_and_kept(owner: Any, assessment: Any) -> None:
    form = open_section(owner, assessment, "readiness") | {
        "data-0-label": "Refunds",
        "data-0-required": "150",
        "data-0-available": "46",
        "data-0-reviewed": "50",
    }
    response = owner.post(section_url(assessment, "readiness"), form)
    assert response.status_code == 422
    page = Page(response)
    assert "Row 1: reviewed (50) cannot be more than available (46)" in page.words("q-data")
    assert page.form("q-data")["data-0-label"] == "Refunds"
    form["data-0-reviewed"] = "40"
    assert owner.post(section_url(assessment, "readiness"), form).status_code == 302
    rows = assessment.values.get(path="data").value
    assert rows == [{"label": "Refunds", "required": 150, "available": 46, "reviewed": 40}]


def test_a_contradiction_is_a_question_beside_both_answers(owner: Any) -> None:
    assessment = bring_in(owner, named(answers={"prompts_succeed": "yes", "target_missed": "yes"}))
    for section, key, other in (
        ("reasons_against", "prompts_succeed", "target_missed"),
        ("ceiling", "target_missed", "prompts_succeed"),
    ):
        page = Page(owner.get(section_url(assessment, section)))
        assert "Which one holds?" in page.words(f"{key}-notes")
        assert f"#q-{other}" in page.html


def test_a_contradiction_comes_and_goes_with_each_save(owner: Any) -> None:
    assessment = bring_in(owner, named(answers={"target_missed": "yes"}))
    form = open_section(owner, assessment, "reasons_against") | {"prompts_succeed": "yes"}
    response = Page(autosave(owner, assessment, "prompts_succeed", form))
    assert "Which one holds?" in response.words("prompts_succeed-notes")
    form = open_section(owner, assessment, "reasons_against") | {"prompts_succeed": "no"}
    response = Page(autosave(owner, assessment, "prompts_succeed", form))
    assert response.words("prompts_succeed-notes") == ""
