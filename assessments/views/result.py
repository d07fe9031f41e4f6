"""The result and the report of one's own assessment."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments import access
from assessments.acts import act, may
from assessments.models import Assessment
from assessments.presenters.sign_off import STATE_SHAPES
from assessments.services import comments, history, sharing
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.sign_off_state import due_again, state_of

from .comments import talk_on
from .figures import send_figures
from .reading import Reader, show_chances, show_report, show_result
from .today import today_of


@act("read")
@require_safe
def own_result(request: HttpRequest, assessment_id: str) -> HttpResponse:
    return own_result_page(request, assessment_id)


def own_result_page(request: HttpRequest, assessment_id: str, *, matrix_fault: str = "") -> HttpResponse:
    """The result, with what was wrong in a change of the matrix."""
    assessment = access.own_assessment(request, assessment_id)
    reader = replace(_owner(assessment), links_on=sharing.links_on(assessment))
    return show_result(
        request,
        assessment,
        reader,
        matrix_fault=matrix_fault,
        beside=lambda sheet: _panel(assessment, sheet),
        talk=talk_on(assessment, comments.RESULT),
    )


def _panel(assessment: Assessment, sheet: Callable[[], AnswerSheet]) -> Mapping[str, Any]:
    """Where the sign-off stands: asked for anew each time, since the body of the page is kept."""
    if assessment.person is None:
        return {}
    state = state_of(assessment)
    approvals = state.sign_off.approvals.all() if state.sign_off else ()
    signed = state.sign_off.version if state.is_current and state.sign_off else None
    return {
        "assessment": assessment,
        "state": state,
        "shape": STATE_SHAPES[state.kind],
        "due": due_again(assessment, timezone.localdate()) if state.approved else [],
        "result_changed": signed is not None and today_of(signed, sheet).differs,
        "may_ask": may(assessment.role, "ask_sign_off"),
        "waits_for_you": any(
            one.approver_id == assessment.person.pk and not one.decision for one in approvals if not state.is_approved
        ),
        "last": history.last_change(assessment),
    }


@act("read")
@require_safe
def own_chances(request: HttpRequest, assessment_id: str) -> HttpResponse:
    assessment = access.own_assessment(request, assessment_id)
    return show_chances(request, assessment, _owner(assessment))


@act("export")
@require_safe
def own_figures(request: HttpRequest, assessment_id: str, file: str) -> HttpResponse:
    return send_figures(read_sheet(access.own_assessment(request, assessment_id)), file)


@act("read")
@require_safe
def own_report(request: HttpRequest, assessment_id: str) -> HttpResponse:
    assessment = access.own_assessment(request, assessment_id)
    return show_report(request, assessment, _owner(assessment))


def _owner(assessment: Assessment) -> Reader:
    return Reader(kind="owner", key=assessment.id, role=assessment.role)
