"""Every number that the detailed costs form takes in: what it is called, its bounds, and our default."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Scope = Literal["case", "approach"]
# Running costs that are often left out; the engine says which are still zero.
FORGOTTEN = ("monitoring", "retraining", "hosting", "caching", "human_fallback", "obsolescence", "labelling")
WARNINGS: Mapping[str, tuple[str, ...]] = {
    "quality_counted_twice": (),
    "gpu_speed_missing": ("approaches",),
    "escalation_without_target": ("approaches",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CostGroup:
    """Inputs that stand together on the page."""

    key: str
    title: str
    intro: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostInput:
    """One number of the detailed form, of the whole case or of one approach.

    Shares are kept from 0 to 1 and shown as percentages.
    """

    key: str
    scope: Scope
    group: str
    label: str
    ask: str
    why: str
    minimum: float
    maximum: float
    default: float
    default_source: str
    prefix: str = ""
    unit: str = ""
    whole: bool = False
    share: bool = False
    range_allowed: bool = True
    """Whether the form offers low and high beside the likely value."""
    only_with: str = ""
    """The input without which this one changes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralDefault:
    """A default of the detailed form for a question that both forms share."""

    key: str
    default: float
    default_source: str


@dataclass(frozen=True, kw_only=True)
class CostInputs:
    """What stands in cost_inputs.toml."""

    groups: tuple[CostGroup, ...]
    inputs: tuple[CostInput, ...]
    general_defaults: tuple[GeneralDefault, ...]
    status_quo: str
    """What doing nothing is called."""
    warnings: Mapping[str, str]
    forgotten: Mapping[str, str]

    @cached_property
    def case(self) -> dict[str, CostInput]:
        """The inputs that are asked once, by key."""
        return {cost.key: cost for cost in self.inputs if cost.scope == "case"}

    @cached_property
    def approach(self) -> dict[str, CostInput]:
        """The inputs that are asked for each approach, by key."""
        return {cost.key: cost for cost in self.inputs if cost.scope == "approach"}

    @cached_property
    def general(self) -> dict[str, GeneralDefault]:
        return {general.key: general for general in self.general_defaults}

    @cached_property
    def case_defaults(self) -> dict[str, float]:
        return {key: cost.default for key, cost in self.case.items()}

    @cached_property
    def approach_defaults(self) -> dict[str, float]:
        return {key: cost.default for key, cost in self.approach.items()}
