"""Deciding: on exactly what was shown, by those who are asked, who have just shown who they are."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import (
    Approval,
    Assessment,
    AuditEvent,
    Membership,
    Role,
    Version,
)

from ..documents import example_document
from ..money import detailed_document, ranged_document
from ..page_faults import faults
from ..pages import Page, told_by
from ..signers import (
    Team,
    answer,
    approve,
    browser,
    confirm,
    decision,
    new_team,
    sign_off_page,
    sign_off_words,
    url,
)

TODAY = timezone.localdate()
# The summary form of the costs is about tuning, whichever approach the verdict takes.
NEEDS = "To have it back within 12 months Needs"
TUNED = "Upfront $6,000 Pays back after 4 months Left at the end $48,000"


@pytest.fixture
def team(db: None) -> Team:
    return new_team()


@pytest.fixture
def assessment(team: Team) -> Assessment:
    return team.assessment()


# deciding


def test_the_page_shows_exactly_what_is_approved(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment, target_metric="Clean replies")
    approve(assessment, request, team.cy, "conditions", "With care", ("A privacy review",))
    answer(assessment, team.eve, "name", "Renamed since")
    page = Page(browser(team.bo).get(url("decide", assessment, request.pk)))
    told = told_by(page)
    for said in (
        "Decide on version 1 of Task API assistant",
        "Last changed by Eve Example",
        "Fine-tune a small model. Pilot first.",
        TUNED,
        "Missing for a full go: Weekly corrections recorded for at least 4 weeks, and not falling",
        "Decision tree For tuning",
        "Cy Example Approved with conditions",
        "With care A privacy review Open",
        "Target metric Clean replies",
        "The answers have changed since",
    ):
        assert said in told, said
    assert request.version.content_hash in told.replace(" ", "")
    hidden = {e.get("name"): e.get("value") for e in page.all("input") if e.get("type") == "hidden"}
    assert hidden["content_hash"] == request.version.content_hash
    assert "Renamed since" not in told


def test_what_is_shown_is_what_was_stored_not_what_is_worked_out_today(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment)
    stored = request.version.result | {"because": "Because of the moon."}
    Version._base_manager.filter(pk=request.version.pk).update(result=stored)
    response = browser(team.bo).get(url("decide", assessment, request.pk))
    told = told_by(Page(response))
    assert "Because of the moon." in told
    assert "does not match its hash any more" in told
    assert not Page(response).has("decision")


def only(*names: str) -> dict[str, Any]:
    """Costs in detail for these alone."""
    document = detailed_document()
    approaches = document["costs"]["detailed"]["approaches"]
    document["costs"]["detailed"]["approaches"] = {name: approaches[name] for name in names}
    return document


def without(part: str) -> dict[str, Any]:
    document = example_document("task_api")
    del document[part]
    return document


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (example_document("task_api"), TUNED),
        (detailed_document(), f"Never Left at the end −$106,274 {NEEDS} 96.2% right Compared with “Split the task”"),
        (ranged_document(), f"Never Left at the end −$106,274 {NEEDS} 96.2% right Compared with “Split the task”"),
        (only("status_quo", "fine_tune_small"), f"$276,698 {NEEDS} 93.8% right Compared with going on as today"),
        (only("status_quo"), "Cost and return Not filled in for this lever"),
        (without("costs"), "Cost and return Not filled in"),
    ],
    ids=["summary", "nine approaches", "ranges", "one approach", "only today's prompt", "no costs"],
)
def test_whatever_was_filled_in_about_money_can_be_decided_on(team: Team, document: Any, said: str) -> None:
    assessment = team.assessment(document)
    request = team.ask(assessment)
    page = Page(browser(team.bo).get(url("decide", assessment, request.pk)))
    assert said in told_by(page)
    assert page.has("decision")
    browser(team.bo).post(url("decide", assessment, request.pk), decision(request))
    assert "Bo Example Approved" in sign_off_page(team.vic, assessment)


def test_each_decides_and_the_last_one_completes_it(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment)
    sent = decision(request, comment="Fine by me")
    response = browser(team.bo).post(url("decide", assessment, request.pk), sent)
    assert response["Location"] == url("sign_off", assessment)
    assert "Bo Example Approved" in sign_off_page(team.vic, assessment)
    assert "Fine by me" in sign_off_page(team.vic, assessment)
    conditions = decision(request, "conditions", conditions=" A privacy review \r\n\r\nA fallback\nA fallback")
    browser(team.cy).post(url("decide", assessment, request.pk), conditions)
    told = sign_off_page(team.vic, assessment)
    assert "Approved, 2 open conditions" in told
    assert "A privacy review Open A fallback Open" in told
    assert "Decide on version" not in told
    page = Page(browser(team.bo).get(url("decide", assessment, request.pk)))
    assert "Everybody has decided" in told_by(page)
    assert not page.has("decision")


def test_a_decision_is_shown_again_to_be_changed(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment)
    approve(assessment, request, team.bo, "conditions", "With care", ("One", "Two"))
    page = Page(browser(team.bo).get(url("decide", assessment, request.pk)))
    sent = page.form("decision")
    assert (sent["decision"], sent["comment"], sent["conditions"]) == ("conditions", "With care", "One\r\nTwo")
    assert "Change your decision" in sign_off_page(team.bo, assessment)


@pytest.mark.parametrize("wrong", ["", "0" * 64, "\0", "x" * 70_000])
def test_a_decision_about_another_content_is_a_conflict_and_nothing_is_kept(
    team: Team, assessment: Assessment, wrong: Any
) -> None:
    request = team.ask(assessment)
    sent = decision(request, comment="Three paragraphs of thought") | {"content_hash": wrong}
    response = browser(team.bo).post(url("decide", assessment, request.pk), sent)
    assert response.status_code in (409, 422)
    page = Page(response)
    assert "Three paragraphs of thought" in told_by(page)
    assert faults(page) == []
    assert Approval.objects.get(approver=team.bo).decision == ""


def test_a_page_of_a_request_that_was_taken_back_meanwhile_is_a_conflict(team: Team, assessment: Assessment) -> None:
    request, client = team.ask(assessment), browser(team.bo)
    sent = Page(client.get(url("decide", assessment, request.pk))).form("decision") | {"decision": "approved"}
    browser(team.ana).post(url("withdraw", assessment, request.pk))
    response = client.post(url("decide", assessment, request.pk), sent)
    assert response.status_code == 409
    assert "taken back meanwhile" in Page(response).words("problem")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"decision": ""}, "Choose what you decide."),
        ({"decision": "maybe"}, "Choose what you decide."),
        ({"decision": "objected"}, "Say why you object."),
        ({"decision": "objected", "comment": " \n "}, "Say why you object."),
        ({"decision": "conditions"}, "Write at least one condition, or approve without."),
        ({"decision": "conditions", "conditions": "\n \r\n"}, "Write at least one condition, or approve without."),
        ({"decision": "conditions", "conditions": "\n".join("abcdefghijk")}, "At most 10 conditions are possible."),
        ({"decision": "conditions", "conditions": "x" * 501}, "A condition can have at most 500 characters."),
        ({"decision": "approved", "comment": "x" * 5001}, "The comment can have at most 5,000 characters."),
        ({"decision": "approved", "comment": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_a_decision_that_cannot_be_meant_is_told_and_nothing_typed_is_lost(
    team: Team, assessment: Assessment, sent: Any, sentence: str
) -> None:
    request = team.ask(assessment)
    response = browser(team.bo).post(url("decide", assessment, request.pk), decision(request, "") | sent)
    assert response.status_code == 422
    page = Page(response)
    assert sentence in page.words("problem")
    shown = page.form("decision")
    for name in ("comment", "conditions"):
        if "\x00" not in sent.get(name, ""):
            assert shown[name].replace("\r", "").strip() == sent.get(name, "").replace("\r", "").strip()
    assert [fault for fault in faults(page) if "invalid-codepoint" not in fault] == []
    assert not AuditEvent.objects.filter(act="decide", details__has_key="decision").exists()


def test_only_those_who_are_asked_can_decide(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment, team.bo)
    for person, status in ((team.ana, 409), (team.cy, 409), (team.eve, 403), (team.vic, 403), (team.dan, 404)):
        client = browser(person)
        assert client.post(url("decide", assessment, request.pk), decision(request)).status_code == status
    told = told_by(Page(browser(team.cy).get(url("decide", assessment, request.pk))))
    assert "You are not asked to decide on this." in told
    assert Approval.objects.get().decision == ""


def test_a_right_that_was_taken_away_is_gone_with_the_next_request(team: Team, assessment: Assessment) -> None:
    request, client = team.ask(assessment, team.bo), browser(team.bo)
    address = url("decide", assessment, request.pk)
    assert client.get(address).status_code == 200
    Membership.objects.filter(user=team.bo).update(role=Role.VIEWER)
    assert client.post(address, decision(request)).status_code == 403
    Membership.objects.filter(user=team.bo).delete()
    assert client.post(address, decision(request)).status_code == 404


# who you are


def test_deciding_asks_who_you_are_and_then_goes_on_with_what_was_typed(team: Team, assessment: Assessment) -> None:
    team.bo.set_password("a long password 1")
    team.bo.save()
    request, client = team.ask(assessment, team.bo), browser(team.bo, confirmed=False)
    address = url("decide", assessment, request.pk)
    assert client.get(address).status_code == 200
    asked = client.post(address, decision(request, comment="Typed before"))
    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert Approval.objects.get().decision == ""
    wrong = client.post(asked["Location"], {"password": "not it"})
    assert wrong.status_code == 200
    assert Approval.objects.get().decision == ""
    done = client.post(asked["Location"], {"password": "a long password 1"})
    assert (done.status_code, done["Location"]) == (302, url("sign_off", assessment))
    approval = Approval.objects.get()
    assert (approval.decision, approval.comment) == ("approved", "Typed before")


def test_what_was_typed_and_is_not_complete_comes_back_in_a_form_that_still_decides(
    team: Team, assessment: Assessment
) -> None:
    """The page is shown at the address that asked for the password; its form must lead back."""
    team.bo.set_password("a long password 1")
    team.bo.save()
    request, client = team.ask(assessment, team.bo), browser(team.bo, confirmed=False)
    address = url("decide", assessment, request.pk)
    asked = client.post(address, decision(request, "conditions", comment="Typed before"))
    page = Page(client.post(asked["Location"], {"password": "a long password 1"}))
    assert "Write at least one condition" in told_by(page)
    assert page.with_id("decision").get("action") == address
    form = page.form("decision")
    assert (form["decision"], form["comment"]) == ("conditions", "Typed before")
    assert client.post(address, form | {"conditions": "A privacy review"})["Location"] == url("sign_off", assessment)


def test_within_five_minutes_it_is_not_asked_again(team: Team, assessment: Assessment) -> None:
    team.bo.set_password("a long password 1")
    team.bo.save()
    request, client = team.ask(assessment, team.bo, team.cy), browser(team.bo)
    address = url("decide", assessment, request.pk)
    for seconds, location in ((240, url("sign_off", assessment)), (301, reverse("account_reauthenticate"))):
        confirm(client, seconds_ago=seconds)
        response = client.post(address, decision(request))
        assert response["Location"].partition("?")[0] == location


def test_a_foreign_request_is_not_found_before_anybody_is_asked_who_they_are(
    team: Team, assessment: Assessment
) -> None:
    request = team.ask(assessment)
    before = sign_off_words(assessment)
    for person, status in ((team.dan, 404), (team.vic, 403)):
        client = browser(person, confirmed=False)
        assert client.post(url("decide", assessment, request.pk)).status_code == status
    other = team.assessment()
    client = browser(team.bo)
    for number in (request.pk, 10**6, 2**63, 10**40):
        for name in ("decide", "withdraw"):
            address = f"{url('sign_off', other)}{number}/{name}/"
            owner = browser(team.ana) if name == "withdraw" else client
            assert (name, number, owner.post(address, decision(request)).status_code) == (name, number, 404)
    assert sign_off_words(assessment) == before
