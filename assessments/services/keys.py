"""Keys, each for one purpose and each derived here from a secret of the settings.

The first key of a purpose closes. The others still open what a former secret closed, and what version 0.1
closed, which derived its keys otherwise.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from functools import cache
from typing import Literal

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

Purpose = Literal["audit", "report", "second factors", "webhooks"]


class ClosedWithAnotherKey(Exception):
    """No secret of the settings opens this: the one that closed it is neither there nor among the former ones."""


def mark(purpose: Purpose, content: bytes) -> str:
    """A keyed hash, HMAC-SHA-256, in hexadecimal digits."""
    return _mark(_keys(purpose)[0], content)


def fits(purpose: Purpose, content: bytes, marked: str) -> bool:
    """Whether a mark is that of this content, made with any key that counts."""
    return any(hmac.compare_digest(_mark(key, content).encode(), marked.encode()) for key in _keys(purpose))


def lock(purpose: Purpose, text: str) -> str:
    return _locks(purpose).encrypt(text.encode()).decode()


def unlock(purpose: Purpose, locked: str) -> str:
    """The text again. Raises ClosedWithAnotherKey."""
    try:
        return _locks(purpose).decrypt(locked.encode()).decode()
    except InvalidToken:
        raise ClosedWithAnotherKey from None


def _locks(purpose: Purpose) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in _keys(purpose)])


def _mark(key: bytes, content: bytes) -> str:
    return hmac.new(key, content, hashlib.sha256).hexdigest()


def _keys(purpose: Purpose) -> tuple[bytes, ...]:
    if purpose in ("second factors", "webhooks"):
        secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    else:
        secrets = (settings.AUDIT_KEY, *settings.AUDIT_KEY_FALLBACKS)
    return (
        *(_derived(purpose, secret) for secret in secrets),
        *(hashlib.sha256(purpose.encode() + secret.encode()).digest() for secret in secrets),  # version 0.1
    )


@cache
def _derived(purpose: Purpose, secret: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=f"ftdecide {purpose}".encode()).derive(secret.encode())
