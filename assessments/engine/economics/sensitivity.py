"""What the result hangs on: one number at a time, and the number of requests (docs/economics.md, equation 21)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from assessments.framework.schema import Framework

from ..answers import Estimate
from ..document import Document
from .amounts import TOLERANCE, Amount
from .cash_flow import net_present_value
from .money import Economics
from .monthly_costs import costs_by_approach
from .numbers import case_numbers
from .outcomes import told_flows
from .spreads import Basis, compared_spreads, with_spreads

_VOLUMES = 41
_FROM, _TO = 0.1, 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One input at its low and at its high, the rest at likely, and the NPV of the investment at each."""

    key: str
    approach: str | None
    """None for the case."""
    low: float
    likely: float
    high: float
    npv_low: float
    npv_high: float
    basis: Basis
    """Where the range comes from."""

    @property
    def ours(self) -> bool:
        return self.basis != "entered"

    @property
    def swing(self) -> float:
        return abs(self.npv_high - self.npv_low)


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeCosts:
    """Month 1's cost of each approach at other numbers of requests, in dollars. Empty without requests."""

    volumes: tuple[float, ...]
    costs: Mapping[str, tuple[float, ...]]


def tornado(framework: Framework, document: Document, economics: Economics) -> tuple[Bar, ...]:
    """A bar for each input that bears on the investment, or on the case of tuning, the widest swing first.

    Each goes over the range that was typed, else over ours, else a tenth either way (equation 21).
    """
    involved = {None, *(economics.told or ())}
    form = document.detailed_in_force
    if form:
        involved |= {own.escalation_to for name, own in form.approaches.items() if name in involved}
    inputs = [found for found in compared_spreads(framework, document) if found.approach in involved]
    if economics.told is None or not inputs:
        return ()
    row = {(found.approach, found.key): 2 * index for index, found in enumerate(inputs)}

    def choose(approach: str | None, key: str, estimate: Estimate) -> Amount:
        at = row.get((approach, key))
        if at is None:
            return float(estimate.likely)
        values = np.full((2 * len(inputs), 1), float(estimate.likely))
        values[at : at + 2, 0] = inputs[at // 2].estimate.low, inputs[at // 2].estimate.high
        return values

    flows, rate = told_flows(framework, with_spreads(framework, document), economics, choose)
    npv = np.broadcast_to(net_present_value(flows, annual_rate=rate), 2 * len(inputs))
    bars = [
        Bar(
            key=found.key,
            approach=found.approach,
            low=float(found.estimate.low),
            likely=float(found.estimate.likely),
            high=float(found.estimate.high),
            npv_low=float(npv[2 * index]),
            npv_high=float(npv[2 * index + 1]),
            basis=found.basis,
        )
        for index, found in enumerate(inputs)
    ]
    least = TOLERANCE * max(abs(end) for bar in bars for end in (bar.npv_low, bar.npv_high))
    return tuple(sorted((bar for bar in bars if bar.swing > least or not bar.ours), key=lambda bar: -bar.swing))


def upfront_range(framework: Framework, document: Document, economics: Economics) -> tuple[float, float] | None:
    """What is invested beyond the reference, with every figure of the approach itself at its low and at its high.

    None without an investment or a range.
    """
    if economics.told is None:
        return None
    own, ends = economics.told[0], np.array([[0.0], [1.0]])

    def choose(approach: str | None, key: str, estimate: Estimate) -> Amount:
        if approach not in (None, own) or estimate.is_point:
            return float(estimate.likely)
        return estimate.low + (estimate.high - estimate.low) * ends

    flows, _ = told_flows(framework, with_spreads(framework, document), economics, choose)
    low, high = (float(-upfront) for upfront in np.broadcast_to(flows[..., 0], 2))
    return (low, high) if high > low else None


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
