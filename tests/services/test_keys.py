"""One key for each purpose; what a former key closed, and what version 0.1 closed, still opens."""

import base64
import hashlib
import hmac
from typing import Any

import pytest
from cryptography.fernet import Fernet

from assessments.services import keys

OLD, NEW = "o" * 40, "n" * 40


@pytest.fixture(autouse=True)
def old_keys(settings: Any) -> None:
    settings.SECRET_KEY = settings.AUDIT_KEY = OLD


@pytest.fixture
def rotate(settings: Any) -> Any:
    def change(*, kept: bool) -> None:
        settings.SECRET_KEY = settings.AUDIT_KEY = NEW
        settings.SECRET_KEY_FALLBACKS = settings.AUDIT_KEY_FALLBACKS = [OLD] if kept else []

    return change


def test_a_mark_fits_its_content_and_its_purpose_only() -> None:
    mark = keys.mark("audit", b"content")
    assert len(mark) == 64
    assert keys.fits("audit", b"content", mark)
    assert not keys.fits("audit", b"contents", mark)
    assert not keys.fits("report", b"content", mark)
    assert not keys.fits("audit", b"content", "ü" * 64)


def test_the_key_is_that_of_the_rfc() -> None:
    """RFC 5869 with SHA-256 and no salt, written out: extract with zeros, then expand once with the purpose."""
    extracted = hmac.new(bytes(32), OLD.encode(), hashlib.sha256).digest()
    key = hmac.new(extracted, b"ftdecide audit\x01", hashlib.sha256).digest()
    assert keys.mark("audit", b"content") == hmac.new(key, b"content", hashlib.sha256).hexdigest()


@pytest.mark.parametrize("kept", [True, False])
def test_what_was_marked_with_a_former_key_fits_while_that_is_named(rotate: Any, kept: bool) -> None:
    mark = keys.mark("report", b"content")
    rotate(kept=kept)
    assert keys.fits("report", b"content", mark) is kept
    assert keys.mark("report", b"content") != mark, "only the newest key closes"


def test_what_was_locked_with_a_former_key_opens_while_that_is_named(rotate: Any) -> None:
    locked = keys.lock("second factors", "seed")
    assert keys.unlock("second factors", locked) == "seed"
    rotate(kept=True)
    assert keys.unlock("second factors", locked) == "seed"
    rotate(kept=False)
    with pytest.raises(keys.ClosedWithAnotherKey):
        keys.unlock("second factors", locked)


@pytest.mark.parametrize("rotated", [False, True])
def test_what_version_0_1_closed_still_opens(rotate: Any, rotated: bool) -> None:
    def first_key(purpose: bytes) -> bytes:
        return hashlib.sha256(purpose + OLD.encode()).digest()

    mark = hmac.new(first_key(b"audit"), b"content", hashlib.sha256).hexdigest()
    locked = Fernet(base64.urlsafe_b64encode(first_key(b"second factors"))).encrypt(b"seed").decode()
    if rotated:
        rotate(kept=True)
    assert keys.fits("audit", b"content", mark)
    assert keys.unlock("second factors", locked) == "seed"
