"""Who is here and what they may do, for every page."""

from collections.abc import Callable, Mapping
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
    found: dict[str, Any] = {name: AskedOnce(request, look_up) for name, look_up in _LOOKED_UP.items()}
    return found | {"can_mail": bool(settings.MAIL_SERVER)}


class AskedOnce:
    """What a template asks by calling it, once for a request."""

    __slots__ = ("_found", "_look_up", "_request")

    def __init__(self, request: HttpRequest, look_up: Callable[[HttpRequest], Any]):
        self._request, self._look_up = request, look_up

    def __call__(self) -> Any:
        if not hasattr(self, "_found"):
            self._found = self._look_up(self._request)
        return self._found


def _in_menu(request: HttpRequest) -> list[tuple[str, str]]:
    """The id and the name of those that the menu shows."""
    return [(one.workspace.pk, one.workspace.name) for one in access.workspaces(request)[:6]]


def _current(request: HttpRequest) -> Workspace | None:
    own = access.current_workspace(request)
    return own.workspace if own else None


def _waiting(request: HttpRequest) -> int:
    person = access.person(request)
    return count_waiting(person, access.open_workspaces(request)) if person else 0


_LOOKED_UP: Mapping[str, Callable[[HttpRequest], Any]] = {
    "person": access.person,
    "own_workspaces": access.workspaces,
    "menu_workspaces": _in_menu,
    "current_workspace": _current,
    "tried_here": access.tried_here,
    "invitation_kept": access.invited_to,
    "waiting_count": _waiting,
}
