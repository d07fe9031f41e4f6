"""Whoever floods the site is refused in words, and nobody who works is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from assessments import limiting
from assessments.limiting import BOUNDS, BYTES, WRITES, bound_of
from assessments.models import Assessment, AuditEvent, Tries
from assessments.services import limits

from .documents import example_document
from .pages import Page
from .people import make_team
from .visits import bring_in, control_of, open_section, save_one, section_url, start, upload, url_patterns, value_of

ELSEWHERE: Any = {"REMOTE_ADDR": "198.51.100.7"}


@pytest.fixture(autouse=True)
def in_force(db: None, settings: Any) -> Iterator[None]:
    settings.LIMITS = 1
    limits.forget_ahead()
    yield
    limits.forget_ahead()


def tighten(monkeypatch: pytest.MonkeyPatch, name: str, **most: Any) -> None:
    """Lets a bound be reached within a test."""
    bound = next(one for one in BOUNDS if one.name == name)
    tight = replace(bound, unit=1, **most)
    for table in (limiting._OF_WRITES, limiting._OF_READING):
        for address, found in [*table.items()]:
            if found == bound:
                monkeypatch.setitem(table, address, tight)
    constant = next(key for key, value in vars(limiting).items() if value == bound)
    monkeypatch.setattr(limiting, constant, tight)


def test_every_address_in_the_table_is_one_and_every_other_has_a_bound_too() -> None:
    names = {pattern.name for pattern in url_patterns(get_resolver().url_patterns)}
    named = [name for bound in BOUNDS for name in bound.at]
    assert set(named) <= names
    assert len(named) == len(set(named))
    assert {bound_of(str(name), method).name for name in names for method in ("GET", "POST")} == {
        bound.name for bound in BOUNDS if bound is not BYTES
    }


def test_two_hundred_people_who_save_every_three_seconds_behind_one_network_reach_no_bound() -> None:
    a_minute, people, sent = 20, 200, 1_000
    assert WRITES.person >= 5 * a_minute
    assert WRITES.network >= 2 * people * a_minute
    assert BYTES.network >= people * a_minute * 60 * sent
    assert BYTES.person >= 24 * 60 * a_minute * sent


def test_a_hundred_saves_ask_the_database_about_limits_little(owner: Client) -> None:
    assessment = start(owner)
    with CaptureQueriesContext(connection) as asked:
        for number in range(100):
            assert save_one(owner, assessment, "monthly_requests", str(number)).status_code == 200
    about_limits = [one for one in asked.captured_queries if Tries._meta.db_table in one["sql"]]
    assert len(about_limits) < 50  # two hundred requests with those of the page


def test_a_save_too_many_is_refused_and_everybody_else_goes_on(
    owner: Client, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = start(owner)
    tighten(monkeypatch, "writes", person=3)
    told = [save_one(owner, assessment, "monthly_requests", str(n)) for n in range(1, 6)]
    assert [one.status_code for one in told] == [200] * 3 + [429] * 2
    assert 0 < int(told[-1]["Retry-After"]) <= 60
    assert "Come back in" in told[-1].content.decode()
    assert value_of(assessment, "monthly_requests") == 3
    assert save_one(stranger, start(stranger), "name", "x").status_code == 200
    assert not AuditEvent.objects.filter(details__has_key="status").exists()


def test_without_script_what_was_typed_is_on_the_page_and_can_be_sent_again(
    owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = start(owner)
    form = open_section(owner, assessment, "use_case")
    with monkeypatch.context() as tight:
        tighten(tight, "writes", person=0)
        refused = owner.post(section_url(assessment, "use_case"), form | {control_of("name"): 'Refunds <b>"all"'})
    assert refused.status_code == 429
    assert refused["Retry-After"]
    page = Page(refused)
    assert "What you typed is kept on this page" in page.words("main")
    again = next(one for one in page.all("form") if one.get("action") == section_url(assessment, "use_case"))
    typed = {field.get("name"): field.get("value", "") for field in again.iter("input")}
    limits.forget_ahead()
    assert owner.post(again.get("action"), typed).status_code == 302
    assert value_of(assessment, "name") == 'Refunds <b>"all"'


def test_passwords_and_what_another_site_sent_stand_on_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    tighten(monkeypatch, "writes", network=0)
    refused = Client().post(reverse("account_login"), {"login": "ann@example.org", "password": "a long passphrase"})
    assert (refused.status_code, "a long passphrase" in refused.content.decode()) == (429, False)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("account_login"), {"login": "planted"}).status_code == 403


def test_a_network_is_counted_over_browsers_and_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    tighten(monkeypatch, "drawings", network=4)
    sheet = reverse("sample_record", args=["task-api", "json"])
    assert [Client().get(sheet).status_code for _ in range(6)][-2:] == [429] * 2
    assert Client(**ELSEWHERE).get(sheet).status_code != 429


def test_a_network_without_an_account_begins_a_hundred_assessments_an_hour(settings: Any) -> None:
    assert {Client().post(reverse("start")).status_code for _ in range(3)} == {302}
    Tries.objects.filter(limit="begin", about="visitors").update(count=100)
    limits.forget_ahead()
    told = Client().post(reverse("start"))
    assert (told.status_code, Assessment.objects.count()) == (429, 3)
    assert "Come back in 1 hour" in Page(told).words("main")
    assert Client(**ELSEWHERE).post(reverse("start")).status_code == 302


def test_an_account_is_counted_wherever_it_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    team = make_team()
    tighten(monkeypatch, "computed", person=3)
    address = reverse("portfolio", args=[team.workspace.pk])
    told = [team.clients["editor"].get(address, REMOTE_ADDR=f"198.51.{n}.1").status_code for n in range(5)]
    assert told == [200] * 3 + [429] * 2
    assert team.clients["owner"].get(address).status_code == 200


def test_a_browser_without_an_account_stores_so_much_a_day_by_import_and_by_copy(
    owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """464 imports of 299 kB went in within twenty seconds."""
    assessment = bring_in(owner, example_document("task_api"))
    size = Path("assessments/examples/task_api.json").stat().st_size
    tighten(monkeypatch, "bytes", person=6 * size)
    for act in (
        lambda: upload(owner, Path("assessments/examples/task_api.json").read_bytes()),
        lambda: _copy(owner, assessment),
    ):
        limits.forget_ahead()
        Tries.objects.all().delete()
        before = Assessment.objects.count()
        told = [act().status_code for _ in range(12)]
        assert (told[0], told[-1]) == (302, 429)
        assert Assessment.objects.count() - before == told.count(302) < 10


def _copy(client: Client, assessment: Assessment) -> Any:
    return client.post(reverse("copy", args=[assessment.pk]), {"name": "Another"})


def test_refused_imports_of_nobody_leave_one_event_an_hour(owner: Client) -> None:
    """Each left 287 bytes that nobody can take away, 126 times a second."""
    before = AuditEvent.objects.count()
    assert {upload(Client(), "{}").status_code for _ in range(20)} == {422}
    assert AuditEvent.objects.count() == before + 1
    assert upload(Client(**ELSEWHERE), "{}").status_code == 422
    assert AuditEvent.objects.count() == before + 2


def test_the_limits_stand_in_the_documents() -> None:
    text = (settings.BASE_DIR / "docs" / "running.md").read_text()
    for bound in BOUNDS:
        hours = {60: "minute", 3600: "hour", 86400: "day"}[int(bound.within.total_seconds())]
        most = [f"{count:,}" if count else "" for count in (bound.person, bound.network, bound.visitors)]
        assert f"| {bound.what} | {hours} | {' | '.join(most)} |".replace("|  |", "| |") in text
