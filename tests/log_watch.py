"""Reads along what a whole run of tests logs, and looks for what must not stand there."""

import json
import logging
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.utils.crypto import get_random_string

from ftdecide.logs import JSONLines, MaskSecrets

from .people import PASSWORD

PHRASES = (PASSWORD, "correct horse", "an-evidence-text-that-no-log-may-have")
_WORD = re.compile(r"[\w-]{16,}")


class LogWatch(logging.Handler):
    """Formats each record as a site does and keeps the lines that tell a secret, or that are none."""

    def __init__(self) -> None:
        super().__init__()
        self.lines, self.told = 0, list[str]()
        self.issued: set[str] = set()
        """Every token and cookie that was made in this run."""
        self.addFilter(MaskSecrets())
        self.setFormatter(JSONLines())

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        self.lines += 1
        whole = "\n" not in line and isinstance(json.loads(line), dict)
        secret = any(phrase in line for phrase in PHRASES) or not self.issued.isdisjoint(_WORD.findall(line))
        if secret or not whole:
            self.told.append(line[:500])

    def noting(self, make: Callable[..., str]) -> Callable[..., str]:
        """The same maker of secrets, each of which is remembered."""

        def made(*args: Any, **more: Any) -> str:
            self.issued.add(found := make(*args, **more))
            return found

        return made


@contextmanager
def watched_logs() -> Iterator[LogWatch]:
    watch, requests = LogWatch(), logging.getLogger("ftdecide.requests")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_urlsafe", watch.noting(secrets.token_urlsafe))
        patch.setattr("django.contrib.sessions.backends.base.get_random_string", watch.noting(get_random_string))
        patch.setattr("django.middleware.csrf.get_random_string", watch.noting(get_random_string))
        patch.setattr(requests, "propagate", False)
        requests.setLevel(logging.INFO)
        for logger in (logging.getLogger(), requests):
            logger.addHandler(watch)
        try:
            yield watch
            # Whoever sets Django up again sets its logging up again: all that was logged since went by unread.
            assert watch in logging.getLogger().handlers
            assert watch in requests.handlers
        finally:
            for logger in (logging.getLogger(), requests):
                logger.removeHandler(watch)
