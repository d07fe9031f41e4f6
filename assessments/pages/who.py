"""Who is here and what they may do, for every page."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from assessments import access
from assessments.models import Workspace
from assessments.services.waiting import count_waiting


def context(request: HttpRequest) -> dict[str, Any]:
    """All of it is looked up when it is first shown: a page that shows nothing of it asks nothing."""
    if not hasattr(request, "user"):  # refused before anybody looked who it is
        return {"person": None}
    return {
        "person": cache(lambda: access.person(request)),
        "own_workspaces": cache(lambda: access.workspaces(request)),
        "menu_workspaces": cache(lambda: _in_menu(request)),
        "current_workspace": cache(lambda: _current(request)),
        "tried_here": cache(lambda: access.tried_here(request)),
        "invitation_kept": cache(lambda: access.invited_to(request)),
        "waiting_count": cache(lambda: _waiting(request)),
        "can_mail": bool(settings.MAIL_SERVER),
    }


def _in_menu(request: HttpRequest) -> list[tuple[str, str]]:
    """The id and the name of those that the menu shows."""
    return [(one.workspace.pk, one.workspace.name) for one in access.workspaces(request)[:6]]


def _current(request: HttpRequest) -> Workspace | None:
    own = access.current_workspace(request)
    return own.workspace if own else None


def _waiting(request: HttpRequest) -> int:
    person = access.person(request)
    return count_waiting(person, access.open_workspaces(request)) if person else 0
