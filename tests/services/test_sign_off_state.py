"""What became of a sign-off: after a later edit, of many at once, for a person, and when it is due again."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.models import (
    ApprovalCondition,
    Assessment,
    ListEntry,
    Membership,
    Role,
    SignOff,
)
from assessments.services import assessments as assessment_service
from assessments.services import list_entries, sign_off
from assessments.services.sign_off import open_approvals
from assessments.services.sign_off_due import due_again, due_looks
from assessments.services.sign_off_list import RANKS, sign_offs
from assessments.services.sign_off_state import state_of, states
from assessments.services.versions import freeze, go_back

from ..documents import EXAMPLES, example_document, named
from ..signers import Team, answer, approve, days_from, new_team, sign_off_words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def team() -> Team:
    return new_team()


@pytest.fixture
def assessment(team: Team) -> Assessment:
    return team.assessment()


# after a later edit


@pytest.mark.parametrize("key", ["brand_voice", "monthly_requests", "api_savings", "task"])
def test_any_edit_after_an_approval_shows(team: Team, assessment: Assessment, key: str, figure: Any) -> None:
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo)
    answer(assessment, team.eve, key, {"brand_voice": "no", "task": "Another"}.get(key, 77))
    state = state_of(assessment)
    assert (state.is_approved, state.is_stale, state.number, state.looking_at) == (True, True, 1, 2)
    assert sign_off_words(assessment) == "Version 1 approved"
    figure("approvals that hide a later edit", not state.is_stale)


def test_evidence_alone_makes_it_stale_too(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo)
    answer(assessment, team.eve, "brand_voice", "yes", "The style guide of 2026")
    assert state_of(assessment).is_stale


def test_the_same_answers_again_are_what_was_approved(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo)
    answer(assessment, team.eve, "brand_voice", "no")
    freeze(assessment, team.eve, reason="")
    assert (state_of(assessment).looking_at, state_of(assessment).is_stale) == (2, True)
    go_back(assessment, team.eve, assessment.versions.get(number=1))
    assessment.refresh_from_db()
    state = state_of(assessment)
    assert (state.is_stale, state.is_frozen, state.looking_at) == (False, False, 3)
    freeze(assessment, team.eve, reason="")
    state = state_of(assessment)
    assert (state.is_stale, state.is_frozen, state.looking_at) == (False, True, 3)


def test_an_older_change_is_told_from_a_newer_one_by_the_clock_alone(
    team: Team, assessment: Assessment, django_assert_num_queries: Any
) -> None:
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


def test_an_earlier_approval_is_still_told_while_a_new_one_is_asked_for(team: Team, assessment: Assessment) -> None:
    first = team.ask(assessment, team.bo)
    approve(assessment, first, team.bo)
    answer(assessment, team.eve, "brand_voice", "no")
    team.ask(assessment, team.bo)
    state = state_of(assessment)
    assert (state.kind, state.number, state.approved) == ("waiting", 2, first)


def test_a_due_date_that_has_passed_is_told_while_it_waits(team: Team, assessment: Assessment) -> None:
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
            freeze(one, team.eve, reason="")
    return found


def test_many_assessments_take_as_many_queries_as_one(team: Team, django_assert_max_num_queries: Any) -> None:
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


def test_what_waits_for_a_person(team: Team) -> None:
    late, soon, never = (team.assessment(named(name)) for name in ("Late", "Soon", "Never"))
    requests = {
        one.pk: team.ask(one, team.bo, team.cy, due_on=due)
        for one, due in ((never, None), (late, days_from(TODAY, 30)), (soon, days_from(TODAY, 3)))
    }
    waiting = [one.sign_off.version.assessment for one in open_approvals(team.bo)]
    assert waiting == [soon, late, never]
    approve(soon, requests[soon.pk], team.bo)
    sign_off.withdraw(late, team.ana, requests[late.pk])
    assert [one.sign_off.version.assessment for one in open_approvals(team.bo)] == [never]
    assert len(open_approvals(team.cy)) == 2
    assert not open_approvals(team.ana)


def test_nothing_waits_where_the_right_or_the_assessment_is_gone(team: Team, assessment: Assessment) -> None:
    team.ask(assessment)
    Membership.objects.filter(user=team.bo).update(role=Role.VIEWER)
    Membership.objects.filter(user=team.cy).delete()
    assert not open_approvals(team.bo)
    assert not open_approvals(team.cy)
    Membership.objects.filter(user=team.bo).update(role=Role.APPROVER)
    assert open_approvals(team.bo)
    assessment_service.delete(assessment, None)
    assert not open_approvals(team.bo)
    assessment_service.restore(assessment, None)
    team.workspace.deleted_at = timezone.now()
    team.workspace.save()
    assert not open_approvals(team.bo)


def test_what_waits_takes_one_query(team: Team, django_assert_num_queries: Any) -> None:
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
def test_dates_that_have_come(team: Team, terms: Any, day: int, expected: int) -> None:
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
def test_a_volume_outside_of_what_was_agreed(team: Team, low: int | None, high: int | None, expected: Any) -> None:
    assert due_again(approved(team, volume_low=low, volume_high=high), TODAY) == expected


def test_a_replaced_base_model_where_that_was_agreed(team: Team) -> None:
    document = named(use_case={"model": "007"})
    asked, other = (approved(team, document, until_model_replaced=wanted) for wanted in (True, False))
    assert due_again(asked, TODAY) == []
    for one in (asked, other):
        answer(one, team.eve, "model", "gpt-6")
    assert due_again(asked, TODAY) == ["The base model was replaced: “007” then, “gpt-6” now."]
    assert due_again(other, TODAY) == []


def test_falling_corrections_where_that_was_agreed(team: Team) -> None:
    asked, other = (approved(team, until_corrections_fall=wanted) for wanted in (True, False))
    for one in (asked, other):
        answer(one, team.eve, "override_weeks", [31, 32, 33, 34, 35, 36])
    assert due_again(asked, TODAY) == []
    for one in (asked, other):
        answer(one, team.eve, "override_weeks", [41, 38, 34, 33, 29, 20])
    assert due_again(asked, TODAY) == ["Weekly corrections are falling."]
    assert due_again(other, TODAY) == []


def listed(assessment: Assessment) -> tuple[str, date | None]:
    """What the list keeps, brought up to date as a page does, beside what is worked out for this one."""
    list_entries.bring_up_to_date(Assessment.objects.filter(pk=assessment.pk))
    kept = ListEntry.objects.get(pk=assessment.pk)
    now = sign_offs([Assessment.objects.get(pk=assessment.pk)])[assessment.pk]
    assert kept.sign_off == RANKS[now.state]
    assert bool(kept.due_from and kept.due_from <= TODAY) == bool(now.due)
    return now.state, kept.due_from


def test_the_list_keeps_up_with_each_step_of_a_sign_off(team: Team, assessment: Assessment) -> None:
    assert listed(assessment) == ("not_asked", None)
    request = team.ask(assessment, team.bo, stop_on=days_from(TODAY, 5), valid_until=days_from(TODAY, 3))
    assert listed(assessment) == ("waiting", None)
    sign_off.withdraw(assessment, team.ana, request)
    assert listed(assessment) == ("not_asked", None)
    request = team.ask(assessment, team.bo, stop_on=days_from(TODAY, 5), valid_until=days_from(TODAY, 3))
    approve(assessment, request, team.bo, "conditions", conditions=("Mask names",))
    assert listed(assessment) == ("conditions", days_from(TODAY, 4))
    sign_off.tick(assessment, team.ana, ApprovalCondition.objects.get(), met=True)
    assert listed(assessment) == ("approved", days_from(TODAY, 4))
    answer(assessment, team.eve, "brand_voice", "no")
    assert listed(assessment) == ("earlier", days_from(TODAY, 4))
    assert listed(approved(team, stop_on=TODAY)) == ("approved", TODAY)
    assert listed(approved(team, volume_low=10**6)) == ("approved", TODAY)


def test_nothing_is_due_before_it_is_approved(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment, stop_on=TODAY)
    approve(assessment, request, team.bo)
    assert due_again(assessment, days_from(TODAY, 9)) == []


def test_what_is_due_of_many_takes_as_many_queries_as_of_one(team: Team, django_assert_max_num_queries: Any) -> None:
    many = [approved(team, example_document(name), stop_on=TODAY, until_model_replaced=True) for name in EXAMPLES]
    with django_assert_max_num_queries(7):
        due_looks(many[:1], TODAY)
    with django_assert_max_num_queries(7):
        assert [len(reasons) for reasons in due_looks(many, TODAY).values()] == [1] * 4
