"""When each approach pays back at the best and at the worst accuracy of its range, the team's or ours."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessments.framework.schema import Framework

from ..answers import Estimate
from ..document import Document
from .amounts import Amount
from .break_even import first_crossings, last_crossings
from .inputs import STATUS_QUO
from .investment import cash_flows
from .monthly_costs import costs_by_approach
from .numbers import case_numbers
from .spreads import with_spreads

_KEY = "accuracy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payback:
    """Months until the running total first reaches zero, and until it stays there; None for never."""

    first: float | None
    durable: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaybackRange:
    best: Payback
    worst: Payback


def paybacks_by_accuracy(framework: Framework, document: Document) -> Mapping[str, PaybackRange]:
    """Against going on as today, everything else as is likely; only approaches whose accuracy has a range."""
    document = with_spreads(framework, document)
    form = document.detailed_in_force
    if form is None:
        return {}
    spread = [
        name
        for name, own in form.approaches.items()
        if name != STATUS_QUO and _KEY in own.numbers and not own.numbers[_KEY].is_point
    ]

    def choose(approach: str | None, key: str, estimate: Estimate) -> Amount:
        if key == _KEY and approach in spread:
            return np.array([[estimate.high], [estimate.low]], float)
        return float(estimate.likely)

    numbers = case_numbers(framework, document, form, choose)
    costs = dict(costs_by_approach(numbers)) if spread else {}
    value, months = numbers.case["quality_value"], numbers.horizon
    found = {}
    for name in spread:
        flows = cash_flows(costs[name], costs[STATUS_QUO], quality_value=value, months=months)
        best, worst = (
            Payback(first=_or_none(first), durable=_or_none(durable))
            for first, durable in zip(first_crossings(flows), last_crossings(flows), strict=True)
        )
        found[name] = PaybackRange(best=best, worst=worst)
    return found


def _or_none(months: np.float64) -> float | None:
    return float(months) if np.isfinite(months) else None
