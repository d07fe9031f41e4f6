"""Everything that the detailed costs form takes in: what it is called, its bounds, and our default."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .field import Field

NOTHING_ENTERED = "Nothing entered"
"""The source of a default that changes nothing until somebody enters another."""
CASE_PLACE, APPROACH_PLACE = "costs.detailed", "costs.detailed.approach"
# Running costs that are often left out; the engine says which are still zero.
FORGOTTEN = ("monitoring", "retraining", "hosting", "caching", "human_fallback", "obsolescence", "labelling")
WARNINGS: Mapping[str, tuple[str, ...]] = {
    "quality_counted_twice": (),
    "gpu_speed_missing": ("approaches",),
    "escalation_without_target": ("approaches",),
    "moving_not_costed": ("approaches",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CostGroup:
    """Inputs that stand together on the page."""

    key: str
    title: str
    intro: str = ""


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
    inputs: tuple[Field, ...]
    general_defaults: tuple[GeneralDefault, ...]
    status_quo: str
    """What doing nothing is called."""
    warnings: Mapping[str, str]
    forgotten: Mapping[str, str]

    @cached_property
    def case(self) -> dict[str, Field]:
        """The inputs that are asked once, by key."""
        return {cost.key: cost for cost in self.inputs if cost.place == CASE_PLACE}

    @cached_property
    def approach(self) -> dict[str, Field]:
        """The inputs that are asked for each approach, by key; their place names no approach."""
        return {cost.key: cost for cost in self.inputs if cost.place == APPROACH_PLACE}

    @cached_property
    def general(self) -> dict[str, GeneralDefault]:
        return {general.key: general for general in self.general_defaults}

    @cached_property
    def case_defaults(self) -> dict[str, float]:
        return {key: cost.default or 0.0 for key, cost in self.case.items()}

    @cached_property
    def approach_defaults(self) -> dict[str, float]:
        return {key: cost.default or 0.0 for key, cost in self.approach.items() if cost.kind == "number"}
