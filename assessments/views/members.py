"""Members of a workspace: another role, removed, or leaving by themselves."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.models import Membership, Role, Workspace
from assessments.pages.context import Context, render_page
from assessments.services import people
from assessments.speaking import lowered

from .workspace import workspace_page

LAST_OWNER = gettext_noop("A workspace needs an owner. Make somebody else owner first")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMemberPage(Context):
    """What is asked before somebody is removed."""

    template = "assessments/remove_member.html"
    workspace: Workspace
    membership: Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveWorkspacePage(Context):
    """What is asked before somebody leaves."""

    template = "assessments/leave_workspace.html"
    workspace: Workspace
    last_owner: bool
    """Whether nobody would be left to manage the workspace: then they cannot leave."""


@require_http_methods(["GET", "HEAD", "POST"])
def change_member(request: HttpRequest, workspace_id: str, membership_id: int) -> HttpResponse:
    """Takes showing who one is. Without a form it leads to the page of the members."""
    own = access.own_workspace(request, workspace_id, "manage")
    membership = access.own_membership(own.workspace, membership_id)
    if request.method != "POST":
        return redirect("workspace", workspace_id)
    role = request.POST.get("role", "")
    if role not in Role.values:
        return workspace_page(request, own, problem=_("Choose a role"), status=422)
    if role != membership.role:
        access.confirm(request)
        try:
            people.change_role(membership, role, actor=own.actor)
        except people.LastOwner:
            return workspace_page(request, own, problem=_(LAST_OWNER), status=422)
        said = _("{name} is {role} now.").format(name=membership.user, role=lowered(Role(role).words))
        messages.success(request, said)
    return redirect("workspace", workspace_id)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_member(request: HttpRequest, workspace_id: str, membership_id: int) -> HttpResponse:
    own = access.own_workspace(request, workspace_id, "manage")
    membership = access.own_membership(own.workspace, membership_id)
    if request.method != "POST":
        return render_page(request, RemoveMemberPage(workspace=own.workspace, membership=membership))
    access.confirm(request)
    try:
        people.remove(membership, actor=own.actor)
    except people.LastOwner:
        return workspace_page(request, own, problem=_(LAST_OWNER), status=422)
    if membership.user == own.actor:
        return redirect("workspaces")
    messages.success(request, _("{name} is not in this workspace any more.").format(name=membership.user))
    return redirect("workspace", workspace_id)


@require_http_methods(["GET", "HEAD", "POST"])
def leave_workspace(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """Nobody has to switch something on in order to leave."""
    own = access.own_workspace(request, workspace_id, "read", closed_too=True)
    workspace = own.workspace
    membership = workspace.memberships.select_related("user").filter(user=own.actor).first()
    if membership is None:  # removed a moment ago
        raise Http404
    if request.method == "POST":
        try:
            people.remove(membership, actor=own.actor)
        except people.LastOwner:
            return _leave_page(request, workspace, last_owner=True, status=422)
        messages.success(request, _("You have left {workspace}.").format(workspace=workspace.name))
        return redirect("workspaces")
    last = membership.role == Role.OWNER and not people.other_owners(membership)
    return _leave_page(request, workspace, last_owner=last)


def _leave_page(request: HttpRequest, workspace: Workspace, *, last_owner: bool, status: int = 200) -> HttpResponse:
    page = LeaveWorkspacePage(workspace=workspace, last_owner=last_owner)
    return render_page(request, page, status=status)
