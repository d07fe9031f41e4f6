"""Headers on every response, and a bound on every request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


def response_headers(get_response: GetResponse) -> GetResponse:
    """A strict content security policy, and no copies of private pages in any cache."""
    policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items())

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return respond


def request_size_limit(get_response: GetResponse) -> GetResponse:
    """Refuses a body that is too large before anything reads it."""

    def respond(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.REQUEST_MAX_BYTES:
            from assessments.views.errors import too_large

            return too_large(request)
        return get_response(request)

    return respond
