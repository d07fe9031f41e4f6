"""The history of an assessment, or of one of its answers: who, when, from what to what."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments import access
from assessments.models import AnswerChange, Assessment
from assessments.pages.context import Context, render_page
from assessments.presenters.changes import AnswerMove, label_of, present_history
from assessments.services.answer_sheet import WHOLE_PARTS, AnswerSheet, read_sheet
from assessments.services.history import changes_of

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage(Context):
    """Who changed what, of an assessment or of one of its answers."""

    template = "assessments/history.html"
    assessment: Assessment
    sheet: AnswerSheet
    key: str
    """The answer; empty for all of them."""
    label: str
    page: Page[AnswerChange]
    moves: Sequence[AnswerMove]


@require_safe
def history(request: HttpRequest, assessment_id: str, key: str = "") -> HttpResponse:
    assessment = access.own_assessment(request, assessment_id, "read").assessment
    sheet = read_sheet(assessment)
    if key and key not in sheet.framework.questions and key not in WHOLE_PARTS:
        raise Http404
    page = Paginator(changes_of(assessment, key), PAGE).get_page(request.GET.get("page"))
    shown = HistoryPage(
        assessment=assessment,
        sheet=sheet,
        key=key,
        label=label_of(sheet.framework, key) if key else "",
        page=page,
        moves=present_history(sheet.framework, page),
    )
    return render_page(request, shown)
