"""A workspace with people in it, each in a browser where they are signed in."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from assessments.models import Assessment, Membership, Role, User, Workspace

from .people import signed_in
from .visits import bring_in


@dataclass
class Team:
    """The people of a workspace by the names that tests give them."""

    workspace: Workspace
    people: dict[str, User] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)

    def join(self, name: str, role: str, *, known_as: str | None = None) -> Client:
        """Somebody more, signed in. Other people know them as `known_as`."""
        user = User.objects.create_user(f"{name}@example.org", name=name.capitalize() if known_as is None else known_as)
        Membership.objects.create(workspace=self.workspace, user=user, role=role)
        self.people[name], self.browsers[name] = user, signed_in(user)
        return self.browsers[name]

    def __getitem__(self, name: str) -> Client:
        return self.browsers[name]


def a_team(name: str = "Team") -> Team:
    """A workspace with one person in each role, named after it."""
    team = Team(Workspace.objects.create(name=name))
    for role in Role.values:
        team.join(role if name == "Team" else f"{role}-of-{name.lower()}", role)
    return team


def brought_in(team: Team, document: dict[str, Any]) -> Assessment:
    """An assessment of the team's, brought in by its owner."""
    return bring_in(next(iter(team.browsers.values())), document)
