"""What a visitor with a link sees: the result and its PDF, after a passphrase or a click where one is asked for."""

from dataclasses import dataclass
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access
from assessments.http import HtmxHttpRequest
from assessments.models import ShareLink
from assessments.network import network_of
from assessments.pages.context import Context, render_page
from assessments.pages.figures import send_figures
from assessments.pages.kept_page import around, kept_page
from assessments.pages.reader import Reader
from assessments.pages.reading import show_chances, show_result
from assessments.pages.record import send_record
from assessments.pages.report import show_report
from assessments.services import limits, sharing
from assessments.services.extract import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedLinkPage(Context):
    """What a link asks for before it opens. It tells nothing of what is behind it."""

    template = "assessments/closed_link.html"
    asks_passphrase: bool
    fault: str
    locked_out: bool
    """Whether too many wrong passphrases came from where this visitor is."""
    minutes: int
    """After how many they may try again."""


@require_http_methods(["GET", "HEAD", "POST"])
def shared_result(request: HttpRequest, token: str) -> HttpResponse:
    """The result. A link that asks for something shows a page that tells nothing, until it has been opened."""
    link = access.shared_link(request, token)
    if request.method == "POST":
        return _not_indexed(_open(request, link, token))
    if not access.has_unlocked(request, link):
        return _not_indexed(_closed(request, link))
    _note_visit(request, link)
    reader = _reader(link, token)
    seen = f"{around(request, link.assessment)}-{reader.state(link.assessment)}"
    return _not_indexed(kept_page(request, seen, partial(show_result, request, link.assessment, reader)))


@require_safe
def shared_page(request: HttpRequest, token: str, page: str) -> HttpResponse:
    """One of the pages behind the brief. Only the brief opens a link."""
    link = access.shared_link(request, token)
    if not access.has_unlocked(request, link):
        return _not_indexed(redirect("shared_result", token))
    return _not_indexed(show_result(request, link.assessment, _reader(link, token), page))


@require_safe
def shared_report(request: HtmxHttpRequest, token: str) -> HttpResponse:
    link = access.shared_link(request, token)
    if not access.has_unlocked(request, link):
        return _not_indexed(redirect("shared_result", token))
    report = show_report(request, link.assessment, _reader(link, token))
    if report.status_code != 202 and not request.htmx:  # looking how far it is, is no visit
        _note_visit(request, link)
    return _not_indexed(report)


@require_safe
def shared_record(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    link = access.shared_link(request, token)
    if not access.has_unlocked(request, link):
        return _not_indexed(redirect("shared_result", token))
    _note_visit(request, link)
    return _not_indexed(send_record(request, link.assessment, _reader(link, token), kind))


@require_safe
def shared_chances(request: HtmxHttpRequest, token: str) -> HttpResponse:
    link = access.shared_link(request, token)
    if not access.has_unlocked(request, link):
        return _not_indexed(redirect("shared_result", token))
    return _not_indexed(show_chances(request, link.assessment, _reader(link, token)))


@require_safe
def shared_figures(request: HttpRequest, token: str, file: str) -> HttpResponse:
    link = access.shared_link(request, token)
    if not access.has_unlocked(request, link):
        return _not_indexed(redirect("shared_result", token))
    return _not_indexed(send_figures(_reader(link, token).sheet(link.assessment), file))


def _open(request: HttpRequest, link: ShareLink, token: str) -> HttpResponse:
    """Opening counts, so it takes a click: a chat program that looks at the address uses up nothing."""
    if not access.has_unlocked(request, link):
        if link.passphrase:
            try:
                if not sharing.try_passphrase(link, request.POST.get("passphrase", ""), network_of(request)):
                    return _closed(request, link, fault=_("This is not the passphrase"), status=422)
            except sharing.TooManyTries:
                return _closed(request, link, locked_out=True, status=429)
        if not sharing.take_opening(link):
            raise Http404  # somebody else was faster, or it has ended just now
        access.unlock(request, link)
    return redirect("shared_result", token)


def _closed(
    request: HttpRequest, link: ShareLink, *, fault: str = "", locked_out: bool = False, status: int = 200
) -> HttpResponse:
    page = ClosedLinkPage(
        asks_passphrase=bool(link.passphrase),
        fault=fault,
        locked_out=locked_out,
        minutes=limits.PASSPHRASES.minutes,
    )
    return render_page(request, page, status=status)


def _note_visit(request: HttpRequest, link: ShareLink) -> None:
    if request.method == "GET" and not link.is_locked:
        sharing.count_visit(link)


def _reader(link: ShareLink, token: str) -> Reader:
    return Reader(
        kind="link",
        key=token,
        scope=Scope(costs=link.with_costs, evidence=link.with_evidence),
        version=link.version,
    )


def _not_indexed(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
