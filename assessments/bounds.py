"""Limits that a process of ours sets itself before it works on what people typed or handed in."""

import resource
from contextlib import suppress


def bound_myself(*, memory: int, seconds: int) -> None:
    """At most so many bytes of memory and seconds of the processor, and no file of what was in memory."""
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS has no limit of the address space
            resource.setrlimit(kind, (least, least))
