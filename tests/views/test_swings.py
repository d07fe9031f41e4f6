"""Weights of a draft by comparison, on their page: answered, shown beside those typed, and taken over."""

import json
from typing import Any

import pytest

from assessments.engine.result_json import result_json
from assessments.engine.swings import questions
from assessments.models import AuditEvent, TeamFramework
from assessments.services import own_frameworks
from assessments.services.answer_sheet import read_sheet

from ..own_frameworks import a_framework, eight_answers
from ..pages import Page, told_by
from ..people import Team, make_team

pytestmark = pytest.mark.django_db
CRITERIA = [one.key for one in own_frameworks.framework_for(None).matrix.criteria]


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def framework(team: Team) -> TeamFramework:
    return a_framework(team.workspace, team.users["editor"])


def sent(framework: TeamFramework, answers: list[dict[str, float]]) -> dict[str, Any]:
    found: dict[str, Any] = {"was": json.dumps(framework.swings), "save": "1"}
    numbers = {frozenset(asked): number for number, asked in enumerate(questions(CRITERIA), 1)}
    for answer in answers:
        found |= {f"{numbers[frozenset(answer)]}-{key}": str(points) for key, points in answer.items()}
    return found


def test_answers_become_weights_beside_those_typed_and_are_taken_over(team: Team, framework: TeamFramework) -> None:
    url, editor = team.url("framework_swings", framework.pk), team.clients["editor"]
    assert "0 of 12 answered" in told_by(Page(team.clients["viewer"].get(url)))
    assert editor.post(url, sent(framework, eight_answers(100, 50, 25))).status_code == 302
    framework.refresh_from_db()
    page = Page(team.clients["viewer"].get(url))
    assert "8 of 12 answered" in told_by(page)
    assert "Consistency ratio" in told_by(page)
    assert len(page.root.xpath("//table[contains(@class, 'sw-weights')]/tbody/tr")) == len(CRITERIA)
    assert not page.root.xpath("//main//button[@name]")
    assert editor.post(url, {"was": json.dumps(framework.swings), "take": "1"}).status_code == 302
    framework.refresh_from_db()
    draft = own_frameworks.draft_framework(framework)
    asked_for = [one.if_yes if one.if_yes and one.if_yes > one.weight else one.weight for one in draft.matrix.criteria]
    assert sum(asked_for) == pytest.approx(30, abs=0.1)
    assert all(one.spread and one.spread >= 0.1 for one in draft.matrix.criteria)
    assert AuditEvent.objects.filter(act="change_framework").count() == 2


def test_how_firm_a_ranking_is_follows_what_the_comparisons_leave_open(team: Team) -> None:
    narrow = {f"criteria__{key}__spread": 0.01 for key in CRITERIA}
    framework = a_framework(team.workspace, team.users["editor"], "Narrow", **narrow)
    version = own_frameworks.publish(framework, team.users["owner"], note="Compared", for_new=False)
    firm = []
    for key in (team.assessment.framework, version.key):
        team.assessment.framework = key
        team.assessment.save()
        decision = read_sheet(team.assessment).decision
        firm.append(max(row["first_share"] for row in result_json(decision)["matrix"]["rows"].values()))
    assert firm[0] < firm[1] == 1


def test_what_is_wrong_is_said_in_its_place_and_nothing_is_saved(team: Team, framework: TeamFramework) -> None:
    wrong = {"was": "[]", "1-fixes_failures": "100", "1-consistency": "101", "1-control": ""}
    response = team.clients["editor"].post(team.url("framework_swings", framework.pk), wrong)
    assert response.status_code == 422
    told = told_by(Page(response))
    assert "Question 1, “Steady output”: must be a number from 1 to 100" in told
    assert "needs points as well" in told
    assert Page(response).root.xpath("//input[@name='1-consistency']/@value") == ["101"]
    framework.refresh_from_db()
    assert framework.swings == []


def test_two_who_answer_do_not_overwrite_each_other(team: Team, framework: TeamFramework) -> None:
    url, form = team.url("framework_swings", framework.pk), sent(framework, eight_answers())
    assert team.clients["owner"].post(url, form).status_code == 302
    for late in (form, form | {"take": "1"}):
        response = team.clients["editor"].post(url, late)
        assert response.status_code == 422
        assert "Somebody else has answered meanwhile" in told_by(Page(response))
