"""A workspace's assessments as its portfolio, its comparison and its files look at them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.cache import caches
from django.db.models import Count, F, Max, Q, QuerySet
from django.http import HttpRequest

from assessments import access
from assessments.framework import Framework, load_framework
from assessments.models import Assessment, Standing, Workspace
from assessments.presenters.portfolio import Counts, PortfolioRow, present_row
from assessments.services import sign_off_column, standings
from assessments.services.portfolio import DUE, ORDERS, Selection, read_selection, selected, task_kinds

KEPT_FOR = 60
"""Seconds for which counts and orders of an unchanged workspace are kept. A change is seen at once by its time; only
one that is stored after a later one, by another process, may take as long as this to show."""


@dataclass(frozen=True)
class Book:
    """The assessments of one workspace, brought up to date, and what an address asks to see of them."""

    workspace: Workspace
    framework: Framework
    selection: Selection
    counts: Counts
    state: str

    @property
    def assessments(self) -> QuerySet[Assessment]:
        return access.assessments_of(self.workspace)

    @cached_property
    def standings(self) -> QuerySet[Standing]:
        return selected(access.standings_of(self.workspace), self.assessments, self.selection)

    @property
    def how_many(self) -> int:
        """How many are selected."""
        return self.counts.worked_out if self.selection.is_everything else len(self.ids)

    @cached_property
    def ids(self) -> list[str]:
        """The ids of all that is selected, in order. Putting thousands in order is what takes longest here."""
        if self._kept_ids is not None:
            return self._kept_ids
        ids = list(self.standings.values_list("pk", flat=True))
        if not self.counts.behind and not self.selection.looks_at_sign_off:
            caches["results"].set(self._key, " ".join(ids), KEPT_FOR)
        return ids

    def first_ids(self, count: int) -> list[str]:
        """The first of them. Where all are selected, to find these alone is quicker than putting all in order."""
        if not self.selection.is_everything or self._kept_ids is not None or self.selection.looks_at_sign_off:
            return self.ids[:count]
        key = f"{self._key}-first-{count}"
        if kept := caches["results"].get(key):
            return str(kept).split()
        ids = list(self.standings.values_list("pk", flat=True)[:count])
        if not self.counts.behind:
            caches["results"].set(key, " ".join(ids), KEPT_FOR)
        return ids

    @cached_property
    def _kept_ids(self) -> list[str] | None:
        kept: str | None = caches["results"].get(self._key)
        return None if kept is None else kept.split()

    @cached_property
    def _key(self) -> str:
        return f"{self.state}-{hashlib.sha256(self.address.encode()).hexdigest()}"

    @property
    def address(self) -> str:
        return self.selection.address

    def rows(self, found: Iterable[Standing]) -> list[PortfolioRow]:
        """These in words, with what is looked up for all of them at once."""
        found = list(found)
        seen = sign_off_column.sign_offs([standing.assessment for standing in found])
        return [
            present_row(standing, load_framework(standing.assessment.framework), sign_off=seen[standing.pk])
            for standing in found
        ]

    def rows_of(self, ids: Sequence[str]) -> list[PortfolioRow]:
        """The rows with these of the ids, in their order."""
        found = access.standings_with(ids).select_related("assessment").in_bulk()
        return self.rows(found[pk] for pk in ids if pk in found)

    def filters_in_words(self) -> Mapping[str, str]:
        """Each filter that is set, with what it leaves."""
        words = {
            name: dict(choices).get(value, "")
            for name, value, choices in (
                ("Verdict", self.selection.verdict, verdict_choices(self.framework)),
                ("Settled", self.selection.settled, SETTLED_CHOICES),
                ("Sign-off", self.selection.sign_off, SIGN_OFF_CHOICES),
                ("Kind of task", self.selection.task, task_kinds(self.framework)),
                ("Answers", self.selection.progress, PROGRESS_CHOICES),
            )
        }
        return words | {"Name with": f"“{self.selection.q}”" if self.selection.q else ""}

    def order_in_words(self) -> str:
        return ORDERS[self.selection.order].words + (", turned round" if self.selection.reverse else "")


def open_book(request: HttpRequest, workspace_id: str) -> Book:
    """One's own workspace's, with what has changed since the last look worked out, as far as it goes in one request."""
    workspace = access.own_workspace(request, workspace_id)
    framework = load_framework()
    state = _state(workspace)
    counts = current_counts(workspace, framework, state)
    return Book(workspace, framework, read_selection(request.GET, framework), counts, state)


def current_counts(workspace: Workspace, framework: Framework, state: str) -> Counts:
    """The counts, after working out what is out of date."""
    counts: Counts | None = caches["results"].get(f"{state}-counts")
    if counts is not None:
        return counts
    counts = _count(workspace, framework)
    if counts.behind:
        standings.bring_up_to_date(access.assessments_of(workspace))
        counts = _count(workspace, framework)
    if not counts.behind:
        caches["results"].set(f"{state}-counts", counts, KEPT_FOR)
    return counts


def _state(workspace: Workspace) -> str:
    """A name for what a workspace has now. It is another one whenever an assessment comes, changes or goes."""
    seen = access.assessments_of(workspace, deleted_too=True).aggregate(
        alive=_number(deleted_at=None), changed=Max("changed_at"), deleted=Max("deleted_at")
    )
    return "-".join(str(part).replace(" ", "T") for part in ("portfolio", workspace.pk, *seen.values()))


def _count(workspace: Workspace, framework: Framework) -> Counts:
    """One question to the database, which goes through the assessments once; grouping them would take much longer."""
    actions, approaches = ("go", "pilot", "fix_first", "use_other_lever", "keep", ""), list(framework.approach)
    other = Q(standing__action__in=("use_other_lever", "keep"))
    found = access.assessments_of(workspace).aggregate(
        total=Count("*"),
        worked_out=_number(standing__isnull=False),
        current=_number(standing__at=F("changed_at")),
        in_progress=_number(standing__answered__lt=F("standing__questions")),
        **{f"action_{action}": _number(standing__action=action) for action in actions},
        **{f"fix_{key}": _number(standing__action="fix_first", standing__approach=key) for key in approaches},
        **{f"other_{key}": _number(other, standing__approach=key) for key in approaches},
    )
    return Counts(
        total=found["total"],
        worked_out=found["worked_out"],
        behind=found["total"] - found["current"],
        in_progress=found["in_progress"],
        by_action={action: found[f"action_{action}"] for action in actions},
        to_fix={key: found[f"fix_{key}"] for key in approaches},
        other={key: found[f"other_{key}"] for key in approaches},
    )


def _number(*conditions: Q, **more: Any) -> Count:
    return Count("pk", filter=Q(*conditions, **more))


SETTLED_CHOICES = [("settled", "Settled"), ("provisional", "Provisional")]
PROGRESS_CHOICES = [("complete", "Complete"), ("open", "In progress")]
SIGN_OFF_CHOICES = [*sign_off_column.STATES.items(), (DUE, "Due for another look")]
VERDICT_CHOICES = [
    ("candidates", "Fine-tuning candidates"),
    ("fix_first", "Something to fix first"),
    ("other", "Better served another way"),
    ("none", "No verdict yet"),
]


def verdict_choices(framework: Framework) -> list[tuple[str, str]]:
    return [*VERDICT_CHOICES, *((approach.key, approach.verdict) for approach in framework.approaches)]
