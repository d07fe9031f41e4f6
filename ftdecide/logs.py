"""The logs: one line for each request and for each thing told, with nothing in it that opens something.

Tokens of links, invitations and resets stand in addresses, so these are masked.
"""

import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that is answered: in its lines of the log, its header X-Request-ID and its page of what went wrong."""
_AN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_requests = logging.getLogger("ftdecide.requests")

_SECRETS = re.compile(
    r"""(?<=/r/)[^/\s?#"']+"""  # links
    r"""|(?<=/)[\w-]{40,}(?=[/\s?#"']|$)"""  # invitations
    r"""|(?<=/confirm-email/)[^/\s?#"']+|(?<=/password/reset/key/)[^/\s?#"']+"""
    r"""|(?<=[?&]code=)[^&\s#"']+|(?<=[?&]state=)[^&\s#"']+"""  # single sign-on
)


def masked(text: str) -> str:
    """The text with the secret parts of addresses replaced.

    >>> masked('GET /r/abc/report.pdf HTTP/1.1')
    'GET /r/***/report.pdf HTTP/1.1'
    >>> masked("/join/" + "x" * 43 + "/"), masked("/static/css/base.0123456789ab.css")
    ('/join/***/', '/static/css/base.0123456789ab.css')
    """
    return _SECRETS.sub("***", text)


class MaskSecrets(logging.Filter):
    """For handlers and loggers: masks the whole line, arguments and tracebacks included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = masked(record.exc_text or logging.Formatter().formatException(record.exc_info))
        return True


class JSONLines(logging.Formatter):
    """Each record as JSON on a line of its own, whatever is in it."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if found := request_id.get():
            line["request_id"] = found
        line |= getattr(record, "request_line", {})
        if record.exc_info or record.exc_text:
            line["error"] = record.exc_text or self.formatException(record.exc_info or (None, None, None))
        return json.dumps(line, ensure_ascii=True)


def each_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Gives every request an id, the trusted proxy's or one of its own, and tells of it in one line.

    The line has no query, no address of whoever asks and nothing that was sent.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        began, name = time.monotonic(), _named_by_proxy(request) or new_id()
        held = request_id.set(name)
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = name
            if _requests.isEnabledFor(logging.INFO):
                _requests.info("request", extra={"request_line": _line(request, response, began)})
            return response
        finally:
            request_id.reset(held)

    return respond


def new_id() -> str:
    return uuid.uuid4().hex


def _named_by_proxy(request: HttpRequest) -> str:
    said = request.META.get("HTTP_X_REQUEST_ID", "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
    return said if _AN_ID.fullmatch(said) else ""


def _line(request: HttpRequest, response: HttpResponse, began: float) -> dict[str, object]:
    reached = request.resolver_match
    return {
        "method": (request.method or "")[:10],
        "path": masked(request.path)[:300],
        "page": reached.view_name if reached else "",
        "status": response.status_code,
        "ms": round((time.monotonic() - began) * 1000, 1),
        "htmx": "HTTP_HX_REQUEST" in request.META,
    }
