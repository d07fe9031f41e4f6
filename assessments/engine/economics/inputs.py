"""What the detailed form takes in: what a team entered, and nothing that it did not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..answers import Estimate

STATUS_QUO = "status_quo"
OTHER_MODEL = "other_model"
TUNING = "tuning"
"""What the summary form is about, whichever approach of tuning it would be."""
SUMMARY, DETAILED = "summary", "detailed"
"""The two forms of the costs, of which one counts."""
FROM_SUMMARY: Mapping[str, tuple[str, ...]] = {
    "upfront_hours": ("data_preparation_hours", "evaluation_hours", "deployment_hours"),
    "upfront_cash": ("other_upfront",),
    "monitoring_hours": ("monitoring_hours",),
    "other_monthly": ("other_monthly",),
    "retraining_cost": ("retraining_hours_per_quarter",),
}
"""Which lines of the summary form each number of an approach of tuning is the sum of."""
ASKED_ONCE = ("quality_value",)
"""Inputs of the case that the summary form asks for as well."""
DISTRIBUTIONS = ("pert", "triangular")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachForm:
    """The numbers and days that were entered for one approach, by input key."""

    numbers: Mapping[str, Estimate]
    days: Mapping[str, date] = field(default_factory=dict)
    escalation_to: str | None = None
    """The approach that takes over the requests that are passed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailedForm:
    """The detailed form as it was entered. Defaults are not in here."""

    case: Mapping[str, Estimate]
    approaches: Mapping[str, ApproachForm]
    """The status quo first, then in the framework's order."""
