"""How much a request may bring, asked before its body is kept: what is longer is thrown away as it comes in.

The server reads whole requests before a thread is given one. Without this, anybody could have 210 MB of each of many
requests written to the disk before a page refused them.
"""

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.urls import Resolver404, resolve
from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

_TAKE_FILES = {"evidence", "api:list_evidence"}


def takes_files(method: str | None, path: str) -> bool:
    """Whether files of evidence are sent there, which may be larger than a form."""
    if method != "POST" or not path.rstrip("/").endswith("/evidence"):
        return False
    try:
        return resolve(path).view_name in _TAKE_FILES
    except Resolver404:
        return False


def most_bytes(method: str | None, path: str, length: int, *, cookies: str, authorization: str) -> int:
    """What a request of this length may have. Only for more than somebody without an account may send is it asked
    who that is."""
    most: int = settings.REQUEST_MAX_BYTES
    if length <= most or not takes_files(method, path):
        return most
    from assessments.services.evidence_files import WITHOUT_ACCOUNT

    if length > most + WITHOUT_ACCOUNT and not _has_account(cookies, authorization):
        return most + WITHOUT_ACCOUNT
    return most + int(settings.EVIDENCE_MAX_BYTES)


def _has_account(cookies: str, authorization: str) -> bool:
    from assessments.services.tokens import live_token
    from assessments.sessions import SessionStore

    try:
        if authorization:
            return live_token(authorization.partition(" ")[2].strip()) is not None
        sent = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
        return sent is not None and "_auth_user_id" in SessionStore(sent.value)
    except (CookieError, DatabaseError):
        return False


class BoundedBuffer(OverflowableBuffer):
    """Keeps so many bytes. Once more have come it keeps none, and counts on."""

    def __init__(self, overflow: int, most: int):
        super().__init__(overflow)
        self.most, self.came = most, 0

    def __len__(self) -> int:
        return self.came

    def append(self, part: bytes) -> None:
        before = self.came
        self.came += len(part)
        if self.came <= self.most:
            super().append(part)
        elif before <= self.most:
            self.close()

    def getfile(self) -> Any:
        return super().getfile() if self.came <= self.most else BytesIO()


class BoundedParser(HTTPRequestParser):
    """Asks once the header is there, for what is longer than a form or says no length."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.body_rcv is None or not (self.chunked or self.content_length > settings.REQUEST_MAX_BYTES):
            return
        said: Mapping[str, str] = self.headers
        # what says no length may be as long as it may be at most
        length = settings.EVIDENCE_MAX_BYTES if self.chunked else self.content_length
        about = {"cookies": said.get("COOKIE", ""), "authorization": said.get("AUTHORIZATION", "")}
        most = most_bytes(self.command, self.path, length, **about)
        close_old_connections()
        kept = most if self.chunked or length <= most else 0
        self.body_rcv.buf = BoundedBuffer(self.adj.inbuf_overflow, kept)


class BoundedChannel(HTTPChannel):
    parser_class = BoundedParser
