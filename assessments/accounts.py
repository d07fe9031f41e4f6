"""What allauth asks of us: plain words, secrets kept encrypted, and trials and invitations taken along."""

import logging
from contextlib import nullcontext
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from . import access
from .engine.plain_text import plain_line
from .framework.notation import written
from .models import User
from .network import network_of
from .pages.appearance import keep
from .services import audit, keys, leaving, people, sign_ins
from .speaking import COOKIE as LANGUAGE
from .speaking import SpokenWords, chosen_in, speaking

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = SpokenWords(
        {
            **DefaultAccountAdapter.error_messages,
            "account_inactive": gettext_noop("This account is switched off"),
            "cannot_remove_primary_email": gettext_noop("You cannot remove your main address"),
            "duplicate_email": gettext_noop("This address is yours already"),
            "email_password_mismatch": gettext_noop("The e-mail address or the password is not right"),
            "email_taken": gettext_noop("This address cannot be used"),
            "enter_current_password": gettext_noop("That is not your current password"),
            "incorrect_code": gettext_noop("That code is not right"),
            "incorrect_password": gettext_noop("That is not your password"),
            "invalid_password_reset": gettext_noop("This link does not work any more"),
            "max_email_addresses": gettext_noop("You cannot add more than %d addresses"),
            "too_many_login_attempts": gettext_noop("Too many tries. Wait five minutes, then try again"),
            "unverified_primary_email": gettext_noop("Confirm this address before you make it the main one"),
            "rate_limited": gettext_noop("Too many tries. Wait a few minutes, then try again"),
        }
    )

    def login(self, request: HttpRequest, user: User) -> None:
        """Signing in takes along what was tried in this browser. The session gets a new key; the old one is dead."""
        browser = access.browser_id(request)
        super().login(request, user)
        access.end_browser(request)
        if user.deleted_at:
            leaving.restore_account(user)
            messages.success(request, _("Your account was about to be deleted. You signed in, so it stays."))
        moved = people.take_along(user, browser=browser)
        if moved:
            said = ngettext(
                "Your assessment is in your account now.", "Your {n} assessments are in your account now.", moved
            )
            messages.success(request, said.format(n=written(f"{moved:,}")))

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """Somebody who comes to join a team needs no workspace of their own."""
        if access.invited_to(request) is None:
            people.give_room(user)
        response: HttpResponse = super().post_login(request, user, **more)
        chosen = chosen_in(request)
        if chosen and not user.language:
            people.keep_language(user, chosen)
        if user.language and not chosen:
            keep(response, LANGUAGE, user.language)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if access.invited_to(request):
            return reverse("invited")
        return str(super().get_login_redirect_url(request))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def logout(self, request: HttpRequest) -> None:
        key = request.session.session_key
        super().logout(request)
        sign_ins.forget(key)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords lock the account towards the network that they come from: nobody shuts others out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)} {network_of(request)}"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        address = str(credentials.get("email", ""))[:200]
        audit.record(audit.SITE, "fail_sign_in", who=f"Somebody as {address}")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language that the receiver chose, else in that of whoever caused it."""
        if settings.MAIL_SERVER:
            receiver = User.objects.filter(email__iexact=email).first()
            with speaking(receiver.language) if receiver and receiver.language else nullcontext():
                super().send_mail(template_prefix, email, context)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    error_messages = SpokenWords(
        {
            **DefaultSocialAccountAdapter.error_messages,
            "email_taken": gettext_noop(
                "There is an account with this address. Sign in to it first, then connect %s there"
            ),
        }
    )

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = plain_line(str(data.get("name") or " ".join(part for part in parts if part)))[:100]
        return user


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are stored encrypted: a stolen database opens nothing."""

    error_messages = SpokenWords(
        {
            **DefaultMFAAdapter.error_messages,
            "add_email_blocked": gettext_noop("Switch two-step sign-in off before you add an address"),
            "another_key": gettext_noop(
                "This site’s secret key was changed, so your code cannot be checked. Ask whoever runs the site to "
                "name the former key in its settings"
            ),
            "incorrect_code": gettext_noop("That code is not right"),
            "unverified_email": gettext_noop("Confirm your e-mail address before you switch on two-step sign-in"),
        }
    )

    def encrypt(self, text: str) -> str:
        return keys.lock("second factors", text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return keys.unlock("second factors", encrypted_text)
        except keys.ClosedWithAnotherKey:
            log.error("A second factor was stored under another SECRET_KEY. Name that one in SECRET_KEY_FALLBACKS.")
            raise self.validation_error("another_key") from None
