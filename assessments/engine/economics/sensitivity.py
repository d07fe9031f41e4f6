"""What the result hangs on: one number at a time, and the number of requests (docs/economics.md, equation 21)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from assessments.framework.schema import Framework

from ..answers import Estimate
from ..document import Document
from .amounts import Amount
from .money import Economics
from .monthly_costs import costs_by_approach
from .numbers import case_numbers, ranged
from .outcomes import outcomes

_VOLUMES = 41
_FROM, _TO = 0.1, 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One input at its low and at its high, the rest at likely, and the NPV of the investment at each."""

    key: str
    approach: str | None
    """None for the case."""
    low: float
    high: float
    npv_low: float
    npv_high: float

    @property
    def swing(self) -> float:
        return abs(self.npv_high - self.npv_low)


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeCosts:
    """Month 1's cost of each approach at other numbers of requests, in dollars. Empty without requests."""

    volumes: tuple[float, ...]
    costs: Mapping[str, tuple[float, ...]]


def tornado(framework: Framework, document: Document, economics: Economics) -> tuple[Bar, ...]:
    """A bar for each input with a range that bears on the investment, the widest swing first (equation 21)."""
    involved = {None, economics.approach, economics.reference}
    if form := document.detailed_in_force:
        involved |= {own.escalation_to for name, own in form.approaches.items() if name in involved}
    inputs = [found for found in ranged(framework, document) if found[0] in involved]
    if economics.investment is None or not inputs:
        return ()
    row = {(approach, key): 2 * index for index, (approach, key, _) in enumerate(inputs)}

    def choose(approach: str | None, key: str, estimate: Estimate) -> Amount:
        if (approach, key) not in row:
            return float(estimate.likely)
        values = np.full((2 * len(inputs), 1), float(estimate.likely))
        values[row[approach, key] : row[approach, key] + 2, 0] = estimate.low, estimate.high
        return values

    npv = np.broadcast_to(outcomes(framework, document, economics, choose).npv, 2 * len(inputs))  # type: ignore[arg-type]
    bars = [
        Bar(
            key=key,
            approach=approach,
            low=float(estimate.low),
            high=float(estimate.high),
            npv_low=float(npv[row[approach, key]]),
            npv_high=float(npv[row[approach, key] + 1]),
        )
        for approach, key, estimate in inputs
    ]
    return tuple(sorted(bars, key=lambda bar: -bar.swing))


def volume_costs(framework: Framework, document: Document, economics: Economics) -> VolumeCosts:
    """What month 1 costs with a tenth of today's requests up to ten times as many: 41 volumes, evenly on a log axis."""
    form = document.detailed_in_force
    if form is None:
        return VolumeCosts(volumes=(), costs={})
    numbers = replace(case_numbers(framework, document, form), months=1)
    today = numbers.case["monthly_requests"]
    if not today:
        return VolumeCosts(volumes=(), costs={})
    volumes = today * np.geomspace(_FROM, _TO, _VOLUMES)
    case = {**numbers.case, "monthly_requests": volumes[:, None]}
    return VolumeCosts(
        volumes=tuple(volumes.tolist()),
        costs={
            name: tuple(costs.monthly[:, 0].tolist()) for name, costs in costs_by_approach(replace(numbers, case=case))
        },
    )
