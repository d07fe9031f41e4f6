"""What the comparison matrix scores, weighs and moves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .conditions import Conditions

USUAL_SPREAD = 0.5
"""How far a weight may be off of which nothing more is known: the standard deviation of its logarithm. [ours]"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One row of the comparison matrix, with a score from 1 to 5 for each approach.

    Its weight is another where any of the answers that move it is yes, and where all of them are no.
    """

    key: str
    group: Literal["effect", "effort", "ownership"]
    name: str
    about: str
    weight: float
    moved_by: tuple[str, ...] = ()
    if_yes: float | None = None
    if_no: float | None = None
    scores: Mapping[str, int] = field(default_factory=dict)
    spread: float | None = None
    """How far its weight may be off, where comparisons told that (engine/swings.py)."""

    @property
    def spread_or_usual(self) -> float:
        return USUAL_SPREAD if self.spread is None else self.spread


@dataclass(frozen=True, slots=True, kw_only=True)
class CostScores:
    """How dollars become scores: 5 for the cheapest, some points less for each doubling, at least 1."""

    points_less_by_doubling: float
    floors: Mapping[str, float]
    """By criterion: dollars below which cheaper is no better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Kinds of failure to reckon with where none were counted: for any of these answers, or these kinds of task."""

    modes: tuple[str, ...]
    answers: tuple[str, ...] = ()
    task_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftInLever:
    """The part of its fit that a lever still has in it: once it was tried, and what others have from the start."""

    tried: float
    others: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetScore:
    """A score that answers set."""

    approach: str
    criteria: tuple[str, ...]
    score: int
    when: Conditions
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRules:
    minimum_weight: float
    maximum_weight: float
    words: tuple[str, ...]
    groups: Mapping[str, str]
    """What the criteria of a group have in common."""
    reasons: Mapping[str, str]
    """Where a score comes from, by code, with {figures}."""
    weight_reasons: Mapping[str, str]
    criteria: tuple[Criterion, ...]
    fit: Mapping[str, Mapping[str, int]]
    pointers: tuple[Pointer, ...]
    left: LeftInLever
    tried: Mapping[str, Conditions]
    """By approach: when it counts as tried."""
    set_scores: tuple[SetScore, ...]
    cost_scores: CostScores
