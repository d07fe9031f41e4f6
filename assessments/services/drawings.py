"""PDFs that are drawn once for all who ask: put into the queue (queue.py), waited for a little, kept for a day.

Whoever asks on another machine finds the same row.
"""

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.utils import timezone

from assessments.drawing.paper import PaperToDraw
from assessments.models import DrawingState, DrawnPdf
from assessments.prepared import Prepared, given_id

from . import drawing_child, queue, report

KEPT_FOR = timedelta(days=1)
MOST_KEPT = 500
"""The oldest go before their day is over: drawing without end fills no disk."""
MOST_BEING_DRAWN = 40
_LOOK_EVERY = 0.1
_waiting = threading.BoundedSemaphore(2)
"""How many requests of this process wait: the other threads are for those who save."""


class TooManyDrawings(Exception):
    """So many are being drawn that no other one is begun."""


def key_of(*what: object) -> str:
    """The key of a drawing: a hash of all that tells it from others, and of the code and templates that draw it."""
    return hashlib.sha256("\n".join([_release(), *map(str, what)]).encode()).hexdigest()


def find(key: str) -> DrawnPdf | None:
    """As it stands, with nothing begun."""
    return DrawnPdf.objects.defer("pdf").filter(key=key).first()


def ask(key: str, prepare: Callable[[], PaperToDraw], *, again: bool = False) -> DrawnPdf:
    """The drawing of this key: put into the queue where there is none, and waited for a little.

    `prepare` is called where there is none; `again` puts one into the queue anew that failed. Raises TooManyDrawings.
    """
    found = _DRAWN.first(key=key)
    if found is None or (again and found.state == DrawingState.FAILED):
        _make_room()
        order = msgspec.msgpack.encode(prepare())
        values = queue.begun(DrawnPdf) | {"order": order, "asked_at": timezone.now(), "pages": 0}
        if found is None:
            found, _ = DrawnPdf.objects.get_or_create(key=key, defaults=values)
        else:
            DrawnPdf.objects.filter(key=key, state=DrawingState.FAILED).update(**values)
            found.refresh_from_db()
        queue.wake()
    return _wait(found)


_DRAWN: Prepared[DrawnPdf] = Prepared(lambda: DrawnPdf.objects.filter(key=given_id("key", DrawnPdf)))
_STATE: Prepared[str] = Prepared(
    lambda: DrawnPdf.objects.filter(key=given_id("key", DrawnPdf)).values_list("state", flat=True)
)


def sweep() -> int:
    """Removes drawings older than a day, and the oldest of too many. Returns how many."""
    before = timezone.now() - KEPT_FOR
    newest = DrawnPdf.objects.order_by("-asked_at").values_list("asked_at", flat=True)
    for too_old in newest[MOST_KEPT : MOST_KEPT + 1]:
        before = max(before, too_old)
    return DrawnPdf.objects.filter(asked_at__lte=before).delete()[0]


def _make_room() -> None:
    sweep()
    if queue.undone(DrawnPdf).count() >= MOST_BEING_DRAWN:
        raise TooManyDrawings


def _draw(drawing: DrawnPdf, slot: int) -> dict[str, Any]:
    paper = msgspec.msgpack.decode(drawing.order or b"", type=PaperToDraw)
    parts = {field.name: getattr(paper, field.name) for field in fields(paper)}

    def told(pages: int) -> None:
        queue.beat(drawing, pages=pages)

    pdf = report.draw_pdf(parts.pop("html"), told=told, slot=slot, **parts)
    return {"state": DrawingState.DRAWN, "pdf": pdf}


def _wait(drawing: DrawnPdf) -> DrawnPdf:
    """The drawing once it is there, or as it stands once a request has waited long enough."""
    if drawing.state != DrawingState.DRAWING or not _waiting.acquire(blocking=False):
        return drawing
    try:
        ends_at = time.monotonic() + settings.DRAWING_WAIT
        while _STATE.first(key=drawing.pk) == DrawingState.DRAWING and time.monotonic() < ends_at:
            time.sleep(_LOOK_EVERY)
        drawing.refresh_from_db()
        return drawing
    finally:
        _waiting.release()


@cache
def _release() -> str:
    """A hash of all that a drawing is made with: another release, and templates that somebody works on, draw anew."""
    root, found = Path(settings.BASE_DIR), hashlib.sha256()
    for path in sorted([*(root / "assessments").rglob("*.*"), *(root / "templates").rglob("*.*")]):
        if path.suffix in (".py", ".toml", ".html", ".css", ".svg"):
            found.update(path.read_bytes())
    return found.hexdigest()


queue.register(queue.QueueKind(model=DrawnPdf, folder=drawing_child.folder, work=_draw, after={"order": None}))
