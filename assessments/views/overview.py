"""Where an assessment stands: every section with its status, and one button to go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import access
from assessments.presenters.panel import present_panel
from assessments.services.answer_sheet import read_sheet
from assessments.services.history import last_change
from assessments.steps import progress


@require_safe
def overview(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "read")
    assessment = own.assessment
    sheet = read_sheet(assessment)
    context = {
        "assessment": assessment,
        "may": own.rights,
        "sheet": sheet,
        "progress": progress(sheet),
        "panel": present_panel(sheet.verdict, sheet.document),
        "last": last_change(assessment),
    }
    return render(request, "assessments/overview.html", context)
