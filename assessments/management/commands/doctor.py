"""Looks at everything that a site needs to run well, and says in plain sentences what is wrong."""

import os
import shutil
import smtplib
import socket
import time
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from assessments.services.report import HOW_TO_INSTALL, pdf_is_available
from assessments.services.schema import OtherSchema, refuse_other
from ftdecide import environment
from ftdecide.shares import share_of

_LEAST_FREE = 1_000_000_000
_WRONG_BY = 60
Finding = tuple[bool, str]
"""Whether it is well, and in a sentence what was seen."""


class Command(BaseCommand):
    help = "Looks at what the site needs to run well. Exit status 1 where something is wrong."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for look in _LOOKS:
            for well, sentence in look():
                wrong += not well
                self.stdout.write(f"{'ok   ' if well else 'WRONG'}  {sentence}")
        if wrong:
            raise CommandError("1 thing is wrong." if wrong == 1 else f"{wrong} things are wrong.")


def _address() -> Iterator[Finding]:
    site = urlsplit(settings.SITE_URL)
    if not settings.SITE_URL:
        yield True, "FTDECIDE_URL is not set: the site is for this machine only."
    elif site.scheme not in ("http", "https") or not site.hostname or site.path:
        yield (
            False,
            f"FTDECIDE_URL must be a scheme and a host, such as https://decide.example.org, not {settings.SITE_URL}",
        )
    elif site.scheme == "http" and site.hostname not in ("localhost", "127.0.0.1", "::1"):
        yield (
            False,
            (
                "FTDECIDE_URL begins with http: cookies and passwords cross the network unprotected. Put a proxy with "
                "TLS in front, and let it begin with https."
            ),
        )
    else:
        yield True, f"People reach the site at {settings.SITE_URL}."


def _proxy() -> Iterator[Finding]:
    """Asks the site itself, by way of its proxy."""
    if urlsplit(settings.SITE_URL).scheme != "https":
        return
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield False, "PROXIES is 0, so all visitors seem to come from the proxy and share one limit. Set PROXIES=1."
    try:
        with urlopen(Request(f"{settings.SITE_URL}/accounts/login/"), timeout=10) as answer:
            status, headers = answer.status, answer.headers
    except HTTPError as fault:
        words = fault.read(300).decode(errors="replace")
        told = "the proxy sends no X-Forwarded-Proto" if "X-Forwarded-Proto" in words else f"it answers {fault.code}"
        yield False, f"{settings.SITE_URL} does not work: {told}. See docs/running.md, “A proxy in front”."
        return
    except (URLError, OSError) as fault:
        yield False, f"{settings.SITE_URL} cannot be reached from here: {getattr(fault, 'reason', fault)}."
        return
    yield status == 200, f"{settings.SITE_URL} answers with {status} by way of its proxy."
    cookies = headers.get_all("Set-Cookie") or []
    yield all("secure" in one.lower() for one in cookies), "Cookies are sent over https only."
    apart = abs(parsedate_to_datetime(headers["Date"]).timestamp() - time.time()) if headers["Date"] else 0.0
    yield apart < _WRONG_BY, f"This machine's clock and the proxy's are {apart:.0f} s apart."


def _secrets() -> Iterator[Finding]:
    for name, kept in (("SECRET_KEY", settings.SECRET_KEY), ("AUDIT_KEY", settings.AUDIT_KEY)):
        try:
            environment.check_key(name, kept)
        except ImproperlyConfigured as fault:
            yield False, str(fault)
        else:
            yield True, f"{name} was drawn at random."
    path = settings.DATA_DIR / "secret_key"
    if path.exists():
        yield not path.stat().st_mode & 0o077, f"Only its owner may read {path}."
    yield not settings.DEBUG, "Debug pages are off." if not settings.DEBUG else "DEBUG shows secrets to visitors."


def _data_folder() -> Iterator[Finding]:
    folder = settings.DATA_DIR
    may = os.access(folder, os.W_OK | os.X_OK)
    yield may, f"The data folder {folder} can{'' if may else 'not'} be written to."
    if folder.exists():
        free = shutil.disk_usage(folder).free
        yield free > _LEAST_FREE, f"{free / 1e9:.1f} GB are free in it."


def _database() -> Iterator[Finding]:
    if kind := share_of(settings.DATABASES["default"]):
        yield False, f"The SQLite file lies on a network share ({kind}), where it can break. Use PostgreSQL."
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT CURRENT_TIMESTAMP")
            (at,) = cursor.fetchone()
        refuse_other()
    except DatabaseError as fault:
        yield False, f"The database does not answer: {str(fault).strip().splitlines()[0]}"
        return
    except OtherSchema as fault:
        yield False, str(fault)
        return
    yield True, f"The database answers, and fits this program ({connection.vendor})."
    if connection.vendor == "postgresql":
        apart = abs((at - timezone.now()).total_seconds())
        yield apart < _WRONG_BY, f"This machine's clock and the database's are {apart:.0f} s apart."


def _reports() -> Iterator[Finding]:
    if not pdf_is_available():
        yield False, f"Reports cannot be drawn: Pango is missing. {HOW_TO_INSTALL}"
        return
    import weasyprint

    try:
        drawn = weasyprint.HTML(string="<p>ftdecide").write_pdf()
    except Exception as fault:
        yield False, f"Reports cannot be drawn, mostly because no font is installed: {type(fault).__name__}."
    else:
        yield bool(drawn), "Pango and a font are here: reports can be drawn."


def _mail() -> Iterator[Finding]:
    server = settings.MAIL_SERVER
    if not server:
        yield True, "No mail server is set: links to invite and to reset are copied by hand."
        return
    kind = smtplib.SMTP_SSL if server["use_ssl"] else smtplib.SMTP
    try:
        with kind(server["host"], server["port"], timeout=10) as mail:
            if server["use_tls"]:
                mail.starttls()
            if server["user"]:
                mail.login(server["user"], server["password"])
    except (smtplib.SMTPException, OSError, socket.gaierror) as fault:
        yield False, f"The mail server {server['host']}:{server['port']} does not take mail: {type(fault).__name__}."
    else:
        yield True, f"The mail server {server['host']}:{server['port']} takes mail."
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield False, "EMAIL_FROM is not set: mail from ftdecide@localhost is refused by most servers."


_LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _address,
    _proxy,
    _secrets,
    _data_folder,
    _database,
    _reports,
    _mail,
)
