"""Answers with their evidence, and estimates: numbers that may be a range."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Strength = Literal["opinion", "documented", "measured"]
STRENGTHS: tuple[Strength, ...] = ("opinion", "documented", "measured")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: `yes`, `no`, `unsure` or `na`, with what shows it."""

    value: str = "unsure"
    evidence: str = ""
    link: str = ""
    strength: Strength = "opinion"


_UNANSWERED = Answer()


@dataclass(frozen=True, slots=True)
class Answers:
    """A team's answers by question key. What is not answered counts as unsure, never as no."""

    by_key: Mapping[str, Answer] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Answer:
        return self.by_key.get(key, _UNANSWERED)

    def value(self, key: str) -> str:
        return self[key].value

    def yes(self, *keys: str) -> bool:
        """Whether any of these is established as yes."""
        return any(self[key].value == "yes" for key in keys)

    def met(self, key: str) -> bool:
        """Whether a condition is established: yes, or it does not apply."""
        return self[key].value in ("yes", "na")

    def unsure(self, key: str) -> bool:
        return self[key].value == "unsure"

    def those(self, keys: tuple[str, ...], value: str = "yes") -> tuple[str, ...]:
        """Which of these keys have that value, in their order."""
        return tuple(key for key in keys if self[key].value == value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with its range. A plain number is a range of width zero."""

    low: float
    likely: float
    high: float

    @property
    def is_point(self) -> bool:
        return self.low == self.high
