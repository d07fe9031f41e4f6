"""A copy of an assessment, for next year or for another team."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.forms.plain import CopyOf
from assessments.models import Assessment
from assessments.pages.context import Context, render_page
from assessments.services import assessments
from assessments.services.answer_sheet import AnswerSheet, read_sheet

_END = " (copy)"
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPage(Context):
    """What is asked before an assessment is copied."""

    template = "assessments/copy.html"
    assessment: Assessment
    sheet: AnswerSheet
    form: CopyOf


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "edit")
    source, sheet = own.assessment, read_sheet(own.assessment)
    rooms = {one.pk: one for one in access.rooms_for_new(request)}
    first = {"name": f"{sheet.name[: _LONGEST - len(_END)]}{_END}", "workspace": source.workspace_id}
    form = CopyOf(request.POST or None, workspaces={key: one.name for key, one in rooms.items()}, initial=first)
    if request.method == "POST" and form.is_valid():
        room = rooms.get(form.cleaned_data.get("workspace", ""), source.workspace)
        made = assessments.copy(source, room, source.browser, own.actor, name=form.cleaned_data["name"])
        return redirect("overview", made.pk)
    page = CopyPage(assessment=source, sheet=sheet, form=form)
    return render_page(request, page, status=422 if request.method == "POST" else 200)
