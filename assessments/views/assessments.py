"""Starting an assessment, and the list of one's own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from assessments import access
from assessments.acts import act
from assessments.models import Assessment
from assessments.presenters.listing import present_listed
from assessments.presenters.verdict import headline
from assessments.services import assessments
from assessments.services.answer_sheet import sheet_of
from assessments.steps import progress

MOST_UNDO = 3


@act("visit")
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    assessment = assessments.start(*access.room_for_new(request))
    return redirect("section", assessment.id, "use_case")


@act("visit")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    own = access.own_assessments(request).filter(deleted_at=None).prefetch_related("answers")
    listed = []
    for assessment in own:
        sheet = sheet_of(assessment, assessment.answers.all())
        listed.append(present_listed(sheet.verdict, sheet.document, progress(sheet), assessment=assessment))
    context = {
        "nav": "assessments",
        "listed": listed,
        "deleted": _recently_deleted(request),
        "samples": _samples(),
    }
    return render(request, "assessments/assessments.html", context)


def _recently_deleted(request: HttpRequest) -> list[dict[str, Any]]:
    """The ones deleted last, while that can be undone."""
    gone = access.own_deleted_assessments(request).prefetch_related("answers")[:MOST_UNDO]
    return [{"id": one.id, "name": sheet_of(one, one.answers.all()).name, "until": one.undo_until} for one in gone]


def _samples() -> list[dict[str, str]]:
    samples = Assessment.objects.exclude(sample="").order_by("sample").prefetch_related("answers")
    sheets = [(one, sheet_of(one, one.answers.all())) for one in samples]
    return [{"slug": one.sample, "name": sheet.name, "verdict": headline(sheet.verdict).title} for one, sheet in sheets]
