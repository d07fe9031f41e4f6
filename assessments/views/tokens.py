"""Tokens of programs: one's own, and every one into a workspace for its owners."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access
from assessments.forms.tokens import TokenForm
from assessments.http import AuthenticatedHttpRequest
from assessments.models import Workspace
from assessments.pages.context import Context, render_page
from assessments.presenters.tokens import TokenView, present_tokens
from assessments.services import tokens as service


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensPage(Context):
    """One's own tokens, and the form that makes one."""

    template = "assessments/tokens.html"
    tokens: Sequence[TokenView]
    form: TokenForm | None
    """None where no workspace lets programs in."""
    secret: str
    """What was just made: it is shown this once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceTokensPage(Context):
    """Every token into a workspace."""

    template = "assessments/workspace_tokens.html"
    workspace: Workspace
    tokens: Sequence[TokenView]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tokens(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's own. A new one is made by whoever has shown a moment ago who they are."""
    rooms = {one.workspace.pk: one.workspace.name for one in access.workspaces(request) if _lets_in(one)}
    form = TokenForm(request.POST or None, workspaces=rooms) if rooms else None
    if request.method != "POST":
        return _page(request, form)
    if form is None or not form.is_valid():
        return _page(request, form, status=422)
    access.confirm(request)
    sent = form.cleaned_data
    membership = request.user.memberships.select_related("workspace", "user").get(workspace=sent.pop("workspace"))
    secret = service.make_token(membership, **sent)
    return _page(request, TokenForm(workspaces=rooms), secret=secret)


@require_POST
@login_required
def pause_token(request: AuthenticatedHttpRequest, token_id: int) -> HttpResponse:
    service.pause(access.own_token(request, token_id), request.user)
    return redirect("tokens")


@require_POST
@login_required
def resume_token(request: AuthenticatedHttpRequest, token_id: int) -> HttpResponse:
    service.go_on(access.own_token(request, token_id), request.user)
    return redirect("tokens")


@require_POST
@login_required
def revoke_token(request: AuthenticatedHttpRequest, token_id: int) -> HttpResponse:
    service.revoke(access.own_token(request, token_id), request.user)
    return redirect("tokens")


@require_safe
def workspace_tokens(request: AuthenticatedHttpRequest, workspace_id: str) -> HttpResponse:
    own = access.own_workspace(request, workspace_id, "manage")
    found = present_tokens(access.tokens_of(own.workspace))
    return render_page(request, WorkspaceTokensPage(workspace=own.workspace, tokens=found))


@require_POST
def revoke_member_token(request: AuthenticatedHttpRequest, workspace_id: str, token_id: int) -> HttpResponse:
    own, token = access.member_token(request, workspace_id, token_id)
    service.revoke(token, own.actor)
    return redirect("workspace_tokens", workspace_id)


def _lets_in(own: access.OwnWorkspace) -> bool:
    return own.workspace.access_tokens and not own.closed


def _page(
    request: AuthenticatedHttpRequest, form: TokenForm | None, *, secret: str = "", status: int = 200
) -> HttpResponse:
    page = TokensPage(tokens=present_tokens(access.own_tokens(request)), form=form, secret=secret)
    return render_page(request, page, status=status)
