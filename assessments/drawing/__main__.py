"""The server that has PDFs drawn: it reads WeasyPrint in once, and forks a process for each drawing.

For each drawing it is sent one end of a connection, and the lock that counts as the drawing's place. The forked
process reads its job there until the end, and answers with lines: `page 12` while it lays out, at last `pdf LENGTH`
and the PDF, or `fault NAME`. It imports no Django and opens no connection. The server ends when nobody is left to ask.
"""

import ctypes
import gc
import logging
import os
import re
import signal
import socket
import sys
import tempfile
from contextlib import suppress

import msgspec
from weasyprint.text.fonts import FontConfiguration  # with all of WeasyPrint, once for all drawings

from assessments.bounds import bound_myself, refuse_others

from .job import DrawingJob
from .paper import PaperToDraw, draw_paper

_NICER = 5
"""Whatever else runs on the machine goes first."""
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
"""As Linux numbers them (sched.h)."""
_PAGE = re.compile(r"Page (\d+)")
_SAMPLE = "".join(
    f'<section lang="{language}"><h1>A</h1><p class="ic done">A</p><figure><svg viewBox="0 0 9 9"><text>A</text></svg>'
    f'</figure><table class="heat"><tr><th>{word}</th></tr></table></section>'
    for language, word in (("en", "Consistency of answers"), ("de", "Einheitlichkeit der Antworten"))
)
"""Something of each kind: letters of both weights, an icon, a chart, and words in each language that are divided."""


def main() -> None:
    _leave_the_network()
    control = socket.socket(fileno=sys.stdin.fileno())
    signal.signal(signal.SIGCHLD, _see_off)
    _draw_a_sample()
    gc.collect()
    gc.freeze()  # what is read in stays: no drawing looks through it for garbage, nor copies it by looking
    while True:
        asked, ends, _, _ = socket.recv_fds(control, 1, 2)
        if not asked:
            return
        if len(ends) == 2 and os.fork() == 0:
            control.close()
            _draw(ends[0])
        for end in ends:
            os.close(end)


def _see_off(*signalled: object) -> None:
    """Drawings that have ended: what they took of the processor counts with this process's then."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _leave_the_network() -> None:
    """Where the kernel lets a process have a network of its own: in that one there is nobody."""
    if unshare := getattr(ctypes.CDLL(None), "unshare", None):
        unshare(_NEW_USER | _NEW_NETWORK)  # where it may not, what asks for a connection is refused all the same


def _draw_a_sample() -> None:
    """What WeasyPrint reads in when it first needs it, such as where words are divided, is there for all drawings."""
    with suppress(OSError):  # no room for temporary files here: a drawing has its own
        draw_paper(PaperToDraw(html=f"<!DOCTYPE html><title>A</title>{_SAMPLE}", style="report.css", attachment="{}"))


def _draw(end: int) -> None:
    """One drawing, in a process of its own, which ends with it."""
    code = 1
    gc.disable()  # what it made goes with it, and it takes no more memory than if garbage were looked for
    try:
        with open(end, "rb", closefd=False) as asked:
            job = msgspec.msgpack.decode(asked.read(), type=DrawingJob)
        tempfile.tempdir = job.scratch
        fonts = FontConfiguration()  # without a limit: with too little memory it notes for all that there are no fonts
        _limit(job)
        progress = logging.getLogger("weasyprint.progress")
        progress.setLevel(logging.INFO)
        progress.addHandler(_Pages(end))
        pdf = draw_paper(job.paper, fonts)
        _say(end, b"pdf %d\n" % len(pdf) + pdf)
        code = 0
    except MemoryError:
        pass  # a limit like any other: nothing is said
    except Exception as error:
        _say(end, f"fault {type(error).__name__}\n".encode())  # no text of the report
    finally:
        os._exit(code)


def _limit(job: DrawingJob) -> None:
    os.nice(_NICER)
    bound_myself(memory=job.memory, seconds=job.processor_seconds)
    signal.alarm(job.wall_seconds)  # which ends the process: nothing here asks for the signal
    refuse_others()


class _Pages(logging.Handler):
    """Tells how many pages are laid out."""

    def __init__(self, end: int):
        super().__init__(logging.INFO)
        self.end = end

    def emit(self, record: logging.LogRecord) -> None:
        if found := _PAGE.search(record.getMessage()):
            _say(self.end, f"page {found[1]}\n".encode())


def _say(end: int, what: bytes) -> None:
    left = memoryview(what)
    while left:
        left = left[os.write(end, left) :]


if __name__ == "__main__":
    main()
