"""One line of the list of assessments."""

from dataclasses import dataclass
from typing import Any, Protocol

from assessments.engine.decision import Verdict
from assessments.engine.document import Document

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


def present_listed(verdict: Verdict, document: Document, how_far: HowFar, *, assessment: Any) -> Listed:
    return Listed(
        assessment=assessment,
        name=document.name,
        verdict=present_panel(verdict, document).sentence,
        answered=how_far.answered,
        of=how_far.of,
    )
