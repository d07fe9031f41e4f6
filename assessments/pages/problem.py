"""What is wrong with a request of a program, as a problem document (RFC 9457) in the words of the pages."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

PROBLEM = "application/problem+json"
_ROOT = "/api/"


class PathFault(msgspec.Struct, omit_defaults=True):
    """What is wrong at one place of what was sent, with what is stored there where somebody else has changed it."""

    path: str
    sentence: str
    stored: dict[str, Any] | None = None


class Problem(msgspec.Struct, omit_defaults=True):
    """What is wrong, in words for people."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"
    faults: Sequence[PathFault] = ()


class NotDone(Exception):
    """Ends an operation with a problem."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str,
        faults: Sequence[PathFault] = (),
        headers: Mapping[str, str] | None = None,
    ):
        super().__init__(title)
        self.problem = Problem(title=title, status=status, detail=detail, faults=faults)
        self.headers = headers


def is_asked_by_a_program(request: HttpRequest) -> bool:
    return request.path_info.startswith(_ROOT)


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> HttpResponse:
    body = msgspec.json.encode(problem)
    return HttpResponse(body, status=problem.status, content_type=PROBLEM, headers=headers)
