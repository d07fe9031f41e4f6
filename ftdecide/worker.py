"""The worker that gunicorn starts: waitress reads whole requests before a thread is given one.

A slow connection, of which gunicorn's own threads would each wait for one, costs a socket and no thread. Gunicorn
starts, watches and ends the workers.
"""

import ctypes
import os
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server

from .bodies import BoundedChannel

MOST_CONNECTIONS = 2_000
"""Of one worker. More wait until one of them ends."""
IDLE_SECONDS = 30
"""After which a connection is closed on which nothing moves."""
_MOST_BYTES = 210_000_000
"""No request is longer; what is less is refused by settings, in words."""
_ARENA_MAX = -8
"""As glibc numbers it (malloc.h)."""


class BufferedWorker(Worker):
    channel_class = HTTPChannel

    def run(self) -> None:
        _keep_memory_together()
        channels: dict[int, Any] = {}
        (listener,) = self.sockets
        server = create_server(
            self._logged if self.cfg.accesslog else self.wsgi,
            map=channels,
            sockets=[listener.sock],
            threads=self.cfg.threads,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=5,
            max_request_header_size=32_768,
            max_request_body_size=_MOST_BYTES,
            clear_untrusted_proxy_headers=False,  # PROXIES says how many are trusted
            ident="",
        )
        server.channel_class = self.channel_class
        while self.alive and os.getppid() == self.ppid:
            self._turn(channels)
        server.del_channel()  # accepts nothing more, and finishes what it has
        until = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < until and any(_is_busy(one) for one in channels.values()):
            self._turn(channels, seconds=0.1)
        server.task_dispatcher.shutdown(cancel_pending=True, timeout=1)

    def _logged(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The application, with a line in gunicorn's access log for each request."""
        began, told = datetime.now(), SimpleNamespace(status="-", headers=[], sent=0)

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            told.status, told.headers = status, headers
            told.sent = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
            return start_response(status, headers, *more)

        body: Iterable[bytes] = self.wsgi(environ, start)
        where = environ | {"RAW_URI": environ.get("REQUEST_URI", environ["PATH_INFO"])}
        self.log.access(told, SimpleNamespace(headers=[]), where, datetime.now() - began)
        return body

    def _turn(self, channels: dict[int, Any], *, seconds: float = 1.0) -> None:
        self.notify()
        wasyncore.loop(timeout=seconds, map=channels, count=1, use_poll=True)


class WorkerWithQueue(BufferedWorker):
    """The site's: it keeps of a request what may be sent, and once all is loaded, looks after the queue as well."""

    channel_class = BoundedChannel

    def run(self) -> None:
        from assessments.services import drawings, evidence, framework_trial, queue, webhook_sending  # noqa: F401

        queue.wake()  # what waits may have come by another machine
        super().run()


def _keep_memory_together() -> None:
    """Glibc would give each thread a heap of its own, which keeps what it once had."""
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(_ARENA_MAX, 1)


def _is_busy(channel: Any) -> bool:
    """Whether it has a request that is answered, or an answer that is not sent."""
    return bool(getattr(channel, "requests", ())) or getattr(channel, "total_outbufs_len", 0) > 0
