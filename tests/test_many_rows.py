"""Lists, counts, files and clean-ups over 1,050 assessments: more than SQLite takes in one expression."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import (
    Approval,
    ApprovalCondition,
    Assessment,
    Comment,
    Role,
    ShareLink,
    SignOff,
    StoredValue,
    ValueChange,
    Version,
)
from assessments.models.assessment import UNDO_FOR
from assessments.services import audit, leaving, list_entries, report
from assessments.services.own_data import own_data
from assessments.services.portfolio import DUE, ORDERS
from assessments.services.sign_off_list import NOT_ASKED
from assessments.views import portfolio_files

from .bars import tries
from .people import signed_in
from .workspaces import fill, new_person, new_workspace, portfolio_url

MANY = tries(1_050, 3_000)
CROWD = 1_020
"""How many of each thing one assessment has, and how many assessments somebody was asked to approve."""
DECIDED = ("", Approval.Ruling.APPROVED, Approval.Ruling.CONDITIONS, Approval.Ruling.OBJECTED)


@pytest.fixture
def much(db: None, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A workspace of so many assessments, many of them signed off in one way or another, one with many things."""
    monkeypatch.setattr(report, "pdf_is_available", lambda: True)
    monkeypatch.setattr(portfolio_files, "pdf_is_available", lambda: True)
    monkeypatch.setattr(report, "draw_pdf", lambda html, **more: html.encode())
    owner, approver = new_person("Olga"), new_person("Ada")
    workspace = new_workspace(owner=owner)
    workspace.memberships.create(user=approver, role=Role.APPROVER)
    ids = fill(workspace, [{"action": ("keep", "go")[n % 2]} for n in range(MANY)])
    one = Assessment.objects.get(pk=ids[-1])
    _name(ids)
    _sign_off(ids[-CROWD:], owner, approver)
    _crowd(one, owner, approver)
    return SimpleNamespace(workspace=workspace, owner=owner, one=one, ids=ids, client=signed_in(owner))


def _name(ids: Any) -> None:
    now = timezone.now() - timedelta(days=1)
    StoredValue.objects.bulk_create(
        StoredValue(assessment_id=pk, path="use_case.name", value=f"Case {n}", changed_at=now)
        for n, pk in enumerate(ids)
    )


def _sign_off(ids: Any, owner: Any, approver: Any) -> None:
    """Every assessment has a version that somebody was asked about; half of what was approved is due again."""
    lately = timezone.now()
    made = Version.objects.bulk_create(_version(pk, 1, created_at=lately) for pk in ids)
    asked = SignOff.objects.bulk_create(
        SignOff(version=version, asked_by=owner, valid_until=date(2020, 1, 1) if n % 8 < 4 else None)
        for n, version in enumerate(made)
    )
    approvals = Approval.objects.bulk_create(
        Approval(sign_off=one, approver=approver, decision=DECIDED[n % 4], decided_at=lately)
        for n, one in enumerate(asked)
    )
    ApprovalCondition.objects.bulk_create(
        ApprovalCondition(approval=one, text="Measure it") for one in approvals if one.decision == DECIDED[2]
    )


def _crowd(one: Any, owner: Any, approver: Any) -> None:
    now = timezone.now() - timedelta(days=1)
    Version.objects.bulk_create(_version(one.pk, 2 + n, created_at=timezone.now()) for n in range(CROWD))
    ValueChange.objects.bulk_create(
        ValueChange(
            assessment=one,
            path="use_case.name",
            version=n,
            before={"value": f"Case {n}"},
            after={"value": f"Case {n + 1}"},
            by=owner,
            at=now,
        )
        for n in range(CROWD)
    )
    comments = Comment.objects.bulk_create(
        Comment(assessment=one, place="result", text=f"Point {n}", author=approver) for n in range(CROWD)
    )
    Comment.mentioned.through.objects.bulk_create(
        Comment.mentioned.through(comment=comment, user=owner) for comment in comments
    )
    ShareLink.objects.bulk_create(ShareLink(assessment=one, token_digest=f"{n:064}") for n in range(CROWD))


def _version(assessment: Any, number: Any, **more: Any) -> Any:
    return Version(
        assessment_id=assessment,
        number=number,
        framework="v1",
        document={"use_case": {"name": "Case"}},
        result={"approach": "prompting", "action": "keep"},
        content_hash=f"{number:064}",
        hash_rule=2,
        **more,
    )


def _opens(client: Client, *addresses: str) -> None:
    statuses = {address: client.get(address).status_code for address in addresses}
    assert {address: status for address, status in statuses.items() if status != 200} == {}


def test_many_are_listed_opened_worked_out_and_purged(much: SimpleNamespace) -> None:
    """One after the other: to make so many takes longer than to look at them."""
    every_list_and_file_opens(much)
    every_list_of_one_assessment_opens(much)
    all_are_worked_out_deleted_and_purged(much)


def every_list_and_file_opens(much: SimpleNamespace) -> None:
    page = portfolio_url(much.workspace)
    shown = [f"order={order}" for order in ORDERS] + [f"sign_off={state}" for state in ("conditions", NOT_ASKED, DUE)]
    shown += ["order=sign_off&reverse=1", "q=case&verdict=other", "page=100", "sign_off=waiting&order=sign_off"]
    _opens(much.client, page, *(f"{page}?{query}" for query in shown))
    files = [portfolio_url(much.workspace, name) for name in ("portfolio_csv", "portfolio_workbook", "portfolio_page")]
    _opens(much.client, *files, f"{files[0]}?sign_off=waiting&order=sign_off")
    ticked = "&".join(f"a={pk}" for pk in much.ids[:990])
    assert much.client.get(f"{portfolio_url(much.workspace, 'compare')}?{ticked}").status_code == 422
    _opens(much.client, f"{page}?{ticked}", reverse("assessments"), reverse("waiting"), reverse("landing"))
    assert "".join(own_data(much.owner)).count('"document"') == MANY


def every_list_of_one_assessment_opens(much: SimpleNamespace) -> None:
    names = ("versions", "history", "comments", "links", "sign_off", "overview", "result")
    _opens(much.client, *(reverse(name, args=[much.one.pk]) for name in names))
    for n in range(CROWD):
        audit.record(much.workspace.pk, "freeze", actor=much.owner, about=f"{much.ids[n]}.1", number=1)
    _opens(much.client, *(f"{portfolio_url(much.workspace, 'audit')}?page={page}" for page in (1, 20, 999)))
    assert not list(audit.faults(much.workspace.pk))


def all_are_worked_out_deleted_and_purged(much: SimpleNamespace) -> None:
    Assessment.objects.update(list_entry_is_old=True)
    assert list_entries.bring_up_to_date(Assessment.objects.filter(workspace=much.workspace), at_most=MANY) == MANY
    assert leaving.contents_of([much.workspace]).assessments == MANY
    leaving.delete_workspace(much.workspace, actor=much.owner)
    assert leaving.purge(timezone.now() + UNDO_FOR + timedelta(hours=1)).assessments == MANY
    assert not Assessment.objects.exists()
