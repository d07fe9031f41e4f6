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

from assessments.services import comments, labelling, values
from ftdecide.logs import JSONLines, MaskSecrets

from .people import PASSWORD
from .unmarked import strings

PHRASES = (PASSWORD, "correct horse")
_WORD = re.compile(r"[\w-]{16,}")
_BEGINNING = 16
"""So many characters of what somebody wrote tell it from words of the site."""


class LogWatch(logging.Handler):
    """Formats each record as a site does and keeps the lines that tell a secret, or that are none."""

    def __init__(self) -> None:
        super().__init__()
        self.lines, self.told = 0, list[str]()
        self.issued: set[str] = set()
        """Every token and cookie that was made in this run."""
        self.written: set[str] = set()
        """How each answer, evidence and comment of this run begins, saved or not."""
        self.addFilter(MaskSecrets())
        self.setFormatter(JSONLines())

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        self.lines += 1
        read = json.loads(line)
        whole = "\n" not in line and isinstance(read, dict)
        secret = any(phrase in line for phrase in PHRASES) or not self.issued.isdisjoint(_WORD.findall(line))
        if secret or not whole or any(map(self._was_written, strings(read))):
            self.told.append(line[:500])

    def _was_written(self, text: str) -> bool:
        return not self.written.isdisjoint(text[at : at + _BEGINNING] for at in range(len(text) - _BEGINNING + 1))

    def note(self, written: Any) -> None:
        """Remembers every sentence within. A word alone may well stand in an address or a fault."""
        for text in strings(written):
            begins = text.strip()[:_BEGINNING]
            if len(begins) == _BEGINNING and len(begins.split()) > 1:
                self.written.add(begins)

    def reading(self, take: Callable[..., Any], *, at: int) -> Callable[..., Any]:
        """The same function, whose argument at this place is something that somebody wrote."""

        def taken(*args: Any, **more: Any) -> Any:
            self.note(args[at])
            return take(*args, **more)

        return taken

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
        patch.setattr(values, "settle", watch.reading(values.settle, at=1))
        patch.setattr(comments, "add", watch.reading(comments.add, at=3))
        patch.setattr(labelling, "take_in", watch.reading(labelling.take_in, at=2))
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
