"""Light or dark, and the language, are kept in a cookie, and lead back to where one was, on this site only."""

from typing import Any

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.test import Client

from assessments.models import User
from assessments.speaking import words_now

from ..pages import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("theme", "dark_sheets"), [("light", []), ("dark", [None]), ("system", ["(prefers-color-scheme: dark)"])]
)
def test_a_theme_is_kept_and_shown(client: Any, theme: str, dark_sheets: Any) -> None:
    response = client.post("/appearance/", {"theme": theme, "back": "/privacy/"})
    assert (response.status_code, response["Location"]) == (302, "/privacy/")
    cookie = response.cookies["appearance"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (theme, True, "Lax")
    page = Page(client.get("/privacy/"))
    sheets = [link.get("media") for link in page.all("link") if "dark.css" in link.get("href", "")]
    assert sheets == dark_sheets


def test_the_button_goes_round_the_three_themes(client: Any) -> None:
    seen = []
    for _ in range(3):
        page = Page(client.get("/"))
        button = next(b for b in page.all("button") if b.get("name") == "theme")
        seen.append(button.get("value"))
        client.post("/appearance/", {"theme": button.get("value")})
    assert seen == ["light", "dark", "system"]


@pytest.mark.parametrize("theme", ["", "neon", "x" * 11_000, "dark\r\nSet-Cookie: a=b"])
def test_a_theme_that_there_is_not_is_not_kept(client: Any, theme: Any) -> None:
    response = client.post("/appearance/", {"theme": theme})
    assert (response.status_code, "appearance" in response.cookies) == (302, False)


def test_a_cookie_with_a_theme_that_there_is_not_counts_for_nothing(client: Any) -> None:
    client.cookies["appearance"] = "neon"
    page = Page(client.get("/"))
    assert [b.get("value") for b in page.all("button") if b.get("name") == "theme"] == ["light"]


@pytest.mark.parametrize(
    "back",
    [
        *("https://example.org/", "//example.org/", "///example.org", "javascript:alert(1)", "\\\\example.org"),
        *("http:///example.org", "https:example.org", "http://[::1", "", "\x08//example.org"),
        *("no", "landing", "{}", "a" * 11_000),
    ],
)
def test_it_leads_to_no_other_site_and_to_nothing_that_is_no_address(client: Any, back: Any) -> None:
    assert client.post("/appearance/", {"theme": "dark", "back": back})["Location"] == "/"


def test_a_line_break_in_the_way_back_makes_no_header(client: Any) -> None:
    response = client.post("/appearance/", {"theme": "dark", "back": "/\r\nSet-Cookie: a=b"})
    assert response["Location"] == "/%0D%0ASet-Cookie:%20a=b"
    assert "a" not in response.cookies


def test_it_leads_back_to_the_page_it_was_pressed_on(client: Any) -> None:
    page = Page(client.get("/import/"))
    form = next(form for form in page.all("form") if form.get("action") == "/appearance/")
    assert [i.get("value") for i in form.iter("input") if i.get("name") == "back"] == ["/import/"]


def language_of(response: Any) -> tuple[str, str]:
    """What a page says that it is in, and the button that it has for the other one."""
    page = Page(response)
    button = next(b for b in page.all("button") if b.get("name") == "language")
    assert button.get("lang") == button.get("value")
    return page.root.get("lang"), " ".join(button.text_content().split())


def test_a_language_is_kept_and_wins_over_that_of_the_browser(client: Any) -> None:
    assert language_of(client.get("/privacy/")) == ("en-GB", "Deutsch")
    response = client.post("/appearance/", {"language": "de", "back": "/privacy/"})
    assert (response.status_code, response["Location"]) == (302, "/privacy/")
    cookie = response.cookies["language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("de", True, "Lax")
    assert language_of(client.get("/privacy/", headers={"Accept-Language": "en-US"})) == ("de", "English")
    client.post("/appearance/", {"language": "en"})
    assert language_of(client.get("/privacy/", headers={"Accept-Language": "de"})) == ("en-GB", "Deutsch")


@pytest.mark.parametrize("language", ["", "fr", "de-AT", "x" * 11_000])
def test_a_language_without_words_is_not_kept(client: Any, language: str) -> None:
    assert "language" not in client.post("/appearance/", {"language": language}).cookies
    client.cookies["language"] = language[:2_000]
    assert language_of(client.get("/privacy/", headers={"Accept-Language": "de"})) == ("de", "English")


def test_the_language_goes_with_the_account_into_another_browser(client: Any) -> None:
    person = User.objects.create_user("ann@example.org", "correct horse battery")
    signing_in = {"login": person.email, "password": "correct horse battery"}
    client.post("/appearance/", {"language": "de"})
    client.post("/accounts/login/", signing_in)
    person.refresh_from_db()
    assert person.language == "de"
    other = Client()
    assert other.post("/accounts/login/", signing_in).cookies["language"].value == "de"
    other.post("/appearance/", {"language": "en"})
    person.refresh_from_db()
    assert person.language == "en"


@pytest.mark.parametrize(("chosen", "asks"), [("de", "en"), ("", "de"), ("en", "de")])
def test_mail_is_in_the_language_of_its_receiver(
    client: Any, settings: Any, monkeypatch: pytest.MonkeyPatch, chosen: str, asks: str
) -> None:
    """Else in that of whoever caused it."""
    spoken = []
    settings.MAIL_SERVER = {"host": "mail.example.org"}
    monkeypatch.setattr(DefaultAccountAdapter, "send_mail", lambda *_: spoken.append(words_now()))
    User.objects.create_user("ann@example.org", "correct horse battery", language=chosen)
    client.post("/accounts/password/reset/", {"email": "Ann@example.org"}, headers={"Accept-Language": asks})
    assert spoken == [chosen or asks]


def test_programs_are_answered_in_english_whatever_they_ask_for(client: Any) -> None:
    client.cookies["language"] = "de"
    said = [client.get("/api/v1/assessments", headers={"Accept-Language": asks}).content for asks in ("de", "en")]
    assert said[0] == said[1]
