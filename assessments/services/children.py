"""What processes of ours have in common that work apart: a thread that listens, a place of two, a bare environment."""

import fcntl
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

from django.db import connection

AT_A_TIME = 2
"""Of one kind, on this machine."""
_log = logging.getLogger(__name__)


def in_background(work: Callable[[], object]) -> None:
    """Does it in a thread of this process, which does not hold up its end."""

    def run() -> None:
        try:
            work()
        except Exception:
            _log.exception("Work in the background ended unexpectedly")
        finally:
            connection.close()

    threading.Thread(target=run, name="background", daemon=True).start()


def bare_environment() -> dict[str, str]:
    """Nothing of ours: whoever gets hold of such a process finds no secret there."""
    return {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def a_slot(folder: Path) -> int | None:
    """A place where fewer than two are taken in this folder. Whoever inherits the descriptor keeps it taken."""
    for place in range(AT_A_TIME):
        slot = os.open(folder / f"slot-{place}", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(slot)
        else:
            return slot
    return None
