"""A team with an assessment to sign: its people, each in a browser of their own."""

import time
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from assessments.framework import load_framework
from assessments.models import Approval, Assessment, Membership, Role, SignOff, User, Workspace
from assessments.services import sign_off
from assessments.services.answer_sheet import read_sheet
from assessments.services.assessments import start_from_document
from assessments.services.sign_off_state import state_of
from assessments.services.values import change, entry_on

from .documents import example_document
from .pages import Page, told_by
from .people import signed_in
from .visits import path_of


@dataclass
class Team:
    """Ana owns, Eve edits, Bo and Cy approve, Vic looks. Dan has a workspace of his own elsewhere."""

    workspace: Workspace
    ana: User
    eve: User
    bo: User
    cy: User
    vic: User
    dan: User

    def assessment(self, document: dict[str, Any] | None = None, *, by: User | None = None) -> Assessment:
        """A new assessment that this person brought in as a file; Eve, if nobody is named."""
        document = document or example_document("task_api")
        return start_from_document(self.workspace, "", by or self.eve, load_framework(), document)

    def ask(self, assessment: Assessment, *approvers: User, **more: Any) -> SignOff:
        """Ana asks these people, or Bo and Cy, to approve what is answered now."""
        due_on = more.pop("due_on", None)
        return sign_off.ask(assessment, self.ana, approvers=approvers or (self.bo, self.cy), due_on=due_on, terms=more)


def new_team() -> Team:
    people = {
        name.lower(): User.objects.create_user(f"{name.lower()}@example.org", name=f"{name} Example")
        for name in ("Ana", "Eve", "Bo", "Cy", "Vic", "Dan")
    }
    workspace, elsewhere = (Workspace.objects.create(name=name) for name in ("Support", "Elsewhere"))
    roles = {"ana": Role.OWNER, "eve": Role.EDITOR, "bo": Role.APPROVER, "cy": Role.APPROVER, "vic": Role.VIEWER}
    for name, role in roles.items():
        Membership.objects.create(workspace=workspace, user=people[name], role=role)
    Membership.objects.create(workspace=elsewhere, user=people["dan"], role=Role.OWNER)
    return Team(workspace=workspace, **people)


def browser(person: User, *, confirmed: bool = True) -> Client:
    """A browser in which this person is signed in and has just shown who they are."""
    client = signed_in(person)
    if confirmed:
        confirm(client)
    return client


def confirm(client: Client, *, seconds_ago: float = 0) -> None:
    """As after typing one's password again."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - seconds_ago, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


def answer(assessment: Assessment, person: User | None, key: str, value: Any, evidence: str = "") -> None:
    """This person saves one answer."""
    was = entry_on(read_sheet(assessment), path_of(key), value)
    change(assessment, person, [replace(was, evidence=evidence, link="")])
    assessment.refresh_from_db()


def approve(
    assessment: Assessment,
    request: SignOff,
    person: User,
    decision: str = "approved",
    comment: str = "",
    conditions: tuple[str, ...] = (),
) -> Approval:
    return sign_off.decide(
        assessment,
        person,
        request,
        decision=decision,
        comment=comment,
        conditions=conditions,
        content_hash=request.version.content_hash,
    )


def days_from(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)


def url(name: str, assessment: Assessment, *more: Any) -> str:
    return reverse(name, args=[assessment.pk, *more])


def sign_off_page(person: User, assessment: Assessment) -> str:
    """What this person reads about the sign-off of this assessment."""
    return told_by(Page(browser(person).get(url("sign_off", assessment))))


def asking(*approvers: User, **more: Any) -> dict[str, Any]:
    """What the form that asks these people sends."""
    return {"approvers": [str(one.pk) for one in approvers], **more}


def decision(request: SignOff, what: str = "approved", **more: str) -> dict[str, str]:
    """What the form of an approver sends."""
    return {"decision": what, "content_hash": request.version.content_hash, **more}


def sign_off_words(assessment: Assessment) -> str:
    """What became of its sign-off, in the words that pages show."""
    return state_of(Assessment.objects.get(pk=assessment.pk)).words


def page_of(client: Client, *address: Any) -> Page:
    response = client.get(url(*address))
    assert response.status_code == 200
    page = Page(response)
    assert page.title
    return page
