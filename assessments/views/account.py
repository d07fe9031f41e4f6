"""One's own account: name, ways to sign in, everything as a file, and its end."""

from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.forms.plain import OwnName, Typed
from assessments.http import AuthenticatedHttpRequest
from assessments.models import User
from assessments.models.assessment import UNDO_FOR
from assessments.services import audit, leaving, people
from assessments.services.own_data import own_data


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: AuthenticatedHttpRequest) -> HttpResponse:
    user = request.user
    form = OwnName(request.POST if request.method == "POST" else None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        people.change_name(user, form.cleaned_data["name"])
        messages.success(request, "Your name is changed.")
        return redirect("account")
    context = {
        "form": form,
        "two_step": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists(),
        "single_sign_on": any(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
    }
    return render(request, "assessments/account.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def export_account(request: AuthenticatedHttpRequest) -> Any:
    """Everything that is theirs in one file, written while it is read from the database.

    The page with its button comes after showing who one is, so that the file is never the answer to a password.
    """
    user = request.user
    if request.method != "POST":
        access.confirm(request)
        return render(request, "assessments/export_account.html")
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
    form = Typed(request.POST or None, wanted=user.email, label="Type your e-mail address to confirm")
    if request.method == "POST" and form.is_valid() and not leaving.kept_by(user).exists():
        access.confirm(request)
        return _leave(request, user)
    alone = list(leaving.own_alone(user))
    context = {
        "form": form,
        "kept": leaving.kept_by(user),
        "alone": alone,
        "contents": leaving.contents_of(alone),
        "teams": user.memberships.filter(workspace__deleted_at=None).exclude(workspace__in=alone).count(),
        "undo_days": UNDO_FOR.days,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/delete_account.html", context, status=status)


def _leave(request: HttpRequest, user: User) -> HttpResponse:
    try:
        leaving.delete_account(user)
    except leaving.KeepsAWorkspace:  # the other owner left a moment ago
        return redirect("delete_account")
    logout(request)
    until = timezone.localtime(timezone.now() + UNDO_FOR)
    messages.info(
        request,
        f"You are signed out, and your account will be deleted on {until:%-d %B}. Sign in before then to keep it.",
    )
    return redirect("landing")
