"""Who asks: somebody with an account, or a browser in which something was tried."""

import secrets
from collections.abc import Callable
from datetime import date, timedelta

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest
from django.utils import timezone

from assessments.models import Assessment, User

_BROWSER = "browser"
_RENEWED = "renewed"
_RENEW_AFTER = timedelta(days=1)


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
    """Once a day lets the session, and what was tried in it, last anew: they end only where nobody comes back."""
    now = timezone.now()
    seen = request.session.get(_RENEWED, "")
    if not seen or now.date() - date.fromisoformat(seen) >= _RENEW_AFTER:
        request.session[_RENEWED] = now.date().isoformat()
        Assessment.objects.filter(browser=browser_id(request)).update(visited_at=now)


_confirmed: Callable[[HttpRequest], None] = reauthentication_required()(lambda request: None)


def confirm(request: HttpRequest) -> None:
    """Lets somebody go on who has shown in the last five minutes who they are.

    Anybody else is asked first; what they sent is put aside and goes on afterwards. Whoever has neither a
    password nor an app for codes comes by single sign-on and cannot be asked here.
    """
    _confirmed(request)
