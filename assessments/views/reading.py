"""The result and the report of one assessment, for whoever may read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from assessments.acts import rights
from assessments.engine.content_hash import content_hash
from assessments.engine.document import write_document
from assessments.framework import load_framework
from assessments.models import Assessment, ShareLink
from assessments.presenters.result import ResultView, present_result
from assessments.presenters.review import present_review
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.report import HOW_TO_INSTALL, draw_pdf, pdf_is_available

from .chances import chances_of, draw_chances, kept_chances, pending_chances
from .figures import FIGURE_FILES, FigureFile
from .weights import read_weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: the owner in their browser, somebody with a link, or anybody looking at a sample.

    `key` is what stands in their addresses.
    """

    kind: Literal["owner", "link", "sample"]
    key: str
    role: str = ""
    """Towards one's own assessment; none for somebody with a link or at a sample."""
    link: ShareLink | None = None

    @property
    def may_edit(self) -> bool:
        return self.may.get("edit", False)

    @property
    def may(self) -> dict[str, bool]:
        return rights(self.role) if self.role else {}

    @property
    def report_url(self) -> str:
        return self._url("report")

    @property
    def chances_url(self) -> str:
        return self._url("chances")

    @property
    def figure_files(self) -> list[FigureFile]:
        return [FigureFile(url=self._url("figures", name), words=words) for name, words in FIGURE_FILES.items()]

    def _url(self, name: str, *more: str) -> str:
        prefix = {"owner": "", "link": "shared_", "sample": "sample_"}[self.kind]
        return reverse(f"{prefix}{name}", args=[self.key, *more])


def show_result(
    request: HttpRequest,
    assessment: Assessment,
    reader: Reader,
    *,
    matrix_fault: str = "",
    with_chances: bool = False,
) -> HttpResponse:
    """The page. The chances follow on their own, unless they were drawn before or the page must have them."""
    weights, faults = read_weights(load_framework(assessment.framework), request.GET)
    fault = matrix_fault or (faults[0] if faults else "")
    if weights or fault:
        page = _draw_page(assessment, reader, weights=weights, matrix_fault=fault)
    else:
        page = _kept_page(assessment, reader)
    chances = kept_chances(assessment, draw=with_chances) if page.pending else ""
    context = {
        "assessment": assessment,
        "reader": reader,
        "page": page,
        "body": _filled(page.body, request, chances or page.pending),
        "waits": bool(page.pending and not chances),
        "pdf": pdf_is_available(),
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


# What differs from one visit to the next is filled into the kept body: the address, the form token and the
# chances. The slots begin with a character that no text can have.
_HERE, _CSRF, _CHANCES = "\x1ahere", "\x1acsrf", "\x1achances"


def _filled(body: str, request: HttpRequest, chances: str) -> SafeString:
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    return mark_safe(body.replace(_CHANCES, chances).replace(_CSRF, token).replace(_HERE, escape(request.path)))


def _kept_page(assessment: Assessment, reader: Reader) -> ResultPage:
    """The result's page, kept until an answer changes: every save moves `changed_at`."""
    key = f"{assessment.pk}-{assessment.changed_at.timestamp()}-{reader.kind}-{reader.key}-{reader.may_edit}"
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
    sheet = read_sheet(assessment)
    if weights:
        sheet = sheet.with_weights(weights)
    result = _view(assessment, sheet)
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
    }
    waits = result.money is not None and result.money.has_ranges
    body: str = render_to_string("assessments/_result_body.html", context)
    if result.money and not waits:
        body = body.replace(_CHANCES, draw_chances(sheet, result.money))
    return ResultPage(
        name=result.name,
        headline=result.headline.title,
        framework=f"{result.framework.name}, version {result.framework.version}",
        has_chart=result.money is not None,
        body=body,
        pending=pending_chances(result.money, reader.chances_url) if result.money and waits else "",
    )


def show_chances(request: HttpRequest, assessment: Assessment, reader: Reader) -> HttpResponse:
    """The chances alone, for htmx; in their page for everybody else."""
    if not request.htmx:  # type: ignore[attr-defined]
        return show_result(request, assessment, reader, with_chances=True)
    chances = kept_chances(assessment, draw=True)
    if not chances:
        raise Http404
    return HttpResponse(chances)


def show_report(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """The PDF, drawn in the request and kept by its content hash."""
    if not pdf_is_available():
        sentence = f"PDF export is switched off on this machine. Print the result page instead. {HOW_TO_INSTALL}"
        context = {"title": "No PDF here", "sentence": sentence}
        return render(request, "assessments/error.html", context, status=503)
    sheet = read_sheet(assessment)
    digest = content_hash(sheet.raw, sheet.decision.to_json())
    kept = f"{digest}-{assessment.changed_at:%Y%m%d}-{timezone.localdate():%Y%m%d}"
    pdf = caches["reports"].get(kept)
    if pdf is None:
        pdf = draw_pdf(
            report_html(assessment, sheet, digest),
            attachment=write_document(sheet.raw),
            attachment_name="assessment.json",
            at=assessment.changed_at,
        )
        caches["reports"].set(kept, pdf)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = slugify(sheet.name) or "assessment"
    response.headers["Content-Disposition"] = f'inline; filename="ftdecide-{name[:60]}.pdf"'
    return response


def report_html(assessment: Assessment, sheet: AnswerSheet, digest: str) -> str:
    """The report as HTML of its own, made for paper."""
    context = {
        "result": _view(assessment, sheet),
        "chances": chances_of(sheet),
        "reviews": present_review(sheet.framework, sheet.answers),
        "content_hash": digest,
    }
    return render_to_string("assessments/report.html", context)


def _view(assessment: Assessment, sheet: AnswerSheet) -> ResultView:
    return present_result(
        sheet.decision,
        sheet.document,
        name=sheet.name,
        task=sheet.document.use_case.get("task", ""),
        changed_at=assessment.changed_at,
        answers=sheet.answers,
        today=timezone.localdate(),
    )
