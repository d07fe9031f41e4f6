"""Who may do what: the one table that the views, the buttons and the tests read.

A view names the right that it takes where it asks for what is stored. Whoever is outside gets "not found";
whoever is inside without the right is told so.
"""

from collections.abc import Mapping
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .models import Role

Right = Literal[
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
ROLES: Mapping[Right, frozenset[str]] = {
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

Scope = Literal["read", "write", "share"]
SCOPES: Mapping[Scope, frozenset[Right]] = {
    "read": frozenset({"read", "export"}),
    "write": frozenset({"edit", "delete", "freeze"}),
    "share": frozenset({"link"}),
}
"""What a program may do with a token, as far as its person may. Nobody signs off or manages through one."""


def scope_of(right: Right) -> Scope | None:
    """What a token must be for, to take this right; None where no token has it."""
    return next((scope for scope, rights in SCOPES.items() if right in rights), None)


def may(role: str, right: Right) -> bool:
    return role in ROLES[right]


def roles_with(right: Right) -> list[str]:
    """The names of the roles that have it, in their order."""
    return [role.words for role in Role if role in ROLES[right]]


_IN_WORDS: Mapping[Right, str] = {
    "read": gettext_noop("read everything"),
    "comment": gettext_noop("comment"),
    "export": gettext_noop("export files"),
    "edit": gettext_noop("change answers"),
    "link": gettext_noop("share by link"),
    "freeze": gettext_noop("freeze versions"),
    "ask_sign_off": gettext_noop("ask for sign-off"),
    "sign_off": gettext_noop("sign off"),
    "meet_condition": gettext_noop("tick off conditions"),
    "audit": gettext_noop("read the audit trail"),
    "delete": gettext_noop("delete assessments"),
    "manage": gettext_noop("manage the workspace"),
}


def role_words(role: str) -> str:
    """What a role may do, in words made from the table above."""
    may_do = [_(words) for right, words in _IN_WORDS.items() if may(role, right)]
    if len(may_do) == len(_IN_WORDS):
        return _("do everything, managing the workspace and its members included")
    *first, last = may_do
    return _("{words} and {last}").format(words=", ".join(first), last=last) if first else last


def rights_of(role: str) -> dict[Right, bool]:
    """Every right, and whether this role has it: what templates ask before they show a button."""
    return {right: may(role, right) for right in ROLES}
