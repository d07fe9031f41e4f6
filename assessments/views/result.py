"""The result and the report of one's own assessment."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments import access
from assessments.acts import act, may
from assessments.services import comments, sharing

from .comments import talk_on
from .reading import Reader, show_report, show_result


@act("read")
@require_safe
def own_result(request: HttpRequest, assessment_id: str) -> HttpResponse:
    return own_result_page(request, assessment_id)


def own_result_page(request: HttpRequest, assessment_id: str, *, matrix_fault: str = "") -> HttpResponse:
    """The result, with what was wrong in a change of the matrix."""
    assessment = access.own_assessment(request, assessment_id)
    reader = Reader(
        kind="owner",
        report_url=reverse("report", args=[assessment.id]),
        may_link=may(assessment.role, "link"),
        links_on=sharing.links_on(assessment),
    )
    talk = talk_on(assessment, comments.RESULT)
    return show_result(request, assessment, reader, matrix_fault=matrix_fault, talk=talk)


@act("read")
@require_safe
def own_report(request: HttpRequest, assessment_id: str) -> HttpResponse:
    return show_report(request, access.own_assessment(request, assessment_id))
