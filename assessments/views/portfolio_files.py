"""The portfolio as files: all that the filters leave, for a spreadsheet or on one page of paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.drawing.paper import PaperToDraw
from assessments.framework import Framework
from assessments.models import Workspace
from assessments.pages.book import Book, open_book
from assessments.pages.context import Context, names_in, render_page
from assessments.pages.drawn import answer_with_pdf, progress_of_pdf
from assessments.pages.error import ErrorPage
from assessments.presenters.portfolio import Tile, filter_sentence, found_sentence, lead_sentence, present_tiles
from assessments.presenters.portfolio_files import COLUMNS, column_names, plain_row
from assessments.presenters.portfolio_rows import PortfolioRow
from assessments.presenters.sheets import CSV, WORKBOOK, Sheet, to_csv, to_workbook
from assessments.services.drawings import key_of
from assessments.services.own_frameworks import framework_at
from assessments.services.report import HOW_TO_INSTALL, pdf_is_available

ON_PAPER = 25
"""Rows that fit a page of A4 across."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioPaper(Context):
    """The portfolio on one page of paper."""

    template = "assessments/portfolio_page.html"
    workspace: Workspace
    tiles: Sequence[Tile]
    lead: str
    rows: Sequence[PortfolioRow]
    more: int
    """How many rows did not fit."""
    found: str
    behind: int
    """How many are not worked out anew yet."""
    filters: str
    """What was selected, in words."""
    order: str
    framework: Framework
    today: date


@require_safe
def as_csv(request: HttpRequest, workspace_id: str) -> HttpResponse:
    book = open_book(request, workspace_id, "export")
    return _file(book, to_csv(_sheet(request, book)), "csv", CSV)


@require_safe
def as_workbook(request: HttpRequest, workspace_id: str) -> HttpResponse:
    book = open_book(request, workspace_id, "export")
    about = Sheet(
        name=_("About"),
        rows=[
            (_("Workspace"), book.workspace.name),
            (_("Made"), timezone.now()),
            (_("Selection"), filter_sentence(book.filters_in_words())),
            (_("Order"), book.order_in_words()),
            (_("Framework"), book.framework.title),
        ],
        widths=(24, 80),
    )
    return _file(book, to_workbook([_sheet(request, book), about], title=book.workspace.name), "xlsx", WORKBOOK)


@require_safe
def as_page(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """The first rows on one page, drawn apart and kept by its content."""
    book = open_book(request, workspace_id, "read")
    if not pdf_is_available():
        sentence = (
            _("PDF export is switched off on this machine. Print the portfolio instead.") + f" {_(HOW_TO_INSTALL)}"
        )
        return render_page(request, ErrorPage(title=_("No PDF here"), sentence=sentence), status=503)
    what, back = _("The page"), reverse("portfolio", args=[workspace_id])
    if progress := progress_of_pdf(request, what=what, back=back):
        return progress
    html, name = page_html(book), _file_name(book, "pdf")
    paper = PaperToDraw(html=html, style="portfolio_page.css")
    return answer_with_pdf(request, key_of(html), lambda: paper, what=what, name=name, back=back)


def page_html(book: Book) -> str:
    rows = book.page(0, ON_PAPER)
    paper = PortfolioPaper(
        workspace=book.workspace,
        tiles=present_tiles(book.counts, book.framework),
        lead=lead_sentence(book.counts),
        rows=rows,
        more=book.how_many - len(rows),
        found=found_sentence(book.how_many, book.counts.worked_out, filtered=not book.selection.is_everything),
        behind=book.counts.behind,
        filters=filter_sentence(book.filters_in_words()),
        order=book.order_in_words(),
        framework=book.framework,
        today=timezone.localdate(),
    )
    return str.__str__(render_to_string(paper.template, names_in(paper)))  # what is stored has no SafeString


def _sheet(request: HttpRequest, book: Book) -> Sheet:
    entries = list(book.list_entries)
    rows = [
        plain_row(
            entry,
            row,
            framework_at(entry.assessment.framework),
            address=request.build_absolute_uri(reverse("result", args=[row.id])),
        )
        for entry, row in zip(entries, book.rows(entries), strict=True)
    ]
    return Sheet(name=_("Portfolio"), rows=[column_names(), *rows], widths=tuple(COLUMNS.values()), filters=True)


def _file(book: Book, content: bytes, ending: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(book, ending)}"'
    return response


def _file_name(book: Book, ending: str) -> str:
    name = slugify(book.workspace.name)[:40] or "workspace"
    return f"ftdecide-portfolio-{name}-{timezone.localdate():%Y-%m-%d}.{ending}"
