"""The page of the result of one assessment, for whoever may read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from assessments.forms.weights import read_weights
from assessments.framework import load_framework
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment
from assessments.presenters.comments import Talk
from assessments.services import report as drawing
from assessments.services.answer_sheet import AnswerSheet

from .chances import draw_chances, kept_chances, pending_chances
from .reader import Reader
from .report import result_view


def show_result(
    request: HttpRequest,
    assessment: Assessment,
    reader: Reader,
    *,
    matrix_fault: str = "",
    with_chances: bool = False,
    beside: Callable[[Callable[[], AnswerSheet]], Mapping[str, Any]] | None = None,
    talk: Talk | None = None,
) -> HttpResponse:
    """The page. The chances follow on their own, unless they were drawn before or the page must have them.

    `beside` gives what stands around the kept body, and is asked for anew each time: it is handed the way to the
    sheet that the body is drawn from, which is read and decided on at most once, and not at all where all is kept.
    """
    framework = load_framework(reader.version.framework if reader.version else assessment.framework)
    weights, faults = read_weights(framework, request.GET)
    fault = matrix_fault or (faults[0] if faults else "")
    sheet = cache(partial(reader.sheet, assessment, weights=weights))
    if weights or fault:
        page = _draw_page(assessment, reader, sheet(), weights=weights, matrix_fault=fault)
    else:
        page = _kept_page(assessment, reader, sheet)
    chances = kept_chances(reader, assessment, sheet, draw=with_chances) if page.pending else ""
    more = beside(sheet) if beside and not weights else {}
    context = {
        "assessment": assessment,
        "reader": reader,
        "page": page,
        "body": _filled(page.body, request, chances=chances or page.pending, more=more),
        "waits": bool(page.pending and not chances),
        "pdf": drawing.pdf_is_available(),
        "talk": talk,
        **more,
    }
    return render(request, "assessments/result.html", context, status=422 if fault else 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """A result that has been decided, put into words and drawn once. Its body is the same for every visit."""

    name: str
    headline: str
    framework: str
    has_chart: bool
    body: str
    pending: str
    """What stands in the body until the chances are drawn, if there are any to draw."""


# What differs from one visit to the next is filled into the kept body: the address, the form token, the chances
# and the sign-off. The slots begin with a character that no text can have.
_HERE, _CSRF, _CHANCES, _SIGN_OFF = "\x1ahere", "\x1acsrf", "\x1achances", "\x1asign-off"


def _filled(body: str, request: HttpRequest, *, chances: str, more: Mapping[str, Any]) -> SafeString:
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    panel = render_to_string("assessments/_sign_off_panel.html", {**more}, request) if "state" in more else ""
    body = body.replace(_CHANCES, chances).replace(_CSRF, token).replace(_HERE, escape(request.path))
    return mark_safe(body.replace(_SIGN_OFF, panel))


def _kept_page(assessment: Assessment, reader: Reader, sheet: Callable[[], AnswerSheet]) -> ResultPage:
    """The result's page, kept until an answer changes: every save moves `changed_at`."""
    key = reader.state(assessment)
    page: ResultPage | None = caches["results"].get(key)
    if page is None:
        page = _draw_page(assessment, reader, sheet())
        caches["results"].set(key, page)
    return page


def _draw_page(
    assessment: Assessment,
    reader: Reader,
    sheet: AnswerSheet,
    *,
    weights: Mapping[str, float] | None = None,
    matrix_fault: str = "",
) -> ResultPage:
    """The page of the stored result, or of the same answers under other weights."""
    result = result_view(sheet, reader.at(assessment))
    context = {
        "assessment": assessment,
        "reader": reader,
        "result": result,
        "preview": weights or {},
        "matrix_fault": matrix_fault,
        "files": reader.figure_files,
        "chances_url": reader.chances_url,
        "here": _HERE,
        "csrf_slot": _CSRF,
        "chances_slot": _CHANCES,
        "sign_off_slot": _SIGN_OFF,
    }
    waits = result.money is not None and result.money.has_ranges and reader.version is None
    body: str = render_to_string("assessments/_result_body.html", context)
    if result.money and not waits:
        body = body.replace(_CHANCES, draw_chances(sheet.decision, result.money))
    return ResultPage(
        name=result.name,
        headline=result.headline.title,
        framework=f"{result.framework.name}, version {result.framework.version}",
        has_chart=result.money is not None,
        body=body,
        pending=pending_chances(result.money, reader.chances_url) if result.money and waits else "",
    )


def show_chances(request: HtmxHttpRequest, assessment: Assessment, reader: Reader) -> HttpResponse:
    """The chances alone, for htmx; in their page for everybody else."""
    if not request.htmx:
        return show_result(request, assessment, reader, with_chances=True)
    chances = kept_chances(reader, assessment, cache(partial(reader.sheet, assessment)), draw=True)
    if not chances:
        raise Http404
    return HttpResponse(chances)
