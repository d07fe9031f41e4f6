"""Sample assessments: read by everybody, copied to try one's own change."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from assessments import access
from assessments.http import HtmxHttpRequest
from assessments.pages.figures import send_figures
from assessments.pages.reader import Reader
from assessments.pages.reading import show_chances, show_result
from assessments.pages.record import send_record
from assessments.pages.report import show_report
from assessments.presenters.result_index import BRIEF
from assessments.services.answer_sheet import read_sheet
from assessments.services.assessments import start_from_document


@require_safe
def sample_result(request: HttpRequest, sample: str, page: str = BRIEF) -> HttpResponse:
    assessment = access.sample_assessment(sample)
    return show_result(request, assessment, Reader(kind="sample", key=sample), page)


@require_safe
def sample_chances(request: HtmxHttpRequest, sample: str) -> HttpResponse:
    return show_chances(request, access.sample_assessment(sample), Reader(kind="sample", key=sample))


@require_safe
def sample_figures(request: HttpRequest, sample: str, file: str) -> HttpResponse:
    return send_figures(read_sheet(access.sample_assessment(sample)), file)


@require_safe
def sample_report(request: HttpRequest, sample: str) -> HttpResponse:
    return show_report(request, access.sample_assessment(sample), Reader(kind="sample", key=sample, may_export=True))


@require_safe
def sample_record(request: HttpRequest, sample: str, kind: str) -> HttpResponse:
    return send_record(request, access.sample_assessment(sample), Reader(kind="sample", key=sample), kind)


@require_POST
def copy_sample(request: HttpRequest, sample: str) -> HttpResponse:
    """A copy of one's own, open at the overview."""
    sheet = read_sheet(access.sample_assessment(sample))
    room, actor = access.room_for_new(request), access.person(request)
    copy = start_from_document(*room, actor, sheet.framework, sheet.raw, act="copy_sample")
    return redirect("overview", copy.id)
