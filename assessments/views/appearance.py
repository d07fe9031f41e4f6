"""Light, dark, or as the system says: kept in a cookie of this browser."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = {"system": "System", "light": "Light", "dark": "Dark"}
_COOKIE = "appearance"
_YEAR = 365 * 24 * 3600


def context(request: HttpRequest) -> dict[str, Any]:
    """For every template: the theme in force, and the one a click leads to."""
    theme = request.COOKIES.get(_COOKIE, "system")
    if theme not in THEMES:
        theme = "system"
    names = list(THEMES)
    following = names[(names.index(theme) + 1) % len(names)]
    return {"theme": theme, "theme_word": THEMES[theme], "next_theme": following}


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("back", "/")
    on_this_site = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if on_this_site and back.startswith("/") else "/")
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            _COOKIE,
            theme,
            max_age=_YEAR,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response
