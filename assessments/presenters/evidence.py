"""Which answers carried the verdict, what shows them, and what is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.engine.decision import Decision

from .control import Stored
from .formats import count
from .review import AnswerRow, answer_row


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """Something to close: what is open, why it matters, and where to do it."""

    title: str
    what_to_do: str
    section: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    heading: str
    shown: Sequence[AnswerRow]
    """The answers that the verdict hangs on and that have evidence."""
    bare: Sequence[AnswerRow]
    """Those that it hangs on without."""
    gaps: Sequence[OpenPoint]
    more_gaps: int


MOST_GAPS = 6


def present_evidence(decision: Decision, answers: Mapping[str, Stored]) -> Evidence:
    framework = decision.framework
    carried = [answer_row(framework.section_of[key], framework.questions[key], answers) for key in decision.deciding]
    firm = sum(row.firm for row in carried)
    gaps = _gaps(decision, carried)
    return Evidence(
        heading=_heading(len(carried), firm),
        shown=[row for row in carried if row.strength],
        bare=[row for row in carried if not row.strength],
        gaps=gaps[:MOST_GAPS],
        more_gaps=max(0, len(gaps) - MOST_GAPS),
    )


def _heading(carried: int, firm: int) -> str:
    if not carried:
        return "No single answer carried the verdict"
    if carried == 1:
        return "One answer carried the verdict"
    words = f"{count(carried).capitalize()} answers carried the verdict"
    if firm == carried:
        return f"{words}, all measured or documented"
    return f"{words}, {count(firm) if firm else 'none'} of them measured or documented"


def _gaps(decision: Decision, carried: Sequence[AnswerRow]) -> Sequence[OpenPoint]:
    """Open answers first, then answers that rest on opinion alone."""
    unknown = [row for row in carried if not row.known]
    keys = {row.question.key for row in carried}
    elsewhere = [
        answer_row(decision.framework.section_of[key], decision.framework.questions[key], {})
        for key in _unsure_conditions(decision)
        if key not in keys
    ]
    opinions = [row for row in carried if row.known and row.question.kind == "choice" and not row.firm]
    return [
        *(_point(row, f"{row.question.label}: not known yet") for row in (*unknown, *elsewhere)),
        *(_point(row, f"{row.question.label}: opinion only") for row in opinions),
    ]


def _unsure_conditions(decision: Decision) -> Sequence[str]:
    """The questions behind conditions of the training gate that nobody can tell yet, in a tuning verdict."""
    if not decision.is_tuning:
        return ()
    gate = decision.lenses["training_gate"]
    return [key for condition in gate.conditions if condition.met is None for key in condition.keys]


def _point(row: AnswerRow, title: str) -> OpenPoint:
    return OpenPoint(
        title=title,
        what_to_do=row.question.find_out or row.question.why,
        section=row.section.key,
        anchor=row.anchor,
    )
