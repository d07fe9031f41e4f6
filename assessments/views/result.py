"""The result and the report of one's own assessment."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments import access
from assessments.acts import act
from assessments.models import Assessment
from assessments.services import sharing

from .figures import send_figures
from .reading import Reader, show_chances, show_report, show_result


@act("read")
@require_safe
def own_result(request: HttpRequest, assessment_id: str) -> HttpResponse:
    return own_result_page(request, assessment_id)


def own_result_page(request: HttpRequest, assessment_id: str, *, matrix_fault: str = "") -> HttpResponse:
    """The result, with what was wrong in a change of the matrix."""
    assessment = access.own_assessment(request, assessment_id)
    return show_result(request, assessment, _owner(assessment), matrix_fault=matrix_fault)


@act("read")
@require_safe
def own_chances(request: HttpRequest, assessment_id: str) -> HttpResponse:
    assessment = access.own_assessment(request, assessment_id)
    return show_chances(request, assessment, _owner(assessment))


@act("export")
@require_safe
def own_figures(request: HttpRequest, assessment_id: str, file: str) -> HttpResponse:
    return send_figures(access.own_assessment(request, assessment_id), file)


@act("read")
@require_safe
def own_report(request: HttpRequest, assessment_id: str) -> HttpResponse:
    return show_report(request, access.own_assessment(request, assessment_id))


def _owner(assessment: Assessment) -> Reader:
    return Reader(kind="owner", key=assessment.id, role=assessment.role, link=sharing.live_link(assessment))
