"""Headers that keep pages private and inert, on every kind of response."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from assessments.services import report as drawing

from .documents import example_document
from .every_page import fragments, other_pages, pages_of, pages_of_people
from .visits import bring_in

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@pytest.fixture
def responses(owner: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Every page, fragment, redirect, file and refusal."""
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(drawing, "draw_pdf", lambda *args, **more: b"%PDF-1.7")
    assessment = bring_in(owner, example_document("task_api"))
    found = {**pages_of(owner, assessment), **other_pages(owner)}
    found |= {f"people {name}": response for name, response in pages_of_people(Client()).items()}
    found |= {f"fragment {name}": response for name, response in fragments(owner).items()}
    found["report"] = owner.get(reverse("report", args=[assessment.pk]))
    found["export"] = owner.get(reverse("export", args=[assessment.pk]))
    found["started"] = owner.post("/a/")
    found["wrong verb"] = owner.get("/a/")
    found["wrong host"] = owner.get("/", headers={"Host": "evil.example"})
    found["without a slash"] = owner.get("/privacy")
    return found


def test_every_response_has_every_header_and_none_tells_what_runs_here(responses: Any) -> None:
    assert len(responses) > 35
    missing = [
        f"{name}: {header} is {response.headers.get(header)}"
        for name, response in responses.items()
        for header, value in EVERYWHERE.items()
        if response.headers.get(header) != value
    ]
    assert missing == []
    assert {h for r in responses.values() for h in r.headers if h.lower() in ("server", "x-powered-by")} == set()


def test_the_policy_allows_nothing_unsafe_and_no_other_site() -> None:
    assert not any(word in POLICY for word in ("unsafe", "http:", "https:", "*", "strict-dynamic", "nonce"))


def test_cookies_are_for_this_site_and_not_for_scripts(owner: Any) -> None:
    owner.get("/")
    owner.post("/a/")
    owner.post("/appearance/", {"theme": "dark"})
    assert set(owner.cookies) == {"sessionid", "csrftoken", "appearance"}
    for cookie in owner.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


def test_a_session_outlives_the_work(owner: Any) -> None:
    owner.post("/a/")
    assert owner.cookies["sessionid"]["max-age"] == 180 * 24 * 3600


@pytest.mark.parametrize("debug", [True, False])
def test_a_page_that_fails_keeps_its_headers(
    client: Any, db: None, monkeypatch: pytest.MonkeyPatch, debug: bool
) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("assessments.views.privacy.render_page", fail)
    client.raise_request_exception = False
    with override_settings(DEBUG=debug, DEBUG_PROPAGATE_EXCEPTIONS=False):
        response = client.get("/privacy/")
    assert response.status_code == 500
    assert response.headers["Content-Security-Policy"] == POLICY
    assert response.headers["Cache-Control"] == "private, no-store"


def test_requests_are_bounded() -> None:
    assert settings.REQUEST_MAX_BYTES == 3_000_000
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 2_500_000
