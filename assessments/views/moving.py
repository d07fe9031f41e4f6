"""Moving an assessment to another framework of its workspace, with what that changes shown first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.framework import Question
from assessments.models import Assessment
from assessments.pages.context import Context, render_page
from assessments.presenters.changes import label_of
from assessments.presenters.verdict import headline
from assessments.services import moving
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.moving import FrameworkMove
from assessments.services.own_frameworks import framework_at


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentFrameworkPage(Context):
    """Which framework an assessment is under, which others there are, and what moving to one of them changes."""

    template = "assessments/assessment_framework.html"
    assessment: Assessment
    sheet: AnswerSheet
    others: Sequence[tuple[str, str]]
    """The keys of those that it can be moved to, with their titles."""
    key: str = ""
    """The one that is looked at."""
    title: str = ""
    asked_anew: Sequence[Question] = ()
    no_longer_counted: Sequence[str] = ()
    counted_again: Sequence[str] = ()
    same_rules: bool = False
    verdict_now: str = ""
    verdict_then: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_framework(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "edit")
    keys = moving.keys_open_to(own.assessment)
    key = (request.POST if request.method == "POST" else request.GET).get("to", "")
    if key and key not in keys:
        raise Http404
    if request.method == "POST":
        if key:
            moving.move(own.assessment, own.actor, key)
        return redirect("result" if key else "assessment_framework", assessment_id)
    others = [(one, framework_at(one).title) for one in keys]
    if not key:
        sheet = read_sheet(own.assessment)
        return render_page(request, AssessmentFrameworkPage(assessment=own.assessment, sheet=sheet, others=others))
    return render_page(request, _looked_at(own.assessment, moving.tried_under(own.assessment, key), others, key))


def _looked_at(
    assessment: Assessment, move: FrameworkMove, others: Sequence[tuple[str, str]], key: str
) -> AssessmentFrameworkPage:
    before, after = move.before.framework, move.after.framework
    return AssessmentFrameworkPage(
        assessment=assessment,
        sheet=move.before,
        others=others,
        key=key,
        title=after.title,
        asked_anew=move.asked_anew,
        no_longer_counted=[label_of(before, path) for path in move.no_longer_counted],
        counted_again=[label_of(after, path) for path in move.counted_again],
        same_rules=move.same_rules,
        verdict_now=headline(move.before.verdict).title,
        verdict_then=headline(move.after.verdict).title,
    )
