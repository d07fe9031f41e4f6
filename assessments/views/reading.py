"""The result and the report of one assessment, for whoever may read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from assessments.engine.content_hash import content_hash
from assessments.engine.document import write_document
from assessments.framework import load_framework
from assessments.models import Assessment, Version
from assessments.presenters.comments import Talk
from assessments.presenters.result import ResultView, present_result
from assessments.presenters.review import present_review
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.extract import EVERYTHING, Scope, extract, sheet_of_version
from assessments.services.report import HOW_TO_INSTALL, draw_pdf, pdf_is_available

from .weights import read_weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: the owner in their browser, somebody with a link, or anybody looking at a sample."""

    kind: str
    report_url: str
    may_link: bool = False
    links_on: int = 0
    """How many links can be opened now."""
    scope: Scope = EVERYTHING
    version: Version | None = None
    """The frozen version that is read; the newest state without one."""

    @property
    def may_edit(self) -> bool:
        return self.kind == "owner"

    def at(self, assessment: Assessment) -> datetime:
        """When what is read was last changed, or frozen."""
        return self.version.created_at if self.version else assessment.changed_at

    def sheet(self, assessment: Assessment, *, weights: Mapping[str, float] | None = None) -> AnswerSheet:
        """What this reader sees of the assessment, under other weights if there are any."""
        sheet = sheet_of_version(self.version) if self.version else read_sheet(assessment)
        return extract(sheet.with_weights(weights) if weights else sheet, self.scope)


_OF_EVERYTHING = Reader(kind="report", report_url="")


def show_result(
    request: HttpRequest, assessment: Assessment, reader: Reader, *, matrix_fault: str = "", talk: Talk | None = None
) -> HttpResponse:
    framework = load_framework(reader.version.framework if reader.version else assessment.framework)
    weights, faults = read_weights(framework, request.GET)
    fault = matrix_fault or (faults[0] if faults else "")
    if weights or fault:
        page = _draw_page(assessment, reader, weights=weights, matrix_fault=fault)
    else:
        page = _kept_page(assessment, reader)
    context = {
        "assessment": assessment,
        "reader": reader,
        "page": page,
        "body": _filled(page.body, request),
        "pdf": pdf_is_available(),
        "talk": talk,
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


# What differs from one visit to the next is filled into the kept body: the address, and the form token.
_HERE, _CSRF = "%here%", "%csrf%"


def _filled(body: str, request: HttpRequest) -> SafeString:
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    return mark_safe(body.replace(_CSRF, token).replace(_HERE, escape(request.path)))


def _kept_page(assessment: Assessment, reader: Reader) -> ResultPage:
    """The result's page, kept until an answer changes: every save moves `changed_at`."""
    state = f"version-{reader.version.pk}" if reader.version else assessment.changed_at.timestamp()
    key = f"{assessment.pk}-{state}-{reader.kind}-{reader.scope.key}"
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
    result = _view(reader.sheet(assessment, weights=weights), reader.at(assessment))
    context = {
        "assessment": assessment,
        "reader": reader,
        "result": result,
        "preview": weights or {},
        "matrix_fault": matrix_fault,
        "here": _HERE,
        "csrf_slot": _CSRF,
    }
    return ResultPage(
        name=result.name,
        headline=result.headline.title,
        framework=f"{result.framework.name}, version {result.framework.version}",
        has_chart=result.economics is not None,
        body=render_to_string("assessments/_result_body.html", context),
    )


def show_report(request: HttpRequest, assessment: Assessment, reader: Reader = _OF_EVERYTHING) -> HttpResponse:
    """The PDF, drawn in the request and kept by its content hash."""
    if not pdf_is_available():
        sentence = f"PDF export is switched off on this machine. Print the result page instead. {HOW_TO_INSTALL}"
        context = {"title": "No PDF here", "sentence": sentence}
        return render(request, "assessments/error.html", context, status=503)
    sheet = reader.sheet(assessment)
    digest = content_hash(sheet.raw, sheet.decision.to_json())
    at = reader.at(assessment)
    kept = f"{digest}-{at:%Y%m%d}-{reader.scope.key}"
    pdf = caches["reports"].get(kept)
    if pdf is None:
        pdf = draw_pdf(
            report_html(sheet, digest, at=at),
            attachment=write_document(sheet.raw),
            attachment_name="assessment.json",
            at=at,
        )
        caches["reports"].set(kept, pdf)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = slugify(sheet.name) or "assessment"
    response.headers["Content-Disposition"] = f'inline; filename="ftdecide-{name[:60]}.pdf"'
    return response


def report_html(sheet: AnswerSheet, digest: str, *, at: datetime) -> str:
    """The report as HTML of its own, made for paper."""
    context = {
        "result": _view(sheet, at),
        "reviews": present_review(sheet.framework, sheet.answers, left_out=sheet.left_out),
        "content_hash": "" if sheet.left_out else digest,
    }
    return render_to_string("assessments/report.html", context)


def _view(sheet: AnswerSheet, changed_at: datetime) -> ResultView:
    return present_result(
        sheet.decision,
        name=sheet.name,
        task=sheet.document.use_case.get("task", ""),
        changed_at=changed_at,
        answers=sheet.answers,
        left_out=sheet.left_out,
    )
