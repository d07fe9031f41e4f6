"""PDFs that are drawn once for all who ask: begun, waited for a little, kept for a day, begun again where they stopped.

A thread listens to the process that draws (drawing_child.py) and writes how far it is. Whoever asks on another
machine finds the same row.
"""

import hashlib
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from assessments.models import DrawingState, DrawnPdf

from .children import in_background
from .drawing_child import DrawingStopped

WAIT_SECONDS = 2.0
KEPT_FOR = timedelta(days=1)
MOST_KEPT = 500
"""The oldest go before their day is over: drawing without end fills no disk."""
MOST_BEING_DRAWN = 40
_LOOK_EVERY = 0.1
_STALE_AFTER = timedelta(seconds=20)
_waiting = threading.BoundedSemaphore(2)
"""How many requests of this process wait: the other threads are for those who save."""


class Draw(Protocol):
    """Draws one PDF, and tells meanwhile how many pages are laid out."""

    def __call__(self, *, told: Callable[[int], None]) -> bytes: ...


class TooManyDrawings(Exception):
    """So many are being drawn that no other one is begun."""


def key_of(*what: object) -> str:
    """The key of a drawing: a hash of all that tells it from others, and of the code and templates that draw it."""
    return hashlib.sha256("\n".join([_release(), *map(str, what)]).encode()).hexdigest()


def find(key: str) -> DrawnPdf | None:
    """As it stands, with nothing begun."""
    return DrawnPdf.objects.defer("pdf").filter(key=key).first()


def ask(key: str, prepare: Callable[[], Draw], *, again: bool = False) -> DrawnPdf:
    """The drawing of this key: begun where there is none, and waited for a little.

    `prepare` is called where it is begun; `again` begins one anew that failed. Raises TooManyDrawings.
    """
    found = DrawnPdf.objects.filter(key=key).first()
    if found is None:
        _make_room()
        found, is_new = DrawnPdf.objects.get_or_create(key=key)
        begins = is_new
    elif found.state == DrawingState.FAILED:
        begins = again and _restart(found, begun_again=False)
    else:
        begins = stands_still(found) and _begin_again(found)
    if begins:
        _begin(found, prepare)
    return _wait(found)


def stands_still(drawing: DrawnPdf) -> bool:
    """Whether nobody has heard of it for so long that whoever drew it must have ended."""
    return drawing.state == DrawingState.DRAWING and drawing.heartbeat < timezone.now() - _STALE_AFTER


def sweep() -> int:
    """Removes drawings older than a day, and the oldest of too many. Returns how many."""
    before = timezone.now() - KEPT_FOR
    newest = DrawnPdf.objects.order_by("-asked_at").values_list("asked_at", flat=True)
    for too_old in newest[MOST_KEPT : MOST_KEPT + 1]:
        before = max(before, too_old)
    return DrawnPdf.objects.filter(asked_at__lte=before).delete()[0]


def _make_room() -> None:
    sweep()
    fresh = timezone.now() - _STALE_AFTER
    if DrawnPdf.objects.filter(state=DrawingState.DRAWING, heartbeat__gt=fresh).count() >= MOST_BEING_DRAWN:
        raise TooManyDrawings


def _begin_again(drawing: DrawnPdf) -> bool:
    """Once by itself; then it counts as stopped."""
    if not drawing.begun_again:
        return _restart(drawing, begun_again=True)
    if _this_attempt(drawing).update(state=DrawingState.FAILED, told="stopped"):
        drawing.refresh_from_db()
    return False


def _restart(drawing: DrawnPdf, *, begun_again: bool) -> bool:
    """Whether it was this request that began it anew: of several, one does."""
    now = timezone.now()
    as_seen = _this_attempt(drawing).filter(heartbeat=drawing.heartbeat)
    begun = as_seen.update(
        state=DrawingState.DRAWING,
        attempt=F("attempt") + 1,
        begun_again=begun_again,
        heartbeat=now,
        asked_at=now,
        pages=0,
        told="",
    )
    drawing.refresh_from_db()
    return bool(begun)


def _this_attempt(drawing: DrawnPdf) -> QuerySet[DrawnPdf]:
    return DrawnPdf.objects.filter(pk=drawing.pk, attempt=drawing.attempt, state=drawing.state)


def _begin(drawing: DrawnPdf, prepare: Callable[[], Draw]) -> None:
    try:
        draw = prepare()
    except Exception:
        drawing.delete()  # the next one to ask begins
        raise
    in_background(partial(_draw, drawing, draw))


def _draw(drawing: DrawnPdf, draw: Draw) -> None:
    mine = _this_attempt(drawing)
    result: dict[str, Any] = {"state": DrawingState.FAILED, "told": "fault"}
    try:
        result = {"state": DrawingState.DRAWN, "pdf": draw(told=partial(_beat, mine))}
    except DrawingStopped as stopped:
        result["told"] = stopped.code
    finally:
        mine.update(**result)


def _beat(mine: QuerySet[DrawnPdf], pages: int) -> None:
    """Shows that this attempt goes on. Raises DrawingStopped where it is no longer the one that counts."""
    if not mine.update(heartbeat=timezone.now(), pages=pages):
        raise DrawingStopped("stopped")


def _wait(drawing: DrawnPdf) -> DrawnPdf:
    """The drawing once it is there, or as it stands after two seconds."""
    if drawing.state != DrawingState.DRAWING or not _waiting.acquire(blocking=False):
        return drawing
    try:
        ends_at = time.monotonic() + WAIT_SECONDS
        while True:
            drawing.refresh_from_db()
            if drawing.state != DrawingState.DRAWING or time.monotonic() > ends_at:
                return drawing
            time.sleep(_LOOK_EVERY)
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
