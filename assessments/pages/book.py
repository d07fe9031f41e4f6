"""A workspace's assessments as its portfolio, its comparison and its files look at them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from assessments import access
from assessments.access import OwnWorkspace
from assessments.engine.measured.pilot import OUTCOMES
from assessments.framework import Framework
from assessments.models import Assessment, ListEntry, Workspace
from assessments.prepared import Prepared, given_id
from assessments.presenters.formats import quoted
from assessments.presenters.portfolio import PortfolioCounts
from assessments.presenters.portfolio_rows import PortfolioRow, pilot_word, present_row
from assessments.presenters.verdict import NO_VERDICT
from assessments.rights import Right
from assessments.services import list_entries
from assessments.services.own_frameworks import framework_at
from assessments.services.portfolio import DUE, ORDERS, PROGRESS, Selection, read_selection, selected, task_kinds
from assessments.services.sign_off_list import NOT_ASKED, RANKS, STATES, SignOffInList, sign_offs


@dataclass(frozen=True)
class Book:
    """The assessments of one workspace, brought up to date, and what an address asks to see of them."""

    own: OwnWorkspace
    framework: Framework
    selection: Selection
    counts: PortfolioCounts

    @property
    def workspace(self) -> Workspace:
        return self.own.workspace

    @property
    def assessments(self) -> QuerySet[Assessment]:
        return access.assessments_of(self.workspace)

    @cached_property
    def list_entries(self) -> QuerySet[ListEntry]:
        return selected(access.list_entries_of(self.workspace), self.selection)

    @cached_property
    def how_many(self) -> int:
        """How many are selected."""
        return self.counts.worked_out if self.selection.is_everything else self.list_entries.count()

    def page(self, first: int, count: int) -> list[PortfolioRow]:
        """So many rows from this one on. Put in order are ids alone: with every column it would take twice as long."""
        wanted = self.selection
        if wanted.is_everything:
            return self.rows(_page_of_all(wanted.order, wanted.reverse, first, count).ask(workspace=self.workspace.pk))
        ids = list(self.list_entries.values_list("pk", flat=True)[first : first + count])
        found = selected(access.list_entries_with(ids), Selection()).in_bulk()
        return self.rows(found[pk] for pk in ids)

    @property
    def address(self) -> str:
        return self.selection.address

    def rows(self, found: Iterable[Any]) -> list[PortfolioRow]:
        """These, as `selected` gave them, in words, with what is looked up for all of them at once."""
        found = list(found)
        seen = sign_offs([entry.assessment for entry in found if entry.sign_off != RANKS[NOT_ASKED]])
        return [
            present_row(entry, framework_at(entry.assessment.framework), sign_off=seen.get(entry.pk, SignOffInList()))
            for entry in found
        ]

    def filters_in_words(self) -> Mapping[str, str]:
        """Each filter that is set, with what it leaves."""
        words = {
            name: dict(choices).get(value, "")
            for name, value, choices in (
                (_("Verdict"), self.selection.verdict, verdict_choices(self.framework)),
                (_("Settled"), self.selection.settled, settled_choices()),
                (_("Sign-off"), self.selection.sign_off, sign_off_choices()),
                (_("Pilot"), self.selection.pilot, pilot_choices(self.framework)),
                (_("Kind of task"), self.selection.task, task_kinds(self.framework)),
                (_("Answers"), self.selection.progress, progress_choices()),
            )
        }
        return words | {_("Name with"): quoted(self.selection.q) if self.selection.q else ""}

    def order_in_words(self) -> str:
        order = _(ORDERS[self.selection.order].words)
        return _("{order}, reversed").format(order=order) if self.selection.reverse else order


def open_book(request: HttpRequest, workspace_id: str, right: Right) -> Book:
    own = access.own_workspace(request, workspace_id, right)
    return book_of(own, read_selection(request.GET, framework_at()))


def book_of(own: OwnWorkspace, selection: Selection, *, is_behind: bool | None = None) -> Book:
    """A workspace's, with what has changed since the last look worked out, as far as it goes in one request.

    `is_behind` says whether anything has, where that was looked up already.
    """
    framework = framework_at()
    workspace = own.workspace
    assessments = access.assessments_of(workspace)
    if is_behind is None:
        is_behind = has_old(workspace)
    brought = list_entries.bring_up_to_date(assessments) if is_behind else 0
    # The rows, None where there is none, of those that still are out of date: nothing as a rule.
    old = list(list_entries.out_of_date(assessments).values_list("list_entry__pk", flat=True)) if brought else []
    counts = _counts(workspace, framework, behind=len(old), without_row=sum(pk is None for pk in old))
    return Book(own, framework, selection, counts)


def has_old(workspace: Workspace) -> bool:
    """Whether one has changed since the list was worked out."""
    return bool(_OLD.ask(workspace=workspace.pk))


def _counts(workspace: Workspace, framework: Framework, *, behind: int, without_row: int) -> PortfolioCounts:
    groups = _COUNTED.ask(workspace=workspace.pk)
    number = Counter({(action, approach): number for action, approach, number, _ in groups})
    return PortfolioCounts(
        total=number.total() + without_row,
        worked_out=number.total(),
        behind=behind,
        in_progress=sum(in_progress for *_, in_progress in groups),
        by_action={action: sum(n for (one, _), n in number.items() if one == action) for action in ACTIONS},
        to_fix={key: number["fix_first", key] for key in framework.approach},
        other={key: number["use_other_lever", key] + number["keep", key] for key in framework.approach},
    )


def _counted() -> QuerySet[ListEntry, Any]:
    """Counts what the index has, so that it alone answers."""
    found = access.list_entries_of(given_id("workspace", Workspace)).order_by().values_list("action", "approach")
    return found.annotate(number=Count("action"), open=Count("action", filter=PROGRESS["open"]))


def _old() -> QuerySet[Assessment, Any]:
    every = access.assessments_of(given_id("workspace", Workspace))
    return list_entries.out_of_date(every).order_by().values_list("pk", flat=True)[:1]


@lru_cache(maxsize=200)
def _page_of_all(order: str, reverse: str, first: int, count: int) -> Prepared[Any]:
    """A page of everything: the same for any workspace."""

    def page() -> QuerySet[ListEntry]:
        wanted = Selection(order=order, reverse=reverse)
        every = access.list_entries_of(given_id("workspace", Workspace))
        ids = selected(every, wanted).values("pk")[first : first + count]
        return selected(ListEntry.objects.filter(pk__in=ids), wanted)

    return Prepared(page)


_COUNTED, _OLD = Prepared(_counted), Prepared(_old)
ACTIONS = ("go", "pilot", "confirm_first", "fix_first", "use_other_lever", "keep", "")


def settled_choices() -> list[tuple[str, str]]:
    """Whether a verdict is settled, by what stands in an address."""
    return [("settled", _("Settled")), ("provisional", _("Provisional"))]


def progress_choices() -> list[tuple[str, str]]:
    """Whether all is answered."""
    return [("complete", _("Complete")), ("open", _("In progress"))]


def sign_off_choices() -> list[tuple[str, str]]:
    """How the sign-off stands."""
    return [*((state, _(words)) for state, words in STATES.items()), (DUE, _("Due for another look"))]


def outcome_choices() -> list[tuple[str, str]]:
    """What a verdict comes to, whichever lever it names."""
    return [
        ("candidates", _("Fine-tuning candidates")),
        ("fix_first", _("Something to fix first")),
        ("other", _("Better served another way")),
        ("none", _(NO_VERDICT)),
    ]


def pilot_choices(framework: Framework) -> list[tuple[str, str]]:
    """How a pilot ended, and that none has."""
    return [*((key, pilot_word(key, framework)) for key in OUTCOMES), ("none", _("No outcome yet"))]


def verdict_choices(framework: Framework) -> list[tuple[str, str]]:
    return [*outcome_choices(), *((approach.key, approach.name) for approach in framework.approaches)]
