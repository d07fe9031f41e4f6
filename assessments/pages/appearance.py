"""Light, dark, or as the system says, and the language of every page: each kept in a cookie of this browser."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.speaking import LANGUAGES, words_now

THEMES = {"system": gettext_noop("System"), "light": gettext_noop("Light"), "dark": gettext_noop("Dark")}
COOKIE = "appearance"
_YEAR = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    theme = request.COOKIES.get(COOKIE, "")
    return theme if theme in THEMES else "system"


def context(request: HttpRequest) -> dict[str, Any]:
    """For every template: the theme in force and the one a click leads to, and the language that another leads to."""
    theme, names = theme_of(request), list(THEMES)
    following = names[(names.index(theme) + 1) % len(names)]
    other = next(language for language in LANGUAGES if language != words_now())
    return {
        "theme": theme,
        "theme_word": _(THEMES[theme]),
        "next_theme": following,
        "other_language": other,
        "other_language_name": LANGUAGES[other],
    }


def keep(response: HttpResponse, cookie: str, value: str) -> None:
    """Has this browser keep what was chosen, for a year."""
    response.set_cookie(
        cookie,
        value,
        max_age=_YEAR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
