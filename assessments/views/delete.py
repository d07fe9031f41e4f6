"""Deleting an assessment: asked first, and undone for a week."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from assessments import access
from assessments.models import Assessment
from assessments.models.assessment import UNDO_FOR
from assessments.pages.context import Context, render_page
from assessments.services import assessments
from assessments.services.answer_sheet import AnswerSheet, read_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletePage(Context):
    """What is asked before an assessment is deleted."""

    template = "assessments/delete.html"
    assessment: Assessment
    sheet: AnswerSheet
    undo_days: int


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "delete")
    assessment = own.assessment
    if request.method == "POST":
        assessments.delete(assessment, own.actor)
        return redirect("assessments")
    page = DeletePage(assessment=assessment, sheet=read_sheet(assessment), undo_days=UNDO_FOR.days)
    return render_page(request, page)


@require_POST
def restore(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_deleted_assessment(request, assessment_id, "delete")
    assessments.restore(own.assessment, own.actor)
    return redirect("overview", assessment_id)
