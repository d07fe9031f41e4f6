"""The result and the report of one assessment, for whoever may read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from assessments.engine.document import write_document
from assessments.framework import load_framework
from assessments.models import Assessment, ShareLink, Version
from assessments.presenters.result import ResultView, present_result
from assessments.presenters.review import present_review
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.report import HOW_TO_INSTALL, draw_pdf, pdf_is_available
from assessments.services.versions import hash_of, sheet_of_version

from .paper_trail import PaperTrail, paper_trail
from .weights import read_weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: the owner in their browser, somebody with a link, or anybody looking at a sample."""

    kind: str
    report_url: str
    link: ShareLink | None = None
    token: str = ""
    version: Version | None = None
    """The frozen version that is read; the newest state without one."""

    @property
    def may_edit(self) -> bool:
        return self.kind == "owner"

    def sheet(self, assessment: Assessment, *, weights: Mapping[str, float] | None = None) -> AnswerSheet:
        """What this reader sees of the assessment, under other weights if there are any."""
        sheet = sheet_of_version(self.version) if self.version else read_sheet(assessment)
        return sheet.with_weights(weights) if weights else sheet


_OF_EVERYTHING = Reader(kind="report", report_url="")


def show_result(
    request: HttpRequest,
    assessment: Assessment,
    reader: Reader,
    *,
    matrix_fault: str = "",
    beside: Callable[["ResultPage"], Mapping[str, Any]] | None = None,
) -> HttpResponse:
    """The result's page. `beside` gives what stands around the kept body and is asked for anew each time."""
    framework = load_framework(reader.version.framework if reader.version else assessment.framework)
    weights, faults = read_weights(framework, request.GET)
    fault = matrix_fault or (faults[0] if faults else "")
    if weights or fault:
        page = _draw_page(assessment, reader, weights=weights, matrix_fault=fault)
    else:
        page = _kept_page(assessment, reader)
    more = beside(page) if beside and not weights else {}
    context = {
        "assessment": assessment,
        "reader": reader,
        "page": page,
        "body": _filled(page.body, request, more),
        "pdf": pdf_is_available(),
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
    content_hash: str
    """Of everything that it shows."""


# What differs from one visit to the next is filled into the kept body: the address, the form token, the sign-off.
_HERE, _CSRF, _SIGN_OFF = "%here%", "%csrf%", "<!--sign-off-->"


def _filled(body: str, request: HttpRequest, more: Mapping[str, Any]) -> SafeString:
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    body = body.replace(_CSRF, token).replace(_HERE, escape(request.path))
    panel = render_to_string("assessments/_sign_off_panel.html", {**more}, request) if "state" in more else ""
    return mark_safe(body.replace(_SIGN_OFF, panel, 1))


def _kept_page(assessment: Assessment, reader: Reader) -> ResultPage:
    """The result's page, kept until an answer changes: every save moves `changed_at`."""
    state = f"version-{reader.version.pk}" if reader.version else assessment.changed_at.timestamp()
    key = f"{assessment.pk}-{state}-{reader.kind}"
    page: ResultPage | None = caches["results"].get(key)
    if page is None:
        page = _draw_page(assessment, reader)
        caches["results"].set(key, page)
    return page


def _draw_page(
    assessment: Assessment,
    reader: Reader,
    *,
    weights: Mapping[str, float] | None = None,
    matrix_fault: str = "",
) -> ResultPage:
    """The page of the stored result, or of the same answers under other weights."""
    sheet = reader.sheet(assessment, weights=weights)
    result = _view(sheet, reader.version.created_at if reader.version else assessment.changed_at)
    context = {
        "assessment": assessment,
        "reader": reader,
        "result": result,
        "preview": weights or {},
        "matrix_fault": matrix_fault,
        "here": _HERE,
        "csrf_slot": _CSRF,
        "sign_off_slot": mark_safe(_SIGN_OFF),
    }
    return ResultPage(
        name=result.name,
        headline=result.headline.title,
        framework=f"{result.framework.name}, version {result.framework.version}",
        has_chart=result.economics is not None,
        body=render_to_string("assessments/_result_body.html", context),
        content_hash=hash_of(sheet),
    )


def show_report(request: HttpRequest, assessment: Assessment, reader: Reader = _OF_EVERYTHING) -> HttpResponse:
    """The PDF, drawn in the request and kept by its content hash."""
    if not pdf_is_available():
        sentence = f"PDF export is switched off on this machine. Print the result page instead. {HOW_TO_INSTALL}"
        context = {"title": "No PDF here", "sentence": sentence}
        return render(request, "assessments/error.html", context, status=503)
    sheet = reader.sheet(assessment)
    trail = paper_trail(assessment, sheet, reader.version)
    at = reader.version.created_at if reader.version else assessment.changed_at
    kept = f"{trail.content_hash}-{at:%Y%m%d}-{trail.digest}"
    pdf = caches["reports"].get(kept)
    if pdf is None:
        pdf = draw_pdf(
            report_html(sheet, trail, at=at),
            attachment=write_document(sheet.raw),
            attachment_name="assessment.json",
            at=at,
            content_hash=trail.content_hash,
        )
        caches["reports"].set(kept, pdf)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = slugify(sheet.name) or "assessment"
    version = f"-version-{reader.version.number}" if reader.version else ""
    response.headers["Content-Disposition"] = f'inline; filename="ftdecide-{name[:60]}{version}.pdf"'
    return response


def report_html(sheet: AnswerSheet, trail: PaperTrail, *, at: datetime) -> str:
    """The report as HTML of its own, made for paper."""
    context = {
        "result": _view(sheet, at),
        "reviews": present_review(sheet.framework, sheet.answers),
        "content_hash": trail.content_hash,
        "trail": trail,
    }
    return render_to_string("assessments/report.html", context)


def _view(sheet: AnswerSheet, changed_at: datetime) -> ResultView:
    return present_result(
        sheet.decision,
        name=sheet.name,
        task=sheet.document.use_case.get("task", ""),
        changed_at=changed_at,
        answers=sheet.answers,
    )
