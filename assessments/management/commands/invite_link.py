"""Prints a link with which somebody joins a workspace."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from assessments.forms.plain import Invite
from assessments.models import Role, Workspace
from assessments.services import people

from ._links import address_of


class Command(BaseCommand):
    help = "Prints a link with which somebody joins a workspace. It works once and for 14 days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="the id of the workspace, or its name")
        parser.add_argument("role", help=" | ".join(Role.values))
        parser.add_argument("email", nargs="?", default="", help="the only address it works for")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self._workspace(options["workspace"])
        form = Invite({"role": options["role"], "email": options["email"]})
        if not form.is_valid():
            faults = [str(error) for errors in form.errors.values() for error in errors]
            raise CommandError(f"{'. '.join(faults)}. Roles are {', '.join(Role.values)}")
        token = people.invite(workspace, **form.cleaned_data, actor=None)
        self.stdout.write(address_of(reverse("join", args=[token])))

    def _workspace(self, named: str) -> Workspace:
        there = Workspace.objects.filter(deleted_at=None)
        found = list(there.filter(pk=named) or there.filter(name__iexact=named))
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(one.pk for one in found)
            raise CommandError(f"{len(found)} workspaces are called “{named}”. Say which by its id: {ids}")
        raise CommandError(f"There is no workspace “{named}”")
