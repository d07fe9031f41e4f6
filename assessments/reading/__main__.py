"""The reading process: a job on standard input, lines of JSON on standard output, within limits of its own.

It imports no Django, opens no connection and says a code for whatever goes wrong: what it reads may be hostile.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each of its threads takes address space, which is limited

import msgspec

from assessments.bounds import bound_myself, refuse_others
from assessments.engine.measured.found import FileToRead, ReadingJob, Refused, WhatWasRead

from .one_file import MOST_FAULTS, CannotRead, OneFile, Progress
from .open_file import open_file
from .together import put_together
from .which import reader_of

T = TypeVar("T")

_MOST_MEMORY = 700 * 1024 * 1024
_MOST_SECONDS = 90
_TOLD_EVERY = 0.5


def main() -> None:
    bound_myself(memory=_MOST_MEMORY, seconds=_MOST_SECONDS)
    refuse_others()
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=ReadingJob)
    _print({"read": read_all(job)})


def read_all(job: ReadingJob) -> WhatWasRead:
    """Every file of the job that can be read, and why the others cannot."""
    read: list[OneFile] = []
    refused: list[Refused] = []
    left = MOST_FAULTS
    for place, file in enumerate(job.files):
        outcome = _one(file, job, _progress(place, len(job.files)))
        if isinstance(outcome, OneFile):
            del outcome.faults[left:]
            left -= len(outcome.faults)
            read.append(outcome)
        else:
            refused.append(Refused(name=file.name, said=outcome.said, choices=tuple(outcome.choices)))
    found = _said_of(lambda: put_together(read, job))
    if isinstance(found, CannotRead):
        return WhatWasRead(refused=(*refused, *(Refused(name=one.file.name, said=found.said) for one in read)))
    return replace(found, refused=(*found.refused, *refused))


def _one(file: FileToRead, job: ReadingJob, progress: Progress) -> OneFile | CannotRead:
    def read() -> OneFile:
        with open_file(file) as opened:
            return reader_of(opened)(opened, job, progress)

    return _said_of(read)


def _said_of(work: Callable[[], T]) -> T | CannotRead:
    """What comes of it, or why nothing does."""
    try:
        return work()
    except CannotRead as error:
        return error
    except MemoryError:
        return CannotRead("out_of_limits")
    except RecursionError:
        return CannotRead("nested_too_deep")
    except Exception as error:
        print(f"{type(error).__name__} while reading", file=sys.stderr)  # no text of the file
        return CannotRead("could_not_read")


def _progress(place: int, files: int) -> Progress:
    """Tells how far it is with all files, twice a second at most."""
    told = time.monotonic()

    def progress(share: float, lines: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _TOLD_EVERY:
            told = time.monotonic()
            _print({"progress": round((place + min(share, 1.0)) / files, 3), "lines": lines})

    return progress


def _print(line: object) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
