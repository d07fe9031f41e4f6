"""People with accounts, and teams of them."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, Membership, Role, User, Workspace
from assessments.services import people

from .documents import example_document
from .pages import Page, words
from .visits import bring_in

PASSWORD = "correct horse battery"


def person(name: str, *, password: str | None = None) -> User:
    """Somebody with an account; without a password they are signed in by the test itself."""
    return User.objects.create_user(f"{name.lower()}@example.org", password, name=name)


def signed_in(user: User) -> Client:
    """A browser in which this person has just signed in. A 500 is a response, not an exception."""
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    caches["seen"].add(client.cookies["sessionid"].value, True)
    return client


@dataclass(frozen=True, kw_only=True)
class Team:
    """A workspace with one member of each role, each with a browser, and somebody from another workspace."""

    workspace: Workspace
    users: dict[str, User]
    clients: dict[str, Client]
    assessment: Assessment
    outsider: Client

    def membership(self, role: str) -> Membership:
        return self.workspace.memberships.get(user=self.users[role])

    def url(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.workspace.pk, *more])


NAMES = {Role.OWNER: "Olga", Role.EDITOR: "Ed", Role.APPROVER: "Ann", Role.VIEWER: "Vi"}


def make_team() -> Team:
    users = {str(role): person(name) for role, name in NAMES.items()}
    workspace = people.start_workspace(users["owner"], "Support").workspace
    for role, user in users.items():
        Membership.objects.get_or_create(workspace=workspace, user=user, defaults={"role": role})
    clients = {role: signed_in(user) for role, user in users.items()}
    stranger = person("Otto")
    people.start_workspace(stranger, "Elsewhere")
    return Team(
        workspace=workspace,
        users=users,
        clients=clients,
        assessment=bring_in(clients["owner"], example_document("task_api")),
        outsider=signed_in(stranger),
    )


def sign_up(client: Client, name: str, email: str, *, password: str = PASSWORD, follow: bool = False) -> Any:
    sent = {"name": name, "email": email, "password1": password}
    return client.post(reverse("account_signup"), sent, follow=follow)


def sign_in(client: Client, email: str, *, password: str = PASSWORD, follow: bool = False) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password}, follow=follow)


def confirm(client: Client, asked: Any, *, password: str = PASSWORD) -> Any:
    """Types the password where it was asked for: what was put aside goes on."""
    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    return client.post(asked["Location"], {"password": password})


def invitation_link(team: Team, **sent: str) -> str:
    """The path of the link that the page shows."""
    response = team.clients["owner"].post(team.url("invite"), {"role": "editor", **sent})
    assert response.status_code == 200, response.content.decode()[:500]
    link = Page(response).with_id("invitation-url").get("value")
    return str(link).removeprefix("http://testserver")


def alert(page: Page) -> str:
    """The summary of what is wrong, on top of a page."""
    return words(next(element for element in page.all("div") if element.get("role") == "alert"))
