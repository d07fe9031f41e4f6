"""Who asks: somebody with an account, or a browser in which something was tried."""

import secrets
from collections.abc import Callable
from datetime import date, timedelta

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest
from django.utils import timezone

from assessments.models import User

_BROWSER = "browser"
_RENEWED = "renewed"
_RENEW_AFTER = timedelta(days=30)


def person(request: HttpRequest) -> User | None:
    """Whoever is signed in."""
    return request.user if isinstance(request.user, User) else None


def browser_id(request: HttpRequest) -> str:
    """The id of this browser's session, or an empty string before it has one."""
    return str(request.session.get(_BROWSER, ""))


def start_browser(request: HttpRequest) -> str:
    """The id of this browser's session, made if there is none."""
    if not browser_id(request):
        request.session[_BROWSER] = secrets.token_urlsafe(24)
        request.session[_RENEWED] = timezone.now().date().isoformat()
    return browser_id(request)


def end_browser(request: HttpRequest) -> None:
    """Forgets what this browser tried: it belongs to an account now."""
    request.session.pop(_BROWSER, None)


def renew(request: HttpRequest) -> None:
    """Once in a while lets the session last anew, so that it ends only where nobody comes back."""
    today = timezone.now().date()
    seen = request.session.get(_RENEWED, "")
    if not seen or today - date.fromisoformat(seen) >= _RENEW_AFTER:
        request.session[_RENEWED] = today.isoformat()


_confirmed: Callable[[HttpRequest], None] = reauthentication_required()(lambda request: None)


def confirm(request: HttpRequest) -> None:
    """Lets somebody go on who has shown in the last five minutes who they are.

    Anybody else is asked first; what they sent is put aside and goes on afterwards. Whoever has neither a
    password nor an app for codes comes by single sign-on and cannot be asked here.
    """
    _confirmed(request)
