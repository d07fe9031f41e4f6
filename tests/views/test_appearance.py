"""Light or dark is kept in a cookie, and leads back to where one was, on this site only."""

from typing import Any

import pytest

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
