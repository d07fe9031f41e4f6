"""The addresses of allauth that we offer, each with the verbs it takes. All others are not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_http_methods, require_safe

from assessments.views.own_email import own_email

View = Callable[..., HttpResponse]


def form(route: str, view: View, name: str, *, by: Callable[..., Any] = path) -> URLPattern:
    """A page with a form on it. Django's form views would take PUT as well."""
    found: URLPattern = by(route, require_http_methods(["GET", "HEAD", "POST"])(view), name=name)
    return found


def asking_elsewhere(view: View) -> View:
    """A provider that does not answer is no fault of ours: the page about it says to try once more."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        try:
            return view(request, *args, **more)
        except OSError:  # a request that gets no answer, or none that can be read
            return redirect("socialaccount_login_error")

    return asked


def page(route: str, view: View, name: str) -> URLPattern:
    return path(route, require_safe(view), name=name)


urlpatterns = [
    form("login/", account.login, "account_login"),
    form("logout/", account.logout, "account_logout"),
    form("signup/", account.signup, "account_signup"),
    page("inactive/", account.account_inactive, "account_inactive"),
    form("reauthenticate/", account.reauthenticate, "account_reauthenticate"),
    form("email/", own_email, "account_email"),
    page("confirm-email/", account.email_verification_sent, "account_email_verification_sent"),
    form(r"^confirm-email/(?P<key>[-:\w]+)/$", account.confirm_email, "account_confirm_email", by=re_path),
    form("password/change/", account.password_change, "account_change_password"),
    form("password/set/", account.password_set, "account_set_password"),
    form("password/reset/", account.password_reset, "account_reset_password"),
    page("password/reset/done/", account.password_reset_done, "account_reset_password_done"),
    form(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        "account_reset_password_from_key",
        by=re_path,
    ),
    page("password/reset/key/done/", account.password_reset_from_key_done, "account_reset_password_from_key_done"),
    page("two-step/", mfa.index, "mfa_index"),
    form("two-step/code/", mfa.authenticate, "mfa_authenticate"),
    form("two-step/reauthenticate/", mfa.reauthenticate, "mfa_reauthenticate"),
    # allauth would keep what somebody signed out sends to these, for after they have signed in
    form("two-step/app/", login_required(totp.activate_totp), "mfa_activate_totp"),
    form("two-step/app/remove/", login_required(totp.deactivate_totp), "mfa_deactivate_totp"),
    page("two-step/recovery-codes/", recovery_codes.view_recovery_codes, "mfa_view_recovery_codes"),
    form(
        "two-step/recovery-codes/new/",
        login_required(recovery_codes.generate_recovery_codes),
        "mfa_generate_recovery_codes",
    ),
    page("two-step/recovery-codes.txt", recovery_codes.download_recovery_codes, "mfa_download_recovery_codes"),
    form("sso/", social.connections, "socialaccount_connections"),
    page("sso/cancelled/", social.login_cancelled, "socialaccount_login_cancelled"),
    page("sso/error/", social.login_error, "socialaccount_login_error"),
    form("sso/signup/", social.signup, "socialaccount_signup"),
    form("oidc/<slug:provider_id>/login/", asking_elsewhere(openid_connect.login), "openid_connect_login"),
    form(
        "oidc/<slug:provider_id>/login/callback/",
        asking_elsewhere(openid_connect.callback),
        "openid_connect_callback",
    ),
]
