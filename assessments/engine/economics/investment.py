"""One approach against another: the cash flow between them and what it says (docs/economics.md, equations 14 to 19)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .amounts import Amount, Floats
from .break_even import break_even_volume, first_crossings, last_crossings
from .cash_flow import CashFlow, discounted, return_on_investment, with_upfront
from .money import Investment
from .monthly_costs import MonthlyCosts, first_attempt_cost, gpus_needed
from .numbers import CaseNumbers

_MOST_STEPS = 200
_MOST_REQUESTS = 1e12  # as many as can be entered


def cash_flows(costs: MonthlyCosts, reference: MonthlyCosts, *, quality_value: Amount, months: int) -> Floats:
    """CF_0 … CF_T against a reference, in dollars (equation 14): shape (T + 1,) or (draws, T + 1)."""
    net = reference.monthly - costs.monthly + quality_value
    return with_upfront(reference.upfront - costs.upfront, net, months=months)


def compared(
    references: Sequence[str], flows: Floats, *, annual_rate: float, requests: Sequence[float | None] | None = None
) -> list[Investment]:
    """What flows of shape (n, T + 1) say, each against its reference (equations 15 to 17).

    `requests` are the break-even volumes, where they are known.

    >>> found, = compared(["status_quo"], np.array([[-6000.0] + [1500.0] * 36]), annual_rate=0.0)
    >>> found.break_even_months, found.npv, found.roi
    (4.0, 48000.0, 8.0)
    """
    today = discounted(flows, annual_rate=annual_rate)
    first, first_today, durable = first_crossings(flows), first_crossings(today), last_crossings(flows)
    net, npv = flows.sum(axis=-1), today.sum(axis=-1)
    found = []
    for row, reference in enumerate(references):
        upfront, *monthly = flows[row].tolist()
        cash_flow = CashFlow(upfront=-upfront + 0.0, monthly_net=tuple(monthly))
        comparison = Investment(
            reference=reference,
            cash_flow=cash_flow,
            break_even_months=_or_none(first[row]),
            discounted_break_even_months=_or_none(first_today[row]),
            durable_break_even_months=_or_none(durable[row]),
            npv=float(npv[row]),
            net=float(net[row]),
            roi=return_on_investment(cash_flow),
            break_even_requests=requests[row] if requests else None,
        )
        found.append(comparison)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatCosts:
    """An approach as equation (18) sees it: month 1's prices, no growth."""

    upfront: float
    fixed_monthly: float
    """Dollars a month whatever the traffic, GPUs aside, averaged over the horizon."""
    by_request: float
    """Dollars for one more request, GPUs aside."""
    numbers: CaseNumbers
    approach: str
    attempts: Amount

    def gpus(self, volume: float) -> float:
        """Dollars a month for the GPUs that carry so many requests."""
        own, hours = self.numbers.approaches[self.approach], self.numbers.case["hours_per_month"]
        if not own["gpu_hourly"]:
            return 0.0
        return float(gpus_needed(volume, self.attempts, own, hours_per_month=hours) * (own["gpu_hourly"] * hours))


def flat_costs(numbers: CaseNumbers, approach: str, costs: MonthlyCosts) -> FlatCosts:
    """The fixed and the variable part of an approach's costs at its likely numbers."""
    parts = costs.components
    passed_on = 0.0
    if target := numbers.escalation_to.get(approach):
        passed_on = float(numbers.approaches[approach]["escalation_share"] * first_attempt_cost(numbers, target))
    person = float(costs.fallback_share * numbers.case["human_fallback_cost"])
    return FlatCosts(
        upfront=float(costs.upfront),
        fixed_monthly=sum(
            _by_month(parts[part], numbers.horizon) for part in ("retraining", "upkeep", "hosting", "other", "redo")
        ),
        by_request=float(costs.attempts * first_attempt_cost(numbers, approach)) + person + passed_on,
        numbers=numbers,
        approach=approach,
        attempts=costs.attempts,
    )


def _by_month(amount: Amount, months: int) -> float:
    """Dollars a month on average."""
    return float(np.sum(amount)) / months if np.ndim(amount) else float(amount)


def break_even_requests(own: FlatCosts, reference: FlatCosts) -> float | None:
    """Requests a month from which the approach pays back within the horizon (equation 18).

    0 where it pays at any volume, None beyond what can be entered. GPUs come one at a time: from the
    smallest number, they are added until those that are paid for can carry the volume.
    """
    volume = 0.0
    for _ in range(_MOST_STEPS):
        gpus, reference_gpus = own.gpus(volume), reference.gpus(volume)
        found = break_even_volume(
            upfront=own.upfront - reference.upfront,
            months=own.numbers.horizon,
            fixed_monthly=own.fixed_monthly + gpus,
            reference_fixed_monthly=reference.fixed_monthly + reference_gpus,
            quality_value=float(own.numbers.case["quality_value"]),
            cost_per_request=own.by_request,
            reference_cost_per_request=reference.by_request,
        )
        if found is None or found > _MOST_REQUESTS:
            return None
        found = max(0.0, found)
        if own.gpus(found) == gpus and reference.gpus(found) == reference_gpus:
            return found
        volume = found
    return None


def _or_none(months: np.float64) -> float | None:
    return float(months) if np.isfinite(months) else None
