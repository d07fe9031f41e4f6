"""The interface asked by what it says about itself, in as many ways as are wanted (schemathesis)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import strategies
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from assessments.services import queue
from assessments.services.limits import CHANGES_BY_PROGRAM, READS_BY_PROGRAM

from ..people import make_team
from .programs import program_of
from .stage import Stage, set_up

WANTED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


@dataclass(frozen=True, kw_only=True)
class Described:
    """The interface as it describes itself, with a token of an owner, and what that one has."""

    schema: Any
    token: str
    stage: Stage


@contextmanager
def describes_itself(monkeypatch: pytest.MonkeyPatch) -> Iterator[Described]:
    """Asked through WSGI within the test's own transaction: its connection must stay open. Nobody draws."""
    monkeypatch.setattr(settings, "DRAWING_WAIT", 0)
    monkeypatch.setattr(queue, "wake", lambda: None)
    monkeypatch.setattr("assessments.api.door.CHANGES_BY_PROGRAM", replace(CHANGES_BY_PROGRAM, most=10_000_000))
    monkeypatch.setattr("assessments.api.door.READS_BY_PROGRAM", replace(READS_BY_PROGRAM, most=10_000_000))
    team = make_team()
    stage, token = set_up(team), program_of(team.users["owner"], team.workspace).secret
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    yield Described(schema=schema, token=token, stage=stage)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operations(schema: Any) -> Iterator[Any]:
    for found in schema.get_all_operations():
        yield found.ok()


def ask_all(described: Described, *, examples: int) -> Counter[int]:
    """So many requests of each operation that are as described, and as many that are not: how often which status.

    Fails at the first 500, and at the first answer outside its schema.
    """
    found = Counter[int]()
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        for operation in operations(described.schema):
            found += _ask(described, operation, mode, examples)
    return found


def _ask(described: Described, operation: Any, mode: GenerationMode, examples: int) -> Counter[int]:
    known, found, checks = asdict(described.stage), Counter[int](), CHECKS.get_by_names(WANTED)

    @hypothesis.settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode), elsewhere=strategies.integers(0, 3))
    def holds(case: Any, elsewhere: int) -> None:
        if elsewhere < 3:
            case.path_parameters = {name: known[name] for name in case.path_parameters or {}}
        with transaction.atomic():
            answer = case.call(headers={"Authorization": f"Bearer {described.token}"})
            transaction.set_rollback(True)
        found[answer.status_code] += 1
        case.validate_response(answer, checks=checks)

    holds()
    return found
