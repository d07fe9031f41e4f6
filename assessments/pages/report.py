"""The report of one assessment as a PDF, for whoever may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from assessments.engine.document import write_document
from assessments.models import Assessment, Version
from assessments.presenters.money.chances import ChancesView, present_chances
from assessments.presenters.result import ResultView, present_result
from assessments.presenters.review import SectionReview, present_review
from assessments.services import report as drawing
from assessments.services.answer_sheet import AnswerSheet

from .context import Context, names_in, render_page
from .error import ErrorPage
from .paper_trail import PaperTrail, trail_of
from .reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaper(Context):
    """The report as it is drawn on paper."""

    template = "assessments/report.html"
    result: ResultView
    chances: ChancesView | None
    """How sure the return is, where there are costs."""
    reviews: Sequence[SectionReview]
    """Every answer, section by section."""
    content_hash: str
    trail: PaperTrail


def show_report(request: HttpRequest, assessment: Assessment, reader: Reader) -> HttpResponse:
    """The PDF, drawn in the request and kept by what it says."""
    if not drawing.pdf_is_available():
        instead = "PDF export is switched off on this machine. Print the result page instead."
        page = ErrorPage(title="No PDF here", sentence=f"{instead} {drawing.HOW_TO_INSTALL}")
        return render_page(request, page, status=503)
    sheet = reader.sheet(assessment)
    trail = trail_of(assessment, sheet, reader.version)
    at = reader.at(assessment)
    kept = f"{reader.state(assessment)}-{trail.digest}-{timezone.localdate():%Y%m%d}"
    pdf = caches["reports"].get(kept)
    if pdf is None:
        pdf = drawing.draw_pdf(
            report_html(sheet, trail, at=at),
            attachment=write_document(sheet.raw),
            attachment_name="assessment.json",
            at=at,
            content_hash=trail.content_hash,
        )
        caches["reports"].set(kept, pdf)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{file_name(sheet, reader.version, "pdf")}"'
    return response


def file_name(sheet: AnswerSheet, version: Version | None, ending: str, *, what: str = "") -> str:
    """After the use case and the version, in characters that every system takes."""
    numbered = f"version-{version.number}" if version else ""
    parts = ["ftdecide", (slugify(sheet.name) or "assessment")[:60], what, numbered]
    return f"{'-'.join(part for part in parts if part)}.{ending}"


def report_html(sheet: AnswerSheet, trail: PaperTrail, *, at: datetime) -> str:
    """The report as HTML of its own, made for paper."""
    paper = ReportPaper(
        result=result_view(sheet, at),
        chances=present_chances(sheet.decision),
        reviews=present_review(sheet.framework, sheet.values, derived=sheet.document.derived, left_out=sheet.left_out),
        content_hash=trail.content_hash,
        trail=trail,
    )
    return render_to_string(paper.template, names_in(paper))


def result_view(sheet: AnswerSheet, changed_at: datetime) -> ResultView:
    return present_result(
        sheet.decision,
        name=sheet.name,
        task=sheet.document.use_case.get("task", ""),
        changed_at=changed_at,
        answers=sheet.values,
        today=timezone.localdate(),
        left_out=sheet.left_out,
    )
