"""Saves ticks on the checklists of the result: all changes of a form at once, or one at a time with htmx."""

from collections.abc import Container, Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from assessments import access
from assessments.engine.decision import ChecklistState
from assessments.http import HtmxHttpRequest
from assessments.pages.context import render_page
from assessments.pages.saved import TicksSaved
from assessments.presenters.plan import checklist_words
from assessments.services.answer_sheet import AnswerSheet
from assessments.services.values import Entry, change, entry_on


@require_POST
def save_ticks(request: HtmxHttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "edit")
    wanted = wanted_ticks(request.POST)
    saving = change(own.assessment, own.actor, lambda sheet: entries(sheet, wanted), act="tick_checks")
    checklists = saving.after.decision.checklists
    if not request.htmx:
        return redirect(f"{reverse('result_page', args=[own.assessment.id, 'plan'])}#{_anchor(checklists, wanted)}")
    counts = [(one.checklist.key, checklist_words(one)) for one in checklists]
    return render_page(request, TicksSaved(saved_at=saving.at, counts=counts))


def wanted_ticks(posted: Mapping[str, str]) -> dict[str, bool]:
    """What has changed: the one point that htmx names, or every point that differs from what the page had shown.

    A browser sends ticked boxes only. So a point is unticked where it was shown as ticked and is not sent.
    """
    if point := posted.get("toggled"):
        return {point: point in posted}
    shown = set(posted.get("shown", "").split())
    return {**dict.fromkeys(shown - set(posted), False), **dict.fromkeys(set(posted) - shown, True)}


def _anchor(checklists: Sequence[ChecklistState], wanted: Container[str]) -> str:
    """The first point that was sent: a browser unfolds the checklist it stands in, where everything starts folded."""
    codes = (state.point.code for one in checklists for state in one.points)
    return next((f"tick-{code}" for code in codes if code in wanted), "checklists")


def entries(sheet: AnswerSheet, wanted: Mapping[str, bool]) -> list[Entry]:
    """Each point on its own, whatever is ticked now. Codes that the framework does not have are left out."""
    return [
        entry_on(sheet, f"checks.{checklist.key}.{point.code}", wanted[point.code] or None)
        for checklist in sheet.framework.guide.checklists
        for point in checklist.points
        if point.code in wanted
    ]
