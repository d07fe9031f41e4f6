"""Bodies that no honest program sends: whatever comes, something is said about it, and nothing fails."""

import pytest

from ..documents import example_document
from ..people import make_team
from .hostile_bodies import send_hostile_bodies
from .programs import program_of

pytestmark = pytest.mark.django_db


def test_no_body_makes_anything_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    found = send_hostile_bodies(monkeypatch, count=200)
    assert {200, 201, 400, 422} <= found.keys()


def test_no_address_makes_anything_fail() -> None:
    team = make_team()
    program = program_of(team.users["owner"], team.workspace)
    at = f"assessments/{team.assessment.pk}"
    for hostile in ("?limit=0", "?limit=x", "?after=%00", "?q=%00", "?verdict=%F0", "?limit=9999999999999", "?x=1"):
        assert program.get(f"assessments{hostile}").status_code in (200, 422)
        assert program.get(f"portfolio{hostile}").status_code in (200, 422)
    for number in ("0", "9" * 30):
        assert program.get(f"{at}/versions/{number}").status_code == 404
        assert program.get(f"{at}/versions/{number}/to/{number}").status_code == 404
        assert program.post(f"{at}/links/{number}/pause").status_code == 404
        assert program.get(f"{at}/evidence/{number}").status_code == 404
    assert program.post("decide", example_document("task_api")).status_code == 200
