"""A share link reads one result, can be switched off, and is not found afterwards by anybody."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.urls import resolve, reverse

from assessments.models import Assessment, ShareLink
from assessments.services import report as drawing

from ..documents import example_document
from ..pages import Page
from ..visits import bring_in, save_one

TOKEN = re.compile(r"/r/([\w-]{43})/")


@pytest.fixture
def shared(owner: Any) -> Assessment:
    return bring_in(owner, example_document("task_api"))


@pytest.fixture
def visitor(new_client: Any) -> Any:
    return new_client()


def make_link(owner: Any, assessment: Any, **headers: str) -> str:
    """Presses the button; the token on the page that follows."""
    response = owner.post(reverse("make_link", args=[assessment.pk]), headers=headers)
    assert response.status_code == 200
    shown = Page(response).with_id("share-url").get("value")
    assert shown.startswith("http://testserver/r/")
    return str(resolve(shown.removeprefix("http://testserver")).kwargs["token"])


def result(token: str) -> str:
    return reverse("shared_result", args=[token])


def report(token: str) -> str:
    return reverse("shared_report", args=[token])


def test_a_visitor_reads_the_same_verdict_without_a_session(owner: Any, shared: Assessment, visitor: Any) -> None:
    own = Page(owner.get(reverse("result", args=[shared.pk])))
    page = Page(visitor.get(result(make_link(owner, shared))))
    assert (page.words("v-h"), page.title) == (own.words("v-h"), own.title)
    assert "sessionid" not in visitor.cookies


def test_a_visitor_sees_no_way_into_the_assessment(owner: Any, shared: Assessment, visitor: Any) -> None:
    """Also when the owner's page was drawn just before, with its links to the questions."""
    assert shared.pk in owner.get(reverse("result", args=[shared.pk])).content.decode()
    response = visitor.get(result(make_link(owner, shared)))
    assert shared.pk not in response.content.decode()
    posts = [form.get("action") for form in Page(response).all("form") if form.get("method") == "post"]
    assert posts == [reverse("appearance")]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_link_is_shown_once_as_a_page_or_in_place(owner: Any, shared: Assessment, headers: Any) -> None:
    response = owner.post(reverse("make_link", args=[shared.pk]), headers=headers)
    assert ("<html" in response.content.decode()) == (not headers)
    token = TOKEN.search(response.content.decode())
    assert token is not None
    assert token[1] not in owner.get(reverse("result", args=[shared.pk])).content.decode()


def test_pages_behind_a_link_are_not_indexed_kept_or_told_to_others(
    owner: Any, shared: Assessment, visitor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(drawing, "draw_pdf", lambda *args, **more: b"%PDF-1.7")
    token = make_link(owner, shared)
    for url in (result(token), report(token)):
        response = visitor.get(url)
        assert response.status_code == 200
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["Referrer-Policy"] == "same-origin"
    robots = [
        meta.get("content") for meta in Page(visitor.get(result(token))).all("meta") if meta.get("name") == "robots"
    ]
    assert robots == ["noindex, nofollow, noarchive"]


def test_one_s_own_result_may_be_indexed_by_nobody_as_it_needs_the_session(owner: Any, shared: Assessment) -> None:
    assert "X-Robots-Tag" not in owner.get(reverse("result", args=[shared.pk])).headers


def test_many_links_are_open_at_once(owner: Any, shared: Assessment, visitor: Any) -> None:
    tokens = {make_link(owner, shared) for _ in range(3)}
    assert len(tokens) == 3
    assert [visitor.get(result(token)).status_code for token in tokens] == [200, 200, 200]


def test_a_link_that_is_switched_off_opens_nothing_also_for_who_had_it_open(
    owner: Any, shared: Assessment, visitor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(drawing, "draw_pdf", lambda *args, **more: b"%PDF-1.7")
    token = make_link(owner, shared)
    assert [visitor.get(url).status_code for url in (result(token), report(token))] == [200, 200]
    response = owner.post(reverse("switch_off", args=[shared.pk, ShareLink.objects.get().pk]))
    assert response["Location"] == reverse("links", args=[shared.pk])
    assert [visitor.get(url).status_code for url in (result(token), report(token))] == [404, 404]


def test_a_deleted_assessment_takes_its_link_along_and_brings_it_back(
    owner: Any, shared: Assessment, visitor: Any
) -> None:
    token = make_link(owner, shared)
    owner.post(reverse("delete", args=[shared.pk]))
    assert visitor.get(result(token)).status_code == 404
    owner.post(reverse("restore", args=[shared.pk]))
    assert visitor.get(result(token)).status_code == 200


def test_the_token_is_nowhere_in_the_database(owner: Any, shared: Assessment, visitor: Any, figure: Any) -> None:
    tokens = [make_link(owner, shared), make_link(owner, shared)]
    visitor.get(result(tokens[1]))
    owner.get(reverse("result", args=[shared.pk]))
    found = columns = 0
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns += len(cursor.description)
            text = str(cursor.fetchall())
            found += sum(token in text for token in tokens)
    figure("tokens in plain text", found, f"{columns} columns of the database")
    assert ShareLink.objects.count() == 2


def test_a_token_is_not_logged_when_it_opens(
    owner: Any, shared: Assessment, visitor: Any, caplog: pytest.LogCaptureFixture
) -> None:
    token = make_link(owner, shared)
    with caplog.at_level("DEBUG"):
        visitor.get(result(token))
    assert token not in caplog.text


def test_the_address_of_a_link_comes_from_the_host_that_was_asked(owner: Any, shared: Assessment) -> None:
    response = owner.post(reverse("make_link", args=[shared.pk]), headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert ShareLink.objects.count() == 0
    assert "evil.example" not in settings.ALLOWED_HOSTS


def test_a_link_opens_the_result_as_it_is_now(owner: Any, shared: Assessment, visitor: Any) -> None:
    token = make_link(owner, shared)
    assert "Renamed" not in Page(visitor.get(result(token))).title
    save_one(owner, shared, "name", "Renamed")
    assert "Renamed" in Page(visitor.get(result(token))).title


def test_two_links_to_two_results_do_not_mix(owner: Any, visitor: Any) -> None:
    first, second = (bring_in(owner, example_document(name)) for name in ("task_api", "service_desk"))
    tokens = [make_link(owner, one) for one in (first, second)]
    titles = [Page(visitor.get(result(token))).words("main")[:80] for token in tokens]
    assert titles[0] != titles[1]
    assert [tokens[1] in visitor.get(result(tokens[0])).content.decode()] == [False]
