"""The portfolio as plain values, for files: one row for each assessment, numbers as numbers."""

from collections.abc import Mapping
from typing import Any

from assessments.engine.lenses.decision_tree import ceiling_steps
from assessments.framework import Framework

from .portfolio_rows import PortfolioRow
from .sheets import Cell

COLUMNS: Mapping[str, int] = {
    "Use case": 40,
    "Kind of task": 20,
    "Verdict": 34,
    "What to do": 18,
    "Ceiling steps done": 10,
    "Ceiling steps": 10,
    "Ceiling reached": 10,
    "Reasons for": 10,
    "Reasons for, of": 10,
    "Reasons against": 10,
    "Reasons against, of": 10,
    "Labelled examples": 12,
    "If tuned, pays back in months": 12,
    "If tuned, pays back": 10,
    "Settled": 12,
    "Sign-off": 22,
    "Due for another look": 12,
    "Pilot": 10,
    "Answered": 10,
    "Questions": 10,
    "Framework": 30,
    "Last change": 18,
    "Address": 60,
}
"""Each with its width in characters."""


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
        entry.ceiling,
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
