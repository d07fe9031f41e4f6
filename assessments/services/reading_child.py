"""Runs the process that reads files: apart, with nothing in its environment, two at a time on this machine.

A thread listens to it and writes how far it is. No row is locked meanwhile: what an earlier attempt still says,
or one whose import is gone, finds no row to write to.
"""

import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import IO, Any

import msgspec
from django.conf import settings
from django.utils import timezone

from assessments.engine.measured.found import ReadingJob, WhatWasRead
from assessments.models import EvidenceImport, ImportState

from .children import a_slot, bare_environment
from .evidence_files import folder

WALL_SECONDS = 120
"""What all files of a drop may take. Memory and time of the processor are limited by the process itself."""
_BEAT_SECONDS = 1.0
_LONGEST_LINE = 64_000_000


class ReadingStopped(Exception):
    """Reading ended without a result. Carries the code that `EvidenceImport.told` gets."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def read_files(imported: EvidenceImport, job: ReadingJob) -> WhatWasRead:
    """What the process found in these files. Raises ReadingStopped."""
    with _a_slot(imported) as slot, tempfile.TemporaryDirectory(dir=folder()) as scratch:
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


def _a_slot(imported: EvidenceImport) -> AbstractContextManager[int]:
    """Waits until fewer than two are read on this machine, and shows meanwhile that it waits."""
    return a_slot(folder(), lambda: beat(imported))


def _listen(imported: EvidenceImport, child: subprocess.Popen[bytes], job: bytes) -> WhatWasRead:
    """Hands the job in, and takes line by line what comes out."""
    ends_at, found = time.monotonic() + WALL_SECONDS, None
    if child.stdin is None or child.stdout is None:
        raise ReadingStopped("out_of_limits")
    try:
        child.stdin.write(job)
        child.stdin.close()
    except BrokenPipeError:
        raise ReadingStopped("out_of_limits") from None
    for line in _lines(imported, child.stdout, ends_at):
        said = _said(line)
        if isinstance(said, WhatWasRead):
            found = said
        else:
            beat(imported, **said)
    if child.wait(timeout=_BEAT_SECONDS * 5) != 0 or found is None:
        raise ReadingStopped("out_of_limits")
    return found


def _lines(imported: EvidenceImport, out: IO[bytes], ends_at: float) -> Iterator[bytes]:
    """The lines that come out until the process ends. Raises ReadingStopped when the time is over."""
    rest, last_beat = bytearray(), 0.0
    while True:
        now = time.monotonic()
        if now > ends_at:
            raise ReadingStopped("out_of_limits")
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
            raise ReadingStopped("out_of_limits")


def _said(line: bytes) -> WhatWasRead | dict[str, Any]:
    try:
        if line.startswith(b'{"read"'):
            return msgspec.json.decode(line, type=dict[str, WhatWasRead])["read"]
        said = json.loads(line)
        return {"progress": min(1.0, max(0.0, float(said["progress"]))), "lines": max(0, int(said["lines"]))}
    except (ValueError, KeyError, TypeError, msgspec.MsgspecError):
        raise ReadingStopped("out_of_limits") from None


def beat(imported: EvidenceImport, **more: Any) -> None:
    """Shows that this attempt goes on. Raises ReadingStopped where it is no longer the one that counts."""
    mine = EvidenceImport.objects.filter(pk=imported.pk, attempt=imported.attempt, state=ImportState.READING)
    if not mine.update(heartbeat=timezone.now(), **more):
        raise ReadingStopped("gone")
