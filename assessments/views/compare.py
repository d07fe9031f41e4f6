"""Two to five assessments of a workspace side by side, chosen by the address."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from assessments import access
from assessments.models import Assessment, Workspace
from assessments.pages.context import Context, render_page
from assessments.presenters.comparison import Compared, Comparison, present_comparison, refusal
from assessments.services.answer_sheet import sheet_of

MOST_READ = 50
_ID = re.compile(r"[a-z0-9]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage(Context):
    """Assessments side by side, or why these cannot be."""

    template = "assessments/compare.html"
    nav = "portfolio"
    workspace: Workspace
    back: str
    """The address of the portfolio with these still chosen."""
    refusal: str = ""
    """Why there is nothing to compare."""
    comparison: Comparison | None = None


@require_safe
def compare(request: HttpRequest, workspace_id: str) -> HttpResponse:
    workspace = access.own_workspace(request, workspace_id, "read").workspace
    chosen = _chosen(request, workspace)
    back = _back([one.pk for one in chosen])
    if sentence := refusal(len(chosen)):
        return render_page(request, ComparePage(workspace=workspace, back=back, refusal=sentence), status=422)
    comparison = present_comparison([_compared(assessment) for assessment in chosen])
    return render_page(request, ComparePage(workspace=workspace, back=back, comparison=comparison))


def chosen_ids(request: HttpRequest) -> list[str]:
    """The ids in the address, each once, in their order. What cannot be one is left out."""
    sent = dict.fromkeys(request.GET.getlist("a"))
    return [identity for identity in sent if _ID.fullmatch(identity)][:MOST_READ]


def _chosen(request: HttpRequest, workspace: Workspace) -> list[Assessment]:
    """Those of them that are in the workspace: a foreign id is as unknown as one that does not exist.

    Nor is one there of which whoever asks is to answer questions blind.
    """
    wanted, user = chosen_ids(request), access.person(request)
    if not wanted or user is None:
        return []
    shown = access.assessments_of(workspace).exclude(access.blind_to(user))
    found = shown.prefetch_related("values").in_bulk(wanted)
    return [found[identity] for identity in wanted if identity in found]


def _compared(assessment: Assessment) -> Compared:
    sheet = sheet_of(assessment, assessment.values.all())
    return Compared(key=assessment.pk, name=sheet.name, decision=sheet.decision, answers=sheet.counted)


def _back(ids: list[str]) -> str:
    return f"?{urlencode({'a': ids}, doseq=True)}" if ids else ""
