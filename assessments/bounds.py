"""Limits that a process of ours sets itself before it works on what people typed or handed in."""

import resource
import sys
from contextlib import suppress

_OTHERS = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")


def bound_myself(*, memory: int, seconds: int) -> None:
    """At most so many bytes of memory and seconds of the processor, and no file of what was in memory."""
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS has no limit of the address space
            resource.setrlimit(kind, (least, least))


def refuse_others() -> None:
    """From here on no connection and no other program, whatever is made of a library."""
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[object, ...]) -> None:
    if event.startswith(_OTHERS):
        raise PermissionError(event)
