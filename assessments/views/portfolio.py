"""The portfolio: every assessment of a workspace in one table, sorted, filtered and paged by its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from assessments import access
from assessments.access import OwnWorkspace
from assessments.http import HtmxHttpRequest
from assessments.models import ListEntry, Workspace
from assessments.pages.book import (
    Book,
    book_of,
    has_old,
    outcome_choices,
    pilot_choices,
    progress_choices,
    settled_choices,
    sign_off_choices,
)
from assessments.pages.context import Context, render_page
from assessments.pages.kept_page import kept_page, where_chain_ends
from assessments.presenters.portfolio import Tile, found_sentence, lead_sentence, present_tiles
from assessments.presenters.portfolio_rows import PortfolioRow
from assessments.services.own_frameworks import framework_at
from assessments.services.portfolio import ORDERS, Order, read_selection, task_kinds

from .compare import chosen_ids
from .landing import SAMPLE

A_PAGE = 20
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a column, and where choosing it leads."""

    key: str
    name: str
    now: str
    """How the rows are ordered by it; empty where they are ordered by another."""
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioFilter:
    """A choice over the table. The empty one leaves everything."""

    name: str
    label: str
    every: str
    chosen: str
    choices: Choices
    more: Choices = ()
    """Choices under a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioPage(Context):
    """One page of what is selected of a workspace."""

    template = "assessments/portfolio.html"
    nav = "portfolio"
    book: Book
    workspace: Workspace
    may_edit: bool
    may_export: bool
    tiles: Sequence[Tile]
    sample: str
    """A sample to look at before there is anything of one's own."""
    lead: str
    """The finding over all."""
    filters: Sequence[PortfolioFilter]
    orders: Mapping[str, Order]
    by_form: bool
    """Whether the filters asked for it, so that the focus stays there."""
    page: Page[int]
    rows: Sequence[PortfolioRow]
    ticked: Sequence[str]
    """What was ticked for comparing, by id."""
    elsewhere: QuerySet[ListEntry] | Sequence[ListEntry]
    """What of that stands on another page."""
    heads: Sequence[Head]
    found: str
    """How many rows there are, as it is announced."""
    before: str
    """The address of the page before, if there is one."""
    after: str

    @property
    def here(self) -> str:
        """The address of this page."""
        selection = self.book.selection
        return selection.address_with(page=self.page.number) if self.page.number > 1 else selection.address


@require_safe
def portfolio(request: HtmxHttpRequest, workspace_id: str) -> HttpResponse:
    own = access.own_workspace(request, workspace_id, "read")
    access.choose_workspace(request, own.workspace)
    seen = f"{where_chain_ends(request, own.workspace.pk)}-{own.role}"
    is_behind = has_old(own.workspace)
    if request.htmx or is_behind:
        return _listed(request, own, is_behind)
    return kept_page(request, seen, partial(_listed, request, own, is_behind))


def _listed(request: HtmxHttpRequest, own: OwnWorkspace, is_behind: bool) -> HttpResponse:
    page = _page(request, book_of(own, read_selection(request.GET, framework_at()), is_behind=is_behind))
    if request.htmx and not request.htmx.history_restore_request:
        response = render_page(request, page, part="swap")
        push_url(response, f"{request.path}{page.here}")
        return response
    return render_page(request, page)


def _sample() -> str:
    """A sample to look at before there is anything of one's own."""
    return access.samples().filter(sample=SAMPLE).values_list("sample", flat=True).first() or ""


def _page(request: HtmxHttpRequest, book: Book) -> PortfolioPage:
    """One page of what is selected, and what was ticked for comparing elsewhere."""
    paginator, address = Paginator(range(book.how_many), A_PAGE), book.selection.address_with
    page = paginator.get_page(request.GET.get("page", 1))
    rows = book.page(max(0, page.start_index() - 1), A_PAGE) if paginator.count else []
    ticked = chosen_ids(request)
    shown = {row.id for row in rows}
    elsewhere = [pk for pk in ticked if pk not in shown]
    return PortfolioPage(
        book=book,
        workspace=book.workspace,
        may_edit=book.own.may("edit"),
        may_export=book.own.may("export"),
        tiles=present_tiles(book.counts, book.framework),
        sample="" if book.counts.total else _sample(),
        lead=lead_sentence(book.counts),
        filters=_filters(book),
        orders=ORDERS,
        by_form=request.htmx.trigger == "filters",
        page=page,
        rows=rows,
        ticked=ticked,
        elsewhere=access.list_entries_of(book.workspace).filter(pk__in=elsewhere) if elsewhere else [],
        heads=_heads(book),
        found=found_sentence(paginator.count, book.counts.worked_out, filtered=not book.selection.is_everything),
        before=address(page=page.previous_page_number()) if page.has_previous() else "",
        after=address(page=page.next_page_number()) if page.has_next() else "",
    )


def _heads(book: Book) -> list[Head]:
    """The column heads. Choosing the one by which rows are ordered turns them round."""
    now, turned = book.selection.order, bool(book.selection.reverse)
    return [
        Head(
            key=key,
            name=_(order.head or order.words),
            now=("ascending" if order.rises != turned else "descending") if key == now else "",
            address=book.selection.address_with(order=key, reverse="1" if key == now and not turned else ""),
        )
        for key, order in ORDERS.items()
    ]


def _filters(book: Book) -> list[PortfolioFilter]:
    """The choices over the table. Each has an empty one that leaves everything."""
    selection = book.selection
    approaches = [(approach.key, approach.name) for approach in book.framework.approaches]
    return [
        _filter("verdict", _("Verdict"), _("All verdicts"), selection.verdict, outcome_choices(), approaches),
        _filter("settled", _("Settled"), _("Either"), selection.settled, settled_choices()),
        _filter("sign_off", _("Sign-off"), _("Any"), selection.sign_off, sign_off_choices()),
        _filter("pilot", _("Pilot"), _("Any"), selection.pilot, pilot_choices(book.framework)),
        _filter("task", _("Kind of task"), _("All kinds"), selection.task, task_kinds(book.framework)),
        _filter("progress", _("Answers"), _("Either"), selection.progress, progress_choices()),
    ]


def _filter(name: str, label: str, every: str, chosen: str, choices: Choices, more: Choices = ()) -> PortfolioFilter:
    return PortfolioFilter(name=name, label=label, every=every, chosen=chosen, choices=choices, more=more)
