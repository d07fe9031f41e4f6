"""One operation of the interface: where it stands, which right it takes, what it takes in and gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.http import HttpRequest

from assessments.access import OwnAssessment, OwnWorkspace
from assessments.models import AccessToken, User
from assessments.pages.problem import NotDone
from assessments.rights import Right

Opens = Literal["assessment", "deleted assessment", "workspace"]
DOCUMENT = "document"
"""Stands for a body that is an assessment document, read as a file is."""
FILES = "files"
"""Stands for a form with files, which are streamed into the data folder."""
PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherAnswer:
    """An answer with another status than the operation's own, or with headers."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request of a program: who asks through which token, what was opened for it, and what was sent."""

    request: HttpRequest
    token: AccessToken
    opened: OwnAssessment | OwnWorkspace
    arguments: Mapping[str, Any]
    """What else stands in the address."""
    asked: Any
    """The query."""
    sent: Any
    """The body."""

    @property
    def own(self) -> OwnAssessment:
        assert isinstance(self.opened, OwnAssessment)
        return self.opened

    @property
    def actor(self) -> User:
        return self.token.membership.user


Perform = Callable[[Call], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    name: str
    method: Literal["GET", "POST", "PATCH", "DELETE"]
    path: str
    """After /api/v1/, in Django's words."""
    summary: str
    opens: Opens
    right: Right
    """What it takes of what it opens; the token's scope follows from it."""
    perform: Perform
    gives: Any
    """The type of the answer; None for none."""
    status: int = 200
    sends: Any = None
    asks: Any = None
    media: str = "application/json"
    also: Mapping[int, Any] = field(default_factory=dict)
    """The types of answers with another status, as JSON: where something is not there yet, or was there before."""
    again: bool = False
    """Whether it may be sent again by the same key and is done once."""
    like: str = ""
    """The name of a page that is counted in the same bound; without one it is any page, or any form that is sent."""

    @property
    def is_unsafe(self) -> bool:
        return self.method != "GET"


@dataclass(slots=True, kw_only=True)
class Operations:
    """The operations of the interface, in the order in which they are described."""

    every: list[Operation] = field(default_factory=list)

    def add(self, method: Any, path: str, **more: Any) -> Callable[[Perform], Perform]:
        """Makes a function an operation; its docstring says what it does."""

        def take(perform: Perform) -> Perform:
            summary = (perform.__doc__ or "").strip()
            name = perform.__name__
            self.every.append(Operation(name=name, method=method, path=path, summary=summary, perform=perform, **more))
            return perform

        return take

    @property
    def in_order(self) -> list[Operation]:
        """As they are described: by path."""
        return sorted(self.every, key=lambda one: one.path)

    def at(self, path: str) -> dict[str, Operation]:
        return {one.method: one for one in self.every if one.path == path}


OPERATIONS = Operations()

__all__ = ["DOCUMENT", "FILES", "OPERATIONS", "PDF", "Call", "NotDone", "Operation", "OtherAnswer"]
