"""Checklists: what an answer shows as met, what the team has ticked, what is open. [module, production, workflow]"""

from typing import Literal

from assessments.framework.guide import Point
from assessments.framework.schema import Framework

from .decision import ChecklistState, PointState, Verdict
from .document import Document


def checklists_for(framework: Framework, document: Document, verdict: Verdict) -> tuple[ChecklistState, ...]:
    """The checklists and points that apply to this approach."""
    proved = {key for condition in verdict.gate.conditions if condition.met for key in condition.keys}

    def state(point: Point) -> Literal["met", "ticked", "open"]:
        if point.proved_by and (point.proved_by in proved or document.answers.yes(point.proved_by)):
            return "met"
        return "ticked" if point.code in document.checks else "open"

    def applies(approaches: tuple[str, ...]) -> bool:
        return not approaches or verdict.leads in approaches

    return tuple(
        ChecklistState(
            checklist=checklist,
            points=tuple(
                PointState(point=point, state=state(point)) for point in checklist.points if applies(point.approaches)
            ),
        )
        for checklist in framework.guide.checklists
        if applies(checklist.approaches) and (document.comparison or not checklist.with_comparison)
    )
