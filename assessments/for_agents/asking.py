"""Asks the interface of programs, within this process: the same door, rights, limits, words and audit trail."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Protocol

import httpx2
import msgspec
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from assessments.api import data, results
from assessments.framework import load_framework
from assessments.pages.problem import NotDone, PathFault, Problem

_ROOT = "/api/v1/"
_NEEDS_TOKEN = (
    "This takes a token. Make one under “Your account”, and give it to this server as FTDECIDE_TOKEN in its "
    "environment."
)


class Declined(Exception):
    """Why something was not done, in words."""


class Asker(Protocol):
    """Whoever can be asked what the interface answers."""

    def ask(self, method: str, path: str, sent: Any = None) -> Any:
        """The answer to one request, as JSON values. Raises Declined."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ByToken:
    """Asks as a program does that came with a token, from an address."""

    token: str = field(repr=False)
    address: str = "127.0.0.1"
    passed_on: Mapping[str, str] = field(default_factory=dict)
    """What a proxy said of where it comes from."""

    def ask(self, method: str, path: str, sent: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", **self.passed_on}
        if settings.SECURE_SSL_REDIRECT:
            headers["X-Forwarded-Proto"] = "https"
        through = httpx2.WSGITransport(app=_application(), raise_app_exceptions=False, remote_addr=self.address)
        with httpx2.Client(transport=through, base_url=settings.SITE_URL or _here()) as client:
            content = None if sent is None else sent_as(sent)
            answer = client.request(method, _ROOT + path, content=content, headers=headers)
        if answer.is_success:
            return answer.json()
        raise Declined(_words(answer))


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutAccount:
    """Answers what hangs on no account, and asks no database."""

    def ask(self, method: str, path: str, sent: Any = None) -> Any:
        if path not in _STATELESS:
            raise Declined(_NEEDS_TOKEN)
        try:
            return _STATELESS[path](sent_as(sent))
        except NotDone as refused:
            raise Declined(words_of(refused.problem)) from None


_STATELESS: Mapping[str, Callable[[bytes], Any]] = {
    "decide": lambda body: results.decided(load_framework(), body),
    "decide/brief": lambda body: msgspec.to_builtins(results.advised(load_framework(), body)),
    "framework": lambda _: data.framework_data(load_framework()),
    "method": lambda _: data.method_data(load_framework()),
    "precedents": lambda _: data.plain(load_framework().precedents),
    "market": lambda _: data.plain(load_framework().market),
}
_handlers: list[WSGIHandler] = []


def _application() -> WSGIHandler:
    """One for the process: it loads the middleware."""
    if not _handlers:
        _handlers.append(WSGIHandler())
    return _handlers[0]


def _here() -> str:
    """Where the site is on this machine, for the links that are told."""
    return f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"


def sent_as(sent: Any) -> bytes:
    """JSON values as bytes. Raises Declined for what is none, such as lists within lists without end."""
    try:
        return json.dumps(sent).encode()
    except (RecursionError, ValueError):
        raise Declined("That could not be read: it is nested too deep, or holds a number that is too long.") from None


def _words(answer: httpx2.Response) -> str:
    try:
        told = answer.json()
        faults = [PathFault(**fault) for fault in told.pop("faults", ())]
        return words_of(Problem(**told, faults=faults))
    except (TypeError, ValueError):
        return f"It was not done: {HTTPStatus(answer.status_code).phrase}."


def words_of(problem: Problem) -> str:
    """A problem for a program to read, and to tell its person."""
    lines = [f"{problem.title}. {problem.detail}"]
    for fault in problem.faults:
        if f"{fault.path}: {fault.sentence}" in problem.detail:
            continue
        stored = f" Stored now: {json.dumps(fault.stored, ensure_ascii=False)}" if fault.stored else ""
        lines.append(f"- {fault.path}: {fault.sentence}.{stored}" if fault.path else f"- {fault.sentence}.{stored}")
    return "\n".join(lines)
