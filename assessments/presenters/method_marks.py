"""What a team's own framework changes of the method, to be marked on its page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from assessments.framework import Framework
from assessments.framework.changes import added_approaches

from .back_test import BackTestView
from .method import MethodView, present_method
from .method_comparison import ScoreRow


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodMarks:
    """Rows and tables that say something else than those of the base, and what the base has beside them."""

    own: Sequence[Any] = ()
    """Rows that the base has not, or not like that, and every table with such a row."""
    gone: Sequence[str] = ()
    """The names of gates and questions that are switched off."""


def marks_of(
    view: MethodView, framework: Framework, base: Framework, published: BackTestView, before: BackTestView
) -> MethodMarks:
    """What of the page differs from that of the base. Of an approach of the team's own, the name is marked."""
    then = present_method(base)
    columns = len(base.approaches)
    added = added_approaches(framework)
    own: list[Any] = [one for one in framework.approaches if one.key in added]
    for now, old in _tables(view, then):
        rows = [one for one in now if _in_base(one, columns) not in old]
        own += [*rows, now] if rows else []
    if view.comparison.groups != then.comparison.groups:
        own.append(view.comparison.groups)
    own += [] if published == before else [published]
    gates, asked = {row.anchor for row in view.gates}, {row.key for one in view.sections for row in one.rows}
    gone = [row.name for row in then.gates if row.anchor not in gates]
    gone += [row.label for one in then.sections for row in one.rows if row.key not in asked]
    return MethodMarks(own=own, gone=gone)


def _tables(now: MethodView, then: MethodView) -> list[tuple[Sequence[Any], Sequence[Any]]]:
    """Every table of the page, each beside the same one of the base."""
    sections = {one.key: one.rows for one in then.sections}
    groups = {one.name: one.rows for one in then.comparison.groups}
    return [
        (now.gates, then.gates),
        (now.gate_words, then.gate_words),
        (now.actions, then.actions),
        (now.go, then.go),
        (now.priors, then.priors),
        (now.lenses, then.lenses),
        (now.misuses, then.misuses),
        (now.contradictions, then.contradictions),
        *((one.rows, sections.get(one.key, ())) for one in now.sections),
        *((one.rows, groups.get(one.name, ())) for one in now.comparison.groups),
        (now.comparison.fits, then.comparison.fits),
        (now.comparison.tried, then.comparison.tried),
        (now.comparison.notes, then.comparison.notes),
        (now.goals, then.goals),
        (now.thresholds, then.thresholds),
        (now.disagreements, then.disagreements),
        (now.likeness, then.likeness),
        (now.law, then.law),
    ]


def _in_base(row: Any, columns: int) -> Any:
    """The row without the columns of approaches that the base has not: those come last."""
    return replace(row, cells=row.cells[:columns]) if isinstance(row, ScoreRow) else row
