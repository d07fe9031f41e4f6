"""Who is here, for the head of every page."""

from typing import Any

from django.http import HttpRequest

from assessments import access


def context(request: HttpRequest) -> dict[str, Any]:
    """The person who is signed in, if any. Lazy: a page that shows nothing of it asks nothing."""
    return {"person": access.person(request) if hasattr(request, "user") else None}
