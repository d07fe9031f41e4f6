"""The portfolio as plain values, for files: one row for each assessment, numbers as numbers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from assessments.engine.lenses.decision_tree import ceiling_steps
from assessments.framework import Framework

from .portfolio_rows import PortfolioRow
from .sheets import Cell

COLUMNS: Mapping[str, int] = {
    gettext_noop("Use case"): 40,
    gettext_noop("Kind of task"): 20,
    gettext_noop("Verdict"): 34,
    gettext_noop("What to do"): 18,
    gettext_noop("Ceiling steps done"): 10,
    gettext_noop("Ceiling steps"): 10,
    gettext_noop("Ceiling reached"): 10,
    gettext_noop("Reasons for"): 10,
    gettext_noop("Reasons for, of"): 10,
    gettext_noop("Reasons against"): 10,
    gettext_noop("Reasons against, of"): 10,
    gettext_noop("Labelled examples"): 12,
    gettext_noop("If tuned, pays back in months"): 12,
    gettext_noop("If tuned, pays back"): 10,
    gettext_noop("Settled"): 12,
    gettext_noop("Sign-off"): 22,
    gettext_noop("Due for another look"): 12,
    gettext_noop("Pilot"): 10,
    gettext_noop("Answered"): 10,
    gettext_noop("Questions"): 10,
    gettext_noop("Framework"): 30,
    gettext_noop("Last change"): 18,
    gettext_noop("Address"): 60,
}
"""Each with its width in characters."""


def column_names() -> tuple[str, ...]:
    return tuple(_(name) for name in COLUMNS)


def plain_row(entry: Any, row: PortfolioRow, framework: Framework, *, address: str) -> tuple[Cell, ...]:
    """The values of one row, in the order of the columns. What is not known is left empty."""
    pays = None if not entry.has_costs else entry.payback_months is not None
    return (
        row.name,
        row.task_kind,
        row.verdict.word,
        row.what_to_do,
        entry.ceiling_met,
        len(ceiling_steps(framework)),
        _reached(entry.ceiling),
        entry.reasons_for,
        len(framework.keys("indicator")),
        entry.reasons_against,
        len(framework.keys("anti_indicator")),
        entry.labelled,
        entry.payback_months,
        pays,
        row.settled.word,
        row.sign_off.word,
        bool(row.due),
        row.pilot.word if entry.pilot else None,
        entry.answered,
        entry.questions,
        framework.title,
        row.changed_at,
        address,
    )


def _reached(ceiling: str) -> str:
    """Whether the ceiling is reached, as a cell says it."""
    said = {"yes": pgettext("cell", "yes"), "no": pgettext("cell", "no"), "open": pgettext("cell", "open")}
    return said.get(ceiling, ceiling)
