"""Workspaces for tests: people with roles in them, their browsers, and assessments."""

from itertools import count
from typing import Any

from django.test import Client

from assessments.models import Assessment, Membership, Role, User, Workspace
from assessments.services import people
from assessments.services.assessments import start_from_document

from .visits import FRAMEWORK

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_numbers = count(1)


def new_person(name: str = "Dana Osei") -> User:
    return User.objects.create_user(f"person{next(_numbers)}@example.org", name=name)


def new_workspace(name: str = "Claims and support", *, owner: User | None = None) -> Workspace:
    return people.start_workspace(owner or new_person(), name).workspace


def browser_of(user: User) -> Client:
    """A browser in which this person is signed in. A 500 is a response, not an exception."""
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    return client


def browser_of_a(role: str, workspace: Workspace) -> Client:
    """The browser of a member with this role; of the owner if there is one already."""
    if role == Role.OWNER:
        return browser_of(workspace.memberships.get(role=role).user)
    user = new_person(f"The {role}")
    Membership.objects.create(workspace=workspace, user=user, role=role)
    return browser_of(user)


def put_in(workspace: Workspace, document: dict[str, Any]) -> Assessment:
    """A new assessment of the workspace with these answers."""
    return start_from_document(workspace, "", FRAMEWORK, document)
