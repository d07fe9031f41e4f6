"""Runs the process that reads files: apart, with nothing in its environment.

Who runs it listens, and writes how far it is. No row is locked meanwhile: what an earlier attempt still says, or one
whose import is gone, finds no row to write to.
"""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import IO, Any

import msgspec
from django.conf import settings

from assessments.engine.measured.found import ReadingJob, WhatWasRead
from assessments.models import EvidenceImport

from .children import bare_environment
from .queue import WorkStopped, beat

WALL_SECONDS = 120
"""What all files of a drop may take. Memory and time of the processor are limited by the process itself."""
_BEAT_SECONDS = 1.0
_LONGEST_LINE = 64_000_000


def read_files(imported: EvidenceImport, job: ReadingJob, scratch: str, slot: int) -> WhatWasRead:
    """What the process found in these files, with this folder to itself. Raises WorkStopped."""
    child = subprocess.Popen(
        [sys.executable, "-m", "assessments.reading"],
        cwd=settings.BASE_DIR,
        env=bare_environment() | {"TMPDIR": scratch},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(slot,),  # whoever starts it may end before it does: the slot is taken until both have
        start_new_session=True,
    )
    try:
        return _listen(imported, child, msgspec.json.encode(job))
    finally:
        child.kill()
        child.wait()
        for end in (child.stdin, child.stdout):
            if end:
                end.close()


def _listen(imported: EvidenceImport, child: subprocess.Popen[bytes], job: bytes) -> WhatWasRead:
    """Hands the job in, and takes line by line what comes out."""
    ends_at, found = time.monotonic() + WALL_SECONDS, None
    if child.stdin is None or child.stdout is None:
        raise WorkStopped("out_of_limits")
    try:
        child.stdin.write(job)
        child.stdin.close()
    except BrokenPipeError:
        raise WorkStopped("out_of_limits") from None
    for line in _lines(imported, child.stdout, ends_at):
        said = _said(line)
        if isinstance(said, WhatWasRead):
            found = said
        else:
            beat(imported, **said)
    if child.wait(timeout=_BEAT_SECONDS * 5) != 0 or found is None:
        raise WorkStopped("out_of_limits")
    return found


def _lines(imported: EvidenceImport, out: IO[bytes], ends_at: float) -> Iterator[bytes]:
    """The lines that come out until the process ends. Raises WorkStopped when the time is over."""
    rest, last_beat = bytearray(), 0.0
    while True:
        now = time.monotonic()
        if now > ends_at:
            raise WorkStopped("out_of_limits")
        if now - last_beat > _BEAT_SECONDS:
            beat(imported)
            last_beat = now
        if not select.select([out], [], [], _BEAT_SECONDS)[0]:
            continue
        piece = os.read(out.fileno(), 1 << 16)
        if not piece:
            return
        *whole, tail = piece.split(b"\n")
        for line in whole:
            yield bytes(rest + line)
            rest.clear()
        rest += tail
        if len(rest) > _LONGEST_LINE:
            raise WorkStopped("out_of_limits")


def _said(line: bytes) -> WhatWasRead | dict[str, Any]:
    try:
        if line.startswith(b'{"read"'):
            return msgspec.json.decode(line, type=dict[str, WhatWasRead])["read"]
        said = json.loads(line)
        return {"progress": min(1.0, max(0.0, float(said["progress"]))), "lines": max(0, int(said["lines"]))}
    except (ValueError, KeyError, TypeError, msgspec.MsgspecError):
        raise WorkStopped("out_of_limits") from None
