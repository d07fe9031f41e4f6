"""The result and the report of one's own assessment."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments import access
from assessments.access import OwnAssessment
from assessments.http import HtmxHttpRequest
from assessments.models import Version
from assessments.pages.figures import send_figures
from assessments.pages.kept_page import around, kept_page
from assessments.pages.reader import Reader
from assessments.pages.reading import SignOffPanel, WaitsNote, show_chances, show_result
from assessments.pages.record import send_record
from assessments.pages.report import show_report
from assessments.pages.result_bodies import MatrixFault
from assessments.pages.today import today_of
from assessments.presenters.result_index import BRIEF
from assessments.presenters.sign_off import STATE_SHAPES
from assessments.services import comments, history, sharing
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.sign_off_due import due_again
from assessments.services.sign_off_state import state_of, waiting_version
from assessments.services.versions import PILOT, frozen_sheet

from .comments import talk_on


@require_safe
def own_result(request: HttpRequest, assessment_id: str, page: str = BRIEF) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "read")
    if page != BRIEF:
        return show_result(request, own.assessment, _owner(own), page, beside=_waits(own, page))
    links_on = sharing.links_on(own.assessment)  # one can end by itself
    return kept_page(
        request,
        f"{around(request, own.assessment)}-{own.role}-{links_on}",
        partial(_brief, request, own, links_on=links_on),
    )


def _brief(request: HttpRequest, own: OwnAssessment, *, links_on: int) -> HttpResponse:
    return show_result(
        request,
        own.assessment,
        replace(_owner(own), links_on=links_on),
        beside=lambda sheet: _panel(own, sheet),
        talk=talk_on(own, comments.RESULT),
    )


def refused_options(request: HttpRequest, own: OwnAssessment, fault: MatrixFault) -> HttpResponse:
    """The page of the options, with what was wrong in a change of the matrix."""
    beside = _waits(own, "options")
    return show_result(request, own.assessment, _owner(own), "options", fault=fault, beside=beside)


def _waits(own: OwnAssessment, page: str) -> Callable[[object], WaitsNote] | None:
    """What waits for approval, where weights and scores can be changed."""
    if page != "options" or not own.may("edit"):
        return None
    return lambda _: WaitsNote(assessment=own.assessment, waits=waiting_version(own.assessment))


def _panel(own: OwnAssessment, sheet: Callable[[], AnswerSheet]) -> SignOffPanel | None:
    """Where the sign-off stands: asked for anew each time, since the body of the page is kept."""
    actor, assessment = own.actor, own.assessment
    if actor is None:
        return None
    state = state_of(assessment)
    approvals = state.sign_off.approvals.all() if state.sign_off else ()
    signed = state.sign_off.version if state.is_current and state.sign_off else None
    return SignOffPanel(
        assessment=assessment,
        state=state,
        shape=STATE_SHAPES[state.kind],
        due=due_again(assessment, timezone.localdate()) if state.approved else [],
        result_changed=signed is not None and today_of(signed, lambda: _as_signed(signed, sheet())).differs,
        may_ask=own.may("ask_sign_off"),
        waits_for_you=any(
            one.approver_id == actor.pk and not one.decision for one in approvals if not state.is_approved
        ),
        last=history.last_change(assessment),
    )


def _as_signed(signed: Version, now: AnswerSheet) -> AnswerSheet:
    """The answers that were signed: those of now, without what a pilot showed since."""
    return frozen_sheet(signed.pk) if any(path.startswith(PILOT) for path in now.stated) else now


@require_safe
def own_chances(request: HtmxHttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "read")
    return show_chances(request, own.assessment, _owner(own))


@require_safe
def own_figures(request: HttpRequest, assessment_id: str, file: str) -> HttpResponse:
    return send_figures(read_sheet(access.own_assessment(request, assessment_id, "export").assessment), file)


@require_safe
def own_report(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "read")
    return show_report(request, own.assessment, _owner(own))


@require_safe
def own_record(request: HttpRequest, assessment_id: str, kind: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "read")
    return send_record(request, own.assessment, _owner(own), kind)


def _owner(own: OwnAssessment) -> Reader:
    return Reader(kind="owner", key=own.assessment.id, role=own.role, may_export=own.may("export"))
