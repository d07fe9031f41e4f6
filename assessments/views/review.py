"""Check answers: everything at a glance, what is missing first, and the way to the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments import access
from assessments.models import Assessment
from assessments.pages.context import Context, render_page
from assessments.presenters.review import (
    AnswerRow,
    SectionReview,
    ToldElsewhere,
    open_rows,
    present_review,
    told_elsewhere,
    with_authors,
    with_confirming,
)
from assessments.rights import Right
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.history import last_changes
from assessments.steps import folded_away


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage(Context):
    """Every answer at a glance, what is missing first."""

    template = "assessments/review.html"
    assessment: Assessment
    may: Mapping[Right, bool]
    sheet: AnswerSheet
    reviews: Sequence[SectionReview]
    open_rows: Sequence[AnswerRow]
    """What is missing."""
    told_elsewhere: Sequence[ToldElsewhere]


@require_safe
def review(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "read")
    assessment = own.assessment
    sheet = read_sheet(assessment)
    answered = present_review(sheet.framework, sheet.values, document=sheet.document, folded=folded_away(sheet))
    reviews = with_confirming(with_authors(answered, last_changes(assessment)), sheet.version)
    page = ReviewPage(
        assessment=assessment,
        may=own.rights,
        sheet=sheet,
        reviews=reviews,
        open_rows=open_rows(reviews),
        told_elsewhere=told_elsewhere(sheet.framework, sheet.values, reviews),
    )
    return render_page(request, page)
