"""The history of an assessment, or of one of its values: who, when, from what to what."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments import access
from assessments.engine.fields import field_at
from assessments.models import Assessment, ValueChange
from assessments.pages.context import Context, render_page
from assessments.presenters.changes import AnswerMove, label_of, present_history
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.history import changes_of
from assessments.services.verdict_history import verdicts_around

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage(Context):
    """Who changed what, of an assessment or of one of its values."""

    template = "assessments/history.html"
    assessment: Assessment
    sheet: AnswerSheet
    path: str
    """The value; empty for all of them."""
    label: str
    page: Page[ValueChange]
    moves: Sequence[AnswerMove]


@require_safe
def history(request: HttpRequest, assessment_id: str, path: str = "") -> HttpResponse:
    assessment = access.own_assessment(request, assessment_id, "read").assessment
    sheet = read_sheet(assessment)
    if path and field_at(sheet.framework, path) is None:
        raise Http404
    page = Paginator(changes_of(assessment, path), PAGE).get_page(request.GET.get("page"))
    effects = {} if path else verdicts_around(assessment, sheet, list(page))
    shown = HistoryPage(
        assessment=assessment,
        sheet=sheet,
        path=path,
        label=label_of(sheet.framework, path) if path else "",
        page=page,
        moves=present_history(sheet.framework, page, effects),
    )
    return render_page(request, shown)
