"""Failures are labelled one at a time, by two people blind to each other, settled, and counted as answers."""

from typing import Any

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from assessments.engine.document import load_document
from assessments.engine.measured.found import FileFound, WhatWasRead
from assessments.models import Assessment, FailureLabel, FailureText, ImportState, User
from assessments.services import people
from assessments.services.answer_sheet import read_sheet
from assessments.services.labelling import MOST_FAILURES, labelling_of

from ..imports import an_import
from ..pages import Page
from ..people import Team, make_team
from ..visits import FRAMEWORK, start, value_of

FAILURES = [f"Failure {n}: it named a date that was not there" for n in range(10)]
ANN = ["reasoning"] * 4 + ["format_failure"] * 5 + [""]
BO = ["reasoning"] * 3 + ["should_abstain"] + ["format_failure"] * 5 + ["reasoning"]


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


@pytest.fixture
def ours(team: Team) -> Assessment:
    assessment: Assessment = team.assessment
    paste(team.clients["owner"], assessment, "\n".join(FAILURES))
    return assessment


def at(assessment: Assessment, name: str = "labelling", *more: int) -> str:
    return reverse(name, args=[assessment.pk, *more])


def paste(client: Client, assessment: Assessment, text: str) -> Any:
    return client.post(at(assessment), {"failures": text})


def label_all(client: Client, assessment: Assessment, modes: list[str]) -> Any:
    """Labels what comes next, as the page leads on."""
    url = at(assessment, "label_failure", assessment.failure_texts.earliest("pk").pk)
    for mode in modes:
        response = client.post(url, {"mode": mode})
        assert response.status_code == 302
        url = response["Location"]
    return client.get(url)


def test_two_people_label_blind_to_each_other_settle_and_count(team: Team, ours: Assessment) -> None:
    ann, bo = team.clients["owner"], team.clients["editor"]
    alone = Page(label_all(ann, ours, ANN))
    assert "10 of 10 labelled" in alone.words("main")
    assert "Let a second person" in alone.words("main")
    assert "What it comes to" in alone.words("main")
    unbegun = Page(bo.get(at(ours))).words("main")
    assert "What it comes to" not in unbegun, "nor the totals of the first, for whom has yet to begin"
    assert "Begin" in unbegun
    second = label_all(bo, ours, BO[:1])
    assert "Wrong reasoning" not in Page(bo.get(at(ours))).words("main"), "blind until both are through"
    assert "Your answer" not in Page(bo.get(at(ours))).words("main")
    for mode in BO[1:]:
        second = bo.post(second.request["PATH_INFO"], {"mode": mode}, follow=True)
    page = Page(second)
    assert "The two of you agree on 8 of 9, 89%" in page.words("main")
    assert "leaves it out: 0.80 (0.47 to 1.00)" in page.words("main")
    assert "Settle what you differ on: 2 left" in page.words("main")
    assert labelling_of(ours).counts == {"reasoning": 3, "format_failure": 5}
    disputed = [one.pk for one in labelling_of(ours).disputed]
    for late in ({"mode": "reasoning"}, {"undo": "1"}):
        seen = ann.post(at(ours, "label_failure", disputed[0]), late, follow=True)
        assert "Two people are through and see each other’s labels" in Page(seen).words("main")
    assert len(labelling_of(ours).disputed) == 2, "nobody changes a label in sight of the other's"
    bo.post(at(ours, "settle_labels"), {f"settle-{disputed[0]}": "should_abstain", f"settle-{disputed[1]}": "no such"})
    assert labelling_of(ours).counts == {"reasoning": 3, "format_failure": 5, "should_abstain": 1}
    assert "left out: one on which you still differ" in Page(ann.get(at(ours))).words("main").lower()
    ann.post(at(ours, "count_labels"))
    assert [value_of(ours, key) for key in ("reasoning", "format_failure", "should_abstain")] == [3, 5, 1]
    assert not FailureText.objects.exists(), "texts go unless they are kept"


def test_counts_replace_what_stood_there_and_say_that_they_were_measured(team: Team, ours: Assessment) -> None:
    client = team.clients["owner"]
    before = dict(read_sheet(ours).document.failures)
    label_all(client, ours, ["tool_failure"] * 10)
    page = Page(client.get(at(ours))).words("main")
    assert all(str(count) in page for count in before.values())
    client.post(at(ours, "count_labels"), {"keep": "on"})
    sheet = read_sheet(ours)
    assert sheet.document.failures == {"tool_failure": 10}
    origin = sheet.values["failures.tool_failure"].origin
    assert (origin["kind"], origin["rule"], origin["files"]) == ("measured", "labelled_failures", [])
    assert FailureText.objects.count() == 10
    exported = client.get(reverse("export", args=[ours.pk])).content
    assert load_document(exported, FRAMEWORK).failures == {"tool_failure": 10}


def test_what_was_chosen_can_be_taken_back_and_chosen_anew(team: Team, ours: Assessment) -> None:
    client = team.clients["owner"]
    label_all(client, ours, ["reasoning", "tool_failure"])
    first, second = ours.failure_texts.all()[:2]
    back = client.post(at(ours, "label_failure", ours.failure_texts.all()[2].pk), {"undo": "1"})
    assert back["Location"] == at(ours, "label_failure", second.pk)
    assert list(FailureLabel.objects.values_list("failure", "mode")) == [(first.pk, "reasoning")]
    client.post(at(ours, "label_failure", first.pk), {"mode": "policy_tone"})
    assert list(FailureLabel.objects.values_list("mode", flat=True)) == ["policy_tone"]


def test_a_third_person_settles_but_does_not_label(team: Team, ours: Assessment) -> None:
    for role, modes in (("owner", ANN), ("editor", BO)):
        label_all(team.clients[role], ours, modes)
    team.workspace.memberships.filter(user=team.users["viewer"]).update(role="editor")
    third = team.clients["viewer"]
    refused = third.post(
        at(ours, "label_failure", ours.failure_texts.earliest("pk").pk), {"mode": "reasoning"}, follow=True
    )
    assert "Two people label these failures already" in Page(refused).words("main")
    assert FailureLabel.objects.count() == 20
    assert Page(third.get(at(ours))).has("settle")


def test_without_an_account_one_person_labels_and_with_one_goes_on(owner: Client) -> None:
    assessment = start(owner)
    paste(owner, assessment, "One failure\n\nAnother\nof two lines\n\nOne failure")
    assert list(assessment.failure_texts.values_list("text", flat=True)) == ["One failure", "Another\nof two lines"]
    label_all(owner, assessment, ["reasoning", ""])
    ours = User.objects.create_user("ann@example.org")
    people.take_along(ours, browser=assessment.browser)
    owner.force_login(ours)
    assert "Left out: one that nobody could tell." in Page(owner.get(at(assessment))).words("main"), "still theirs"
    owner.post(at(assessment, "count_labels"))
    assert value_of(assessment, "reasoning") == 1


@pytest.mark.parametrize(
    ("pasted", "fault"),
    [
        ("  \n ", "Paste some failures first"),
        ("x" * 10_001, "longer than 10,000 characters"),
        ("\n".join(map(str, range(MOST_FAILURES + 1))), "At most 1,000"),
    ],
)
def test_what_cannot_be_taken_is_said_and_stays_in_the_field(owner: Client, pasted: str, fault: str) -> None:
    assessment = start(owner)
    response = paste(owner, assessment, pasted)
    page = Page(response)
    assert response.status_code == 422
    assert fault in page.words("main")
    assert (page.with_id("failures").text or "").strip() == pasted.strip()
    assert not FailureText.objects.exists()


def test_failures_of_a_file_are_taken_over_and_its_texts_go(owner: Client) -> None:
    assessment = start(owner)
    found = FileFound(kind="texts", files=("a",), rows=2, texts=("One failure", "Another"))
    imported = an_import(assessment, ImportState.READ, read=msgspec.json.encode(WhatWasRead(found=(found,))).decode())
    page = Page(owner.get(reverse("evidence_import", args=[assessment.pk, imported.pk])))
    assert "2 failures to label" in page.words("main")
    assert owner.post(at(assessment), {"import": str(imported.pk)})["Location"] == at(assessment)
    assert list(assessment.failure_texts.values_list("text", flat=True)) == ["One failure", "Another"]
    imported.refresh_from_db()
    assert (imported.state, "Another" in imported.read) == ("saved", False)
    for nobody in ("999", "x", "²"):
        assert owner.post(at(assessment), {"import": nobody}).status_code == 404


def test_keys_are_shown_and_can_be_switched_off(owner: Client) -> None:
    assessment = start(owner)
    paste(owner, assessment, "One")
    url = at(assessment, "label_failure", assessment.failure_texts.get().pk)
    assert "data-keys" in owner.get(url).content.decode()
    off = owner.post(url, {"keys": "1"}, follow=True).content.decode()
    assert "data-keys" not in off
    assert "<kbd" not in off
    nothing = owner.post(url, {})
    assert nothing.status_code == 422
    assert "Choose what went wrong" in Page(nothing).words("main")
