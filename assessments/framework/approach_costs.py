"""The shape of the pre-fill: what each approach changes from today's prompt."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

NUMBER_KEYS = ("key", "likely", "low", "high", "times_today", "why")
"""What somebody types of a number that an approach changes, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedNumber:
    """One number that an approach changes: a figure of its own, or so many times today's."""

    key: str
    why: str
    source: str
    likely: float | None = None
    low: float | None = None
    high: float | None = None
    times_today: float | None = None


@dataclass(frozen=True, kw_only=True)
class ApproachCost:
    """What an approach changes, and what a person should fill in or pick first."""

    approach: str
    about: str
    numbers: tuple[SuggestedNumber, ...]
    keeps_model: bool = False
    """Whether it stays with the model of today."""

    @cached_property
    def number(self) -> Mapping[str, SuggestedNumber]:
        return {number.key: number for number in self.numbers}


@dataclass(frozen=True, kw_only=True)
class ApproachCosts:
    """What stands in approach_costs.toml."""

    same_as_today: tuple[str, ...]
    """Inputs that an approach takes over from today's prompt unless it changes them."""
    unmeasured: tuple[str, ...]
    """Those of them that say how good the answers are: the same as today until somebody measures."""
    approaches: tuple[ApproachCost, ...]
    where_unknown: tuple[SuggestedNumber, ...]
    """What a request counts with where nobody has entered it, before anything is priced in detail."""

    @cached_property
    def unknown(self) -> Mapping[str, SuggestedNumber]:
        return {number.key: number for number in self.where_unknown}

    @cached_property
    def approach(self) -> Mapping[str, ApproachCost]:
        return {cost.approach: cost for cost in self.approaches}
