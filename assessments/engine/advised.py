"""What of the framework's advice applies to a verdict: conditions that hold, and levers that are open and untried."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

import numpy as np

from assessments.framework.conditions import Conditions

from .cases import Cases
from .decision import Verdict
from .facts import Facts, Ground


class Conditional(Protocol):
    """A text of the framework that stands only where its conditions hold."""

    @property
    def when(self) -> Conditions: ...

    @property
    def approaches(self) -> tuple[str, ...]: ...


T = TypeVar("T", bound=Conditional)


class Advised:
    """Picks what applies to one verdict."""

    def __init__(self, verdict: Verdict) -> None:
        ground = Ground(verdict.framework, verdict.document, verdict.diagnosis, ())
        self.verdict, self.facts = verdict, Facts(ground, Cases(verdict.document.answers))
        self.gain = np.array([verdict.is_measured_gain])

    def holds(self, text: Conditional) -> bool:
        """Whether this text is for the approach that leads, its conditions hold, and its lever was not pulled yet."""
        return (
            self.verdict.leads in (text.approaches or (self.verdict.leads,))
            and (not text.when or bool(self.facts.hold(text.when, measured_gain=self.gain)[0]))
            and self._can_be_tried(getattr(text, "lever", ""))
        )

    def those(self, texts: Iterable[T]) -> tuple[T, ...]:
        return tuple(text for text in texts if self.holds(text))

    def _can_be_tried(self, lever: str) -> bool:
        standing = self.verdict.standings.get(lever)
        return standing is None or (standing.open and not standing.tried)
