"""A workspace: who is in it and may do what, whom to invite, its settings, and its end."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access
from assessments.access import OwnWorkspace
from assessments.forms.plain import Invite, Typed, WorkspaceSettings
from assessments.models import Role
from assessments.models.assessment import UNDO_FOR
from assessments.models.workspace import INVITATION_LASTS
from assessments.rights import role_words
from assessments.services import leaving, people


@require_safe
def workspace(request: HttpRequest, workspace_id: str) -> HttpResponse:
    return workspace_page(request, access.own_workspace(request, workspace_id, "read"))


@require_http_methods(["GET", "HEAD", "POST"])
def change_workspace(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """Not to need two-step sign-in any more takes showing who one is. Without a form it leads to where that stands."""
    own = access.own_workspace(request, workspace_id, "manage")
    if request.method != "POST":
        return redirect("workspace", workspace_id)
    form = WorkspaceSettings(request.POST, signs_in_in_two_steps=access.signs_in_in_two_steps(own.actor))
    if not form.is_valid():
        return workspace_page(request, own, settings_form=form, status=422)
    if own.workspace.needs_two_step and not form.cleaned_data["needs_two_step"]:
        access.confirm(request)
    people.change_workspace(own.workspace, **form.cleaned_data, actor=own.actor)
    return redirect("workspace", workspace_id)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_workspace(request: HttpRequest, workspace_id: str) -> HttpResponse:
    own = access.own_workspace(request, workspace_id, "manage")
    found = own.workspace
    form = Typed(request.POST or None, wanted=found.name, label="Type the name of the workspace to confirm")
    if request.method == "POST" and form.is_valid():
        access.confirm(request)
        leaving.delete_workspace(found, actor=own.actor)
        return redirect("workspaces")
    context = {
        "workspace": found,
        "contents": leaving.contents_of([found]),
        "form": form,
        "undo_days": UNDO_FOR.days,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/delete_workspace.html", context, status=status)


@require_POST
def restore_workspace(request: HttpRequest, workspace_id: str) -> HttpResponse:
    own = access.own_deleted_workspace(request, workspace_id, "manage")
    leaving.restore_workspace(own.workspace, actor=own.actor)
    return redirect("workspace", workspace_id)


def workspace_page(
    request: HttpRequest,
    own: OwnWorkspace,
    *,
    invite_form: Invite | None = None,
    settings_form: WorkspaceSettings | None = None,
    link: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, with an invitation that was just made or with what was wrong in one of its forms."""
    found = own.workspace
    members = access.members(found)
    now = {"name": found.name, "public_links": found.public_links, "needs_two_step": found.needs_two_step}
    context = {
        "workspace": found,
        "may": own.rights,
        "members": members,
        "undo_for": UNDO_FOR,
        "roles": [(role, role.label, role_words(role)) for role in Role],
        "role_label": Role(own.role).label,
        "invitations": list(access.open_invitations(found)) if own.may("manage") else [],
        "invite_form": invite_form or Invite(initial={"role": Role.EDITOR}),
        "settings_form": settings_form or WorkspaceSettings(initial=now),
        "without_two_step": [member for member, two_step in members if not two_step],
        "invitation_days": INVITATION_LASTS.days,
        "link": link,
        "problem": problem,
    }
    return render(request, "assessments/workspace.html", context, status=status)
