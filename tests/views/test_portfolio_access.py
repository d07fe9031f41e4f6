"""The portfolio's page: who may see it, and how much it asks of the database."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import ListEntry, Membership, Workspace

from ..documents import named
from ..workspaces import browser_of_a, fill, new_workspace, portfolio_page, portfolio_url, put_in, use_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace() -> Any:
    return new_workspace()


@pytest.fixture
def client(workspace: Any) -> Any:
    return browser_of_a("owner", workspace)


# who may


@pytest.mark.parametrize("role", ["owner", "editor", "approver", "viewer"])
def test_every_member_reads_it(workspace: Any, role: str) -> None:
    put_in(workspace, named("Alpha"))
    page = portfolio_page(browser_of_a(role, workspace), workspace)
    assert use_cases(page) == ["Alpha"]
    may_edit, may_export = role in ("owner", "editor"), role != "viewer"
    assert bool(page.root.xpath("//main//form[@method='post']")) == may_edit
    assert bool(page.root.xpath("//a[text()='CSV']")) == may_export


@pytest.mark.parametrize("name", ["portfolio", "compare", "portfolio_csv", "portfolio_workbook", "portfolio_page"])
def test_whoever_is_outside_finds_nothing_and_no_hint(workspace: Any, client: Any, new_client: Any, name: str) -> None:
    put_in(workspace, named("Alpha"))
    other = new_workspace("Another")
    outsider, nobody = browser_of_a("owner", other), new_client()
    removed = browser_of_a("editor", workspace)
    Membership.objects.filter(workspace=workspace, role="editor").delete()
    told = {
        (visitor.get(address).status_code, visitor.get(address).content.replace(address.encode(), b""))
        for visitor in (outsider, nobody, removed)
        for address in (portfolio_url(workspace, name), reverse(name, args=["abcdefghjkmn"]))
    }
    assert {status for status, _ in told} == {404}
    assert all(b"Alpha" not in body for _, body in told)


@pytest.mark.parametrize("name", ["portfolio_csv", "portfolio_workbook"])
def test_a_viewer_gets_no_files_of_raw_values(workspace: Any, name: str) -> None:
    assert browser_of_a("viewer", workspace).get(portfolio_url(workspace, name)).status_code == 403


def test_a_deleted_workspace_is_gone(client: Any, workspace: Any) -> None:
    Workspace.objects.update(deleted_at=timezone.now())
    assert client.get(portfolio_url(workspace)).status_code == 404


# how much it asks of the database

ADDRESSES = ["", "?order=payback", "?order=name&page=2", "?q=case&verdict=other&settled=provisional", "?order=sign_off"]
MOST_QUESTIONS = 9


def questions(client: Any, address: Any) -> Any:
    """For a page that is drawn: rows filled in past the services leave no event that tells a kept one of them."""
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_number_of_questions_does_not_grow(client: Any, workspace: Any, address: Any) -> None:
    """Session, person, workspaces, what is out of date, the counts, rows, sign-offs and what waits."""
    client.get(portfolio_url(workspace))  # chooses the workspace in the session
    asked = set()
    for more in (21, 60, 300):
        fill(workspace, [{"name": f"Case {number}"} for number in range(more)])
        asked.add(questions(client, portfolio_url(workspace) + address))
    assert len(asked) == 1
    assert asked.pop() <= MOST_QUESTIONS


def test_a_look_that_finds_nothing_changed_writes_nothing(client: Any, workspace: Any) -> None:
    put_in(workspace, named("Alpha"))
    client.get(portfolio_url(workspace))
    before = list(ListEntry.objects.values_list())
    with CaptureQueriesContext(connection) as asked:
        client.get(portfolio_url(workspace))
    assert [query["sql"] for query in asked if not query["sql"].lstrip("(").startswith("SELECT")] == []
    assert list(ListEntry.objects.values_list()) == before


def test_a_change_that_is_stored_with_an_older_time_shows_too(client: Any, workspace: Any) -> None:
    """A save that began earlier may be stored later."""
    first, second = put_in(workspace, named("First")), put_in(workspace, named("Second"))
    client.get(portfolio_url(workspace))
    older = second.changed_at - timedelta(seconds=1)
    first.mark_changed(older)
    client.get(portfolio_url(workspace))
    assert ListEntry.objects.get(pk=first.pk).at == older
