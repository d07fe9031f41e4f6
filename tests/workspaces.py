"""Workspaces for tests: people with roles in them, their browsers, and assessments."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, ListEntry, Membership, Role, User, Workspace
from assessments.services import people
from assessments.services.assessments import start_from_document

from .pages import Page, words
from .people import signed_in
from .visits import FRAMEWORK

_numbers = count(1)


def new_person(name: str = "Dana Osei") -> User:
    return User.objects.create_user(f"person{next(_numbers)}@example.org", name=name)


def new_workspace(name: str = "Claims and support", *, owner: User | None = None) -> Workspace:
    return people.start_workspace(owner or new_person(), name).workspace


def browser_of_a(role: str, workspace: Workspace) -> Client:
    """The browser of a member with this role; of the owner if there is one already."""
    if role == Role.OWNER:
        return signed_in(workspace.memberships.get(role=role).user)
    user = new_person(f"The {role}")
    Membership.objects.create(workspace=workspace, user=user, role=role)
    return signed_in(user)


def put_in(workspace: Workspace, document: dict[str, Any]) -> Assessment:
    """A new assessment of the workspace with these answers."""
    return start_from_document(workspace, "", None, FRAMEWORK, document)


def list_entry_columns(number: int, **columns: Any) -> dict[str, Any]:
    """What the portfolio keeps of a use case, with these columns as given."""
    usual: dict[str, Any] = {
        "name": f"Case {number}",
        "task_kind": "",
        "approach": "prompting",
        "action": "use_other_lever",
        "wording": "",
        "leaf": "keep_prompting",
        "settled": False,
        "ceiling": "no",
        "ceiling_met": 0,
        "reasons_for": 0,
        "reasons_against": 0,
        "labelled": None,
        "payback_months": None,
        "has_costs": False,
        "answered": 1,
        "questions": 54,
    }
    return usual | columns


def fill(workspace: Workspace, rows: Sequence[Any]) -> list[str]:
    """Assessments with these columns, in this order from the oldest. Their ids."""
    now = timezone.now() - timedelta(days=1)
    made = [
        Assessment(
            workspace=workspace,
            framework=FRAMEWORK.key,
            changed_at=now + timedelta(seconds=n),
            list_entry_is_old=False,
        )
        for n in range(len(rows))
    ]
    Assessment.objects.bulk_create(made)
    ListEntry.objects.bulk_create(
        ListEntry(assessment=one, workspace=workspace, **list_entry_columns(n, at=one.changed_at, **row))
        for n, (one, row) in enumerate(zip(made, rows, strict=True))
    )
    return [one.pk for one in made]


def portfolio_url(workspace: Workspace, name: str = "portfolio") -> str:
    return reverse(name, args=[workspace.pk])


def portfolio_page(client: Client, workspace: Workspace, address: str = "", **headers: str) -> Page:
    response = client.get(portfolio_url(workspace) + address, headers=headers)
    assert response.status_code == 200
    return Page(response)


def use_cases(page: Page) -> list[str]:
    """The names in the rows of a portfolio, in their order."""
    return [words(link) for link in page.root.xpath("//table//th[@scope='row']//a")]
