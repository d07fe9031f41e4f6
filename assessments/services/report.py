"""A report as a tagged PDF, sealed. It is drawn by a process of its own; the key of the seal stays here."""

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils.translation import gettext_noop

from assessments.drawing.paper import PaperToDraw

from . import drawing_child
from .seal import seal

HOW_TO_INSTALL = gettext_noop(
    "Install Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core, "
    "or brew install pango."
)


@cache
def pdf_is_available() -> bool:
    """Whether WeasyPrint's system libraries are there. Without them people print the page.

    A process of its own tries: WeasyPrint takes 30 MB, which those that answer requests have no use for.
    """
    tried = subprocess.run([sys.executable, "-c", "import weasyprint"], check=False, stderr=subprocess.DEVNULL)
    return tried.returncode == 0


def draw_pdf(html: str, *, content_hash: str, told: Callable[[int], None], slot: int, **more: Any) -> bytes:
    """The PDF of this HTML (drawing/paper.py: PaperToDraw), sealed if there is something to seal it over.

    `told` hears how many pages are laid out. The same input gives the same bytes. Raises WorkStopped.
    """
    pdf = drawing_child.draw_apart(PaperToDraw(html=html, **more), told, slot)
    return seal(pdf, content_hash) if content_hash else pdf
