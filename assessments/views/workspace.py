"""A workspace: who is in it and may do what, whom to invite, its settings, and its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access
from assessments.access import OwnWorkspace
from assessments.forms.plain import Invite, LetterheadForm, Typed, WorkspaceSettings
from assessments.models import Invitation, Membership, Role, Workspace
from assessments.models.assessment import UNDO_FOR
from assessments.models.workspace import INVITATION_LASTS
from assessments.pages.context import Context, render_page
from assessments.pages.language import reader_language
from assessments.pages.letterhead import head_above
from assessments.presenters.formats import stored_value
from assessments.rights import Right, role_words
from assessments.services import leaving, people


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspacePage(Context):
    """Who is in a workspace and may do what."""

    template = "assessments/workspace.html"
    workspace: Workspace
    may: Mapping[Right, bool]
    members: Sequence[tuple[Membership, bool]]
    """Each with whether they sign in in two steps."""
    roles: Sequence[tuple[Role, str, str]]
    """Every role with its name and what it may do."""
    role_label: str
    """The role of whoever looks."""
    invitations: Sequence[Invitation]
    invite_form: Invite
    settings_form: WorkspaceSettings
    letterhead_form: LetterheadForm
    logo: str
    """The logo above the reports, as an address that holds it; empty without one."""
    without_two_step: Sequence[Membership]
    """To whom the workspace would close if it needed a second step."""
    invitation_days: int
    link: str
    """The link of an invitation that was just made: it is shown this once."""
    problem: str
    """What was wrong with what was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteWorkspacePage(Context):
    """What goes with a workspace, and the form that deletes it."""

    template = "assessments/delete_workspace.html"
    workspace: Workspace
    contents: leaving.Contents
    form: Typed
    undo_days: int


@require_safe
def workspace(request: HttpRequest, workspace_id: str) -> HttpResponse:
    return workspace_page(request, access.own_workspace(request, workspace_id, "read"))


@require_http_methods(["GET", "HEAD", "POST"])
def change_workspace(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """Not to need two-step sign-in any more takes showing who one is. Without a form it leads to where that stands."""
    own = access.own_workspace(request, workspace_id, "manage")
    if request.method != "POST":
        return redirect("workspace", workspace_id)
    form = WorkspaceSettings(
        request.POST,
        signs_in_in_two_steps=access.signs_in_in_two_steps(own.actor),
        language=reader_language(request),
    )
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
    form = Typed(request.POST or None, wanted=found.name, label=_("Type the name of the workspace to confirm"))
    if request.method == "POST" and form.is_valid():
        access.confirm(request)
        leaving.delete_workspace(found, actor=own.actor)
        return redirect("workspaces")
    page = DeleteWorkspacePage(
        workspace=found, contents=leaving.contents_of([found]), form=form, undo_days=UNDO_FOR.days
    )
    return render_page(request, page, status=422 if request.method == "POST" else 200)


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
    letterhead_form: LetterheadForm | None = None,
    link: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, with an invitation that was just made or with what was wrong in one of its forms."""
    found = own.workspace
    members, head = access.members(found), head_above(found)
    now = {name: getattr(found, name) for name in WorkspaceSettings.base_fields}
    rate = {"exchange_rate": stored_value(found.exchange_rate)}
    page = WorkspacePage(
        workspace=found,
        may=own.rights,
        members=members,
        roles=[(role, role.words, role_words(role)) for role in Role],
        role_label=Role(own.role).words,
        invitations=list(access.open_invitations(found)) if own.may("manage") else [],
        invite_form=invite_form or Invite(initial={"role": Role.EDITOR}),
        settings_form=settings_form or WorkspaceSettings(initial=now | rate),
        letterhead_form=letterhead_form
        or LetterheadForm(initial={"mark": head.mark}, has_logo=bool(head.logo), prefix="letterhead"),
        logo=head.logo_url,
        without_two_step=[member for member, two_step in members if not two_step],
        invitation_days=INVITATION_LASTS.days,
        link=link,
        problem=problem,
    )
    return render_page(request, page, status=status)
