"""Hundreds of posts that no browser sends: none is answered by a 500, and nothing saved before is lost."""

from collections import Counter
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from assessments.models import Assessment, Role
from assessments.services import people, sharing
from assessments.services import report as drawing
from assessments.services.assessments import load_sample

from .address_table import OF_A_TEAM
from .bars import tries
from .documents import example_document, full_document
from .every_page import pages_of
from .hostile import TEXTS, Hostile, Post
from .imports import an_import
from .people import Team, make_team
from .raters import closed_round
from .visits import bring_in, rows, url_of, url_patterns, version_of

CALM = {200, 302, 400, 403, 404, 405, 409, 413, 422, 429}
NAMES = tuple(sorted(pattern.name or "" for pattern in url_patterns(get_resolver().url_patterns)))
ON_THE_SPARE = (
    *("delete", "restore", "make_link"),
    *("change_link", "pause_link", "resume_link", "reset_tries", "switch_off"),
)


@pytest.fixture
def site(owner: Any, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(drawing, "draw_pdf", lambda *args, **more: b"%PDF-1.7")
    load_sample("task-api", example_document("task_api"))
    kept, spare = (bring_in(owner, full_document()) for _ in range(2))
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = owner.cookies
    sharing.make_link(spare, None)
    link = spare.share_links.get().pk
    comment = kept.comments.create(place="result", text="Is it right?").pk
    return SimpleNamespace(
        owner=owner,
        strict=strict,
        kept=kept,
        spare=spare,
        token=sharing.make_link(kept, None),
        link=link,
        comment=comment,
        imported=an_import(spare).pk,
        failure=kept.failure_texts.create(text="It named a date that was not there.").pk,
        round=closed_round(kept).pk,
        team=make_team(),
    )


def send(site: SimpleNamespace, post: Post) -> Any:
    assessment = site.spare if post.name in ON_THE_SPARE else site.kept
    arguments = {
        "section_key": post.section,
        "key": post.key,
        "token": site.token,
        "sample": "task-api",
        "page": "why",
        **OF_A_TEAM,
    }
    arguments |= {"approach": "status_quo", "path": f"answers.{post.key}"}
    arguments |= {"workspace_id": site.team.workspace.pk, "membership_id": "1", "invitation_id": "1"}
    arguments |= {"provider_id": "sso", "uidb36": "1"}
    arguments |= {"link_id": str(site.link), "comment_id": str(site.comment), "place": "costs"}
    arguments["file"] = "months.csv"
    arguments["import_id"] = str(site.imported)
    arguments["failure_id"] = str(site.failure)
    arguments["round_id"] = str(site.round)
    arguments["kind"] = "md"
    url = url_of(post.name, assessment_id=assessment.pk, **arguments)
    client = site.strict if post.strict else site.owner
    headers = {name: value for name, value in post.headers.items() if name != "Cookie"}
    if "Cookie" in post.headers:  # instead of the owner's
        client = Client(raise_request_exception=False)
        headers["Cookie"] = post.headers["Cookie"]
    return client.generic("POST", url, post.body, content_type=post.content_type, headers=headers)


def faults_of(
    site: SimpleNamespace, hostile: Hostile, names: tuple[str, ...], count: int
) -> tuple[list[str], Counter[int]]:
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


def test_none_is_answered_by_a_500_nothing_saved_before_is_lost_and_what_is_taken_can_be_shown(
    site: SimpleNamespace, figure: Any
) -> None:
    # What a post says is read alike on both databases: on the second one half of them show what is stored.
    times = tries(2 if connection.vendor == "sqlite" else 1, 50)
    before = rows(site.kept), rows(site.spare)
    # These name no stored version of an answer, so none may change one. What was never answered may get a value.
    faults, statuses = faults_of(site, Hostile(2026), NAMES, 150 * times)
    for was, now in zip(before, (rows(site.kept), rows(site.spare)), strict=True):
        assert {path: now.get(path) for path in was} == was
    # These do: what passes the checks is saved, and no page may fail on it.
    current = partial(version_of, site.kept)
    more_faults, more_statuses = faults_of(site, Hostile(17, current), ("section", "value"), 50 * times)
    statuses += more_statuses
    told = f"{statuses.total():,} posts, {connection.vendor}"
    figure("hostile posts answered by a 500", faults + more_faults, told)
    assert sum(version - 1 for *_, version, _ in rows(site.kept).values()) > 4 * times
    assert broken_pages(site.owner, site.kept) == []
    made = Assessment.objects.exclude(pk=site.kept.pk).filter(browser=site.kept.browser, deleted_at=None)
    assert len(made) > 2 * times
    pages = [(name, one.pk) for one in made for name in ("overview", "result", "export")]
    assert [page for page in pages if not opens(site, *page)] == []


def opens(site: SimpleNamespace, name: str, identity: str) -> bool:
    return bool(site.owner.get(reverse(name, args=[identity])).status_code == 200)


def hostile_forms(team: Team, token: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every form about people, with the fields that it reads."""
    return [
        (team.url("invite"), ("role", "email")),
        (team.url("delete_workspace"), ("typed",)),  # before the workspace gets one of these texts as its name
        (team.url("change_workspace"), ("name", "public_links", "needs_two_step")),
        (team.url("change_letterhead"), ("letterhead-mark", "letterhead-logo")),
        (team.url("change_member", team.membership("viewer").pk), ("role",)),
        (reverse("start_workspace"), ("name",)),
        (reverse("account"), ("name",)),
        (reverse("delete_account"), ("typed",)),
        (reverse("account_email"), ("email", "action_add", "action_primary", "action_remove")),
        (reverse("account_change_password"), ("oldpassword", "password1")),
        (reverse("account_set_password"), ("password1",)),
        (reverse("join", args=[token]), ("sign_up",)),
    ]


def test_texts_that_nobody_types_in_the_forms_about_people_do_no_harm(db: None, figure: Any) -> None:
    team = make_team()
    token = people.invite(team.workspace, role=Role.EDITOR, email="", actor=None)
    owner, count, faults = team.clients["owner"], 0, []
    every = 4 if connection.vendor == "sqlite" else 8  # what a form says to a text is the same on both databases
    for url, fields in hostile_forms(team, token):
        for text in TEXTS[::every]:
            sent = {field: text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for field in fields}
            response = owner.post(url, sent)
            count += 1
            if response.status_code not in CALM:
                faults.append(f"{response.status_code} {url} {text[:40]!r}")
    for url in (team.url("workspace"), "/workspaces/", "/account/", "/assessments/", reverse("account_email")):
        assert owner.get(url).status_code == 200
    assert team.workspace.memberships.count() == 4
    figure("hostile posts answered by a 500", faults, f"{count} posts about people")


def test_texts_that_nobody_types_when_signing_up_and_in_do_no_harm(client: Any, db: None) -> None:
    forms = {"account_signup": ("name", "email", "password1"), "account_login": ("login", "password")}
    for name, fields in forms.items():
        for text in TEXTS[::4]:
            response = client.post(reverse(name), dict.fromkeys(fields, text.encode("utf-8", "replace").decode()))
            assert response.status_code in (200, 429)
