"""Two-step sign-in: a code after the password, seeds that a stolen database does not give away, codes used once."""

import base64
import hashlib
import hmac
import struct
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from ..pages import Page
from ..people import PASSWORD, person, sign_in


def totp(secret: str, *, at: float | None = None) -> str:
    """The code of RFC 6238 that an app shows now: HMAC-SHA-1 over the number of half minutes, six digits."""
    moment = int((time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", moment), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def test_the_code_is_that_of_the_rfc() -> None:
    """RFC 6238, appendix B: the last six of the eight digits that it gives."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [totp(secret, at=at) for at in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


@pytest.fixture(autouse=True)
def a_half_minute_that_ends_meanwhile(settings: Any) -> None:
    """A code of the one before is taken, too: none turns old between being made and sent."""
    settings.MFA_TOTP_TOLERANCE = 1


@pytest.fixture
def dana(db: None, new_client: Any) -> Client:
    client: Client = new_client()
    sign_in(client, person("Dana", password=PASSWORD).email)
    return client


def confirm(client: Client, url: str) -> Any:
    """Opens a page that asks for the password once more."""
    asked = client.get(url)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    return client.post(asked["Location"], {"password": PASSWORD, "next": url}, follow=True)


def switch_on(client: Client) -> tuple[str, list[str]]:
    """The secret of the app, and the recovery codes."""
    url = reverse("mfa_activate_totp")
    secret = Page(confirm(client, url)).with_id("secret").get("value")
    page = Page(client.post(url, {"code": totp(secret)}, follow=True))
    return secret, page.with_id("codes").text.split()


def enter(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def next_code(secret: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A code of later: one that was used is refused."""
    later = time.time() + 60
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: later)
    return totp(secret, at=later)


def test_switching_it_on_asks_for_the_password_shows_a_picture_and_takes_a_code(dana: Client) -> None:
    page = Page(confirm(dana, reverse("mfa_activate_totp")))
    image = next(page.all("img"))
    assert image.get("src").startswith("data:image/svg+xml;base64,")
    assert image.get("alt")
    wrong = Page(dana.post(reverse("mfa_activate_totp"), {"code": "000000"}))
    assert "That code is not right" in wrong.words("id_code_error")
    assert not Authenticator.objects.exists()


def test_the_database_has_no_clear_seed_and_no_clear_codes(dana: Client) -> None:
    secret, codes = switch_on(dana)
    stored = [str(one.data) for one in Authenticator.objects.all()]
    assert len(stored) == 2
    assert not any(clear in row for row in stored for clear in [secret, *codes])


def test_the_password_alone_is_not_enough_then(dana: Client, new_client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, _ = switch_on(dana)
    client = new_client()
    response = sign_in(client, "dana@example.org")
    assert response["Location"] == reverse("mfa_authenticate")
    assert client.get("/account/").status_code == 302
    assert "That code is not right" in Page(enter(client, "123456")).words("id_code_error")
    assert enter(client, next_code(secret, monkeypatch))["Location"] == "/assessments/"
    assert client.get("/account/").status_code == 200


def test_a_code_works_once(dana: Client, new_client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, _ = switch_on(dana)
    code = next_code(secret, monkeypatch)
    first, second = new_client(), new_client()
    for client in (first, second):
        sign_in(client, "dana@example.org")
    assert enter(first, code).status_code == 302
    assert "That code is not right" in Page(enter(second, code)).words("id_code_error")


def test_a_recovery_code_works_once(dana: Client, new_client: Any) -> None:
    _, codes = switch_on(dana)
    assert len(set(codes)) == 10
    first, second = new_client(), new_client()
    for client in (first, second):
        sign_in(client, "dana@example.org")
    assert enter(first, codes[3]).status_code == 302
    assert "That code is not right" in Page(enter(second, codes[3])).words("id_code_error")
    assert "9 of 10 are left" in Page(first.get(reverse("mfa_index"))).words("main")


def test_codes_cannot_be_guessed(dana: Client, new_client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, _ = switch_on(dana)
    client = new_client()
    sign_in(client, "dana@example.org")
    for number in range(10):
        enter(client, f"00000{number}")
    assert "Too many tries" in enter(client, next_code(secret, monkeypatch)).content.decode()


def test_it_is_switched_off_again_with_the_password(dana: Client, new_client: Any) -> None:
    switch_on(dana)
    assert dana.post(reverse("mfa_deactivate_totp"), follow=True).status_code == 200
    assert not Authenticator.objects.exists()
    assert sign_in(new_client(), "dana@example.org")["Location"] == "/assessments/"


def test_new_recovery_codes_end_the_old_ones(dana: Client) -> None:
    _, codes = switch_on(dana)
    page = Page(dana.post(reverse("mfa_generate_recovery_codes"), follow=True))
    assert not set(page.with_id("codes").text.split()) & set(codes)
    download = dana.get(reverse("mfa_download_recovery_codes"))
    assert download["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert download["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_generate_recovery_codes", "mfa_deactivate_totp"])
def test_what_somebody_signed_out_sends_is_not_kept(db: None, client: Any, name: str) -> None:
    response = client.post(reverse(name), {"code": "x" * 100_000})
    assert response["Location"].startswith(reverse("account_login"))
    assert "sessionid" not in client.cookies


# another secret key


def enter_after_a_change(secret: str, new_client: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    client = new_client()
    assert sign_in(client, "dana@example.org")["Location"] == reverse("mfa_authenticate")
    return enter(client, next_code(secret, monkeypatch))


def test_whoever_has_a_second_step_signs_in_after_the_secret_key_was_changed(
    dana: Client, new_client: Any, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    secret, codes = switch_on(dana)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "n" * 40
    assert enter_after_a_change(secret, new_client, monkeypatch).status_code == 302
    client = new_client()
    sign_in(client, "dana@example.org")
    assert enter(client, codes[0]).status_code == 302
    assert "dana@example.org" in Page(client.get(reverse("account"))).words("main")


def test_without_the_former_key_it_says_what_is_wrong(
    dana: Client, new_client: Any, monkeypatch: pytest.MonkeyPatch, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    secret, _ = switch_on(dana)
    settings.SECRET_KEY = "n" * 40
    page = Page(enter_after_a_change(secret, new_client, monkeypatch))
    assert "This site’s secret key was changed" in page.words("id_code_error")
    assert "SECRET_KEY_FALLBACKS" in caplog.text
