"""What waits for one person, and for nobody else."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.engine.content_hash import RULE
from assessments.models import Approval, ApprovalCondition, Assessment, Comment, Membership, SignOff, Version
from assessments.services import comments, sign_off
from assessments.services.waiting import NEWS_FOR

from ..documents import example_document
from ..pages import Page
from ..team import a_team, brought_in


@pytest.fixture
def team(db: None) -> Any:
    return a_team()


@pytest.fixture
def ours(team: Any) -> Assessment:
    return brought_in(team, example_document("task_api"))


def mention(assessment: Assessment, *people: Any, text: str = "What do you think?", place: str = "result") -> Comment:
    return comments.add(assessment, None, place, text, people)


def waits(client: Client) -> str:
    response = client.get("/waiting/")
    assert response.status_code == 200
    return Page(response).words("main")


def test_somebody_without_an_account_is_asked_to_sign_in_and_comes_back(new_client: Any, db: None) -> None:
    assert new_client().get("/waiting/")["Location"] == f"{reverse('account_login')}?next=/waiting/"


def test_a_mention_waits_for_whom_it_names_until_it_is_resolved(team: Any, ours: Assessment) -> None:
    comment = mention(ours, team.people["viewer"], text="Is the volume right?")
    for who, client in team.browsers.items():
        assert ("Is the volume right?" in waits(client)) == (who == "viewer")
    assert "Task API assistant" in waits(team["viewer"])
    assert "Nothing waits for you" in waits(team["owner"])
    comments.resolve(ours, None, comment)
    assert "Nothing waits for you" in waits(team["viewer"])
    comments.reopen(ours, None, comment)
    assert "Is the volume right?" in waits(team["viewer"])


def test_it_leads_to_where_the_comment_stands_for_this_role(team: Any, ours: Assessment) -> None:
    people = [team.people["editor"], team.people["viewer"]]
    on_result, on_costs = mention(ours, *people), mention(ours, *people, place="costs")

    def leads(client: Client) -> set[str]:
        page = Page(client.get("/waiting/"))
        return {a.get("href") for a in page.with_id("main").iter("a")}

    result, comments_page = (reverse(name, args=[ours.pk]) for name in ("result", "comments"))
    section = reverse("section", args=[ours.pk, "costs"])
    assert leads(team["editor"]) == {f"{result}#comment-{on_result.pk}", f"{section}#comment-{on_costs.pk}"}
    assert leads(team["viewer"]) == {f"{result}#comment-{on_result.pk}", f"{comments_page}#comment-{on_costs.pk}"}
    for who in ("editor", "viewer"):
        for url in leads(team[who]):
            path, _, anchor = url.partition("#")
            assert Page(team[who].get(path)).has(anchor)


@pytest.mark.parametrize("gone", ["assessment", "membership", "workspace"])
def test_what_one_cannot_reach_does_not_wait(team: Any, ours: Assessment, gone: str) -> None:
    mention(ours, team.people["viewer"])
    if gone == "assessment":
        Assessment.objects.update(deleted_at=timezone.now())
    elif gone == "membership":
        Membership.objects.filter(user=team.people["viewer"]).delete()
    else:
        type(team.workspace).objects.update(deleted_at=timezone.now())
    assert "Nothing waits for you" in waits(team["viewer"])


def a_condition(team: Any, assessment: Assessment, **fields: Any) -> ApprovalCondition:
    version = Version.objects.create(
        assessment=assessment, number=1, framework="v1", document={}, result={}, content_hash="0" * 64, hash_rule=RULE
    )
    asked = SignOff.objects.create(version=version, asked_by=team.people["owner"])
    approval = Approval.objects.create(
        sign_off=asked, approver=team.people["approver"], decision=Approval.Ruling.CONDITIONS
    )
    return ApprovalCondition.objects.create(approval=approval, text="Measure the baseline first", **fields)


def test_a_condition_waits_for_who_set_it_once_it_is_ticked_off(team: Any, ours: Assessment) -> None:
    condition = a_condition(team, ours)
    assert "Measure the baseline" not in waits(team["approver"])
    ApprovalCondition.objects.filter(pk=condition.pk).update(met_at=timezone.now(), met_by=team.people["editor"])
    assert "Measure the baseline first" in waits(team["approver"])
    assert "Ticked off by Editor" in waits(team["approver"])
    assert "Measure the baseline" not in waits(team["owner"])
    Approval.objects.update(decision=Approval.Ruling.APPROVED)
    assert "Measure the baseline" not in waits(team["approver"])


def test_an_open_condition_waits_for_who_asked_for_the_sign_off_until_it_is_ticked_off(
    team: Any, ours: Assessment
) -> None:
    condition = a_condition(team, ours)
    assert "Conditions to meet 1" in waits(team["owner"])
    assert "Measure the baseline first" in waits(team["owner"])
    assert "Set by Approver" in waits(team["owner"])
    assert "Waiting 1 for you" in " ".join(Page(team["owner"].get("/privacy/")).root.text_content().split())
    assert "Nothing waits for you" in waits(team["editor"])
    ApprovalCondition.objects.filter(pk=condition.pk).update(met_at=timezone.now(), met_by=team.people["owner"])
    assert "Nothing waits for you" in waits(team["owner"])
    assert "Waiting" not in Page(team["owner"].get("/privacy/")).words("main")


def test_a_condition_of_a_request_that_was_taken_back_does_not_wait(team: Any, ours: Assessment) -> None:
    condition = a_condition(team, ours, met_at=timezone.now())
    SignOff.objects.update(withdrawn_at=timezone.now())
    assert "Nothing waits for you" in waits(team["approver"])
    ApprovalCondition.objects.filter(pk=condition.pk).update(met_at=None)
    assert "Nothing waits for you" in waits(team["owner"])


def test_what_was_met_long_ago_is_no_news(team: Any, ours: Assessment) -> None:
    a_condition(team, ours, met_at=timezone.now() - NEWS_FOR - timedelta(minutes=1))
    assert "Nothing waits for you" in waits(team["approver"])


def test_an_approval_waits_for_whom_it_is_asked_of_and_leads_to_the_decision(team: Any, ours: Assessment) -> None:
    asked = sign_off.ask(
        ours, team.people["owner"], approvers=[team.people["approver"]], due_on=date(2027, 1, 31), terms={}
    )
    page = Page(team["approver"].get("/waiting/"))
    assert "Version 1 waits for your decision, due on 31 January 2027." in page.words("main")
    decide = reverse("decide", args=[ours.pk, asked.pk])
    assert decide in {link.get("href") for link in page.with_id("main").iter("a")}
    assert "Nothing waits for you" in waits(team["editor"])
    sign_off.decide(
        ours,
        team.people["approver"],
        asked,
        decision=Approval.Ruling.APPROVED,
        comment="",
        conditions=(),
        content_hash=asked.version.content_hash,
    )
    assert "Nothing waits for you" in waits(team["approver"])


def test_a_decision_that_is_due_waits_for_who_took_part_in_it(team: Any, ours: Assessment) -> None:
    until = {"valid_until": timezone.localdate() - timedelta(days=1)}
    asked = sign_off.ask(ours, team.people["editor"], approvers=[team.people["approver"]], due_on=None, terms=until)
    content_hash = asked.version.content_hash
    sign_off.decide(
        ours,
        team.people["approver"],
        asked,
        decision=Approval.Ruling.APPROVED,
        comment="",
        conditions=(),
        content_hash=content_hash,
    )
    for who in ("editor", "approver"):
        assert "The approval was valid until" in waits(team[who])
    assert "Nothing waits for you" in waits(team["viewer"])


def test_the_newest_mention_comes_first_and_a_long_one_is_cut(team: Any, ours: Assessment) -> None:
    for number in range(3):
        comment = mention(ours, team.people["viewer"], text=f"Number {number} " + "long " * 200)
        Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() + timedelta(minutes=number))
    page = waits(team["viewer"])
    assert page.index("Number 2") < page.index("Number 1") < page.index("Number 0")
    assert page.count("long") < 300


def test_the_page_asks_as_much_for_thirty_as_for_one(
    team: Any, ours: Assessment, django_assert_num_queries: Any
) -> None:
    mention(ours, team.people["viewer"])
    team["viewer"].get("/waiting/")
    # session, person, mentions, approvals, rounds, conditions met and open, what is due, names, roles; two for the head
    with django_assert_num_queries(12):
        waits(team["viewer"])
    for number in range(29):
        other = brought_in(team, example_document("task_api")) if number % 10 == 0 else ours
        mention(other, team.people["viewer"])
    with django_assert_num_queries(12):
        waits(team["viewer"])


def test_the_head_says_how_much_waits_in_one_statement(
    team: Any, ours: Assessment, django_assert_num_queries: Any
) -> None:
    def head(client: Client) -> str:
        return " ".join(next(Page(client.get("/privacy/")).all("nav")).text_content().split())

    assert "Waiting" not in head(team["approver"])
    for _ in range(2):
        mention(ours, team.people["approver"], team.people["viewer"])
    comments.resolve(ours, None, mention(ours, team.people["approver"]))
    a_condition(team, ours)
    assert "Waiting 2 for you" in head(team["approver"])
    Approval.objects.update(decision="")
    assert "Waiting 3 for you" in head(team["approver"])
    assert "Waiting 2 for you" in head(team["viewer"])
    SignOff.objects.update(withdrawn_at=timezone.now())
    assert "Waiting 2 for you" in head(team["approver"])
    with django_assert_num_queries(4):  # session, person, workspaces, how much
        head(team["approver"])
    Membership.objects.filter(user=team.people["viewer"]).delete()
    assert "Waiting" not in head(team["viewer"])
