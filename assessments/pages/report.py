"""The report of one assessment as a PDF, for whoever may read it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.drawing.paper import PaperToDraw
from assessments.engine.document import write_document
from assessments.framework import Framework
from assessments.models import Assessment, Version
from assessments.presenters.brief import BriefView, present_brief
from assessments.presenters.cases import CasesView, present_cases
from assessments.presenters.evidence_page import EvidencePage, present_evidence_page
from assessments.presenters.full_plan import FullPlan, present_full_plan
from assessments.presenters.money.chances import ChancesView, present_chances
from assessments.presenters.money.cheapest import CheapestView, present_cheapest
from assessments.presenters.money.section import MoneyView, present_money
from assessments.presenters.options import OptionsView, present_options
from assessments.presenters.options_on_paper import PaperLine, lines_on_paper, own_on_paper
from assessments.presenters.result_index import BRIEF
from assessments.presenters.review import SectionReview, present_review
from assessments.presenters.sign_off import Row, blank_criteria
from assessments.presenters.trade_offs import gets_worse
from assessments.presenters.why import WhyView, present_why
from assessments.services import audit
from assessments.services import report as drawing
from assessments.services.answer_sheet import AnswerSheet
from assessments.services.drawings import key_of

from .context import Context, names_in, render_page
from .drawn import answer_with_pdf, progress_of_pdf
from .error import ErrorPage
from .letterhead import ReportHead, head_of
from .paper_trail import PaperTrail, trail_of
from .reader import Reader

_ICONS = {"go": "done", "pilot": "half", "other": "no"}
_HASH_SLOT = "\x1areport-hash"
"""Stands where the hash of what is printed will; it begins with a character that no text can have."""
_SIGNERS = (gettext_noop("Owner"), gettext_noop("Approver"), gettext_noop("Sponsor"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaper(Context):
    """The report as it is drawn on paper: the pages of the result, each told by what tells it on the screen."""

    template = "assessments/report.html"
    head: ReportHead
    trail: PaperTrail
    report_hash: str
    framework: Framework
    changed_at: datetime
    left_out: Sequence[str]
    """What this reader does not get to see: costs, evidence."""
    carries_document: bool
    """Whether the assessment is attached, for whoever may export it."""
    brief: BriefView
    verdict_icon: str
    signers: Sequence[str]
    """Who signs by hand where nobody was asked."""
    terms: Sequence[Row]
    """When the work stops, or lines to fill in."""
    worse: Sequence[str]
    """What gets worse by this decision."""
    why: WhyView
    options: OptionsView
    heat: Sequence[PaperLine]
    own: Sequence[str]
    """The team's own weights and scores, in words."""
    money: MoneyView | None
    cheapest: CheapestView | None
    """The price to beat, where cost or speed is a motive."""
    chances: ChancesView | None
    """How sure the return is, where there are costs."""
    evidence: EvidencePage
    cases: CasesView
    full: FullPlan
    appendix: bool
    reviews: Sequence[SectionReview]
    """Every answer, section by section: for the appendix."""


def show_report(request: HttpRequest, assessment: Assessment, reader: Reader) -> HttpResponse:
    """The PDF, drawn apart and kept by what it says; with the appendix where that is asked for."""
    if not drawing.pdf_is_available():
        instead = _("PDF export is switched off on this machine. Print the result page instead.")
        page = ErrorPage(title=_("No PDF here"), sentence=f"{instead} {_(drawing.HOW_TO_INSTALL)}")
        return render_page(request, page, status=503)
    what, back = _("The report"), reader.urls[BRIEF]
    if progress := progress_of_pdf(request, what=what, back=back):
        return progress
    appendix = request.GET.get("appendix") == "1"
    with reader.on_paper():
        order = order_of(assessment, reader, appendix=appendix)
        return answer_with_pdf(request, order.key, order.prepare, what=what, name=order.name, back=back)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOrder:
    """A report to be drawn for one reader."""

    key: str
    prepare: Callable[[], PaperToDraw]
    name: str
    """Of the file."""


def order_of(assessment: Assessment, reader: Reader, *, appendix: bool) -> ReportOrder:
    """Made, and prepared, within `reader.on_paper()`.

    Its key is kept until the answers or the market change, the day is over, or an event is added to the audit trail:
    all else that a report tells, approvals, names, pilots of the team, changes with one.
    """
    seen = f"{reader.state(assessment)}-{audit.ends(audit.chain_of(assessment), audit.SITE)}"
    seen = f"{seen}-{settings.SITE_URL}-{appendix}-report"
    read = cache(partial(_read, assessment, reader))
    kept: tuple[str, str] | None = caches["results"].get(seen)
    if kept is None:
        sheet, head, trail = read()
        name = file_name(sheet, reader.version, "pdf", what="with-appendix" if appendix else "")
        kept = key_of(reader.state(assessment), trail.digest, head.digest, appendix, timezone.localdate()), name
        caches["results"].set(seen, kept)
    key, name = kept
    return ReportOrder(key=key, prepare=partial(_to_draw, assessment, reader, read, appendix=appendix), name=name)


def _read(assessment: Assessment, reader: Reader) -> tuple[AnswerSheet, ReportHead, PaperTrail]:
    sheet = reader.sheet(assessment)
    return sheet, head_of(assessment), trail_of(assessment, sheet, reader.version)


def _to_draw(
    assessment: Assessment,
    reader: Reader,
    read: Callable[[], tuple[AnswerSheet, ReportHead, PaperTrail]],
    *,
    appendix: bool,
) -> PaperToDraw:
    at, (sheet, head, trail) = reader.at(assessment), read()
    return PaperToDraw(
        html=report_html(sheet, trail, at=at, head=head, appendix=appendix, carries_document=reader.may_export),
        style="report.css",
        attachment=write_document(sheet.raw) if reader.may_export else "",
        attachment_name="assessment.json",
        at=at,
        content_hash=trail.content_hash,
        custom_metadata=True,
        logo=head.logo,
    )


def file_name(sheet: AnswerSheet, version: Version | None, ending: str, *, what: str = "") -> str:
    """After the use case and the version, in characters that every system takes."""
    numbered = f"version-{version.number}" if version else ""
    parts = ["ftdecide", (slugify(sheet.name) or "assessment")[:60], what, numbered]
    return f"{'-'.join(part for part in parts if part)}.{ending}"


def report_html(
    sheet: AnswerSheet,
    trail: PaperTrail,
    *,
    at: datetime,
    head: ReportHead | None = None,
    appendix: bool = False,
    carries_document: bool = False,
) -> str:
    """The report as HTML of its own, made for paper. It prints a hash of everything else that it prints."""
    paper = _paper(sheet, trail, at=at, head=head or ReportHead(), appendix=appendix, carries_document=carries_document)
    html: str = render_to_string(paper.template, names_in(paper))
    return html.replace(_HASH_SLOT, hashlib.sha256(html.encode()).hexdigest())


def _paper(
    sheet: AnswerSheet, trail: PaperTrail, *, at: datetime, head: ReportHead, appendix: bool, carries_document: bool
) -> ReportPaper:
    decision, answers, left_out = sheet.decision, sheet.counted, sheet.left_out
    today, options = timezone.localdate(), present_options(decision, answers)
    brief = present_brief(decision, answers=answers, today=today, left_out=left_out)
    task = str(sheet.document.use_case.get("task", ""))
    return ReportPaper(
        head=head,
        trail=trail,
        report_hash=_HASH_SLOT,
        framework=sheet.framework,
        changed_at=at,
        left_out=left_out,
        carries_document=carries_document,
        brief=brief,
        verdict_icon=_ICONS[brief.headline.tone],
        signers=[_(signer) for signer in _SIGNERS],
        terms=trail.criteria or blank_criteria(),
        worse=gets_worse(decision),
        why=present_why(decision),
        options=options,
        heat=lines_on_paper(options),
        own=own_on_paper(options),
        money=present_money(decision, answers, today),
        cheapest=None if "costs" in left_out else present_cheapest(decision),
        chances=present_chances(decision),
        evidence=present_evidence_page(decision, answers, left_out=left_out),
        cases=present_cases(decision),
        full=present_full_plan(
            decision, answers, name=sheet.name, task=task, today=today, left_out=left_out, signed=trail.signed
        ),
        appendix=appendix,
        reviews=(
            present_review(sheet.framework, answers, document=sheet.document, left_out=left_out, in_result=True)
            if appendix
            else ()
        ),
    )
