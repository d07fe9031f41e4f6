"""One's own account: name, ways to sign in, everything as a file, and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.forms.plain import OwnName, Typed
from assessments.http import AuthenticatedHttpRequest
from assessments.models import User, Workspace
from assessments.models.assessment import UNDO_FOR
from assessments.pages.context import Context, render_page
from assessments.presenters.formats import day
from assessments.services import audit, leaving, people
from assessments.services.own_data import own_data


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage(Context):
    """One's own account."""

    template = "assessments/account.html"
    form: OwnName
    two_step: bool
    """Whether an app for codes is set up."""
    single_sign_on: bool
    """Whether this site knows a provider to sign in at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportAccountPage(Context):
    """The button that everything is downloaded with."""

    template = "assessments/export_account.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteAccountPage(Context):
    """What goes with the account, and the form that ends it."""

    template = "assessments/delete_account.html"
    form: Typed
    kept: QuerySet[Workspace]
    """The workspaces that would be left without an owner: with these the account cannot go."""
    alone: Sequence[Workspace]
    """The workspaces that go with it."""
    contents: leaving.Contents
    teams: int
    """How many other workspaces it leaves."""
    undo_days: int


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: AuthenticatedHttpRequest) -> HttpResponse:
    user = request.user
    form = OwnName(request.POST if request.method == "POST" else None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        people.change_name(user, form.cleaned_data["name"])
        messages.success(request, _("Your name is changed."))
        return redirect("account")
    page = AccountPage(
        form=form,
        two_step=Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists(),
        single_sign_on=any(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
    )
    return render_page(request, page, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def export_account(request: AuthenticatedHttpRequest) -> Any:
    """Everything that is theirs in one file, written while it is read from the database.

    The page with its button comes after showing who one is, so that the file is never the answer to a password.
    """
    user = request.user
    if request.method != "POST":
        access.confirm(request)
        return render_page(request, ExportAccountPage())
    try:
        access.confirm(request)
    except ReauthenticationRequired:
        audit.record(audit.SITE, "export_account", actor=user, put_aside=True)
        return redirect("export_account")
    audit.record(audit.SITE, "export_account", actor=user, about=str(user.pk))
    response = StreamingHttpResponse(own_data(user), content_type="application/json")
    name = f"ftdecide-account-{timezone.now():%Y-%m-%d}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_account(request: AuthenticatedHttpRequest) -> HttpResponse:
    user = request.user
    form = Typed(request.POST or None, wanted=user.email, label=_("Type your e-mail address to confirm"))
    if request.method == "POST" and form.is_valid() and not leaving.kept_by(user).exists():
        access.confirm(request)
        return _leave(request, user)
    alone = list(leaving.own_alone(user))
    page = DeleteAccountPage(
        form=form,
        kept=leaving.kept_by(user),
        alone=alone,
        contents=leaving.contents_of(alone),
        teams=user.memberships.filter(workspace__deleted_at=None).exclude(workspace__in=alone).count(),
        undo_days=UNDO_FOR.days,
    )
    return render_page(request, page, status=422 if request.method == "POST" else 200)


def _leave(request: HttpRequest, user: User) -> HttpResponse:
    try:
        leaving.delete_account(user)
    except leaving.KeepsAWorkspace:  # the other owner left a moment ago
        return redirect("delete_account")
    logout(request)
    until = timezone.localtime(timezone.now() + UNDO_FOR).date()
    messages.info(
        request,
        _("You are signed out, and your account will be deleted on {day}. Sign in before then to keep it.").format(
            day=day(until)
        ),
    )
    return redirect("landing")
