"""Every request that could change something leaves an event in the audit trail."""

from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve

from . import access
from .acts import ACT_AT
from .network import network_of
from .services import audit
from .services.limits import REFUSED, take

_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


class EveryUnsafeRequest:
    """Records the request where the service that it reached has not recorded what was done.

    One that is put aside until somebody has shown who they are is recorded as that. When it goes on, it
    comes through the page that asked, and is recorded as what it is. What is refused for coming too often is
    not, and what is refused to somebody without an account once an hour for a network and act: nobody can take an
    event away again, so that they would fill the disk.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in _SAFE:
            return self.get_response(request)
        audit.recorded.set(0)
        response = self.get_response(request)
        if response.status_code not in (405, 429) and not audit.recorded.get():
            _record(request, status=response.status_code)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, ReauthenticationRequired) and request.method not in _SAFE:
            _record(request, put_aside=True)


def _record(request: HttpRequest, **details: Any) -> None:
    match = _reached(request)
    act = ACT_AT.get(match.view_name) if match else None
    if match is None or act is None:
        return
    is_refused = details.get("status", 0) >= 400
    if is_refused and access.person(request) is None and not take(REFUSED, network_of(request), about=act):
        return
    audit.record(
        access.chain_at(request, match.kwargs) or audit.SITE,
        act,
        actor=access.person(request),
        about=_about(match.kwargs),
        method=request.method,
        **details,
    )


def _reached(request: HttpRequest) -> ResolverMatch | None:
    """What the request was for in the end: one that goes on after it was put aside has its own address again."""
    try:
        return resolve(request.path_info)
    except Resolver404:
        return None


def _about(arguments: dict[str, Any]) -> str:
    """The first id in the address. Tokens and keys open something, so they are never written down."""
    name, value = next(iter(arguments.items()), ("", ""))
    return "" if name in ("token", "key") else str(value)[:64]
