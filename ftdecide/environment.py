"""Typed readers for settings that come from the environment."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


@contextmanager
def in_words() -> Iterator[None]:
    """Whoever sets something wrong reads a sentence about it, and no traceback."""
    try:
        yield
    except ImproperlyConfigured as fault:
        sys.exit(f"ftdecide does not start. {fault}")


def flag(name: str, *, default: bool = False) -> bool:
    """Whether the variable says yes: 1, true, yes or on."""
    value = os.environ.get(name, "").strip().lower()
    return default if not value else value in {"1", "true", "yes", "on"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def count(name: str, *, default: str = "0") -> int:
    """A whole number from 0."""
    said = text(name, default)
    if not (said.isascii() and said.isdecimal()):
        raise ImproperlyConfigured(f"{name} must be a whole number, such as 1, not {said}")
    return int(said)


def one_of(name: str, *words: str, default: str) -> str:
    said = text(name, default)
    if said not in words:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(words)}, not {said}")
    return said


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Networks with commas between them, such as 10.1.0.0/16."""
    try:
        return [ip_network(part.strip()) for part in text(name).split(",") if part.strip()]
    except ValueError as fault:
        raise ImproperlyConfigured(f"{name} must be networks, such as 10.1.0.0/16: {fault}") from None


_KNOWN = (
    "changeme",
    "change-me",
    "change_me",
    "secret",
    "password",
    "insecure",
    "example",
    "default",
    "0123456789",
    "abcdefgh",
    "qwerty",
    "letmein",
    "correct",
    "replace",
    "random",
    "deadbeef",
)
"""What stands in keys that people copy from examples."""
_LETTERS = 12
"""So many different characters has a key that was drawn at random, at least."""


def key(name: str) -> str:
    """A key from the environment, empty without one. Raises ImproperlyConfigured for one that can be guessed."""
    found = text(name)
    if found:
        check_key(name, found)
    return found


def check_key(name: str, found: str) -> None:
    if len(found) < 32:
        raise ImproperlyConfigured(f"{name} must have at least 32 characters.")
    if len(set(found)) < _LETTERS or _repeats(found) or any(word in found.lower() for word in _KNOWN):
        raise ImproperlyConfigured(
            f"{name} can be guessed: it is a well-known text, or repeats itself. Make one with: openssl rand -base64 48"
        )


def _repeats(text: str) -> bool:
    """Whether a text is one part over and over."""
    return text in (text + text)[1:-1]


def former_keys(name: str) -> list[str]:
    """Keys of before, with commas between them. What they closed still opens."""
    found = [part.strip() for part in text(name).split(",") if part.strip()]
    if any(len(one) < 32 for one in found):
        raise ImproperlyConfigured(f"Each key of {name} must have at least 32 characters.")
    return found


def secret_key(folder: Path) -> str:
    """SECRET_KEY from the environment, else the one kept in the data folder, made on first use."""
    if given := key("SECRET_KEY"):
        return given
    path = folder / "secret_key"
    try:
        if not path.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile("w", dir=folder) as file:  # 0600, linked only when complete
                file.write(secrets.token_urlsafe(64))
                file.flush()
                os.link(file.name, path)
    except FileExistsError:
        pass  # another process was first
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cannot keep a secret key in {folder} ({error.strerror}). Set SECRET_KEY or FTDECIDE_DATA."
        ) from None
    return path.read_text()


def mail_server(url: str) -> dict[str, Any]:
    """Host, port and account of an EMAIL_URL; nothing without one."""
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(f"EMAIL_URL must look like smtp://user:password@host:587, not {parts.scheme}:")
    return {
        "host": parts.hostname,
        "port": parts.port or (465 if parts.scheme == "smtps" else 587),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp" and bool(parts.username),
    }


def single_sign_on(issuer: str) -> list[dict[str, Any]]:
    """The OpenID Connect provider that the environment names, as allauth takes it; none without OIDC_URL."""
    if not issuer:
        return []
    if not text("OIDC_CLIENT_ID") or not text("OIDC_CLIENT_SECRET"):
        raise ImproperlyConfigured("OIDC_URL needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside it.")
    return [
        {
            "provider_id": "sso",
            "name": text("OIDC_NAME", "Single sign-on"),
            "client_id": text("OIDC_CLIENT_ID"),
            "secret": text("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": issuer},
        }
    ]


def origin(url: str) -> list[str]:
    """Scheme and host of an address, as a content security policy names them."""
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def database(url: str, *, default_file: Path) -> dict[str, Any]:
    """Django's database settings for a DATABASE_URL; SQLite in `default_file` without one.

    SQLite is set for durable, concurrent writes: a lock from the start of each transaction, a
    write-ahead log, and a flush to disk before an answer is acknowledged.
    """
    parts = urlsplit(url)
    if not url or parts.scheme == "sqlite":
        file = unquote(parts.path.removeprefix("/")) if url else ""
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": file or default_file,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
            "CONN_MAX_AGE": 600,
        }
    if parts.scheme in {"postgres", "postgresql"}:
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
            "PORT": parts.port or "",
            "OPTIONS": {"options": "-c random_page_cost=1.1"} | options,  # no disk of today turns to a page
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(f"DATABASE_URL must start with sqlite:// or postgresql://, not {parts.scheme}")
