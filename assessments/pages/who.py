"""Who is here and what they may do, for every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from assessments import access
from assessments.models import Workspace
from assessments.services.waiting import count_waiting


def context(request: HttpRequest) -> dict[str, Any]:
    """All of it is lazy: a page that shows nothing of it asks nothing."""
    if not hasattr(request, "user"):  # refused before anybody looked who it is
        return {"person": None}
    return {
        "person": SimpleLazyObject(lambda: access.person(request)),
        "own_workspaces": SimpleLazyObject(lambda: access.workspaces(request)),
        "current_workspace": SimpleLazyObject(lambda: _current(request)),
        "tried_here": SimpleLazyObject(lambda: access.tried_here(request)),
        "invitation_kept": SimpleLazyObject(lambda: access.invited_to(request)),
        "waiting_count": SimpleLazyObject(lambda: _waiting(request)),
        "can_mail": bool(settings.MAIL_SERVER),
    }


def _current(request: HttpRequest) -> Workspace | None:
    own = access.current_workspace(request)
    return own.workspace if own else None


def _waiting(request: HttpRequest) -> int:
    person = access.person(request)
    return count_waiting(person, access.open_workspaces(request)) if person else 0
