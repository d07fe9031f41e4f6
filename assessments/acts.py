"""Who may do what: the one table that the views, the buttons and the tests read.

Every view declares the act it is. Whoever is outside gets "not found"; whoever is inside without
the right is told so.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

from django.http import HttpRequest, HttpResponse

from .models import Role

Act = Literal[
    "visit",
    "read",
    "export",
    "edit",
    "delete",
    "link",
    "freeze",
    "comment",
    "ask_sign_off",
    "sign_off",
    "meet_condition",
    "audit",
    "manage",
]
TRIAL = "trial"
"""Somebody without an account, with what their browser started."""

_EVERY_MEMBER = {Role.OWNER, Role.EDITOR, Role.APPROVER, Role.VIEWER}
ROLES: Mapping[Act, frozenset[str]] = {
    "visit": frozenset(),  # everybody, without any right
    "read": frozenset({*_EVERY_MEMBER, TRIAL}),
    "export": frozenset({Role.OWNER, Role.EDITOR, Role.APPROVER, TRIAL}),
    "edit": frozenset({Role.OWNER, Role.EDITOR, TRIAL}),
    "delete": frozenset({Role.OWNER, TRIAL}),
    "link": frozenset({Role.OWNER, Role.EDITOR, TRIAL}),
    "freeze": frozenset({Role.OWNER, Role.EDITOR, TRIAL}),
    "comment": frozenset(_EVERY_MEMBER),
    "ask_sign_off": frozenset({Role.OWNER, Role.EDITOR}),
    "sign_off": frozenset({Role.OWNER, Role.APPROVER}),
    "meet_condition": frozenset({Role.OWNER, Role.EDITOR, Role.APPROVER}),
    "audit": frozenset({Role.OWNER, Role.APPROVER}),
    "manage": frozenset({Role.OWNER}),
}
View = TypeVar("View", bound=Callable[..., HttpResponse])


def act(name: Act, *, post: Act | None = None) -> Callable[[View], View]:
    """Declares which act a view is; `post` where sending its form is another one than looking at it."""

    def declare(view: View) -> View:
        view.acts = {"GET": name, "POST": post or name}  # type: ignore[attr-defined]
        return view

    return declare


def act_of(request: HttpRequest) -> Act:
    """The act that this request is. A view that declares none is refused."""
    match = request.resolver_match
    acts: dict[str, Any] = getattr(match.func, "acts", {}) if match else {}
    if not acts:
        raise LookupError(f"{match and match.view_name} declares no act")
    found: Act = acts["GET" if request.method in ("GET", "HEAD") else "POST"]
    return found


def may(role: str, name: Act) -> bool:
    return role in ROLES[name]
