"""Bodies that no honest program sends, made from a seed, for every operation that takes one."""

import json
from collections import Counter
from dataclasses import asdict, replace
from random import Random
from typing import Any

import pytest
from django.db import transaction

from assessments.models import EvidenceImport, ImportState
from assessments.services import queue
from assessments.services.limits import CHANGES_BY_PROGRAM

from ..hostile import SMALL_TEXTS, TEXTS, Hostile
from ..people import make_team
from ..visits import FRAMEWORK
from .programs import Body, program_of
from .stage import set_up

ONE = "assessments/{assessment_id}"
VALUES = ("PATCH", f"{ONE}/values")
DOCUMENTS = (("POST", "assessments"), ("POST", "decide"))
OTHERS = (
    ("POST", f"{ONE}/copy"),
    ("POST", f"{ONE}/links"),
    ("POST", f"{ONE}/versions"),
    ("POST", f"{ONE}/evidence"),
    ("POST", f"{ONE}/evidence/{{import_id}}/choices"),
    ("POST", f"{ONE}/evidence/{{import_id}}/decisions"),
    ("POST", f"{ONE}/links/{{link_id}}/pause"),
)
PATHS = (
    "failures.missing_knowledge", "override_weeks", "costs.hourly_rate", "use_case.name", "costs.form",
    "costs.detailed.status_quo.calls", "data", "comparison", "matrix.overrides.tools.latency", "checks.training.alarm",
    "costs", "answers", "", "a" * 300, "answers.\0", "costs.detailed.x.y", "__class__", "costs.starts_on", "answers.x",
)  # fmt: skip
SEEN = (0, 1, 1, 2, -1, 2**31, 10**30, "1", 1.5, None)
FIELDS = ("entries", "name", "days", "version", "reason", "choices", "decisions", "keep_files", "evidence", "costs")
DEEP = b"[" * 3000 + b"]" * 3000
RAW = (
    b"", b"{", b"[]", b"null", b"\xff\xfe", b'"a"', DEEP, b'{"entries":' + DEEP + b"}", b'{"entries":[{"path":1}]}',
    b'{"entries":[' + b'{"path":"answers.brand_voice","seen_version":0,"value":' + DEEP + b"}]}", b"NaN",
    b'{"entries":[{"path":"a","seen_version":1e999}]}', b'{"entries":[],"more":1}', b'{"a":1,"a":2}',
    b'{"name":"\\ud800"}', b'{"name":"\\u0000"}', b'{"days":0}', b'{"version":2147483647}', b'{"reason":[]}',
    b'{"decisions":[{"key":"answers.target_missed","choice":"accept-"}]}', b'{"choices":{"":[""]}}', b"[" * 999,
    b'--B\r\nContent-Disposition: form-data; name="files"; filename="\0/../a"\r\n\r\nx\r\n--B--', b"--B--\r\n",
)  # fmt: skip
CONTENT_TYPES = ("multipart/form-data; boundary=B", "multipart/form-data", "multipart/form-data; boundary=", "\x00")


class HostileBodies:
    """Makes requests with a body: verb, path, content type and body."""

    def __init__(self, seed: int):
        self.random, self.hostile = Random(seed), Hostile(seed)

    def request(self) -> tuple[str, str, str, bytes]:
        random = self.random
        kind = random.choices(("values", "document", "other", "raw"), (40, 25, 20, 15))[0]
        if kind == "values":
            return (*VALUES, "application/json", self.encoded({"entries": self.entries()}))
        if kind == "document":
            return (*random.choice(DOCUMENTS), "application/json", self.hostile.upload())
        content_type = random.choice(("application/json", "application/json", *CONTENT_TYPES))
        if kind == "other":
            sent = {random.choice(FIELDS): self.hostile.json_value() for _ in range(random.randrange(4))}
            return (*random.choice(OTHERS), content_type, self.encoded(sent))
        return (*random.choice((VALUES, *DOCUMENTS, *OTHERS)), content_type, random.choice(RAW))

    def entries(self) -> Any:
        return [self.entry() for _ in range(self.random.choice((1, 1, 1, 3, 0)))]

    def entry(self) -> Any:
        random = self.random
        known = FRAMEWORK.questions[random.choice(list(FRAMEWORK.questions))].path
        entry = {
            "path": random.choice((known, known, random.choice(PATHS))),
            "value": self.hostile.json_value(),
            "seen_version": random.choice(SEEN),
        }
        for name in ("evidence", "link", "strength", random.choice(SMALL_TEXTS)):
            if random.random() < 0.2:
                entry[name] = random.choice(TEXTS)
        return entry

    @staticmethod
    def encoded(sent: Any) -> bytes:
        return json.dumps(sent).encode()


def send_hostile_bodies(monkeypatch: pytest.MonkeyPatch, *, count: int, seed: int = 14) -> Counter[int]:
    """How often which status came. Fails at the first 500, and at the first refusal without words."""
    monkeypatch.setattr(queue, "wake", lambda: None)
    monkeypatch.setattr("assessments.api.door.CHANGES_BY_PROGRAM", replace(CHANGES_BY_PROGRAM, most=10 * count))
    team = make_team()
    program, stage = program_of(team.users["owner"], team.workspace), set_up(team)
    made, found = HostileBodies(seed), Counter[int]()
    EvidenceImport.objects.update(state=ImportState.READ)
    for _ in range(count):
        verb, path, content_type, body = made.request()
        with transaction.atomic():
            answer = program.ask(verb, path.format(**asdict(stage)), Body(body, content_type))
            transaction.set_rollback(True)
        found[answer.status_code] += 1
        assert answer.status_code < 500, (verb, path, content_type, body[:300])
        if answer.status_code >= 400:
            assert json.loads(answer.content).keys() >= {"title", "status", "detail"}, (verb, path, body[:300])
    return found
