"""Headers on every response, and a bound on every request."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from assessments.speaking import language_of, speaking

from .bodies import most_bytes, takes_files

GetResponse = Callable[[HttpRequest], HttpResponse]


def own_address(get_response: GetResponse) -> GetResponse:
    """Every link that is made is one of FTDECIDE_URL, whatever port a request names beside the host."""
    site = urlsplit(settings.SITE_URL)

    def respond(request: HttpRequest) -> HttpResponse:
        if site.hostname and urlsplit(f"//{request.META.get('HTTP_HOST', '')}").hostname == site.hostname:
            request.META["HTTP_HOST"] = site.netloc
        return get_response(request)

    return respond


def proxy_tells_https(get_response: GetResponse) -> GetResponse:
    """Says what is wrong where a proxy does not tell that a visitor came by https: redirecting would never end."""

    def respond(request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and "HTTP_X_FORWARDED_PROTO" not in request.META and not request.is_secure():
            words = (
                "FTDECIDE_URL begins with https, but this request came without X-Forwarded-Proto. Let the proxy in "
                "front set that header (see “For a server of your own” in the README), or ask by way of the proxy.\n"
            )
            return HttpResponse(words, status=502, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return respond


def response_headers(get_response: GetResponse) -> GetResponse:
    """A strict content security policy, and no copies of private pages in any cache."""
    policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items())

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["HX-Request", "Accept-Language"])
        return response

    return respond


def reader_language(get_response: GetResponse) -> GetResponse:
    """Words, numbers, amounts and days are those that whoever asks is used to."""

    def respond(request: HttpRequest) -> HttpResponse:
        with speaking(language_of(request)):
            return get_response(request)

    return respond


_WHO = {"cookies": "COOKIE", "authorization": "AUTHORIZATION"}


def request_size_limit(get_response: GetResponse) -> GetResponse:
    """Refuses a request that is too large, or that no browser sends, before anything reads it."""

    def respond(request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        length = int(said) if said.isdecimal() else 0
        about = {name: request.META.get(f"HTTP_{key}", "") for name, key in _WHO.items()}
        most = most_bytes(request.method, request.path_info, length, **about)
        if length > most:
            from assessments.views.errors import too_large

            return too_large(request, megabytes=max(1, most // 1_000_000 - 3))
        if takes_files(request.method, request.path_info):
            from assessments.services.evidence_files import StreamToDataFolder

            request.upload_handlers = [StreamToDataFolder(request)]
        if not _is_readable(request):
            from assessments.views.errors import bad_request

            return bad_request(request)
        return get_response(request)

    return respond


def _is_readable(request: HttpRequest) -> bool:
    """Python knows encodings that are no text encodings, and PostgreSQL takes no NUL in a session's name."""
    charset = (request.content_params or {}).get("charset", "utf-8")
    return charset.lower() in ("utf-8", "utf8") and not any("\0" in value for value in request.COOKIES.values())
