"""Where assessments stand, in columns: worked out from the decision, when somebody looks, and only what has changed."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.facts import ground_of
from assessments.engine.robustness import how_settled
from assessments.models import Assessment, ListEntry
from assessments.services import list_entries
from assessments.services.answer_sheet import sheet_of_document
from assessments.services.assessments import delete, load_sample, start
from assessments.steps import progress

from ..documents import EXAMPLES, example_document, full_document, named
from ..engine.strategies import accepted_documents
from ..visits import FRAMEWORK, autosave, open_section
from ..workspaces import browser_of_a, new_workspace, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace() -> Any:
    return new_workspace()


def of(workspace: Any) -> Any:
    return Assessment.objects.filter(workspace=workspace)


def entry_of_document(document: Any) -> Any:
    sheet = sheet_of_document(FRAMEWORK, document)
    return sheet, list_entries.list_entry_of(Assessment(framework=FRAMEWORK.key), sheet)


def test_the_columns_of_the_task_api_assistant(workspace: Any) -> None:
    assessment = put_in(workspace, example_document("task_api"))
    assert list_entries.bring_up_to_date(of(workspace)) == 1
    row = ListEntry.objects.get()
    told = {field.name: getattr(row, field.name) for field in ListEntry._meta.concrete_fields}
    assert told == {
        "assessment": assessment,
        "workspace": workspace,
        "at": assessment.changed_at,
        "name": "Task API assistant",
        "task_kind": "drafting",
        "approach": "fine_tune_small",
        "action": "pilot",
        "wording": "",
        "leaf": "fine_tune_candidate",
        "settled": False,
        "ceiling": "yes",
        "ceiling_met": 5,
        "reasons_for": 4,
        "reasons_against": 0,
        "labelled": 10_000,
        "payback_months": 4.0,
        "measured": False,
        "pilot": "",
        "sign_off": 5,
        "due_from": None,
        "has_costs": True,
        "answered": 37,
        "questions": 58,
        "has_verdict": True,
        "strength": 3004,
        "pays_back": 4.0,
    }


@settings(max_examples=25)
@given(accepted_documents)
def test_the_columns_say_what_the_decision_says(document: Any) -> None:
    sheet, row = entry_of_document(document)
    decision, verdict = sheet.decision, sheet.verdict
    begun = verdict.has_begun
    assert (row.approach, row.action) == ((decision.approach, decision.action) if begun else ("", ""))
    assert (row.leaf, row.labelled) == (decision.leaf, decision.data.labelled)
    assert (row.reasons_for, row.reasons_against) == (decision.counts.indicators, decision.counts.anti_indicators)
    assert row.settled == (begun and decision.robustness.settled)
    ceiling = decision.path[0]
    assert (row.ceiling, row.ceiling_met) == (ceiling.outcome, ceiling.count)
    worth = decision.economics.tuning_case if decision.economics else None
    assert row.has_costs == (worth is not None)
    first = worth.break_even_months if worth else None
    assert row.payback_months in (first, None)
    assert row.payback_months is not None or not first
    assert (row.answered, row.questions) == (progress(sheet).answered, progress(sheet).of)
    assert how_settled(ground_of(FRAMEWORK, sheet.document)).settled == decision.robustness.settled


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=600).filter(str.strip))
def test_a_long_name_is_cut_to_what_the_column_holds(name: Any) -> None:
    _, row = entry_of_document(named(name))
    assert row.name == name[:200]


@pytest.mark.parametrize("make", [named, full_document, *(partial(example_document, name) for name in EXAMPLES)])
def test_every_kind_of_assessment_can_be_stored(workspace: Any, make: Any) -> None:
    put_in(workspace, make())
    list_entries.bring_up_to_date(of(workspace))
    assert ListEntry.objects.get().name == make()["use_case"]["name"]


def test_an_empty_one_has_no_verdict(workspace: Any) -> None:
    start(workspace, "", None)
    list_entries.bring_up_to_date(of(workspace))
    row = ListEntry.objects.get()
    assert (row.name, row.approach, row.action, row.settled) == ("Untitled use case", "", "", False)


def test_only_what_changed_is_worked_out_again(workspace: Any) -> None:
    first, second = (put_in(workspace, example_document(name)) for name in ("task_api", "service_desk"))
    assert list_entries.bring_up_to_date(of(workspace)) == 2
    assert list_entries.bring_up_to_date(of(workspace)) == 0
    first.mark_changed(first.changed_at + timedelta(seconds=1))
    assert [one.pk for one in list_entries.out_of_date(of(workspace))] == [first.pk]
    assert list_entries.bring_up_to_date(of(workspace)) == 1
    assert list(list_entries.out_of_date(of(workspace))) == []
    assert second.list_entry.at == second.changed_at


def test_a_changed_answer_changes_the_row(workspace: Any) -> None:
    client = browser_of_a("owner", workspace)
    assessment = put_in(workspace, example_document("task_api"))
    list_entries.bring_up_to_date(of(workspace))
    form = open_section(client, assessment, "reasons_for")
    assert autosave(client, assessment, "brand_voice", form | {"brand_voice": "no"}).status_code == 200
    assert ListEntry.objects.get().reasons_for == 4  # saving an answer does not touch it
    list_entries.bring_up_to_date(of(workspace))
    assert ListEntry.objects.get().reasons_for == 3


def test_an_answer_that_is_saved_meanwhile_leaves_the_row_out_of_date(workspace: Any) -> None:
    """The row carries the time at which the assessment was read, not the one at which it was stored."""
    assessment = put_in(workspace, example_document("task_api"))
    read = of(workspace).prefetch_related("values").get()
    later = assessment.changed_at + timedelta(seconds=1)
    assessment.mark_changed(later)
    list_entries.work_out([read])
    assert list(list_entries.out_of_date(of(workspace))) == [assessment]


def test_what_is_deleted_meanwhile_gets_no_row(workspace: Any) -> None:
    assessment = put_in(workspace, example_document("task_api"))
    read = of(workspace).prefetch_related("values").get()
    delete(assessment, None)
    list_entries.work_out([read])
    assert not ListEntry.objects.exists()


def test_so_many_at_a_time_the_last_changed_first(workspace: Any) -> None:
    made = [put_in(workspace, named(f"Case {number}")) for number in range(5)]
    for number, assessment in enumerate(made):
        Assessment.objects.filter(pk=assessment.pk).update(changed_at=assessment.changed_at + timedelta(days=number))
    assert list_entries.bring_up_to_date(of(workspace), at_most=2) == 2
    assert set(ListEntry.objects.values_list("name", flat=True)) == {"Case 3", "Case 4"}
    assert list_entries.bring_up_to_date(of(workspace), at_most=2) == 2
    assert list_entries.bring_up_to_date(of(workspace), at_most=2) == 1


def test_they_are_stored_in_one_statement(workspace: Any) -> None:
    counts = []
    for number in (1, 20):
        for one in range(number):
            put_in(workspace, named(f"Case {one}"))
        with CaptureQueriesContext(connection) as queries:
            list_entries.bring_up_to_date(of(workspace))
        counts.append(sum("INSERT" in query["sql"] for query in queries))
    assert counts == [1, 1]


def test_others_rows_are_left_alone(workspace: Any) -> None:
    other = new_workspace("Another")
    put_in(other, example_document("task_api"))
    assert list_entries.bring_up_to_date(of(workspace)) == 0
    assert not ListEntry.objects.exists()


def test_the_command_works_out_all_of_all_workspaces_and_no_trial(
    workspace: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_entries, "AT_ONCE", 2)
    for name in EXAMPLES:
        put_in(workspace, example_document(name))
    put_in(new_workspace("Another"), named())
    load_sample("task-api", example_document("task_api"))
    start(None, "a browser", None)
    call_command("refresh_lists")
    assert capsys.readouterr().out == "Worked out 5\n"
    assert ListEntry.objects.count() == 5
    call_command("refresh_lists")
    assert capsys.readouterr().out == "Worked out 0\n"


def test_the_command_works_them_all_out_again_after_an_update(
    workspace: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in(workspace, example_document("task_api"))
    call_command("refresh_lists")
    ListEntry.objects.update(reasons_for=1)
    call_command("refresh_lists", all=True)
    assert capsys.readouterr().out == "Worked out 1\n" * 2
    assert ListEntry.objects.get().reasons_for == 4
