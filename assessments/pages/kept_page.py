"""Whole pages, drawn once for as long as nothing that they show is another."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone

from assessments import access
from assessments.framework.notation import current
from assessments.models import Assessment
from assessments.services import audit
from assessments.services.market import current_market

from .appearance import theme_of
from .who import chains_end, in_menu, waiting_of

LONGEST_KEPT = 300_000
_CSRF = "\x1atoken"
"""Stands for the form token, which is another one each time. No text can have its first character."""
_is_drawn_to_keep: ContextVar[bool] = ContextVar("is_drawn_to_keep", default=False)


def form_token(request: HttpRequest) -> str:
    """What a form carries; while a page is drawn to be kept, what stands for it."""
    return _CSRF if _is_drawn_to_keep.get() else get_token(request)


def given_token() -> dict[str, str]:
    """What a template gets instead of Django's own token while it is drawn to be kept."""
    return {"csrf_token": _CSRF} if _is_drawn_to_keep.get() else {}


def around(request: HttpRequest, assessment: Assessment) -> str:
    """Tells what is shown of an assessment, by itself and by what people did around it, from what it was before.

    Every change leaves an event in the audit trail: comments, sign-offs, links, members, names. What else moves is the
    market and the day.
    """
    ends = where_chain_ends(request, audit.chain_of(assessment))
    return f"{assessment.pk}-{assessment.changed_at.timestamp()}-{ends}"


def where_chain_ends(request: HttpRequest, chain: str) -> str:
    """The same for all that this chain of the audit trail tells of."""
    ends = chains_end(request) if chain in access.open_workspaces(request) else audit.ends(chain, audit.SITE)
    return f"{ends}-{current_market().digest}-{timezone.localdate():%Y%m%d}"


def kept_page(request: HttpRequest, seen: str, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """What `draw` gives, once for each person, address and state of all that it shows, which `seen` tells.

    Whether somebody may see it is asked before, each time. What the head of every page shows is looked up here.
    """
    if len(get_messages(request)):
        return draw()
    key = hashlib.sha256("\n".join(map(str, (request.get_full_path(), seen, *_in_head(request)))).encode()).hexdigest()
    content: bytes | None = caches["pages"].get(key)
    if content is None:
        with _drawn_to_keep():
            response = draw()
        content = response.content
        if response.status_code != 200:
            response.content = _with_token(content, request)
            return response
        if len(content) <= LONGEST_KEPT:
            caches["pages"].set(key, content)
    return HttpResponse(_with_token(content, request))


def _in_head(request: HttpRequest) -> tuple[Any, ...]:
    """All that differs in the head, the menu and the foot of a page, and how numbers are written."""
    person, workspace = access.person(request), access.current_workspace(request)
    who = (person.pk, person.name, person.email) if person else ()
    place = workspace.workspace.pk if workspace else ""
    return who, in_menu(request), place, waiting_of(request), theme_of(request), current().key


def _with_token(content: bytes, request: HttpRequest) -> bytes:
    slot = _CSRF.encode()
    return content.replace(slot, get_token(request).encode()) if slot in content else content


@contextmanager
def _drawn_to_keep() -> Iterator[None]:
    held = _is_drawn_to_keep.set(True)
    try:
        yield
    finally:
        _is_drawn_to_keep.reset(held)
