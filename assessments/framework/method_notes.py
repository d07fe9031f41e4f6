"""The shape of the method page's notes: the lenses in words, where the sources disagree, what a wrong yes costs."""

from collections.abc import Mapping
from dataclasses import dataclass

from .source import Passage, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class FactInWords:
    """What the gates say of several answers at once: where it is so, where it is not, and what it means."""

    yes: str
    no: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LensInWords:
    """What a lens looks at, and which stance follows."""

    key: str
    asks: tuple[str, ...]
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdName:
    """A number that a rule compares with, or that a plan is made of, in words."""

    key: str
    name: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A point on which the sources contradict each other, and what this product does about it."""

    key: str
    title: str
    texts: tuple[Passage, ...]
    ours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceOfError:
    """One letter of the glossary's DEBT profile: what it costs to tune where tuning is wrong."""

    key: str
    name: str
    score: int
    text: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreExample:
    """The framework text's own worked score: a count, and what it divides by."""

    count: int
    divisor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEvenExample:
    """The framework text's own worked example, and the hours that its own table names. Dollars a month."""

    upfront: float
    monthly_benefit: float
    monthly_cost: float
    hourly_rate: float
    monitoring_hours: tuple[float, float]
    retraining_hours_per_quarter: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodNotes:
    facts: Mapping[str, FactInWords]
    numbers: Mapping[str, str]
    """What the gates count, by name."""
    actions: Mapping[str, str]
    """What each verdict means."""
    go: tuple[Passage, ...]
    lenses: tuple[LensInWords, ...]
    findings: Mapping[str, str]
    thresholds: tuple[ThresholdName, ...]
    disagreements: tuple[Disagreement, ...]
    price_of_error: tuple[PriceOfError, ...]
    score_example: ScoreExample
    break_even: BreakEvenExample
