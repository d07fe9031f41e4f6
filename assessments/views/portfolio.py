"""The portfolio: every assessment of a workspace in one table, sorted, filtered and paged by its address."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from assessments import access
from assessments.http import HtmxHttpRequest
from assessments.pages.book import PROGRESS_CHOICES, SETTLED_CHOICES, SIGN_OFF_CHOICES, VERDICT_CHOICES, Book, open_book
from assessments.presenters.portfolio import found_sentence, lead_sentence, present_tiles
from assessments.services.portfolio import ORDERS, task_kinds

from .compare import chosen_ids
from .landing import SAMPLE

A_PAGE = 20
Choices = Sequence[tuple[str, str]]
TEMPLATE = "assessments/portfolio.html"


@require_safe
def portfolio(request: HtmxHttpRequest, workspace_id: str) -> HttpResponse:
    book = open_book(request, workspace_id, "read")
    access.choose_workspace(request, book.workspace)
    context = {
        "nav": "portfolio",
        "book": book,
        "workspace": book.workspace,
        "may_edit": book.own.may("edit"),
        "may_export": book.own.may("export"),
        "tiles": present_tiles(book.counts, book.framework),
        "sample": "" if book.counts.total else _sample(),
        "lead": lead_sentence(book.counts),
        "filters": _filters(book),
        "orders": ORDERS,
        "by_form": request.htmx.trigger == "filters",
        **_table(request, book),
    }
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, f"{TEMPLATE}#swap", context)
        push_url(response, f"{request.path}{context['here']}")
        return response
    return render(request, TEMPLATE, context)


def _sample() -> str:
    """A sample to look at before there is anything of one's own."""
    return access.samples().filter(sample=SAMPLE).values_list("sample", flat=True).first() or ""


def _table(request: HttpRequest, book: Book) -> dict[str, Any]:
    """One page of what is selected, and what was ticked for comparing elsewhere."""
    paginator = Paginator(range(book.how_many), A_PAGE)
    page = paginator.get_page(request.GET.get("page", 1))
    first = max(0, page.start_index() - 1)
    rows = book.page(first, A_PAGE) if paginator.count else []
    ticked = chosen_ids(request)
    shown = {row.standing.pk for row in rows}
    elsewhere = [pk for pk in ticked if pk not in shown]
    return {
        "page": page,
        "rows": rows,
        "ticked": ticked,
        "elsewhere": access.standings_of(book.workspace).filter(pk__in=elsewhere) if elsewhere else [],
        "heads": _heads(book),
        "found": found_sentence(paginator.count, book.counts.worked_out, filtered=not book.selection.is_everything),
        "before": page.has_previous() and book.selection.address_with(page=page.previous_page_number()),
        "after": page.has_next() and book.selection.address_with(page=page.next_page_number()),
        "here": book.selection.address_with(page=page.number) if page.number > 1 else book.address,
    }


def _heads(book: Book) -> list[dict[str, str]]:
    """The column heads. Choosing the one by which rows are ordered turns them round."""
    now, turned = book.selection.order, bool(book.selection.reverse)
    return [
        {
            "key": key,
            "name": order.head or order.words,
            "now": ("ascending" if order.rises != turned else "descending") if key == now else "",
            "address": book.selection.address_with(order=key, reverse="1" if key == now and not turned else ""),
        }
        for key, order in ORDERS.items()
    ]


def _filters(book: Book) -> list[dict[str, Any]]:
    """The choices over the table. Each has an empty one that leaves everything."""
    selection = book.selection
    approaches = [(approach.key, approach.verdict) for approach in book.framework.approaches]
    return [
        _filter("verdict", "Verdict", "All verdicts", selection.verdict, VERDICT_CHOICES, approaches),
        _filter("settled", "Settled", "Either", selection.settled, SETTLED_CHOICES),
        _filter("sign_off", "Sign-off", "Any", selection.sign_off, SIGN_OFF_CHOICES),
        _filter("task", "Kind of task", "All kinds", selection.task, task_kinds(book.framework)),
        _filter("progress", "Answers", "Either", selection.progress, PROGRESS_CHOICES),
    ]


def _filter(name: str, label: str, every: str, chosen: str, choices: Choices, more: Choices = ()) -> dict[str, Any]:
    return {"name": name, "label": label, "every": every, "chosen": chosen, "choices": choices, "more": more}
