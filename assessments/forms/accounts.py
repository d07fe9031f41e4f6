"""The forms of allauth with our words: a label, what helps, and a sentence where something is missing."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.socialaccount import forms as social
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.models import User

from .plain import Plain, Words

_ADDRESS = "address"
"""Where the session keeps the address that somebody has just signed up with, for the sign-in page."""


_EMAIL = Words(
    gettext_noop("E-mail address"),
    gettext_noop("Enter an e-mail address, like name@example.org"),
    "",
    {"autocomplete": "username"},
)
_NEW_PASSWORD = Words(
    gettext_noop("Password"),
    gettext_noop("Enter a password"),
    gettext_noop("At least 10 characters. A few words in a row are easy to remember."),
    {"autocomplete": "new-password"},
)
_CODE = Words(
    gettext_noop("Code"),
    gettext_noop("Enter the code"),
    "",
    {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code"},
)
_NAME = Words(
    gettext_noop("Name"),
    gettext_noop("Enter your name"),
    gettext_noop("As your team knows you."),
    {"autocomplete": "name"},
)


class Login(Plain, account.LoginForm):
    words = {
        "login": _EMAIL,
        "password": Words(
            gettext_noop("Password"), gettext_noop("Enter your password"), "", {"autocomplete": "current-password"}
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.request and _ADDRESS in self.request.session:
            self.fields["login"].initial = self.request.session[_ADDRESS]


class Signup(Plain, account.SignupForm):
    """Whoever signs up is signed in, unless the address has an account already or is to be confirmed by mail first."""

    words = {"name": _NAME, "email": _EMAIL, "password1": _NEW_PASSWORD}

    def validate_unique_email(self, value: str) -> str:
        try:
            return str(super().validate_unique_email(value))
        except ValidationError:
            self.account_already_exists = True
            return value

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """With confirmation by mail everybody is asked to look there, so that no answer tells which address is known.

        Without it the answer would tell by the next sign-in at the latest: a known address is asked to sign in.
        """
        if settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory" or not self.account_already_exists:
            sent: tuple[User | None, HttpResponse | None] = super().try_save(request)
            return sent
        address = self.cleaned_data["email"]
        make_password(self.cleaned_data["password1"])  # takes as long as saving one
        get_adapter().send_account_already_exists_mail(address)
        request.session[_ADDRESS] = address
        messages.info(request, _("This address has an account already. Sign in with its password."))
        return None, HttpResponseRedirect(passthrough_next_redirect_url(request, reverse("account_login"), "next"))


class ResetPassword(Plain, account.ResetPasswordForm):
    words = {"email": _EMAIL}


class ResetPasswordKey(Plain, account.ResetPasswordKeyForm):
    password2 = None
    words = {"password1": _NEW_PASSWORD._replace(label=gettext_noop("New password"))}


class ChangePassword(Plain, account.ChangePasswordForm):
    password2 = None
    words = {
        "oldpassword": Words(gettext_noop("Current password"), gettext_noop("Enter your current password")),
        "password1": _NEW_PASSWORD._replace(
            label=gettext_noop("New password"), missing=gettext_noop("Enter a new password")
        ),
    }


class SetPassword(Plain, account.SetPasswordForm):
    password2 = None
    words = {"password1": _NEW_PASSWORD}


class AddEmail(Plain, account.AddEmailForm):
    words = {
        "email": _EMAIL._replace(label=gettext_noop("Another e-mail address"), attributes={"autocomplete": "email"})
    }


class Reauthenticate(Plain, account.ReauthenticateForm):
    words = {"password": Words(gettext_noop("Password"), gettext_noop("Enter your password"))}


class AuthenticateByCode(Plain, mfa.AuthenticateForm):
    words = {"code": _CODE._replace(help=gettext_noop("Six digits from your app, or one of your recovery codes."))}


class ReauthenticateByCode(Plain, mfa.ReauthenticateForm):
    words = {"code": _CODE._replace(help=gettext_noop("Six digits from your app, or one of your recovery codes."))}


class ActivateTOTP(Plain, totp.ActivateTOTPForm):
    words = {"code": _CODE._replace(help=gettext_noop("Six digits that the app shows now."))}


class SocialSignup(Plain, social.SignupForm):
    words = {"name": _NAME, "email": _EMAIL}
