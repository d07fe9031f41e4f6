"""Has a PDF drawn by a process of its own: few at once, within limits, with nothing in its environment.

Each process of the site that draws keeps one server (`python -m assessments.drawing`), which has read WeasyPrint in
and forks for each drawing; it ends with the process that keeps it.
"""

import logging
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.conf import settings

from assessments.drawing.job import DrawingJob
from assessments.drawing.paper import PaperToDraw

from .children import bare_environment
from .queue import WorkStopped

PROCESSOR_SECONDS = 60
WALL_SECONDS = 120
MEMORY = 1024 * 1024 * 1024
LONGEST_PDF = 64_000_000
_BEAT_SECONDS = 1.0
_log = logging.getLogger(__name__)


def draw_apart(paper: PaperToDraw, told: Callable[[int], None], slot: int) -> bytes:
    """The PDF, drawn in this place of the machine. Raises WorkStopped.

    `told` hears about once a second how many pages are laid out, and may raise.
    """
    with tempfile.TemporaryDirectory(dir=folder()) as scratch:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                _server.send(theirs.fileno(), slot)
            job = DrawingJob(
                paper=paper,
                scratch=scratch,
                memory=MEMORY,
                processor_seconds=PROCESSOR_SECONDS,
                wall_seconds=WALL_SECONDS,
            )
            return _listen(ours, msgspec.msgpack.encode(job), told)


def folder() -> Path:
    found = Path(settings.DATA_DIR) / "drawings"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


@dataclass(slots=True)
class _Server:
    """The server of this process, started when it is first asked."""

    lock: threading.Lock
    control: socket.socket | None = None
    process: subprocess.Popen[bytes] | None = None
    kept_by: int = 0
    """The process that started it: one that was forked from it starts its own."""

    def send(self, end: int, slot: int) -> None:
        """Hands it one end of a connection and the place of the drawing. One that has ended is started anew."""
        with self.lock:
            for _ in range(2):
                if self.control is None or self.kept_by != os.getpid():
                    self.control, self.process = _start()
                    self.kept_by = os.getpid()
                try:
                    socket.send_fds(self.control, [b"1"], [end, slot])
                    return
                except OSError:
                    self.control.close()
                    self.control = None
        raise WorkStopped("stopped")


_server = _Server(lock=threading.Lock())


def _start() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    ours, theirs = socket.socketpair()
    # where Homebrew's libraries are looked for, on macOS
    libraries = {name: value for name, value in os.environ.items() if name == "DYLD_FALLBACK_LIBRARY_PATH"}
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "assessments.drawing"],
            cwd=settings.BASE_DIR,
            env=bare_environment() | libraries,
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    return ours, process


def _listen(ours: socket.socket, job: bytes, told: Callable[[int], None]) -> bytes:
    """Hands the job in, and takes what comes until the process ends."""
    ends_at = time.monotonic() + WALL_SECONDS + 5 * _BEAT_SECONDS  # it ends itself before that
    try:
        ours.sendall(job)
        ours.shutdown(socket.SHUT_WR)
    except OSError:
        raise WorkStopped("stopped") from None
    came, pages, last_told = bytearray(), 0, 0.0
    while time.monotonic() < ends_at:
        if time.monotonic() - last_told > _BEAT_SECONDS:
            told(pages)
            last_told = time.monotonic()
        if not select.select([ours], [], [], _BEAT_SECONDS)[0]:
            continue
        piece = _received(ours)
        if not piece:
            return _pdf_in(came)
        came += piece
        while came.startswith(b"page ") and b"\n" in came:
            line, _, came = came.partition(b"\n")
            pages = int(line.removeprefix(b"page "))
        if len(came) > LONGEST_PDF:
            break
    raise WorkStopped("out_of_limits")


def _received(ours: socket.socket) -> bytes:
    try:
        return ours.recv(1 << 16)
    except OSError:
        return b""  # it was ended while it still had something to read


def _pdf_in(came: bytearray) -> bytes:
    """The PDF, where all of it came."""
    line, _, rest = bytes(came).partition(b"\n")
    kind, _, about = line.partition(b" ")
    if kind == b"pdf" and int(about) == len(rest):
        return rest
    if kind == b"fault":
        _log.error("A drawing ended with %s", about.decode(errors="replace"))
        raise WorkStopped("fault")
    raise WorkStopped("out_of_limits")
