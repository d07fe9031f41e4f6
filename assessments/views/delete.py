"""Deleting an assessment: asked first, and undone for a week."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assessments import access
from assessments.acts import act
from assessments.models.assessment import UNDO_FOR
from assessments.services import assessments
from assessments.services.answer_sheet import read_sheet


@act("delete")
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, assessment_id: str) -> HttpResponse:
    assessment = access.own_assessment(request, assessment_id)
    if request.method == "POST":
        assessments.delete(assessment)
        return redirect("assessments")
    context = {"assessment": assessment, "sheet": read_sheet(assessment), "undo_days": UNDO_FOR.days}
    return render(request, "assessments/delete.html", context)


@act("delete")
@require_POST
def restore(request: HttpRequest, assessment_id: str) -> HttpResponse:
    assessments.restore(access.own_deleted_assessment(request, assessment_id))
    return redirect("overview", assessment_id)
