"""What stands above the reports of a workspace, changed on the workspace's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from assessments import access
from assessments.forms.plain import LetterheadForm
from assessments.services import letterheads

from .workspace import workspace_page


@require_POST
def change_letterhead(request: HttpRequest, workspace_id: str) -> HttpResponse:
    own = access.own_workspace(request, workspace_id, "manage")
    kept = letterheads.letterhead_of(workspace_id)
    form = LetterheadForm(request.POST, request.FILES, has_logo=bool(kept and kept.logo), prefix="letterhead")
    if not form.is_valid():
        return workspace_page(request, own, letterhead_form=form, status=422)
    sent = form.cleaned_data
    letterheads.change_letterhead(
        own.workspace,
        mark=sent["mark"],
        logo=sent["logo"],
        without_logo=sent.get("without_logo", False),
        actor=own.actor,
    )
    return redirect("workspace", workspace_id)
