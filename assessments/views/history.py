"""The history of an assessment, or of one of its answers: who, when, from what to what."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import access
from assessments.presenters.changes import label_of, present_history
from assessments.services.answer_sheet import WHOLE_PARTS, read_sheet
from assessments.services.history import changes_of

PAGE = 50


@require_safe
def history(request: HttpRequest, assessment_id: str, key: str = "") -> HttpResponse:
    assessment = access.own_assessment(request, assessment_id, "read").assessment
    sheet = read_sheet(assessment)
    if key and key not in sheet.framework.questions and key not in WHOLE_PARTS:
        raise Http404
    page = Paginator(changes_of(assessment, key), PAGE).get_page(request.GET.get("page"))
    context = {
        "assessment": assessment,
        "sheet": sheet,
        "key": key,
        "label": label_of(sheet.framework, key) if key else "",
        "page": page,
        "moves": present_history(sheet.framework, page),
    }
    return render(request, "assessments/history.html", context)
