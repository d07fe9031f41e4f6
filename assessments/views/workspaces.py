"""One's own workspaces: which there are, starting another, choosing the one to work in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from assessments import access
from assessments.forms.plain import WorkspaceName
from assessments.http import AuthenticatedHttpRequest
from assessments.models import Workspace
from assessments.pages.context import Context, render_page
from assessments.services import people


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspacesPage(Context):
    """One's own workspaces."""

    template = "assessments/workspaces.html"
    own: Sequence[tuple[access.OwnWorkspace, int | None, bool]]
    """Each with how many are in it, and whether it is the one to work in."""
    deleted: Sequence[tuple[Workspace, bool]]
    """Those that can be brought back, each with whether whoever looks may."""
    form: WorkspaceName


@require_safe
@login_required
def workspaces(request: HttpRequest) -> HttpResponse:
    return _page(request, WorkspaceName())


@require_POST
@login_required
def start_workspace(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = WorkspaceName(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    membership = people.start_workspace(request.user, form.cleaned_data["name"])
    access.choose_workspace(request, membership.workspace)
    return redirect("workspace", membership.workspace_id)


@require_POST
def choose_workspace(request: HttpRequest, workspace_id: str) -> HttpResponse:
    access.choose_workspace(request, access.own_workspace(request, workspace_id, "read").workspace)
    return redirect("assessments")


def _page(request: HttpRequest, form: WorkspaceName, *, status: int = 200) -> HttpResponse:
    current, own = access.current_workspace(request), access.workspaces(request)
    ids = [one.workspace.pk for one in own if not one.closed]
    sizes = dict(Workspace.objects.filter(pk__in=ids).annotate(size=Count("memberships")).values_list("pk", "size"))
    page = WorkspacesPage(
        own=[(one, sizes.get(one.workspace.pk), one == current) for one in own],
        deleted=[(one.workspace, one.may("manage")) for one in access.own_deleted_workspaces(request)],
        form=form,
    )
    return render_page(request, page, status=status)
