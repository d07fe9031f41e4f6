"""Where an assessment stands: every section with its status, and one button to go on."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments import access
from assessments.models import Assessment, ValueChange
from assessments.pages.context import Context, render_page
from assessments.presenters.panel import Panel, present_panel
from assessments.rights import Right
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.history import last_change
from assessments.steps import Progress, progress


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage(Context):
    """Every section with its status, and one button to go on."""

    template = "assessments/overview.html"
    assessment: Assessment
    may: Mapping[Right, bool]
    sheet: AnswerSheet
    progress: Progress
    panel: Panel
    last: ValueChange | None
    """What was changed last, and by whom."""


@require_safe
def overview(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "read")
    assessment = own.assessment
    sheet = read_sheet(assessment)
    page = OverviewPage(
        assessment=assessment,
        may=own.rights,
        sheet=sheet,
        progress=progress(sheet),
        panel=present_panel(sheet.verdict, sheet.stability, timezone.localdate()),
        last=last_change(assessment),
    )
    return render_page(request, page)
