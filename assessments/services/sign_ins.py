"""The browsers in which somebody is signed in: which kind, since when, last used when. No network address is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.access import person
from assessments.models import User

NOWHERE = "0.0.0.0"
"""What stands where allauth would keep the address of the network."""

# What a browser says of itself, and what people call it. The first that fits: most name their forerunners too.
_BROWSERS = (
    ("Firefox", ("Firefox", "FxiOS")),
    ("Edge", ("Edg",)),
    ("Opera", ("OPR/", "Opera")),
    ("Samsung Internet", ("SamsungBrowser", "Samsung Internet")),
    ("Chrome", ("Chrome", "CriOS", "Chromium")),
    ("Safari", ("Safari",)),
)
_SYSTEMS = (
    ("iPhone", ("iPhone",)),
    ("iPad", ("iPad",)),
    ("Android", ("Android",)),
    ("ChromeOS", ("CrOS", "ChromeOS")),
    ("Windows", ("Windows",)),
    ("Mac", ("Mac",)),
    ("Linux", ("Linux",)),
)


_A_BROWSER, _ON = "A browser", " on "


def kind_of_browser(user_agent: str) -> str:
    """Such as “Firefox on Windows”. Said once more it stays the same."""
    browser, system = _first(_BROWSERS, user_agent) or _A_BROWSER, _first(_SYSTEMS, user_agent)
    return f"{browser}{_ON}{system}" if system else browser


def in_words(browser: str) -> str:
    """The same as pages show it: what is stored is in English."""
    name, apart, system = browser.partition(_ON)
    if name == _A_BROWSER:
        name = _("A browser")
    return _("{browser} on {system}").format(browser=name, system=system) if apart else name


def _first(kinds: Iterable[tuple[str, tuple[str, ...]]], user_agent: str) -> str:
    return next((name for name, marks in kinds if any(mark in user_agent for mark in marks)), "")


def keep_little(instance: UserSession, **more: Any) -> None:
    """Before allauth stores a sign-in: its kind of browser is kept, its address is not."""
    instance.ip, instance.user_agent = NOWHERE, kind_of_browser(instance.user_agent)


# where somebody is signed in


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    id: int
    browser: str
    since: datetime
    seen: datetime
    is_here: bool


def sign_ins_of(user: User, rows: Iterable[UserSession], *, here: str) -> list[SignIn]:
    """Those of this person's that are still good, `here` first, then as they were last used."""
    by_key = {row.session_key: row for row in rows}
    hashes = {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}
    good = Session.objects.filter(session_key__in=by_key, expire_date__gt=timezone.now())
    found = [
        SignIn(
            id=row.pk,
            browser=in_words(row.user_agent),
            since=row.created_at,
            seen=row.last_seen_at,
            is_here=key == here,
        )
        for key, row in ((one.session_key, by_key[one.session_key]) for one in good if _hash_in(one, user) in hashes)
    ]
    return sorted(found, key=lambda one: (one.is_here, one.seen), reverse=True)


def _hash_in(session: Session, user: User) -> str:
    """With which password the session began; a session of somebody else, or of nobody, has none."""
    content = session.get_decoded()
    return str(content.get(HASH_SESSION_KEY, "")) if content.get(SESSION_KEY) == str(user.pk) else ""


def see(request: HttpRequest) -> None:
    """Keeps that a browser in which somebody is signed in was used: once in ten minutes at most."""
    session = request.session
    if not session.accessed or SESSION_KEY not in session or not session.session_key:
        return
    if not caches["seen"].add(session.session_key, True):
        return
    if UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now()):
        return
    if user := person(request):  # signed in before sign-ins were kept
        said = {"user": user, "ip": NOWHERE, "user_agent": request.headers.get("User-Agent", "")[:200]}
        UserSession.objects.get_or_create(session_key=session.session_key, defaults=said)


# ending


def end(row: UserSession) -> None:
    """Signs out there, at once."""
    Session.objects.filter(pk=row.session_key).delete()
    row.delete()


def end_all(user: User, *, but: str = "") -> None:
    """Signs somebody out in every browser, or in every other one.

    A session may be older than what is kept of sign-ins, so all are read: this is rare.
    """
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(pk=but).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
    UserSession.objects.filter(user=user).exclude(session_key=but).delete()


def forget(session_key: str | None) -> None:
    """After signing out."""
    UserSession.objects.filter(session_key=session_key or "").delete()


def forget_ended(now: datetime | None = None) -> int:
    """Removes sessions that ran out, and what is kept of sign-ins that have none any more. Says how many sessions."""
    gone, _ = Session.objects.filter(expire_date__lt=now or timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return gone
