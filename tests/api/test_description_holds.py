"""What the description says holds: whatever is sent, there is no 500 and no answer outside its schema."""

import pytest


@pytest.mark.django_db
def test_no_500_and_no_answer_outside_its_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    from .described import ask_all, describes_itself  # what it stands on takes long to load

    with describes_itself(monkeypatch) as described:
        found = ask_all(described, examples=2)
    assert {200, 404, 422} <= found.keys()
