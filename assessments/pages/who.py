"""Who is here and what they may do, for every page."""

from collections.abc import Callable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.http import HttpRequest

from assessments import access
from assessments.models import Workspace
from assessments.services import audit
from assessments.services.waiting import count_waiting

_MOST_COUNTED = 5_000
_counted: dict[int, tuple[str, int]] = {}
"""How much waits for a person, with the ends of the audit trails at which it was counted."""
_ends: WeakKeyDictionary[HttpRequest, str] = WeakKeyDictionary()


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

    def __str__(self) -> str:
        """As it stands within a sentence: there it is not called."""
        return str(self())


def in_menu(request: HttpRequest) -> list[tuple[str, str]]:
    """The id and the name of those that the menu shows."""
    return [(one.workspace.pk, one.workspace.name) for one in access.workspaces(request)[:6]]


def _current(request: HttpRequest) -> Workspace | None:
    own = access.current_workspace(request)
    return own.workspace if own else None


def waiting_of(request: HttpRequest) -> int:
    """How much waits for whoever asks. Where a page looked up the ends of the audit trails, it is counted again only
    if something happened there.
    """
    person = access.person(request)
    if person is None:
        return 0
    reached = access.open_workspaces(request)
    if request not in _ends:
        return count_waiting(person, reached)
    seen = f"{chains_end(request)}-{sorted(reached)}"
    known = _counted.get(person.pk)
    if known is None or known[0] != seen:
        known = seen, count_waiting(person, reached)
        if len(_counted) >= _MOST_COUNTED:
            _counted.clear()
        _counted[person.pk] = known
    return known[1]


def chains_end(request: HttpRequest) -> str:
    """Where the audit trails of all that whoever is signed in can reach end, looked up once for a request."""
    if request not in _ends:
        person = access.person(request)
        _ends[request] = audit.ends_for(person) if person else ""
    return _ends[request]


_LOOKED_UP: Mapping[str, Callable[[HttpRequest], Any]] = {
    "person": access.person,
    "own_workspaces": access.workspaces,
    "menu_workspaces": in_menu,
    "current_workspace": _current,
    "tried_here": access.tried_here,
    "invitation_kept": access.invited_to,
    "waiting_count": waiting_of,
}
