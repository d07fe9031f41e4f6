"""The history of an assessment, or of one of its values: who, when, from what to what."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import access
from assessments.engine.fields import field_at
from assessments.presenters.changes import label_of, present_history
from assessments.services.answer_sheet import read_sheet
from assessments.services.history import changes_of

PAGE = 50


@require_safe
def history(request: HttpRequest, assessment_id: str, path: str = "") -> HttpResponse:
    assessment = access.own_assessment(request, assessment_id, "read").assessment
    sheet = read_sheet(assessment)
    if path and field_at(sheet.framework, path) is None:
        raise Http404
    page = Paginator(changes_of(assessment, path), PAGE).get_page(request.GET.get("page"))
    context = {
        "assessment": assessment,
        "sheet": sheet,
        "path": path,
        "label": label_of(sheet.framework, path) if path else "",
        "page": page,
        "moves": present_history(sheet.framework, page),
    }
    return render(request, "assessments/history.html", context)
