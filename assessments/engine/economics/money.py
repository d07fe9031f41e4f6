"""What the economics say: each approach's costs, and one against another. Dollars and months."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .break_even import break_even_months
from .cash_flow import CashFlow


@dataclass(frozen=True, slots=True, kw_only=True)
class Investment:
    """An approach against a reference: what is invested beyond it, what comes back, and when."""

    reference: str
    cash_flow: CashFlow
    break_even_months: float | None
    """The first time that the running total reaches zero."""
    discounted_break_even_months: float | None
    durable_break_even_months: float | None
    """From when on it stays there to the end."""
    npv: float
    net: float
    """What is left after the horizon, undiscounted."""
    roi: float | None
    break_even_requests: float | None
    """Requests a month from which it pays back within the horizon, with today's prices and no growth."""

    @property
    def horizon_months(self) -> int:
        return len(self.cash_flow.monthly_net)

    @property
    def used_up_months(self) -> float | None:
        """Where less is paid at the start: months until that saving is used up; None where it never is, or is none."""
        return break_even_months([-flow for flow in self.cash_flow.flows]) if self.cash_flow.upfront < 0 else None

    @property
    def average_net(self) -> float:
        """What a month brings, over all months of the plan."""
        return sum(self.cash_flow.monthly_net) / self.horizon_months


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachMoney:
    """One approach of the detailed form. What is by month runs from month 1 to the horizon."""

    approach: str
    upfront: float
    cost_per_attempt: float
    attempts: float
    """Expected attempts for one request."""
    fallback_share: float
    """The share of requests that fall back to a person."""
    gpus: tuple[int, ...]
    monthly_cost: tuple[float, ...]
    components: Mapping[str, tuple[float, ...]]
    """tokens, people, gpus, upkeep, hosting, other, retraining, redo, escalation: they add up to monthly_cost."""
    cost_per_request: float | None
    """Of month 1, with everything; None where there are no requests."""
    pv_cost: float
    forgotten: tuple[str, ...]
    """Which of the costs often forgotten are zero here."""
    against_status_quo: Investment | None
    against_best_untuned: Investment | None

    @property
    def average_monthly_cost(self) -> float:
        return sum(self.monthly_cost) / len(self.monthly_cost)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostWarning:
    """Something about the costs that cannot be meant, and the approaches that it is about."""

    code: str
    approaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Economics:
    """An approach as an investment, the case of tuning, and all approaches of the detailed form beside them."""

    form: Literal["summary", "detailed"]
    approach: str
    """Whose investment it is: `tuning` in the summary form. In the detailed form the verdict's approach; where that
    tunes nothing and is not priced, the approach of tuning that costs least."""
    tuned: str | None
    """Whose case of tuning it is: the verdict's where it tunes, else the one that costs least; None without one."""
    reference: str
    best_untuned: str | None
    inputs: Mapping[str, float]
    """Every number that counts, by key; an approach's own as "approach.key"."""
    defaults_used: tuple[str, ...]
    horizon_months: int
    investment: Investment | None
    """The approach against the reference; None where the detailed form has no such approach."""
    tuning_case: Investment | None
    """The case of tuning against going on as today, or in the detailed form the best open approach without it."""
    approaches: tuple[ApproachMoney, ...] = ()
    """All of the detailed form."""
    warnings: tuple[CostWarning, ...] = ()
    forgotten: tuple[str, ...] = ()

    @property
    def invests(self) -> tuple[str, str] | None:
        """The approach and its reference; None where there is no investment."""
        return (self.approach, self.reference) if self.investment else None

    @property
    def told(self) -> tuple[str, str] | None:
        """What must be true is told of these two: the investment, or the case of tuning where there is none."""
        if self.investment or self.tuning_case is None or self.tuned is None:
            return self.invests
        return self.tuned, self.tuning_case.reference
