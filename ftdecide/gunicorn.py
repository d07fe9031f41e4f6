"""How gunicorn serves ftdecide; `make run` starts it."""

import errno
import gc
import os
import socket
import sys
from typing import Any

from django.conf import settings
from gunicorn.glogging import Logger

from ftdecide.environment import in_words
from ftdecide.logs import JSONLines, MaskSecrets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ftdecide.settings")
with in_words():
    writes_json = settings.LOG_FORMAT == "json"


class MaskedLogger(Logger):
    """Writes addresses without the tokens in them, in the access log (off unless asked for) and on errors."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.addFilter(MaskSecrets())
            for handler in log.handlers if writes_json else ():
                handler.setFormatter(JSONLines())


wsgi_app = "ftdecide.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "ftdecide.worker.WorkerWithQueue"
workers = 2
threads = 4
preload_app = True  # a page that cannot load is told before the address is printed
loglevel = "warning"
logger_class = MaskedLogger
control_socket_disable = True  # its path is one for all of a user's servers


def on_starting(server: Any) -> None:
    """Say at once that the port is taken, where gunicorn would retry for five seconds."""
    for host, port in (address for address in server.address if isinstance(address, tuple)):
        try:
            with socket.create_server((host, port)):
                pass
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                sys.exit(f"Port {port} is taken. Choose another one: make run PORT={port + 1}")
            sys.exit(f"Port {port} cannot be used: {error.strerror}.")
    _refuse_other_database()


def _refuse_other_database() -> None:
    """A program on a newer database, or one that is behind, would fail at the first sign-in."""
    import django

    django.setup()
    from django.db import connections

    from assessments.services.schema import OtherSchema, refuse_other
    from ftdecide.shares import refusal

    if words := refusal(settings.DATABASES["default"]):
        sys.exit(f"ftdecide does not start. {words}")
    try:
        refuse_other()
    except OtherSchema as fault:
        sys.exit(f"ftdecide does not start. {fault}")
    connections.close_all()  # workers are forked from here, and each has its own


def when_ready(server: Any) -> None:
    """Print the address once the application is loaded and the socket is open.

    What is loaded stays: no worker looks through it for garbage, nor copies it by looking.
    """
    gc.collect()
    gc.freeze()
    for listener in server.LISTENERS:
        print(f"ftdecide is running at {listener}", flush=True)


def post_worker_init(worker: Any) -> None:
    """Each worker works off what waits: it may have come by another machine."""
    # their work is known
    from assessments.services import drawings, evidence, framework_trial, queue, webhook_sending  # noqa: F401

    queue.wake()
