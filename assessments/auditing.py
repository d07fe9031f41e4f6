"""Every request that could change something leaves an event in the audit trail."""

from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse

from . import access
from .services import audit

_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
NOT_RECORDED = {"appearance"}
"""Changes nothing but a cookie of the visitor's own."""


def every_unsafe_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Records the request where the service that it reached has not recorded what was done.

    One that is put aside until somebody has shown who they are is recorded as that. When it goes on, it
    comes through the page that asked, and is recorded as what it is.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method in _SAFE:
            return get_response(request)
        asked = request.path_info
        audit.recorded.set(0)
        response = get_response(request)
        if request.path_info != asked:
            access.come_back(request)
        match = request.resolver_match
        reached = match and response.status_code != 405 and match.view_name not in NOT_RECORDED
        if match and reached and not audit.recorded.get():
            audit.record(
                getattr(request, "chain", audit.SITE),
                match.view_name or "unknown",
                person=access.person(request),
                about=_about(match.kwargs),
                method=request.method,
                status=response.status_code,
                **getattr(request, "put_aside", {}),
            )
        return response

    def put_aside(request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, ReauthenticationRequired):
            request.put_aside = {"put_aside": True}  # type: ignore[attr-defined]

    respond.process_exception = put_aside  # type: ignore[attr-defined]
    return respond


def _about(arguments: dict[str, Any]) -> str:
    """The first id in the address. Tokens and keys open something, so they are never written down."""
    name, value = next(iter(arguments.items()), ("", ""))
    return "" if name in ("token", "key") else str(value)[:64]
