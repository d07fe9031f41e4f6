"""What several tests of pages put in the place of slow work."""

from typing import Any

import pytest
from django.core.cache import caches

from assessments.services import report as drawing


@pytest.fixture
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What would be drawn."""
    drawn: list[dict[str, Any]] = []

    def draw(html: str, **more: Any) -> bytes:
        drawn.append({"html": html, **more})
        return b"%PDF-1.7"

    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(drawing, "draw_pdf", draw)
    caches["reports"].clear()
    return drawn
