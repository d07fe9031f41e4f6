"""Cash flows of the summary form, and what they are worth (economics.md, equations 13 to 17)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

MONTHS_PER_QUARTER = 3


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


def upfront_cost(line: Mapping[str, float], *, hourly_rate: float) -> float:
    """K of the summary form, in dollars (equation 13). [framework, upfront costs]

    >>> upfront_cost({"data_preparation_hours": 30, "evaluation_hours": 15, "deployment_hours": 15,
    ...     "training_cost": 0, "other_upfront": 0}, hourly_rate=100)
    6000.0
    """
    hours = line["data_preparation_hours"] + line["evaluation_hours"] + line["deployment_hours"]
    return float(hours * hourly_rate) + line["training_cost"] + line["other_upfront"]


def monthly_net_benefit(line: Mapping[str, float], *, hourly_rate: float) -> float:
    """What a month brings less what it costs, in dollars. [framework, break-even calculation]

    Retraining hours of a quarter are spread evenly over its months.

    >>> monthly_net_benefit({"api_savings": 1500, "quality_value": 500, "inference_cost": 0,
    ...     "monitoring_hours": 5, "retraining_hours_per_quarter": 9, "other_monthly": 0}, hourly_rate=100)
    1200.0
    """
    hours = line["monitoring_hours"] + line["retraining_hours_per_quarter"] / MONTHS_PER_QUARTER
    running = line["inference_cost"] + line["other_monthly"] + hours * hourly_rate
    return line["api_savings"] + line["quality_value"] - running


def monthly_rate(annual_rate: float) -> float:
    """r_m, the monthly rate that compounds to the annual one.

    >>> round(monthly_rate(0.10), 10)
    0.0079741404
    """
    return float((1 + annual_rate) ** (1 / 12) - 1)


def discounted(flows: Iterable[float], *, annual_rate: float) -> tuple[float, ...]:
    """Flows of month 0, 1, … in dollars of month 0."""
    factor = 1 + monthly_rate(annual_rate)
    return tuple(flow / factor**month for month, flow in enumerate(flows))


def net_present_value(flows: Sequence[float], *, annual_rate: float) -> float:
    """NPV in dollars (equation 15).

    >>> round(net_present_value([-6000] + [1500] * 36, annual_rate=0.10), 4)
    40779.6877
    """
    return sum(discounted(flows, annual_rate=annual_rate))


def return_on_investment(cash_flow: CashFlow) -> float | None:
    """(Σ CF_t − K) / K over the horizon, or None where nothing is invested (equation 17).

    >>> return_on_investment(CashFlow(upfront=6000, monthly_net=(1500,) * 36))
    8.0
    """
    if cash_flow.upfront <= 0:
        return None
    return (sum(cash_flow.monthly_net) - cash_flow.upfront) / cash_flow.upfront
