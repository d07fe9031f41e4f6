"""When something is wrong there is one calm page: what happened, whether work is safe, one way on."""

from typing import Any, NoReturn

import pytest
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path, reverse

from assessments.rights import ROLES
from assessments.views import errors
from ftdecide import urls

from ..pages import Page
from ..visits import section_url


def broken(request: HttpRequest) -> NoReturn:
    raise RuntimeError("a secret from inside")


urlpatterns = [path("broken/", broken), *urls.urlpatterns]
handler400, handler403 = errors.bad_request, errors.forbidden
handler404, handler500 = errors.not_found, errors.server_error


def is_calm(response: Any) -> bool:
    """A whole page of ours with a heading and a way on, and nothing from the inside."""
    page = Page(response)
    return (
        len(list(page.all("h1"))) == 1
        and "/assessments/" in {link.get("href") for link in page.with_id("main").iter("a")}
        and "Traceback" not in page.html
        and "secret from inside" not in page.html
    )


def test_an_unknown_address(client: Any, db: None) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert is_calm(response)


@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_of_ours(db: None) -> None:
    response = Client(raise_request_exception=False).get("/broken/")
    assert response.status_code == 500
    assert is_calm(response)


def test_a_form_without_its_csrf_value(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("start"))
    assert response.status_code == 403
    assert is_calm(response)


def test_what_a_trial_may_not_do_takes_an_account(owner: Any, assessment: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROLES, "export", frozenset({"owner"}))
    response = owner.get(reverse("export", args=[assessment.pk]))
    assert response.status_code == 403
    assert is_calm(response)
    assert "This takes an account" in Page(response).title
    assert reverse("account_signup") in {link.get("href") for link in Page(response).with_id("main").iter("a")}


def test_a_signed_out_visitor_of_nothing_may_sign_in_and_come_back(client: Any, db: None) -> None:
    links = {link.get("href") for link in Page(client.get("/a/abcdefghjkmn/?x=1")).with_id("main").iter("a")}
    assert "/accounts/login/?next=%2Fa%2Fabcdefghjkmn%2F" in links


def test_a_host_that_is_not_ours(client: Any, db: None) -> None:
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert is_calm(response)


def test_a_body_that_is_too_large(client: Any, db: None) -> None:
    response = client.generic("POST", "/import/", b"", CONTENT_LENGTH="9" * 400)
    assert response.status_code == 413
    assert is_calm(response)


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        f"multipart/form-data; boundary={'x' * 300}",
        "multipart/form-data; boundary=\x00",
        *(f"multipart/form-data; boundary=B; charset={name}" for name in ("hex", "rot13", "idna", "undefined")),
        *(f"multipart/form-data; boundary=B; charset={name}" for name in ("unicode_escape", "utf-7", "utf-16")),
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=zlib",
    ],
)
def test_a_body_that_cannot_be_read(owner: Any, assessment: Any, content_type: Any) -> None:
    body = b'--B\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\ud800\r\n--B--\r\n'
    response = owner.generic("POST", section_url(assessment, "use_case"), body, content_type=content_type)
    assert response.status_code == 400
    assert is_calm(response)


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "", "nonsense", "image/png; x=\x00"])
def test_a_body_of_another_kind_saves_nothing_and_does_no_harm(owner: Any, assessment: Any, content_type: str) -> None:
    response = owner.generic("POST", section_url(assessment, "use_case"), b'{"name": "x"}', content_type=content_type)
    assert response.status_code == 302
    assert assessment.values.count() == 0


def test_a_charset_named_in_capitals_is_read(owner: Any, assessment: Any) -> None:
    body, kind = b"name=Refunds", "application/x-www-form-urlencoded; charset=UTF-8"
    assert owner.generic("POST", section_url(assessment, "use_case"), body, content_type=kind).status_code == 302
    assert assessment.values.get().value == "Refunds"


@pytest.mark.parametrize("cookie", ['"abcdefgh\\000ijkl"', '"' + "\\377" * 40 + '"', "x" * 4000, "=;=;", "\x7f"])
def test_a_cookie_that_we_never_set_does_no_harm(client: Any, db: None, cookie: Any) -> None:
    """PostgreSQL takes no NUL, so it must not get that far."""
    for url in ("/", "/assessments/"):
        response = client.get(url, HTTP_COOKIE=f"sessionid={cookie}; csrftoken={cookie}; appearance={cookie}")
        assert response.status_code in (200, 400)
        assert Page(response).title
