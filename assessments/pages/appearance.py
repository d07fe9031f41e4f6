"""Light, dark, or as the system says, for every page: kept in a cookie of this browser."""

from typing import Any

from django.http import HttpRequest

THEMES = {"system": "System", "light": "Light", "dark": "Dark"}
COOKIE = "appearance"


def theme_of(request: HttpRequest) -> str:
    theme = request.COOKIES.get(COOKIE, "")
    return theme if theme in THEMES else "system"


def context(request: HttpRequest) -> dict[str, Any]:
    """For every template: the theme in force, and the one a click leads to."""
    theme, names = theme_of(request), list(THEMES)
    following = names[(names.index(theme) + 1) % len(names)]
    return {"theme": theme, "theme_word": THEMES[theme], "next_theme": following}
