"""Cash flows of an investment, and what they are worth (docs/economics.md, equations 13 to 17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from .amounts import TOLERANCE, Amount, Floats, Numbers, compounded

MONTHS_PER_QUARTER = 3
Flows = Sequence[float] | Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class CashFlow:
    """Money by month, in dollars: month 0 is the decision, month t ends t months later."""

    upfront: float
    monthly_net: tuple[float, ...]

    @property
    def flows(self) -> tuple[float, ...]:
        """CF_0 … CF_T."""
        return (-self.upfront, *self.monthly_net)

    @property
    def cumulative(self) -> tuple[float, ...]:
        """The running total after each month, from month 0."""
        return tuple(accumulate(self.flows))


def upfront_cost(line: Numbers, *, hourly_rate: Amount) -> Amount:
    """K of the summary form, in dollars (equation 13). [framework, upfront costs]

    >>> upfront_cost({"data_preparation_hours": 30, "evaluation_hours": 15, "deployment_hours": 15,
    ...     "training_cost": 0, "other_upfront": 0}, hourly_rate=100.0)
    6000.0
    """
    hours = line["data_preparation_hours"] + line["evaluation_hours"] + line["deployment_hours"]
    return hours * hourly_rate + line["training_cost"] + line["other_upfront"]


def monthly_net_benefit(line: Numbers, *, hourly_rate: Amount) -> Amount:
    """What a month brings less what it costs, in dollars. [framework, break-even calculation]

    Retraining hours of a quarter are spread evenly over its months.

    >>> monthly_net_benefit({"api_savings": 1500, "quality_value": 500, "inference_cost": 0,
    ...     "monitoring_hours": 5, "retraining_hours_per_quarter": 9, "other_monthly": 0}, hourly_rate=100)
    1200.0
    """
    hours = line["monitoring_hours"] + line["retraining_hours_per_quarter"] / MONTHS_PER_QUARTER
    running = line["inference_cost"] + line["other_monthly"] + hours * hourly_rate
    return line["api_savings"] + line["quality_value"] - running


def monthly_rate(annual_rate: Amount) -> Amount:
    """r_m, the monthly rate that compounds to the annual one.

    >>> round(monthly_rate(0.10), 10)
    0.0079741404
    """
    found: Amount = (1 + annual_rate) ** (1 / 12) - 1
    return found


def discounted(flows: Flows, *, annual_rate: Amount) -> Floats:
    """Flows of month 0, 1, … in dollars of month 0. Shape (…, T + 1), as the flows.

    >>> discounted([0, 110], annual_rate=1.1 ** 12 - 1).round(6).tolist()
    [0.0, 100.0]
    """
    flows = np.asarray(flows, float)
    found: Floats = flows * compounded(1 / (1 + monthly_rate(annual_rate)), months=flows.shape[-1])
    return found


def net_present_value(flows: Flows, *, annual_rate: Amount) -> Amount:
    """NPV in dollars (equation 15), of shape (…) for flows of shape (…, T + 1).

    >>> round(float(net_present_value([-6000] + [1500] * 36, annual_rate=0.10)), 4)
    40779.6877
    """
    flows = np.asarray(flows, float)
    return flows[..., 0] + worth_at_start(flows[..., 1:], annual_rate=annual_rate)


def worth_at_start(monthly: Floats, *, annual_rate: Amount) -> Amount:
    """Amounts of month 1, 2, … together, in dollars of month 0: shape (…) for amounts of shape (…, T).

    >>> round(float(worth_at_start(np.array([1500.0] * 36), annual_rate=0.10)), 4)
    46779.6877
    """
    factors = compounded(1 / (1 + monthly_rate(annual_rate)), months=monthly.shape[-1] + 1)[..., 1:]
    found: Amount = monthly @ factors if factors.ndim == 1 else np.einsum("...t,...t", monthly, factors)
    return found


def with_upfront(upfront: Amount, monthly: Amount, *, months: int) -> Floats:
    """An amount at month 0 and those of the months after it: shape (…, T + 1).

    >>> with_upfront(-6000.0, 1500.0, months=3).tolist()
    [-6000.0, 1500.0, 1500.0, 1500.0]
    """
    draws = np.broadcast_shapes(np.shape(upfront)[:-1], np.shape(monthly)[:-1])
    flows = np.empty((*draws, months + 1))
    flows[..., :1] = upfront
    flows[..., 1:] = monthly
    return flows


def return_on_investment(cash_flow: CashFlow) -> float | None:
    """(Σ CF_t − K) / K over the horizon, or None where nothing is invested (equation 17).

    >>> return_on_investment(CashFlow(upfront=6000, monthly_net=(1500,) * 36))
    8.0
    """
    if cash_flow.upfront <= TOLERANCE * max(abs(flow) for flow in cash_flow.monthly_net):
        return None
    return (sum(cash_flow.monthly_net) - cash_flow.upfront) / cash_flow.upfront
