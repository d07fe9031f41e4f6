"""Check answers: everything at a glance, what is missing first, and the way to the verdict."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import access
from assessments.presenters.review import open_rows, present_review, with_authors
from assessments.services.answer_sheet import read_sheet
from assessments.services.history import last_changes
from assessments.steps import progress


@require_safe
def check(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "read")
    assessment = own.assessment
    sheet = read_sheet(assessment)
    reviews = with_authors(present_review(sheet.framework, sheet.values), last_changes(assessment))
    context = {
        "assessment": assessment,
        "may": own.rights,
        "sheet": sheet,
        "progress": progress(sheet),
        "reviews": reviews,
        "open_rows": open_rows(reviews),
    }
    return render(request, "assessments/check.html", context)
