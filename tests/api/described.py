"""The interface asked by what it says about itself, in as many ways as are wanted (schemathesis)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from assessments.models import Assessment
from assessments.services import list_entries, queue
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
    while list_entries.bring_up_to_date(Assessment.objects.all()):
        pass  # once, rather than in each request that is undone
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
    """So many requests of each operation that are as described, and as many that are not, of what is there; and a
    quarter as many of any ids, by anybody. How often which status came. What nothing can be varied in is asked once.

    Fails at the first 500, and at the first answer outside its schema.
    """
    found = Counter[int]()
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        for operation in operations(described.schema):
            with suppress(Unsatisfiable):  # where all is given there is nothing that could be otherwise
                found += _ask(described, operation, mode, examples, of_what_is_there=True)
            found += _ask(described, operation, mode, -(-examples // 4), of_what_is_there=False)
    return found


def _ask(
    described: Described, operation: Any, mode: GenerationMode, examples: int, *, of_what_is_there: bool
) -> Counter[int]:
    token, ids = {"Authorization": f"Bearer {described.token}"}, asdict(described.stage)
    named = operation.path_parameters.schema["properties"]
    fixed = {"headers": token, "path_parameters": {name: ids[name] for name in named}} if of_what_is_there else {}
    found, checks = Counter[int](), CHECKS.get_by_names(WANTED)

    @hypothesis.settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode, **fixed))
    def holds(case: Any) -> None:
        with transaction.atomic():
            if operation.definition.raw["operationId"] == "restore_assessment":
                Assessment.objects.update(deleted_at=timezone.now())
            answer = case.call(headers=token)
            transaction.set_rollback(True)
        found[answer.status_code] += 1
        case.validate_response(answer, checks=checks)

    holds()
    return found
