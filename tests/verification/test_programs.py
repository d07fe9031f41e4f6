"""The interface, long: every operation asked by its own description (schemathesis), and 10,000 hostile bodies."""

import pytest

from ..api.described import ask_all, describes_itself
from ..api.hostile_bodies import send_hostile_bodies
from ..bars import tries

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
EXAMPLES, BODIES = tries(20, 300), tries(1_000, 10_000)


def test_the_description_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    with describes_itself(monkeypatch) as described:
        found = ask_all(described, examples=EXAMPLES)
    assert {200, 404, 422} <= found.keys()


def test_no_body_makes_anything_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    assert send_hostile_bodies(monkeypatch, count=BODIES).total() == BODIES
