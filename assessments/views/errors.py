"""Calm pages for when something is wrong: what happened, whether work is saved, one button."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    context = {"title": title, "sentence": sentence}
    return render(request, "assessments/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return too_large(request)
    return _page(request, 400, "That could not be read", "The request was not complete. What you saved before is safe.")


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(request, 413, "That is too large", "At most 1 MB can be sent at once. What you saved before is safe.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, "That is not allowed", "What you saved before is safe.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        "This page has been open for too long",
        "For your safety nothing was changed. Go back, reload the page and send it again; what you saved before is "
        "safe. If it happens every time, allow cookies for this site.",
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        404,
        "There is nothing here",
        "The address may be mistyped, the link switched off, or the assessment deleted. Assessments belong to the "
        "browser they were started in.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        500,
        "Something went wrong on our side",
        "What you saved before is safe. Try again in a minute; if it stays like this, tell whoever runs this site.",
    )
