"""Who is here, for the head of every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from assessments import access
from assessments.services.waiting import count_waiting


def context(request: HttpRequest) -> dict[str, Any]:
    """The person who is signed in, if any, and how much waits for them. A page that does not show it asks nothing."""
    person = access.person(request) if hasattr(request, "user") else None
    if person is None:
        return {"person": None}
    return {"person": person, "waiting_count": SimpleLazyObject(lambda: count_waiting(person))}
