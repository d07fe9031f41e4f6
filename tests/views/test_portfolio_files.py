"""The portfolio as files, opened again: every row that the filters leave, in order, with its values."""

import csv
import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment
from assessments.presenters.portfolio_files import COLUMNS

from ..documents import EXAMPLES, example_document, named
from ..workspaces import browser_of_a, fill, new_workspace, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace() -> Any:
    return new_workspace("Claims & support")


@pytest.fixture
def client(workspace: Any) -> Any:
    return browser_of_a("approver", workspace)


def get(client: Any, workspace: Any, name: Any, address: Any = "") -> Any:
    response = client.get(reverse(name, args=[workspace.pk]) + address)
    assert response.status_code == 200, response.content[:2000]
    return response


def csv_rows(client: Any, workspace: Any, address: Any = "") -> Any:
    text = get(client, workspace, "portfolio_csv", address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def book(client: Any, workspace: Any, address: Any = "") -> Any:
    return openpyxl.load_workbook(io.BytesIO(get(client, workspace, "portfolio_workbook", address).content))


def sheet_rows(client: Any, workspace: Any, address: Any = "") -> Any:
    head, *rows = book(client, workspace, address)["Portfolio"].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_row_of_the_task_api_assistant(client: Any, workspace: Any) -> None:
    assessment = put_in(workspace, example_document("task_api"))
    (row,) = sheet_rows(client, workspace)
    changed = Assessment.objects.get().changed_at
    assert abs((row.pop("Last change") - changed.replace(tzinfo=None)).total_seconds()) < 0.01
    assert row == {
        "Use case": "Task API assistant",
        "Kind of task": "Drafting",
        "Verdict": "Fine-tune a small model",
        "What to do": "Pilot first",
        "Ceiling steps done": 5,
        "Ceiling steps": 5,
        "Ceiling reached": "yes",
        "Reasons for": 4,
        "Reasons for, of": 6,
        "Reasons against": 0,
        "Reasons against, of": 5,
        "Labelled examples": 10_000,
        "If tuned, pays back in months": 4,
        "If tuned, pays back": "yes",
        "Settled": "Not settled",
        "Sign-off": "Not asked",
        "Due for another look": "no",
        "Pilot": None,
        "Answered": 37,
        "Questions": 58,
        "Framework": "ftdecide framework, version 1",
        "Address": f"http://testserver/a/{assessment.pk}/result/",
    }


def test_both_files_say_the_same(client: Any, workspace: Any) -> None:
    for name in EXAMPLES:
        put_in(workspace, example_document(name))
    put_in(workspace, named("=1+1"))
    for in_csv, in_book in zip(csv_rows(client, workspace), sheet_rows(client, workspace), strict=True):
        assert list(in_csv) == list(in_book) == list(COLUMNS)
        for column, value in in_book.items():
            told = in_csv[column]
            if isinstance(value, datetime):
                assert told.startswith(f"{value:%Y-%m-%dT%H:%M:}")
            elif isinstance(value, (int, float)):
                assert float(told) == value
            else:
                assert told.removeprefix("'") == (value or "")


def test_nothing_is_a_formula(client: Any, workspace: Any) -> None:
    for text in ("=1+1", "+1", "-1", "@SUM(A1)", " =1", '=HYPERLINK("http://e.org","x")'):
        put_in(workspace, named(text))
    cells = [cell for row in book(client, workspace)["Portfolio"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(row["Use case"].startswith("'") for row in csv_rows(client, workspace))


@pytest.mark.parametrize(
    "address", ["", "?order=name", "?order=name&reverse=1", "?q=case+1&order=for", "?verdict=none"]
)
def test_they_have_what_the_page_selects_in_its_order_and_all_of_it(client: Any, workspace: Any, address: str) -> None:
    fill(workspace, [{"name": f"Case {number}", "action": ("pilot", "")[number % 2]} for number in range(45)])
    response = client.get(reverse("portfolio", args=[workspace.pk]) + address)
    on_the_page = [row.name for row in response.context["rows"]]
    in_csv = [row["Use case"] for row in csv_rows(client, workspace, address)]
    assert in_csv[:20] == on_the_page
    assert len(in_csv) == len(response.context["book"].list_entries)
    assert [row["Use case"] for row in sheet_rows(client, workspace, address)] == in_csv


def test_the_page_links_to_the_files_of_what_it_shows(client: Any, workspace: Any) -> None:
    fill(workspace, [{"name": "Alpha"}, {"name": "Beta"}])
    html = client.get(reverse("portfolio", args=[workspace.pk]) + "?q=alpha&order=name").content.decode()
    for name in ("portfolio_csv", "portfolio_workbook", "portfolio_page"):
        assert f'href="{reverse(name, args=[workspace.pk])}?q=alpha&amp;order=name"' in html


def test_the_workbook_says_what_it_is(client: Any, workspace: Any) -> None:
    fill(workspace, [{"name": "Alpha"}])
    told = dict(
        book(client, workspace, "?verdict=other&q=al&order=name&reverse=1")["About"].iter_rows(values_only=True)
    )
    assert isinstance(told.pop("Made"), datetime)
    assert told == {
        "Workspace": "Claims & support",
        "Selection": "Verdict: Better served another way and Name with: “al”",
        "Order": "Name, reversed",
        "Framework": "ftdecide framework, version 1",
    }


def test_they_are_named_after_the_workspace_and_the_day(client: Any, workspace: Any) -> None:
    for name, ending in (("portfolio_csv", "csv"), ("portfolio_workbook", "xlsx")):
        told = get(client, workspace, name)["Content-Disposition"]
        day = f"{timezone.localdate():%Y-%m-%d}"
        assert told == f'attachment; filename="ftdecide-portfolio-claims-support-{day}.{ending}"'


def test_a_hostile_name_of_a_workspace_makes_no_hostile_header(client: Any, workspace: Any) -> None:
    workspace.name = 'x"; filename="evil.exe\r\nSet-Cookie: a=b'
    workspace.save()
    told = get(client, workspace, "portfolio_csv")
    assert "evil.exe" not in told["Content-Disposition"].replace("-", ".").removesuffix('.csv"')
    assert "a" not in told.cookies


def test_an_empty_workspace_gives_files_without_rows(client: Any, workspace: Any) -> None:
    assert csv_rows(client, workspace) == []
    assert sheet_rows(client, workspace) == []


@pytest.mark.parametrize("name", ["portfolio_csv", "portfolio_workbook"])
def test_the_number_of_questions_does_not_grow(client: Any, workspace: Any, name: str) -> None:
    asked = set()
    for more in (2, 300):
        fill(workspace, [{"name": f"Case {number}"} for number in range(more)])
        with CaptureQueriesContext(connection) as queries:
            get(client, workspace, name)
        asked.add(len(queries))
    assert len(asked) == 1
    assert asked.pop() <= 16
