"""What a container or a balancer asks: whether this process lives, and whether it can serve.

Answered before anything else: from this machine, by whatever host name, without https and without a session.
"""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from assessments.services.schema import OtherSchema, refuse_other

LIVES, SERVES = "/livez", "/readyz"


def health(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def respond(request: HttpRequest) -> HttpResponse:
        if request.path_info == LIVES:
            return _said(200, "alive")
        if request.path_info == SERVES:
            return _ready()
        return get_response(request)

    return respond


def _ready() -> HttpResponse:
    """Whether the database answers and fits this program."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        refuse_other()
    except DatabaseError:
        return _said(503, "the database does not answer")
    except OtherSchema:
        return _said(503, "the database does not fit this program")
    return _said(200, "ready")


def _said(status: int, words: str) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers)
