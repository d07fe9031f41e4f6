"""Signing off a version: who is asked, who approves, what became of it, and when it is due again."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.models import (
    Approval,
    ApprovalCondition,
    Assessment,
    AuditEvent,
    Membership,
    Role,
    SignOff,
    Version,
)
from assessments.services import assessments as assessment_service
from assessments.services import audit, sign_off
from assessments.services.sign_off import ContentChanged, Refused, open_approvals
from assessments.services.sign_off_state import completed_on, due_again, due_looks, state_of, states
from assessments.services.versions import freeze, go_back

from ..documents import EXAMPLES, example_document, named
from ..signers import Team, answer, approve, days_from, new_team

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def team() -> Team:
    return new_team()


@pytest.fixture
def assessment(team: Team) -> Assessment:
    return team.assessment()


def words(assessment: Assessment) -> str:
    return state_of(Assessment.objects.get(pk=assessment.pk)).words


# asking


def test_asking_freezes_what_is_answered_now(team, assessment):
    request = team.ask(assessment, due_on=TODAY, target_metric="Clean replies", budget=None)
    assert (request.version.number, request.version.reason) == (1, sign_off.ASKED)
    assert [one.approver for one in request.approvals.order_by("approver")] == [team.bo, team.cy]
    assert (request.due_on, request.target_metric) == (TODAY, "Clean replies")
    event = AuditEvent.objects.get(act="ask_sign_off")
    assert event.details["content_hash"] == request.version.content_hash
    assert event.details["terms"] == {"target_metric": "Clean replies"}


def test_asking_for_what_is_frozen_already_takes_that_version(team, assessment):
    version = freeze(assessment, reason="", person=team.ana)
    assert team.ask(assessment).version == version


def test_only_members_who_may_sign_off_can_be_asked(team, assessment):
    for nobody in (team.eve, team.vic, team.dan):
        with pytest.raises(Refused, match="who may sign off"):
            team.ask(assessment, team.bo, nobody)
    with pytest.raises(Refused, match="who may sign off"):
        sign_off.ask(assessment, person=team.ana, approvers=[], due_on=None, terms={})
    assert (SignOff.objects.count(), Version.objects.count()) == (0, 0)


def test_the_last_editor_cannot_be_the_only_one_asked(team, assessment):
    answer(assessment, team.ana, "brand_voice", "no")
    with pytest.raises(Refused, match="cannot approve alone"):
        team.ask(assessment, team.ana)
    assert Version.objects.count() == 0, "nothing was frozen for nothing"
    assert team.ask(assessment, team.ana, team.bo)


def test_asking_again_takes_an_open_request_back_and_leaves_a_complete_one(team, assessment):
    first = team.ask(assessment, team.bo)
    second = team.ask(assessment, team.bo)
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    approve(assessment, second, team.bo)
    team.ask(assessment, team.cy)
    second.refresh_from_db()
    assert second.withdrawn_at is None


# deciding


def test_a_sign_off_goes_from_waiting_to_approved(team, assessment):
    assert words(assessment) == "Not asked"
    request = team.ask(assessment)
    assert words(assessment) == "Waiting, 0 of 2"
    approve(assessment, request, team.bo)
    assert words(assessment) == "Waiting, 1 of 2"
    assert completed_on(SignOff.objects.get(pk=request.pk)) is None
    last = approve(assessment, request, team.cy)
    assert words(assessment) == "Approved"
    assert completed_on(SignOff.objects.get(pk=request.pk)) == last.decided_at


def test_the_last_editor_waits_for_a_second_approver(team, assessment):
    answer(assessment, team.bo, "brand_voice", "no")
    request = team.ask(assessment, team.bo, team.cy)
    approve(assessment, request, team.bo)
    assert words(assessment) == "Waits for a second approver"
    approve(assessment, request, team.cy)
    assert words(assessment) == "Approved"


def test_no_approval_of_the_last_editor_alone_ever_completes_it(team, assessment, figure):
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
    figure(f"self_approvals={self_approvals}")
    assert self_approvals == 0


def test_an_objection_keeps_it_open_until_it_is_taken_back(team, assessment):
    request = team.ask(assessment)
    approve(assessment, request, team.cy)
    approve(assessment, request, team.bo, "objected", "The costs are missing")
    assert words(assessment) == "Objected"
    approve(assessment, request, team.bo)
    assert words(assessment) == "Approved"


def test_conditions_are_open_points_until_they_are_ticked_off(team, assessment):
    request = team.ask(assessment)
    approve(assessment, request, team.bo)
    approve(assessment, request, team.cy, "conditions", conditions=("Privacy review", "A fallback"))
    assert words(assessment) == "Approved, 2 open conditions"
    one, other = ApprovalCondition.objects.all()
    sign_off.tick(assessment, one, person=team.eve, met=True)
    one.refresh_from_db()
    assert (one.met_by, one.met_at is not None) == (team.eve, True)
    assert words(assessment) == "Approved, 1 open condition"
    sign_off.tick(assessment, other, person=team.ana, met=True)
    assert words(assessment) == "Approved"
    sign_off.tick(assessment, other, person=team.ana, met=False)
    assert words(assessment) == "Approved, 1 open condition"
    acts = list(AuditEvent.objects.filter(act__endswith="condition").values_list("act", flat=True))
    assert acts == ["meet_condition", "meet_condition", "reopen_condition"]


def test_ticking_twice_keeps_who_was_first(team, assessment):
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo, "conditions", conditions=("Privacy review",))
    point = ApprovalCondition.objects.get()
    sign_off.tick(assessment, point, person=team.eve, met=True)
    sign_off.tick(assessment, point, person=team.ana, met=True)
    point.refresh_from_db()
    assert point.met_by == team.eve


def test_a_decision_can_be_changed_until_all_have_decided_and_every_one_stays_in_the_trail(team, assessment):
    request = team.ask(assessment)
    approve(assessment, request, team.bo, "objected", "Too soon")
    approve(assessment, request, team.bo, "conditions", conditions=("One", "Two"))
    sign_off.tick(assessment, ApprovalCondition.objects.get(text="Two"), person=team.eve, met=True)
    approve(assessment, request, team.bo, "conditions", conditions=("Two", "Three"))
    assert [(one.text, one.met_by) for one in ApprovalCondition.objects.all()] == [("Two", team.eve), ("Three", None)]
    approve(assessment, request, team.bo)
    assert not ApprovalCondition.objects.exists()
    approve(assessment, request, team.cy)
    with pytest.raises(Refused, match="All have decided"):
        approve(assessment, request, team.bo, "objected", "After all")
    decided = [event.details["decision"] for event in AuditEvent.objects.filter(act="decide", person=team.bo)]
    assert decided == ["objected", "conditions", "conditions", "approved"]
    assert Approval.objects.get(approver=team.bo).decision == "approved"


@pytest.mark.parametrize("wrong", ["", "0" * 64])
def test_another_content_than_was_shown_is_not_approved(team, assessment, wrong):
    request = team.ask(assessment)
    with pytest.raises(ContentChanged):
        sign_off.decide(
            assessment, request, person=team.bo, decision="approved", comment="", conditions=(), content_hash=wrong
        )
    assert Approval.objects.get(approver=team.bo).decision == ""


def test_a_version_changed_in_the_database_cannot_be_approved(team, assessment):
    request = team.ask(assessment)
    Version._base_manager.update(document=named("Something else"))
    with pytest.raises(ContentChanged):
        approve(assessment, request, team.bo)


def test_who_is_not_asked_and_what_was_taken_back_cannot_be_decided(team, assessment):
    request = team.ask(assessment, team.bo)
    with pytest.raises(Refused, match="not asked"):
        approve(assessment, request, team.cy)
    sign_off.withdraw(assessment, request, person=team.ana)
    with pytest.raises(Refused, match="taken back"):
        approve(assessment, request, team.bo)
    assert words(assessment) == "Not asked"


def test_a_complete_sign_off_cannot_be_taken_back(team, assessment):
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo)
    with pytest.raises(Refused, match="All have decided"):
        sign_off.withdraw(assessment, request, person=team.ana)
    assert words(assessment) == "Approved"


def test_what_was_approved_is_kept_with_the_approval(team, assessment):
    request = team.ask(assessment, team.bo)
    assert approve(assessment, request, team.bo).content_hash == request.version.content_hash


# after a later edit


@pytest.mark.parametrize("key", ["brand_voice", "monthly_requests", "api_savings", "task"])
def test_any_edit_after_an_approval_shows(team, assessment, key, figure):
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo)
    answer(assessment, team.eve, key, {"brand_voice": "no", "task": "Another"}.get(key, 77))
    state = state_of(assessment)
    assert (state.is_approved, state.is_stale, state.number, state.looking_at) == (True, True, 1, 2)
    assert words(assessment) == "Version 1 approved"
    figure("stale_shown=1 of 1")


def test_evidence_alone_makes_it_stale_too(team, assessment):
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo)
    answer(assessment, team.eve, "brand_voice", "yes", "The style guide of 2026")
    assert state_of(assessment).is_stale


def test_the_same_answers_again_are_what_was_approved(team, assessment):
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo)
    answer(assessment, team.eve, "brand_voice", "no")
    freeze(assessment, reason="", person=team.eve)
    assert (state_of(assessment).looking_at, state_of(assessment).is_stale) == (2, True)
    go_back(assessment, assessment.versions.get(number=1))
    assessment.refresh_from_db()
    state = state_of(assessment)
    assert (state.is_stale, state.is_frozen, state.looking_at) == (False, False, 3)
    freeze(assessment, reason="", person=team.eve)
    state = state_of(assessment)
    assert (state.is_stale, state.is_frozen, state.looking_at) == (False, True, 3)


def test_an_older_change_is_told_from_a_newer_one_by_the_clock_alone(team, assessment, django_assert_num_queries):
    """Where nothing was changed since, no answers are read."""
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo)
    Assessment.objects.filter(pk=assessment.pk).update(changed_at=timezone.now() - timedelta(hours=1))
    assessment.refresh_from_db()
    with django_assert_num_queries(5):
        assert not state_of(assessment).is_stale
    Assessment.objects.filter(pk=assessment.pk).update(changed_at=timezone.now() + timedelta(hours=1))
    assessment.refresh_from_db()
    with django_assert_num_queries(7):
        assert not state_of(assessment).is_stale


def test_an_earlier_approval_is_still_told_while_a_new_one_is_asked_for(team, assessment):
    first = team.ask(assessment, team.bo)
    approve(assessment, first, team.bo)
    answer(assessment, team.eve, "brand_voice", "no")
    team.ask(assessment, team.bo)
    state = state_of(assessment)
    assert (state.kind, state.number, state.approved) == ("waiting", 2, first)


def test_a_due_date_that_has_passed_is_told_while_it_waits(team, assessment):
    request = team.ask(assessment, team.bo, due_on=TODAY)
    assert not state_of(assessment).overdue
    SignOff.objects.update(due_on=days_from(TODAY, -1))
    assert state_of(assessment).overdue
    approve(assessment, request, team.bo)
    assert not state_of(assessment).overdue


# many at once


def in_every_state(team: Team) -> list[Assessment]:
    found = [team.assessment(example_document(name)) for name in (*EXAMPLES, *EXAMPLES)]
    for number, one in enumerate(found[:6]):
        request = team.ask(one)
        if number > 0:
            approve(one, request, team.bo, "conditions", conditions=("One", "Two"))
        if number > 1:
            approve(one, request, team.cy)
        if number > 2:
            answer(one, team.eve, "brand_voice", "no")
        if number > 3:
            freeze(one, reason="", person=team.eve)
    return found


def test_many_assessments_take_as_many_queries_as_one(team, django_assert_max_num_queries):
    one = team.assessment()
    approve(one, team.ask(one, team.bo), team.bo, "conditions", conditions=("One",))
    answer(one, team.eve, "brand_voice", "no")
    with django_assert_max_num_queries(8):
        states([one])
    many = [*in_every_state(team), one]
    with django_assert_max_num_queries(8):
        together = states(many)
    alone = {assessment.pk: state_of(assessment) for assessment in many}
    assert [together[pk].words for pk in alone] == [state.words for state in alone.values()]
    assert {state.words for state in together.values()} == {
        "Not asked",
        "Waiting, 0 of 2",
        "Waiting, 1 of 2",
        "Approved, 2 open conditions",
        "Version 1 approved, 2 open conditions",
        "Version 1 approved, 1 open condition",
    }
    assert states([]) == {}


# what waits for a person


def test_what_waits_for_a_person(team):
    late, soon, never = (team.assessment(named(name)) for name in ("Late", "Soon", "Never"))
    requests = {
        one.pk: team.ask(one, team.bo, team.cy, due_on=due)
        for one, due in ((never, None), (late, days_from(TODAY, 30)), (soon, days_from(TODAY, 3)))
    }
    waiting = [one.sign_off.version.assessment for one in open_approvals(team.bo)]
    assert waiting == [soon, late, never]
    approve(soon, requests[soon.pk], team.bo)
    sign_off.withdraw(late, requests[late.pk], person=team.ana)
    assert [one.sign_off.version.assessment for one in open_approvals(team.bo)] == [never]
    assert len(open_approvals(team.cy)) == 2
    assert not open_approvals(team.ana)


def test_nothing_waits_where_the_right_or_the_assessment_is_gone(team, assessment):
    team.ask(assessment)
    Membership.objects.filter(user=team.bo).update(role=Role.VIEWER)
    Membership.objects.filter(user=team.cy).delete()
    assert not open_approvals(team.bo)
    assert not open_approvals(team.cy)
    Membership.objects.filter(user=team.bo).update(role=Role.APPROVER)
    assert open_approvals(team.bo)
    assessment_service.delete(assessment)
    assert not open_approvals(team.bo)
    assessment_service.restore(assessment)
    team.workspace.deleted_at = timezone.now()
    team.workspace.save()
    assert not open_approvals(team.bo)


def test_what_waits_takes_one_query(team, django_assert_num_queries):
    for name in EXAMPLES:
        team.ask(team.assessment(example_document(name)))
    with django_assert_num_queries(1):
        found = list(open_approvals(team.bo))
        assert {one.sign_off.version.assessment.workspace for one in found} == {team.workspace}
        assert len({one.sign_off.version.document["use_case"]["name"] for one in found}) == 4


# due for another look


def approved(team: Team, document: dict[str, Any] | None = None, **terms: Any) -> Assessment:
    assessment = team.assessment(document)
    approve(assessment, team.ask(assessment, team.bo, **terms), team.bo)
    return assessment


@pytest.mark.parametrize(
    ("terms", "day", "expected"),
    [
        ({"stop_on": TODAY}, -1, 0),
        ({"stop_on": TODAY}, 0, 1),
        ({"valid_until": TODAY}, 0, 0),
        ({"valid_until": TODAY}, 1, 1),
        ({"stop_on": TODAY, "valid_until": TODAY}, 1, 2),
        ({}, 9999, 0),
    ],
)
def test_dates_that_have_come(team, terms, day, expected):
    assert len(due_again(approved(team, **terms), days_from(TODAY, day))) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (20_000, 20_000, []),
        (20_001, None, ["Volume is 20,000 requests a month, below the 20,001 agreed."]),
        (None, 19_999, ["Volume is 20,000 requests a month, above the 19,999 agreed."]),
        (None, None, []),
    ],
)
def test_a_volume_outside_of_what_was_agreed(team, low, high, expected):
    assert due_again(approved(team, volume_low=low, volume_high=high), TODAY) == expected


def test_a_replaced_base_model_where_that_was_agreed(team):
    document = named(use_case={"model": "007"})
    asked, other = (approved(team, document, until_model_replaced=wanted) for wanted in (True, False))
    assert due_again(asked, TODAY) == []
    for one in (asked, other):
        answer(one, team.eve, "model", "gpt-6")
    assert due_again(asked, TODAY) == ["The base model was replaced: “007” then, “gpt-6” now."]
    assert due_again(other, TODAY) == []


def test_falling_corrections_where_that_was_agreed(team):
    asked, other = (approved(team, until_corrections_fall=wanted) for wanted in (True, False))
    for one in (asked, other):
        answer(one, team.eve, "override_weeks", [31, 32, 33, 34, 35, 36])
    assert due_again(asked, TODAY) == []
    for one in (asked, other):
        answer(one, team.eve, "override_weeks", [41, 38, 34, 33, 29, 20])
    assert due_again(asked, TODAY) == ["Weekly corrections are falling."]
    assert due_again(other, TODAY) == []


def test_nothing_is_due_before_it_is_approved(team, assessment):
    request = team.ask(assessment, stop_on=TODAY)
    approve(assessment, request, team.bo)
    assert due_again(assessment, days_from(TODAY, 9)) == []


def test_what_is_due_of_many_takes_as_many_queries_as_of_one(team, django_assert_max_num_queries):
    many = [approved(team, example_document(name), stop_on=TODAY, until_model_replaced=True) for name in EXAMPLES]
    with django_assert_max_num_queries(7):
        due_looks(many[:1], TODAY)
    with django_assert_max_num_queries(7):
        assert [len(reasons) for reasons in due_looks(many, TODAY).values()] == [1] * 4


def test_every_act_of_a_sign_off_is_in_an_unbroken_chain(team, assessment):
    request = team.ask(assessment)
    approve(assessment, request, team.bo, "conditions", "With care \U0001f469", conditions=("“One”\u2028",))
    approve(assessment, request, team.cy)
    sign_off.tick(assessment, ApprovalCondition.objects.get(), person=team.eve, met=True)
    assert list(audit.faults(team.workspace.pk)) == []
