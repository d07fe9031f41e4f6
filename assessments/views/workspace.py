"""A workspace: who is in it and may do what, whom to invite, its settings, and its end."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access
from assessments.acts import act, may, role_words
from assessments.forms.plain import Invite, Typed, WorkspaceSettings
from assessments.models import Role, Workspace
from assessments.models.assessment import UNDO_FOR
from assessments.models.workspace import INVITATION_LASTS
from assessments.services import leaving, people


@act("read")
@require_safe
def workspace(request: HttpRequest, workspace_id: str) -> HttpResponse:
    return workspace_page(request, access.own_workspace(request, workspace_id))


@act("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def change_workspace(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """Not to need two-step sign-in any more takes showing who one is. Without a form it leads to where that stands."""
    access.come_back(request)
    found, by = access.own_workspace(request, workspace_id), access.person(request)
    if request.method != "POST":
        return redirect("workspace", found.pk)
    two_step = by is not None and access.signs_in_in_two_steps(by)
    form = WorkspaceSettings(request.POST, signs_in_in_two_steps=two_step)
    if not form.is_valid():
        return workspace_page(request, found, settings_form=form, status=422)
    if found.needs_two_step and not form.cleaned_data["needs_two_step"]:
        access.confirm(request)
    people.change_workspace(found, **form.cleaned_data, by=by)
    return redirect("workspace", found.pk)


@act("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def delete_workspace(request: HttpRequest, workspace_id: str) -> HttpResponse:
    access.come_back(request)
    found = access.own_workspace(request, workspace_id)
    form = Typed(request.POST or None, wanted=found.name, label="Type the name of the workspace to confirm")
    if request.method == "POST" and form.is_valid():
        access.confirm(request)
        leaving.delete_workspace(found, by=access.person(request))
        return redirect("workspaces")
    context = {
        "workspace": found,
        "contents": leaving.contents_of([found]),
        "form": form,
        "undo_days": UNDO_FOR.days,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/delete_workspace.html", context, status=status)


@act("manage")
@require_POST
def restore_workspace(request: HttpRequest, workspace_id: str) -> HttpResponse:
    found = access.own_deleted_workspace(request, workspace_id)
    leaving.restore_workspace(found, by=access.person(request))
    return redirect("workspace", found.pk)


def workspace_page(
    request: HttpRequest,
    found: Workspace,
    *,
    invite_form: Invite | None = None,
    settings_form: WorkspaceSettings | None = None,
    link: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, with an invitation that was just made or with what was wrong in one of its forms."""
    manages = may(found.role, "manage")
    members = list(access.members(found))
    now = {"name": found.name, "public_links": found.public_links, "needs_two_step": found.needs_two_step}
    context = {
        "workspace": found,
        "members": members,
        "undo_for": UNDO_FOR,
        "roles": [(role, role.label, role_words(role)) for role in Role],
        "role_label": Role(found.role).label,
        "invitations": list(access.open_invitations(found)) if manages else [],
        "invite_form": invite_form or Invite(initial={"role": Role.EDITOR}),
        "settings_form": settings_form or WorkspaceSettings(initial=now),
        "without_two_step": [member for member in members if not member.two_step],
        "invitation_days": INVITATION_LASTS.days,
        "link": link,
        "problem": problem,
    }
    return render(request, "assessments/workspace.html", context, status=status)
