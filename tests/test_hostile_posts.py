"""Two thousand posts that no browser sends: none is answered by a 500, and nothing saved before is lost."""

from collections import Counter
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from assessments.models import Assessment
from assessments.services import sharing
from assessments.services.assessments import load_sample
from assessments.views import reading

from .documents import example_document, full_document
from .every_page import pages_of
from .hostile import Hostile, Post
from .test_access import OF_A_TEAM
from .visits import bring_in, rows, url_of, version_of

CALM = {200, 302, 400, 403, 404, 405, 409, 413, 422, 429}
NAMES = tuple(sorted(p.name or "" for p in get_resolver().url_patterns if isinstance(p, URLPattern)))
ON_THE_SPARE = ("delete", "restore", "make_link", "switch_off")


@pytest.fixture
def site(owner, monkeypatch) -> SimpleNamespace:
    monkeypatch.setattr(reading, "pdf_is_available", lambda: True)
    monkeypatch.setattr(reading, "draw_pdf", lambda *args, **more: b"%PDF-1.7")
    load_sample("task-api", example_document("task_api"))
    kept, spare = (bring_in(owner, full_document()) for _ in range(2))
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = owner.cookies
    return SimpleNamespace(owner=owner, strict=strict, kept=kept, spare=spare, token=sharing.make_link(kept))


def send(site: SimpleNamespace, post: Post) -> Any:
    assessment = site.spare if post.name in ON_THE_SPARE else site.kept
    arguments = {"section_key": post.section, "key": post.key, "token": site.token, "sample": "task-api", **OF_A_TEAM}
    url = url_of(post.name, assessment_id=assessment.pk, **arguments)
    client = site.strict if post.strict else site.owner
    headers = {name: value for name, value in post.headers.items() if name != "Cookie"}
    if "Cookie" in post.headers:  # instead of the owner's
        client = Client(raise_request_exception=False)
        headers["Cookie"] = post.headers["Cookie"]
    return client.generic("POST", url, post.body, content_type=post.content_type, headers=headers)


def faults_of(site: SimpleNamespace, hostile: Hostile, names: tuple[str, ...], count: int) -> tuple[list[str], Counter]:
    faults, statuses = [], Counter[int]()
    for _ in range(count):
        post = hostile.post(names)
        response = send(site, post)
        statuses[response.status_code] += 1
        if response.status_code not in CALM:
            faults.append(f"{response.status_code}: {post}")
        if post.strict and response.status_code not in (400, 403, 413):
            faults.append(f"{response.status_code} without a CSRF value: {post}")
    return faults, statuses


def broken_pages(client: Client, assessment: Assessment) -> list[str]:
    pages = pages_of(client, assessment)
    return [f"{assessment.pk} {name}" for name, response in pages.items() if response.status_code != 200]


def test_none_is_answered_by_a_500_nothing_saved_before_is_lost_and_what_is_taken_can_be_shown(site, figure):
    before = rows(site.kept), rows(site.spare)
    # These name no stored version of an answer, so none may change one.
    faults, statuses = faults_of(site, Hostile(2026), NAMES, 1500)
    assert (rows(site.kept), rows(site.spare)) == before
    assert broken_pages(site.owner, site.kept) == []
    # These do: what passes the checks is saved, and no page may fail on it.
    current = partial(version_of, site.kept)
    more_faults, more_statuses = faults_of(site, Hostile(17, current), ("section", "answer"), 500)
    statuses += more_statuses
    figure(f"posts={statuses.total()} status500={statuses[500]} {dict(sorted(statuses.items()))}")
    assert faults + more_faults == []
    assert sum(version > 1 for *_, version, _ in rows(site.kept).values()) > 40
    assert broken_pages(site.owner, site.kept) == []
    made = Assessment.objects.exclude(pk=site.kept.pk).filter(browser=site.kept.browser, deleted_at=None)
    assert len(made) > 20
    pages = [(name, one.pk) for one in made for name in ("overview", "result", "export")]
    assert [page for page in pages if not opens(site, *page)] == []


def opens(site: SimpleNamespace, name: str, identity: str) -> bool:
    return bool(site.owner.get(reverse(name, args=[identity])).status_code == 200)
