"""The queue is the database: work waits in its row, and is taken by whichever process, on any machine, has room first.

Each web process has one thread that looks for work once a second, and at once when its own process adds some. It
takes what waited longest (`SELECT … FOR UPDATE SKIP LOCKED` on PostgreSQL; on SQLite the one writer goes first) as
long as fewer than two of the kind are worked on by its machine. Work whose machine fell silent is taken again, once.
"""

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from assessments.models import QueuedWork
from assessments.models.queued import free_to_take

from .children import a_slot, in_background

LOOK_EVERY = 1.0
_log = logging.getLogger(__name__)


class WorkStopped(Exception):
    """Work ended without a result. Carries the code that `told` gets."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueKind:
    """One kind of work."""

    model: type[QueuedWork]
    folder: Callable[[], Path]
    """Where the places of this machine are."""
    work: Callable[[Any, int], dict[str, Any]]
    """Does it, holding this place, and gives what is stored in the row. Raises WorkStopped."""
    after: dict[str, Any]
    """What is stored besides, however it ended."""


_kinds: list[QueueKind] = []
_there_is_work = threading.Event()
_thread: list[tuple[int, threading.Thread]] = []
_starts = threading.Lock()


def register(kind: QueueKind) -> None:
    """Makes a kind known. Called when its module is loaded."""
    _kinds.append(kind)


def wake() -> None:
    """Has this process look for work at once, and from now on. A process that was forked starts a thread of its own."""
    with _starts:
        if not _thread or _thread[0][0] != os.getpid():
            thread = threading.Thread(target=_look_for_work, name="queue", daemon=True)
            _thread[:] = [(os.getpid(), thread)]
            thread.start()
    _there_is_work.set()


def work_off(*models: type[QueuedWork]) -> None:
    """Does all that waits, here and now."""
    for kind in _kinds:
        while kind.model in models and (found := _take(kind)):
            _do(kind, *found)


def undone(model: type[QueuedWork]) -> QuerySet[Any]:
    return model._default_manager.filter(state=model.UNDONE)


def begun(model: type[QueuedWork]) -> dict[str, Any]:
    """The values of work that waits to be begun."""
    return {"state": model.UNDONE, "heartbeat": None, "begun_again": False, "told": ""}


def this_attempt(work: QueuedWork) -> QuerySet[Any]:
    return undone(type(work)).filter(pk=work.pk, attempt=work.attempt)


def beat(work: QueuedWork, **more: Any) -> None:
    """Shows that this attempt goes on. Raises WorkStopped where it is no longer the one that counts."""
    if not this_attempt(work).update(heartbeat=timezone.now(), **more):
        raise WorkStopped("gone")


def _look_for_work() -> None:
    while True:
        _there_is_work.wait(LOOK_EVERY)
        _there_is_work.clear()
        try:
            for kind in _kinds:
                while found := _take(kind):
                    in_background(partial(_do, kind, *found))
        except Exception:
            _log.exception("The queue could not be looked at")
            connection.close()  # the next look opens another one


def _take(kind: QueueKind) -> tuple[QueuedWork, int] | None:
    """What this process works on next and the place that it holds; None where nothing waits, or there is no room."""
    if not _free(kind.model).exists():
        return None
    if (slot := a_slot(kind.folder())) is None:
        return None
    if found := _taken(kind.model):
        return found, slot
    os.close(slot)
    return None


def _free(model: type[QueuedWork]) -> QuerySet[Any]:
    """What nobody works on and whose time has come, the longest waiting first, and what was begun least often."""
    has_come = {f"{model.QUEUED_AT}__lte": timezone.now()}
    return undone(model).filter(free_to_take(), **has_come).order_by(model.QUEUED_AT, "attempt")


@transaction.atomic
def _taken(model: type[QueuedWork]) -> QueuedWork | None:
    while True:
        work: QueuedWork | None = _free(model).select_for_update(skip_locked=True, of=("self",)).first()
        if work is None:
            return None
        if work.heartbeat is not None and work.begun_again:
            this_attempt(work).update(state=model.FAILED, told="stopped")
            continue
        work.begun_again = work.heartbeat is not None
        work.attempt += 1
        work.heartbeat = timezone.now()
        work.save(update_fields=["begun_again", "attempt", "heartbeat"])
        return work


def _do(kind: QueueKind, work: QueuedWork, slot: int) -> None:
    result: dict[str, Any] = {"state": kind.model.FAILED, "told": "fault"}
    try:
        result = kind.work(work, slot)
    except WorkStopped as stopped:
        result["told"] = stopped.code
    finally:
        os.close(slot)
        this_attempt(work).update(**kind.after | result)
        _there_is_work.set()
