"""One line of the list of assessments."""

from dataclasses import dataclass
from typing import Any, Protocol

from assessments.engine.decision import Verdict
from assessments.engine.document import Document
from assessments.framework import Framework

from .panel import present_panel


class HowFar(Protocol):
    @property
    def answered(self) -> int: ...
    @property
    def of(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    assessment: Any
    name: str
    verdict: str
    answered: int
    of: int
    changed: str
    """What was changed last, and by whom; empty where nobody knows."""
    changed_by: str


_PARTS = {
    "matrix": "the matrix",
    "checks": "a checklist",
    "data": "the examples by label",
    "override_weeks": "corrections by week",
}


def change_words(framework: Framework, key: str) -> str:
    """What an answer or a part of an assessment is called, for whoever looks at what was changed."""
    question = framework.questions.get(key)
    return _PARTS.get(key) or (f"“{question.label}”" if question else "the costs")


def present_listed(
    verdict: Verdict, document: Document, how_far: HowFar, *, assessment: Any, changed: str = "", changed_by: str = ""
) -> Listed:
    return Listed(
        assessment=assessment,
        name=document.name,
        verdict=present_panel(verdict, document).sentence,
        answered=how_far.answered,
        of=how_far.of,
        changed=changed,
        changed_by=changed_by,
    )
