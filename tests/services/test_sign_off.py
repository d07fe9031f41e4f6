"""Signing off a version: who is asked, who approves, what became of it, and when it is due again."""

from typing import Any

import pytest
from django.utils import timezone

from assessments.models import (
    Approval,
    ApprovalCondition,
    Assessment,
    AuditEvent,
    SignOff,
    Version,
)
from assessments.services import audit, sign_off
from assessments.services.sign_off import ContentChanged, SignOffRefused
from assessments.services.sign_off_state import completed_on, state_of
from assessments.services.versions import freeze

from ..documents import named
from ..signers import Team, answer, approve, new_team, sign_off_words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def team() -> Team:
    return new_team()


@pytest.fixture
def assessment(team: Team) -> Assessment:
    return team.assessment()


# asking


def test_asking_freezes_what_is_answered_now(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment, due_on=TODAY, target_metric="Clean replies", budget=None)
    assert (request.version.number, request.version.reason) == (1, sign_off.ASKED)
    assert [one.approver for one in request.approvals.order_by("approver")] == [team.bo, team.cy]
    assert (request.due_on, request.target_metric) == (TODAY, "Clean replies")
    event = AuditEvent.objects.get(act="ask_sign_off")
    assert event.details["content_hash"] == request.version.content_hash
    assert event.details["terms"] == {"target_metric": "Clean replies"}


def test_asking_for_what_is_frozen_already_takes_that_version(team: Team, assessment: Assessment) -> None:
    version = freeze(assessment, team.ana, reason="")
    assert team.ask(assessment).version == version


def test_only_members_who_may_sign_off_can_be_asked(team: Team, assessment: Assessment) -> None:
    for nobody in (team.eve, team.vic, team.dan):
        with pytest.raises(SignOffRefused, match="who may sign off"):
            team.ask(assessment, team.bo, nobody)
    with pytest.raises(SignOffRefused, match="who may sign off"):
        sign_off.ask(assessment, team.ana, approvers=[], due_on=None, terms={})
    assert (SignOff.objects.count(), Version.objects.count()) == (0, 0)


def test_the_last_editor_cannot_be_the_only_one_asked(team: Team, assessment: Assessment) -> None:
    answer(assessment, team.ana, "brand_voice", "no")
    with pytest.raises(SignOffRefused, match="cannot approve alone"):
        team.ask(assessment, team.ana)
    assert Version.objects.count() == 0, "nothing was frozen for nothing"
    assert team.ask(assessment, team.ana, team.bo)


def test_asking_again_takes_an_open_request_back_and_leaves_a_complete_one(team: Team, assessment: Assessment) -> None:
    first = team.ask(assessment, team.bo)
    second = team.ask(assessment, team.bo)
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    approve(assessment, second, team.bo)
    team.ask(assessment, team.cy)
    second.refresh_from_db()
    assert second.withdrawn_at is None


# deciding


def test_a_sign_off_goes_from_waiting_to_approved(team: Team, assessment: Assessment) -> None:
    assert sign_off_words(assessment) == "Not asked"
    request = team.ask(assessment)
    assert sign_off_words(assessment) == "Waiting, 0 of 2"
    approve(assessment, request, team.bo)
    assert sign_off_words(assessment) == "Waiting, 1 of 2"
    assert completed_on(SignOff.objects.get(pk=request.pk)) is None
    last = approve(assessment, request, team.cy)
    assert sign_off_words(assessment) == "Approved"
    assert completed_on(SignOff.objects.get(pk=request.pk)) == last.decided_at


def test_the_last_editor_waits_for_a_second_approver(team: Team, assessment: Assessment) -> None:
    answer(assessment, team.bo, "brand_voice", "no")
    request = team.ask(assessment, team.bo, team.cy)
    approve(assessment, request, team.bo)
    assert sign_off_words(assessment) == "Waits for a second approver"
    approve(assessment, request, team.cy)
    assert sign_off_words(assessment) == "Approved"


def test_no_approval_of_the_last_editor_alone_ever_completes_it(
    team: Team, assessment: Assessment, figure: Any
) -> None:
    """Also where the others are gone: their decisions, not their absence, are what is needed."""
    self_approvals = 0
    for editor in (team.ana, team.bo, team.cy):
        answer(assessment, editor, "monthly_requests", editor.pk)
        others = [one for one in (team.ana, team.bo, team.cy) if one != editor]
        for other in others:
            request = team.ask(assessment, editor, other)
            approve(assessment, request, editor)
            self_approvals += state_of(assessment).is_approved
            Approval.objects.filter(sign_off=request, approver=other).delete()
            self_approvals += state_of(assessment).is_approved
    figure("approvals by the author alone", self_approvals)


def test_an_objection_keeps_it_open_until_it_is_taken_back(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment)
    approve(assessment, request, team.cy)
    approve(assessment, request, team.bo, "objected", "The costs are missing")
    assert sign_off_words(assessment) == "Objected"
    approve(assessment, request, team.bo)
    assert sign_off_words(assessment) == "Approved"


def test_conditions_are_open_points_until_they_are_ticked_off(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment)
    approve(assessment, request, team.bo)
    approve(assessment, request, team.cy, "conditions", conditions=("Privacy review", "A fallback"))
    assert sign_off_words(assessment) == "Approved, 2 open conditions"
    one, other = ApprovalCondition.objects.all()
    sign_off.tick(assessment, team.eve, one, met=True)
    one.refresh_from_db()
    assert (one.met_by, one.met_at is not None) == (team.eve, True)
    assert sign_off_words(assessment) == "Approved, 1 open condition"
    sign_off.tick(assessment, team.ana, other, met=True)
    assert sign_off_words(assessment) == "Approved"
    sign_off.tick(assessment, team.ana, other, met=False)
    assert sign_off_words(assessment) == "Approved, 1 open condition"
    acts = list(AuditEvent.objects.filter(act__endswith="condition").values_list("act", flat=True))
    assert acts == ["meet_condition", "meet_condition", "reopen_condition"]


def test_ticking_twice_keeps_who_was_first(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo, "conditions", conditions=("Privacy review",))
    point = ApprovalCondition.objects.get()
    sign_off.tick(assessment, team.eve, point, met=True)
    sign_off.tick(assessment, team.ana, point, met=True)
    point.refresh_from_db()
    assert point.met_by == team.eve


def test_a_decision_can_be_changed_until_all_have_decided_and_every_one_stays_in_the_trail(
    team: Team, assessment: Assessment
) -> None:
    request = team.ask(assessment)
    approve(assessment, request, team.bo, "objected", "Too soon")
    approve(assessment, request, team.bo, "conditions", conditions=("One", "Two"))
    sign_off.tick(assessment, team.eve, ApprovalCondition.objects.get(text="Two"), met=True)
    approve(assessment, request, team.bo, "conditions", conditions=("Two", "Three"))
    assert [(one.text, one.met_by) for one in ApprovalCondition.objects.all()] == [("Two", team.eve), ("Three", None)]
    approve(assessment, request, team.bo)
    assert not ApprovalCondition.objects.exists()
    approve(assessment, request, team.cy)
    with pytest.raises(SignOffRefused, match="All have decided"):
        approve(assessment, request, team.bo, "objected", "After all")
    decided = [event.details["decision"] for event in AuditEvent.objects.filter(act="decide", person=team.bo)]
    assert decided == ["objected", "conditions", "conditions", "approved"]
    assert Approval.objects.get(approver=team.bo).decision == "approved"


@pytest.mark.parametrize("wrong", ["", "0" * 64])
def test_another_content_than_was_shown_is_not_approved(team: Team, assessment: Assessment, wrong: Any) -> None:
    request = team.ask(assessment)
    with pytest.raises(ContentChanged):
        sign_off.decide(
            assessment, team.bo, request, decision="approved", comment="", conditions=(), content_hash=wrong
        )
    assert Approval.objects.get(approver=team.bo).decision == ""


def test_a_version_changed_in_the_database_cannot_be_approved(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment)
    Version._base_manager.update(document=named("Something else"))
    with pytest.raises(ContentChanged):
        approve(assessment, request, team.bo)


def test_who_is_not_asked_and_what_was_taken_back_cannot_be_decided(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment, team.bo)
    with pytest.raises(SignOffRefused, match="not asked"):
        approve(assessment, request, team.cy)
    sign_off.withdraw(assessment, team.ana, request)
    with pytest.raises(SignOffRefused, match="taken back"):
        approve(assessment, request, team.bo)
    assert sign_off_words(assessment) == "Not asked"


def test_a_complete_sign_off_cannot_be_taken_back(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo)
    with pytest.raises(SignOffRefused, match="All have decided"):
        sign_off.withdraw(assessment, team.ana, request)
    assert sign_off_words(assessment) == "Approved"


def test_what_was_approved_is_kept_with_the_approval(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment, team.bo)
    assert approve(assessment, request, team.bo).content_hash == request.version.content_hash


def test_every_act_of_a_sign_off_is_in_an_unbroken_chain(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment)
    approve(assessment, request, team.bo, "conditions", "With care \U0001f469", conditions=("“One”\u2028",))
    approve(assessment, request, team.cy)
    sign_off.tick(assessment, team.eve, ApprovalCondition.objects.get(), met=True)
    assert list(audit.faults(team.workspace.pk)) == []
