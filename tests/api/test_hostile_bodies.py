"""Bodies that no honest program sends: whatever comes, something is said about it, and nothing fails."""

import json
from dataclasses import replace
from typing import Any

import pytest

from assessments.services.limits import CHANGES_BY_PROGRAM

from ..documents import example_document
from ..people import make_team
from .programs import program_of

pytestmark = pytest.mark.django_db

DEEP = b"[" * 3000 + b"]" * 3000
VALUES: list[Any] = [
    None, True, 0, -1, 1e308, 10**30, 10**400, "", "\0", "\ud800", "x" * 20_000, [], [[]], {}, {"likely": {}},
    {"low": 3, "likely": 2, "high": 1}, [1, "a", None], "yes", {"value": {"value": 1}}, "‮evil", -0.0,
]  # fmt: skip
PATHS = [
    "answers.brand_voice", "failures.missing_knowledge", "override_weeks", "costs.hourly_rate", "use_case.name",
    "costs.detailed.status_quo.calls", "data", "comparison", "matrix.overrides.tools.latency", "checks.training.alarm",
    "costs", "answers", "", "a" * 300, "answers.\0", "costs.detailed.x.y", "__class__", "costs.starts_on",
]  # fmt: skip
RAW = [
    b"", b"{", b"[]", b"null", b"\xff\xfe", b'"a"', DEEP, b'{"entries":' + DEEP + b"}", b'{"entries":[{"path":1}]}',
    b'{"entries":[' + b'{"path":"answers.brand_voice","seen_version":0,"value":' + DEEP + b"}]}",
    b'{"entries":[{"path":"a","seen_version":1e999}]}', b'{"entries":[],"more":1}', b'{"a":1,"a":2}',
    b'{"entries":[{"path":"answers.brand_voice","seen_version":99999999999999999999}]}', b"NaN", b'{"name":"\\ud800"}',
    b'{"name":"\\u0000"}', b'{"name":"' + b"x" * 300 + b'"}', b'{"days":0}', b'{"version":2147483647}',
    b'{"reason":[]}',
]  # fmt: skip


def test_no_body_makes_anything_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.api.door.CHANGES_BY_PROGRAM", replace(CHANGES_BY_PROGRAM, most=10_000))
    team = make_team()
    program = program_of(team.users["owner"], team.workspace)
    at = f"assessments/{team.assessment.pk}"
    seen: set[int] = set()

    def ask(verb: str, path: str, body: Any) -> None:
        answer = program.ask(verb, path, body)
        seen.add(answer.status_code)
        assert answer.status_code < 500, (verb, path, body if len(str(body)) < 200 else str(body)[:200])
        if answer.status_code >= 400:
            assert json.loads(answer.content).keys() >= {"title", "status", "detail"}

    for path in PATHS:
        for value in VALUES:
            ask("PATCH", f"{at}/values", _encoded({"entries": [{"path": path, "value": value, "seen_version": 0}]}))
    for raw in RAW:
        for verb, where in (
            ("PATCH", f"{at}/values"),
            ("POST", "assessments"),
            ("POST", "decide"),
            ("POST", f"{at}/copy"),
            ("POST", f"{at}/links"),
            ("POST", f"{at}/versions"),
        ):
            ask(verb, where, raw)
    for hostile in ("?limit=0", "?limit=x", "?after=%00", "?q=%00", "?verdict=%F0", "?limit=9999999999999", "?x=1"):
        assert program.get(f"assessments{hostile}").status_code < 500
    for number in ("0", "9" * 30):
        assert program.get(f"{at}/versions/{number}").status_code == 404
        assert program.get(f"{at}/versions/{number}/to/{number}").status_code == 404
        assert program.post(f"{at}/links/{number}/pause").status_code == 404
    assert {400, 422} <= seen
    assert program.post("decide", example_document("task_api")).status_code == 200


def _encoded(sent: Any) -> bytes:
    return json.dumps(sent).encode()
