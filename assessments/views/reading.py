"""The result and the report of one assessment, for whoever may read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any, Literal

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
from assessments.engine.document import write_document
from assessments.framework import load_framework
from assessments.models import Assessment, Version
from assessments.presenters.comments import Talk
from assessments.presenters.money.chances import present_chances
from assessments.presenters.result import ResultView, present_result
from assessments.presenters.review import present_review
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.extract import EVERYTHING, Scope, extract
from assessments.services.report import HOW_TO_INSTALL, draw_pdf, pdf_is_available
from assessments.services.versions import sheet_of_version

from .chances import draw_chances, kept_chances, pending_chances
from .figures import FIGURE_FILES, FigureFile
from .paper_trail import A_PART, PaperTrail, paper_trail
from .weights import read_weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: the owner in their browser, somebody with a link, or anybody looking at a sample.

    `key` is what stands in their addresses.
    """

    kind: Literal["owner", "version", "link", "sample"]
    key: str
    role: str = ""
    """Towards one's own assessment; none for somebody with a link or at a sample."""
    links_on: int = 0
    """How many links can be opened now."""
    scope: Scope = EVERYTHING
    version: Version | None = None
    """The frozen version that is read; the newest state without one."""

    @property
    def may_edit(self) -> bool:
        return self.may.get("edit", False)

    def at(self, assessment: Assessment) -> datetime:
        """When what is read was last changed, or frozen."""
        return self.version.created_at if self.version else assessment.changed_at

    def sheet(self, assessment: Assessment, *, weights: Mapping[str, float] | None = None) -> AnswerSheet:
        """What this reader sees of the assessment, under other weights if there are any."""
        sheet = sheet_of_version(self.version) if self.version else read_sheet(assessment)
        return extract(sheet.with_weights(weights) if weights else sheet, self.scope)

    def state(self, assessment: Assessment) -> str:
        """Tells what this reader sees now from what it was before, and from what others see."""
        content = f"version-{self.version.pk}" if self.version else str(assessment.changed_at.timestamp())
        return f"{assessment.pk}-{content}-{self.kind}-{self.key}-{self.may_edit}-{self.scope.key}"

    @property
    def may(self) -> dict[str, bool]:
        return rights(self.role) if self.role else {}

    @property
    def report_url(self) -> str:
        return self._url("report")

    @property
    def chances_url(self) -> str:
        """Where the chances follow from; a frozen version has them in its page."""
        return "" if self.version else self._url("chances")

    @property
    def figure_files(self) -> list[FigureFile]:
        if self.version:  # frozen; its numbers are in its PDF
            return []
        return [FigureFile(url=self._url("figures", name), words=words) for name, words in FIGURE_FILES.items()]

    def _url(self, name: str, *more: str) -> str:
        if self.version and self.kind == "version":
            return reverse(f"version_{name}", args=[self.key, self.version.number, *more])
        prefix = {"link": "shared_", "sample": "sample_"}.get(self.kind, "")
        return reverse(f"{prefix}{name}", args=[self.key, *more])


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
    chances = kept_chances(reader, assessment, draw=with_chances) if page.pending else ""
    more = beside(sheet) if beside and not weights else {}
    context = {
        "assessment": assessment,
        "reader": reader,
        "page": page,
        "body": _filled(page.body, request, chances=chances or page.pending, more=more),
        "waits": bool(page.pending and not chances),
        "pdf": pdf_is_available(),
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
    result = _view(sheet, reader.at(assessment))
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


def show_chances(request: HttpRequest, assessment: Assessment, reader: Reader) -> HttpResponse:
    """The chances alone, for htmx; in their page for everybody else."""
    if not request.htmx:  # type: ignore[attr-defined]
        return show_result(request, assessment, reader, with_chances=True)
    chances = kept_chances(reader, assessment, draw=True)
    if not chances:
        raise Http404
    return HttpResponse(chances)


def show_report(request: HttpRequest, assessment: Assessment, reader: Reader) -> HttpResponse:
    """The PDF, drawn in the request and kept by what it says."""
    if not pdf_is_available():
        sentence = f"PDF export is switched off on this machine. Print the result page instead. {HOW_TO_INSTALL}"
        context = {"title": "No PDF here", "sentence": sentence}
        return render(request, "assessments/error.html", context, status=503)
    sheet = reader.sheet(assessment)
    # A copy with parts left out is not what was signed, and what was said about the whole may tell of them.
    trail = A_PART if sheet.left_out else paper_trail(assessment, sheet, reader.version)
    at = reader.at(assessment)
    kept = f"{reader.state(assessment)}-{trail.digest}-{timezone.localdate():%Y%m%d}"
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
        "chances": present_chances(sheet.decision),
        "reviews": present_review(sheet.framework, sheet.answers, left_out=sheet.left_out),
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
        today=timezone.localdate(),
        left_out=sheet.left_out,
    )
