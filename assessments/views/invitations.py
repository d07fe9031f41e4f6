"""Invitations into a workspace: made, taken back, and accepted."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments import access
from assessments.forms.plain import Invite
from assessments.models import Invitation, Membership, Role, User
from assessments.pages.context import Context, render_page
from assessments.rights import role_words
from assessments.services import people
from assessments.speaking import lowered

from .workspace import workspace_page


@require_POST
def invite(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """Makes an invitation and shows its link, this once."""
    own = access.own_workspace(request, workspace_id, "manage")
    form = Invite(request.POST)
    if not form.is_valid():
        return workspace_page(request, own, invite_form=form, status=422)
    token = people.invite(own.workspace, **form.cleaned_data, actor=own.actor)
    link = request.build_absolute_uri(reverse("join", args=[token]))
    return workspace_page(request, own, link=link)


@require_POST
def revoke_invitation(request: HttpRequest, workspace_id: str, invitation_id: int) -> HttpResponse:
    own = access.own_workspace(request, workspace_id, "manage")
    found = get_object_or_404(access.open_invitations(own.workspace), pk=invitation_id)
    people.revoke(found, actor=own.actor)
    return redirect(reverse("workspace", args=[workspace_id]) + "#invitations")


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinPage(Context):
    """What an invitation is for."""

    template = "assessments/join.html"
    invitation: Invitation
    role_label: str
    role_words: str
    member: Membership | None
    """Whoever looks, where they are in already."""
    for_me: bool
    """Whether they may accept it."""


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str = "") -> HttpResponse:
    """What an invitation leads to. Somebody without an account signs up or in first, and comes back here."""
    found, user = access.invitation(request, token), access.person(request)
    if request.method == "POST" and user is None:
        access.keep_invitation(request, found)
        return redirect("account_signup" if "sign_up" in request.POST else "account_login")
    member = found.workspace.memberships.filter(user=user).first() if user else None
    for_me = user is None or access.is_for(found, user)
    if request.method == "POST" and user and for_me:
        return _joined(request, found, user)
    page = JoinPage(
        invitation=found,
        role_label=lowered(Role(found.role).words),
        role_words=role_words(found.role),
        member=member,
        for_me=for_me,
    )
    return render_page(request, page, status=200 if for_me else 403)


def _joined(request: HttpRequest, found: Invitation, user: User) -> HttpResponse:
    if not found.workspace.memberships.filter(user=user).exists():
        try:
            membership = people.accept(found, user)
        except Invitation.DoesNotExist:  # somebody else was faster
            raise Http404 from None
        role = lowered(Role(membership.role).words)
        said = _("You are in {workspace} now, as {role}.")
        messages.success(request, said.format(workspace=found.workspace.name, role=role))
    access.forget_invitation(request)
    access.choose_workspace(request, found.workspace)
    if found.workspace.needs_two_step and not access.signs_in_in_two_steps(user):
        return redirect("workspace", found.workspace_id)  # which says what to do first
    return redirect("assessments")
