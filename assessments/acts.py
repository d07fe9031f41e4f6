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


def roles_for(name: Act) -> list[str]:
    """The names of the roles that may do it, in their order."""
    return [role.label for role in Role if role in ROLES[name]]


_IN_WORDS: Mapping[Act, str] = {
    "read": "read everything",
    "comment": "comment",
    "export": "export files",
    "edit": "change answers",
    "link": "share by link",
    "freeze": "freeze versions",
    "ask_sign_off": "ask for sign-off",
    "sign_off": "sign off",
    "meet_condition": "tick off conditions",
    "audit": "read the audit trail",
    "delete": "delete assessments",
    "manage": "manage the workspace",
}


def role_words(role: str) -> str:
    """What a role may do, in words made from the table above."""
    may_do = [words for name, words in _IN_WORDS.items() if may(role, name)]
    if len(may_do) == len(_IN_WORDS):
        return "do everything, managing the workspace and its members included"
    *first, last = may_do
    return f"{', '.join(first)} and {last}" if first else last


def rights(role: str) -> dict[str, bool]:
    """Every act by name, and whether this role may do it: what templates ask before they show a button."""
    return {name: role in roles for name, roles in ROLES.items()}
