"""A report as a tagged PDF, sealed. It is drawn by a process of its own; the key of the seal stays here."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from assessments.drawing.paper import PaperToDraw

from . import drawing_child
from .seal import seal

HOW_TO_INSTALL = (
    "Install Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core, "
    "or brew install pango."
)


@cache
def pdf_is_available() -> bool:
    """Whether WeasyPrint's system libraries are there. Without them people print the page."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


def draw_pdf(
    html: str,
    *,
    attachment: str,
    attachment_name: str,
    at: datetime,
    content_hash: str,
    logo: bytes = b"",
    told: Callable[[int], None],
) -> bytes:
    """The PDF of this HTML, with the document attached if there is one, and sealed.

    `at` dates the attachment; `told` hears how many pages are laid out. The same input gives the same bytes.
    Raises DrawingStopped.
    """
    pdf = _write(
        html,
        "report.css",
        told=told,
        logo=logo,
        attachment=attachment,
        attachment_name=attachment_name,
        at=at,
        custom_metadata=True,
    )
    return seal(pdf, content_hash) if content_hash else pdf


def draw_page(html: str, *, told: Callable[[int], None]) -> bytes:
    """The PDF of this HTML, with nothing attached. Raises DrawingStopped."""
    return _write(html, "portfolio_page.css", told=told)


def _write(html: str, style: str, *, told: Callable[[int], None], **more: Any) -> bytes:
    return drawing_child.draw_apart(PaperToDraw(html=html, style=style, **more), told)
