"""The history of an assessment and of one answer."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment, ValueChange
from assessments.services import history
from assessments.services.values import Entry, change

from ..documents import example_document, named
from ..pages import Page, told_by
from ..signers import Team, answer, browser, new_team
from ..visits import FRAMEWORK, bring_in, save_one

BRAND_VOICE = "answers.brand_voice"


@pytest.fixture
def team(db: None) -> Team:
    return new_team()


@pytest.fixture
def assessment(team: Team) -> Assessment:
    return team.assessment(named())


def history_of(client: Client, assessment: Assessment, path: str = "", **query: Any) -> Page:
    name, arguments = ("answer_history", [assessment.pk, path]) if path else ("history", [assessment.pk])
    address = reverse(name, args=arguments)
    response = client.get(address, query)
    assert response.status_code == 200
    return Page(response)


def test_it_says_who_changed_what_when_and_from_what_to_what(team: Team, assessment: Assessment) -> None:
    answer(assessment, team.eve, "brand_voice", "yes", "The guide")
    answer(assessment, team.bo, "brand_voice", "no")
    change(assessment, None, [Entry(path="checks.production.alarm", value=True)])
    told = told_by(history_of(browser(team.vic), assessment))
    assert "Distinct brand voice Bo Example, " in told
    assert "Yes → No Evidence The guide → Not stated" in told
    assert FRAMEWORK.guide.points["alarm"].text in told
    assert "Not ticked → Ticked" in told
    assert told.index("Bo Example") < told.index("Eve Example")


def test_a_number_is_told_with_its_unit(team: Team, assessment: Assessment) -> None:
    for version, value in enumerate((40_000, 50_000)):
        entry = Entry(path="use_case.monthly_requests", value=value, seen_version=version)
        change(assessment, None, [entry], at_once=True)
    assert "40,000 → 50,000 requests a month" in told_by(history_of(browser(team.vic), assessment))


def test_a_change_that_moved_the_verdict_says_from_what_to_what(team: Team) -> None:
    assessment = team.assessment(example_document("task_api"))
    answer(assessment, team.eve, "exploration_phase", "yes")
    answer(assessment, team.bo, "use_case.model", "another")
    told = told_by(history_of(browser(team.vic), assessment))
    assert told.count("The verdict went from") == 2  # the file that brought it in, and one answer
    moved = told[told.index("The verdict went from") :]
    assert "from “Fine-tune a small model. Pilot first” to “" in moved
    assert "The verdict went from “No verdict yet” to “Fine-tune a small model. Pilot first”." in moved
    later = told_by(history_of(browser(team.vic), assessment, "answers.exploration_phase"))
    assert "The verdict went" not in later


def test_the_history_of_one_answer_has_nothing_of_others(team: Team, assessment: Assessment) -> None:
    answer(assessment, team.eve, "brand_voice", "yes")
    answer(assessment, team.eve, "exploration_phase", "no")
    page = history_of(browser(team.ana), assessment, BRAND_VOICE)
    assert "Exploration" not in told_by(page)
    assert page.title.startswith("History of Distinct brand voice")
    assert "Nobody has changed this answer." in told_by(history_of(browser(team.ana), assessment, "use_case.goal"))


def test_a_change_that_was_taken_back_within_a_minute_says_so(team: Team, assessment: Assessment) -> None:
    answer(assessment, team.eve, "brand_voice", "yes")
    ValueChange.objects.update(before={"value": "yes"})
    assert "Changed and changed back." in told_by(history_of(browser(team.ana), assessment, BRAND_VOICE))


def test_somebody_who_tries_has_a_history_too(owner: Any) -> None:
    assessment = bring_in(owner, named())
    save_one(owner, assessment, "brand_voice", "yes")
    assert "Somebody without an account" in told_by(history_of(owner, assessment))


def test_an_account_that_is_gone_leaves_its_changes(team: Team, assessment: Assessment) -> None:
    answer(assessment, team.vic, "brand_voice", "yes")
    team.vic.delete()
    assert "Somebody without an account" in told_by(history_of(browser(team.ana), assessment, BRAND_VOICE))


@pytest.mark.parametrize("page", ["0", "-1", "99999999999", "x", "\0", ""])
def test_a_page_that_is_not_there_is_the_nearest_one(team: Team, assessment: Assessment, page: str) -> None:
    assert "Every change" in told_by(history_of(browser(team.ana), assessment, page=page))


@pytest.mark.parametrize("key", ["nonsense", "__proto__", "x" * 5000])
def test_an_answer_that_nobody_asks_for_has_no_history(team: Team, assessment: Assessment, key: Any) -> None:
    assert browser(team.ana).get(reverse("answer_history", args=[assessment.pk, key])).status_code == 404


def test_a_long_history_comes_in_pages_of_fifty_with_as_many_queries_as_a_short_one(
    team: Team, assessment: Assessment
) -> None:
    client, counts = browser(team.ana), []
    for changes in (2, 120):
        now = assessment.changed_at
        many = [
            history.Change(path=BRAND_VOICE, version=n, before={"value": "no"}, after={"value": "yes"})
            for n in range(changes)
        ]
        history.record(assessment, None, many, at=now, at_once=True)
        with CaptureQueriesContext(connection) as captured:
            page = history_of(client, assessment)
        counts.append(len(captured))
    assert counts == [9, 9]
    assert len(page.root.find_class("moved")) == 50
    assert "Page 1 of 3" in told_by(page)
    last = history_of(client, assessment, page=3)
    assert len(last.root.find_class("moved")) == 23
    assert [link.get("href") for link in last.all("a") if (link.text or "") in ("Newer", "Older")] == ["?page=2"]


def test_whoever_changed_it_last_is_named_where_it_helps(team: Team, assessment: Assessment) -> None:
    answer(assessment, team.eve, "brand_voice", "yes")
    client = browser(team.ana)
    for name in ("overview", "review", "result"):
        page = Page(client.get(reverse(name, args=[assessment.pk])))
        assert "by Eve Example" in told_by(page), name
        assert (
            reverse("history", args=[assessment.pk]) in {link.get("href") for link in page.all("a")} or name == "review"
        )
    links = {link.get("href") for link in page.all("a")}
    assert reverse("versions", args=[assessment.pk]) in links
    review = Page(client.get(reverse("review", args=[assessment.pk])))
    own = {link.get("href") for link in review.all("a")}
    assert reverse("answer_history", args=[assessment.pk, BRAND_VOICE]) in own
    assert reverse("answer_history", args=[assessment.pk, "use_case.goal"]) not in own
