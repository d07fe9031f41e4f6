"""One approach against another: the cash flow between them and what it says (economics.md, equations 14 to 19)."""

import numpy as np

from .amounts import Amount, Floats
from .break_even import break_even_months, break_even_volume, durable_break_even_months
from .cash_flow import CashFlow, discounted, net_present_value, return_on_investment, with_upfront
from .money import Comparison
from .monthly_costs import ApproachCosts, gpus_needed
from .numbers import CaseNumbers
from .requests import cost_per_attempt

_MOST_STEPS = 200


def cash_flows(costs: ApproachCosts, reference: ApproachCosts, *, quality_value: Amount, months: int) -> Floats:
    """CF_0 … CF_T against a reference, in dollars (equation 14): shape (T + 1,) or (draws, T + 1)."""
    net = reference.monthly - costs.monthly + quality_value
    return with_upfront(reference.upfront - costs.upfront, net, months=months)


def compared(
    reference: str, flows: Floats, *, annual_rate: float, break_even_requests: float | None = None
) -> Comparison:
    """What flows of shape (T + 1,) against this reference say (equations 15 to 17).

    >>> found = compared("status_quo", np.array([-6000.0] + [1500.0] * 36), annual_rate=0.0)
    >>> found.break_even_months, found.npv, found.roi
    (4.0, 48000.0, 8.0)
    """
    cash_flow = CashFlow(upfront=float(-flows[0]) + 0.0, monthly_net=tuple(flows[1:].tolist()))
    return Comparison(
        reference=reference,
        cash_flow=cash_flow,
        break_even_months=break_even_months(flows),
        discounted_break_even_months=break_even_months(discounted(flows, annual_rate=annual_rate)),
        durable_break_even_months=durable_break_even_months(flows),
        npv=float(net_present_value(flows, annual_rate=annual_rate)),
        net=float(flows.sum()),
        roi=return_on_investment(cash_flow),
        break_even_requests=break_even_requests,
    )


def break_even_requests(
    numbers: CaseNumbers, approach: str, reference: str, costs: ApproachCosts, reference_costs: ApproachCosts
) -> float | None:
    """Requests a month from which the approach pays back, with month 1's prices and no growth (equation 18).

    0 where it pays at any volume. GPUs come one at a time: starting from the smallest number, they are
    added until those that are paid for can carry the volume.
    """
    quality_value = float(numbers.case["quality_value"])
    volume = 0.0
    for _ in range(_MOST_STEPS):
        gpus = _gpu_costs(numbers, approach, costs, volume)
        reference_gpus = _gpu_costs(numbers, reference, reference_costs, volume)
        found = break_even_volume(
            upfront=float(costs.upfront) - float(reference_costs.upfront),
            months=numbers.horizon,
            fixed_monthly=_fixed(costs, numbers.horizon) + gpus,
            reference_fixed_monthly=_fixed(reference_costs, numbers.horizon) + reference_gpus,
            quality_value=quality_value,
            cost_per_request=_by_request(numbers, approach, costs),
            reference_cost_per_request=_by_request(numbers, reference, reference_costs),
        )
        if found is None:
            return None
        found = max(0.0, found)
        if (
            _gpu_costs(numbers, approach, costs, found) == gpus
            and _gpu_costs(numbers, reference, reference_costs, found) == reference_gpus
        ):
            return found
        volume = found
    return None


def _fixed(costs: ApproachCosts, months: int) -> float:
    """Dollars a month whatever the traffic, GPUs aside, averaged over the horizon."""
    parts = ("upkeep", "hosting", "other", "retraining", "redo")
    return sum(float(np.broadcast_to(costs.components[part], months).mean()) for part in parts)


def _by_request(numbers: CaseNumbers, approach: str, costs: ApproachCosts) -> float:
    """Dollars for one more request in month 1, GPUs aside."""
    passed_on = 0.0
    if target := numbers.escalation_to.get(approach):
        shortest = numbers.case["minimum_cacheable_tokens"]
        theirs = cost_per_attempt(numbers.approaches[target], minimum_cacheable_tokens=shortest)
        passed_on = float(numbers.approaches[approach]["escalation_share"] * theirs)
    person = float(costs.fallback_share * numbers.case["human_fallback_cost"])
    return float(costs.attempts * costs.cost_per_attempt) + person + passed_on


def _gpu_costs(numbers: CaseNumbers, approach: str, costs: ApproachCosts, volume: float) -> float:
    """Dollars a month for the GPUs that carry so many requests."""
    own, hours = numbers.approaches[approach], numbers.case["hours_per_month"]
    return float(gpus_needed(volume, costs.attempts, own, hours_per_month=hours) * (own["gpu_hourly"] * hours))
