"""The page of the audit trail: for owners and approvers, in words."""

from typing import Any, cast

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.acts import Act
from assessments.models import AuditEvent
from assessments.services import assessments as service
from assessments.services import audit
from assessments.services.versions import freeze

from ..documents import named
from ..page_faults import faults
from ..pages import Page, told_by
from ..services.test_audit import as_owner_of_the_database
from ..signers import Team, answer, approve, browser, new_team
from ..test_access import masked


@pytest.fixture
def team(db: None) -> Team:
    return new_team()


def trail(client: Client, team: Team, **query: Any) -> Page:
    response = client.get(reverse("audit", args=[team.workspace.pk]), query)
    assert response.status_code == 200
    page = Page(response)
    assert "Audit trail" in page.title
    return page


def test_it_says_in_words_who_did_what(team: Team) -> None:
    assessment = team.assessment()
    answer(assessment, team.eve, "brand_voice", "no")
    request = team.ask(assessment)
    approve(assessment, request, team.bo, "conditions", "With care", ("A privacy review",))
    browser(team.ana).post(reverse("delete", args=[team.assessment(named("Old")).pk]))
    browser(team.vic).post(reverse("freeze", args=[assessment.pk]))
    told = told_by(trail(browser(team.bo), team))
    for said in (
        "Changed answers in Task API assistant One answer Eve Example <eve@example.org>",
        "Froze version 1 in Task API assistant",
        "Asked for sign-off of version 1 in Task API assistant Approvers: Bo Example, Cy Example",
        "Decided on version 1 in Task API assistant Approved with conditions “With care” Condition: A privacy review",
        "Deleted an assessment Ana Example",
        "Froze a version: refused in Task API assistant Vic Example",
    ):
        assert said in told, said
    head = audit.head_of(team.workspace.pk)
    assert head
    assert head.mac in told.replace(" ", "")


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("bo", 200), ("eve", 403), ("vic", 403), ("dan", 404)])
def test_owners_and_approvers_read_it(team: Team, who: str, status: int) -> None:
    assert browser(getattr(team, who)).get(reverse("audit", args=[team.workspace.pk])).status_code == status


def test_a_foreign_and_an_unknown_workspace_look_the_same(team: Team, owner: Any) -> None:
    for client in (browser(team.dan), owner):
        answers = [client.get(reverse("audit", args=[one])) for one in (team.workspace.pk, "abcdefghjkmn")]
        assert [one.status_code for one in answers] == [404, 404]
        assert len({masked(one, team.workspace.pk, "abcdefghjkmn") for one in answers}) == 1


def test_a_changed_event_is_marked(team: Team) -> None:
    assessment = team.assessment()
    freeze(assessment, team.ana, reason="")
    answer(assessment, team.eve, "brand_voice", "no")
    with as_owner_of_the_database():
        AuditEvent.objects.filter(act="freeze").update(who="Somebody else")
    told = told_by(trail(browser(team.ana), team))
    assert told.count("Was changed after it was recorded") == 1
    assert "Task API assistant Was changed after it was recorded Content" in told


def test_what_is_deleted_has_no_name_and_no_link(team: Team) -> None:
    assessment = team.assessment(named("Secret project"))
    freeze(assessment, team.ana, reason="")
    service.delete(assessment, None)
    page = trail(browser(team.ana), team)
    assert "Secret project" not in page.html
    assert reverse("overview", args=[assessment.pk]) not in page.html


@pytest.mark.parametrize("page", ["0", "-1", "2", "9" * 30, "x", "\0", "١"])
def test_a_page_that_is_not_there_is_the_nearest_one(team: Team, page: Any) -> None:
    audit.record(team.workspace.pk, "comment")
    assert "Commented" in told_by(trail(browser(team.ana), team, page=page))


def test_an_empty_trail_says_so(team: Team) -> None:
    assert "Nothing yet" in told_by(trail(browser(team.ana), team))


def test_it_comes_in_pages_of_fifty_with_as_many_queries_for_many_as_for_few(team: Team) -> None:
    client, counts = browser(team.ana), []
    for events in (3, 120):
        for number in range(events):
            audit.record(team.workspace.pk, "answer", actor=team.eve, about=f"a{number}", versions={"a": 1})
        with CaptureQueriesContext(connection) as captured:
            page = trail(client, team)
        counts.append(len(captured))
    assert counts == [8, 8]
    assert "Page 1 of 3" in told_by(page)
    assert len(list(page.with_id("main").iter("li"))) == 50
    assert len(list(trail(client, team, page=3).with_id("main").iter("li"))) == 23


def test_every_kind_of_event_has_words_and_hostile_ones_run_nothing(team: Team) -> None:
    hostile = "<script>alert(1)</script>\"' \u202e {{ 7 }}"
    for act in cast(tuple[Act, ...], ("answer", hostile[:64], "account_login", "")):
        audit.record(team.workspace.pk, act, who=hostile, about=hostile[:64], comment=hostile, conditions=[hostile])
    details: tuple[dict[str, Any], ...] = (
        {"status": 409},
        {"status": "409"},
        {"versions": []},
        {"number": hostile},
        {"decision": hostile},
        {"approvers": [hostile], "content_hash": hostile},
    )
    for one in details:
        audit.record(team.workspace.pk, "decide", **one)
    assert faults(trail(browser(team.ana), team)) == []
