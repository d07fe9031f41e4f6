"""What several tests of pages share: a team, and what stands in the place of slow work."""

from typing import Any

import pytest
from django.test import Client

from assessments.services import report as drawing

from ..signers import Team, browser, new_team


@pytest.fixture
def team(db: None) -> Team:
    return new_team()


@pytest.fixture
def ana(team: Team) -> Client:
    return browser(team.ana)


@pytest.fixture
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What would be drawn."""
    drawn: list[dict[str, Any]] = []

    def draw(html: str, **more: Any) -> bytes:
        drawn.append({"html": html, **more})
        return b"%PDF-1.7"

    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(drawing, "draw_pdf", draw)
    return drawn
