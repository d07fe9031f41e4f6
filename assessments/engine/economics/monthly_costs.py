"""What one approach costs by month, part by part (docs/economics.md, equations 7 to 13a)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from .amounts import TOLERANCE, Amount, Floats, Numbers
from .inputs import OTHER_MODEL
from .numbers import CaseNumbers
from .plan_months import CHANGES_ON
from .requests import (
    cost_by_month,
    expected_attempts,
    fallback_share,
    monthly_volume,
    read_tokens,
    residual_failures,
    written_tokens,
)

_MILLION = 1_000_000
_SECONDS = 3600
COMPONENTS = ("tokens", "people", "gpus", "upkeep", "hosting", "other", "retraining", "redo", "escalation")


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyCosts:
    """One approach in dollars. What is by month has the shape (months,) or (draws, months)."""

    upfront: Amount
    attempts: Amount
    fallback_share: Amount
    gpus: Amount
    components: Mapping[str, Amount]
    monthly: Floats


def costs_by_approach(numbers: CaseNumbers) -> Iterator[tuple[str, MonthlyCosts]]:
    """The costs of each approach of the form, one after the other (equation 7)."""
    volume = monthly_volume(numbers.case["monthly_requests"], numbers.case["monthly_growth"], months=numbers.months)
    for approach in numbers.approaches:
        yield approach, approach_costs(numbers, approach, volume)


def approach_costs(numbers: CaseNumbers, approach: str, volume: Floats) -> MonthlyCosts:
    """C_1 … C_T of one approach at these monthly requests, with everything that leads to it (equation 7)."""
    case, own, months = numbers.case, numbers.approaches[approach], numbers.months
    attempts = expected_attempts(own["invalid_share"], case["max_attempts"])
    fallback = fallback_share(residual_failures(own["invalid_share"], case["max_attempts"]), own["accuracy"])
    upfront = upfront_cost(own, hourly_rate=case["hourly_rate"])
    gpus = gpus_needed(volume, attempts, own, hours_per_month=case["hours_per_month"])
    escalation: Amount = 0.0
    if target := numbers.escalation_to.get(approach):
        escalation = escalation_cost(volume, own["escalation_share"], attempt_costs(numbers, target))
    components = {
        "tokens": volume * attempt_costs(numbers, approach, times=attempts),
        "people": volume * (fallback * case["human_fallback_cost"]),
        "gpus": gpus * (own["gpu_hourly"] * case["hours_per_month"]),
        **fixed_costs(own, hourly_rate=case["hourly_rate"], hours_per_month=case["hours_per_month"]),
        "retraining": retraining_costs(
            own["retraining_cost"], case["retraining_every_months"], months=months, horizon=numbers.horizon
        ),
        "redo": redo_by_month(numbers, approach, upfront),
        "escalation": escalation,
    }
    return MonthlyCosts(
        upfront=upfront,
        attempts=attempts,
        fallback_share=fallback,
        gpus=gpus,
        components=components,
        monthly=together(components.values(), months=months),
    )


def attempt_costs(numbers: CaseNumbers, approach: str, *, times: Amount = 1.0) -> Floats:
    """e_1 … e_T of one approach, dollars for one attempt, so many times (equation 6b): (months,) or (draws, months)."""
    return cost_by_month(
        numbers.approaches[approach],
        minimum_cacheable_tokens=numbers.case["minimum_cacheable_tokens"],
        changes_in=numbers.due.get((approach, CHANGES_ON)),
        months=numbers.months,
        times=times,
    )


def first_attempt_cost(numbers: CaseNumbers, approach: str) -> float:
    """e_1, dollars for one attempt in month 1, of a point result."""
    return float(attempt_costs(replace(numbers, months=1), approach)[0])


def together(amounts: Iterable[Amount], *, months: int) -> Floats:
    """The sum by month, of shape (months,) or (draws, months).

    What is by draw comes last, the small shapes before the large, and in place: making room takes longest.

    >>> together([1.0, np.array([1.0, 2.0]), np.array([[10.0], [20.0]])], months=2).tolist()
    [[12.0, 13.0], [22.0, 23.0]]
    """
    total: Floats = np.zeros(months)
    for amount in sorted(amounts, key=lambda amount: np.size(amount) if np.ndim(amount) > 1 else 0):
        if np.ndim(amount) < 2 or np.broadcast_shapes(total.shape, np.shape(amount)) == total.shape:
            total += amount
        else:
            total = total + amount
    return total


def fixed_costs(numbers: Numbers, *, hourly_rate: Amount, hours_per_month: Amount) -> dict[str, Amount]:
    """F, dollars a month whatever the traffic, in its three parts (equation 8).

    >>> fixed_costs({"monitoring_hours": 7.5, "hosting_hourly": 1.7, "hosting_shared_by": 1, "other_monthly": 0},
    ...     hourly_rate=100, hours_per_month=730)
    {'upkeep': 750.0, 'hosting': 1241.0, 'other': 0}
    """
    return {
        "upkeep": numbers["monitoring_hours"] * hourly_rate,
        "hosting": numbers["hosting_hourly"] * hours_per_month / numbers["hosting_shared_by"],
        "other": numbers["other_monthly"],
    }


def gpus_needed(volume: Amount, attempts: Amount, numbers: Numbers, *, hours_per_month: Amount) -> Amount:
    """n_t, GPUs that are paid for (equation 9): as many as the load takes, at least the minimum.

    None where no GPU is paid for. Where a speed or the load is not filled in, the minimum. The example is
    V14 of docs/economics.md, section 4.

    >>> v14 = {"cacheable_tokens": 1500, "retrieved_tokens": 0, "user_tokens": 0, "output_tokens": 300,
    ...     "reasoning_tokens": 0, "gpu_hourly": 2.95, "gpu_input_tokens_per_second": 20000,
    ...     "gpu_output_tokens_per_second": 2500, "gpu_utilisation": 0.4, "gpu_minimum": 1}
    >>> gpus_needed(np.array([0, 5_390_769, 5_390_770, 2e7]), 1.0, v14, hours_per_month=730).tolist()
    [1.0, 1.0, 2.0, 4.0]
    """
    if not np.any(np.greater(numbers["gpu_hourly"], 0)):
        return np.zeros(np.shape(volume)[-1:])
    seconds = _divided(read_tokens(numbers), numbers["gpu_input_tokens_per_second"])
    seconds = seconds + _divided(written_tokens(numbers), numbers["gpu_output_tokens_per_second"])
    busy = _divided(attempts * seconds, _SECONDS * hours_per_month * numbers["gpu_utilisation"])
    needed = np.asarray(volume * (busy * (1 - TOLERANCE)))
    np.ceil(needed, out=needed)
    found: Amount = np.maximum(numbers["gpu_minimum"], needed) * np.greater(numbers["gpu_hourly"], 0)
    return found


def retraining_costs(cost: Amount, every: Amount, *, months: int, horizon: int) -> Amount:
    """R_1 … R_T, dollars (equation 10): each time in a month that is a multiple of `every`, not in the last.

    >>> retraining_costs(1600.0, 3, months=6, horizon=6).tolist()
    [0.0, 0.0, 1600.0, 0.0, 0.0, 0.0]
    """
    month = np.arange(1, months + 1)
    due = (month % every == 0) & (month < horizon)
    found: Amount = cost * due
    return found


def escalation_cost(volume: Amount, share: Amount, target_cost: Amount) -> Amount:
    """Dollars a month for requests passed on: one attempt of the target each, no retries (equation 11).

    The example is V17 of docs/economics.md, section 4, for one request: its own attempt at $0.0006 and what is
    passed on.

    >>> [round(0.0006 + escalation_cost(1, share, 0.0093), 7) for share in (0, 0.1, 0.25, 1)]
    [0.0006, 0.00153, 0.002925, 0.0099]
    """
    return volume * (share * target_cost)


def redo_by_month(numbers: CaseNumbers, approach: str, upfront: Amount) -> Amount:
    """Z_1 … Z_T, dollars for doing part of the work again (equations 12 and 12a).

    A model that ends within the horizon costs it once, in that month, and no yearly chance stands beside it. Where
    nothing was invested there is nothing to redo: what it costs then is moving to another model, as far as that
    approach is filled in.
    """
    own, ends_in = numbers.approaches[approach], numbers.ends_in(approach)
    if ends_in is None:
        return redo_cost(own["annual_obsolescence"], own["redo_share"], upfront)
    again = own["redo_share"] * upfront
    if OTHER_MODEL in numbers.approaches and not np.all(np.greater(upfront, 0)):
        moving = upfront_cost(numbers.approaches[OTHER_MODEL], hourly_rate=numbers.case["hourly_rate"])
        again = np.where(np.greater(upfront, 0), again, moving)
    found: Amount = again * (np.arange(1, numbers.months + 1) == ends_in)
    return found


def redo_cost(annual_obsolescence: Amount, redo_share: Amount, upfront: Amount) -> Amount:
    """Z, dollars a month to expect for doing part of the work again (equation 12).

    >>> round(redo_cost(0.4, 0.5, 9100.0), 4)
    189.6234
    """
    monthly_hazard = 1 - (1 - annual_obsolescence) ** (1 / 12)
    return monthly_hazard * redo_share * upfront


def upfront_cost(numbers: Numbers, *, hourly_rate: Amount) -> Amount:
    """K of one approach, in dollars (equation 13). Training price per 1,000,000 tokens.

    The example is a provider's own: 0.45 million tokens, 15 passes at $5.

    >>> run = {"upfront_hours": 0, "upfront_cash": 0, "labelled_examples": 450, "cost_per_label": 0,
    ...     "training_runs": 1, "training_tokens_per_example": 1000, "training_epochs": 15, "training_price": 5}
    >>> upfront_cost(run, hourly_rate=100)
    33.75
    """
    work = numbers["upfront_hours"] * hourly_rate + numbers["upfront_cash"]
    examples = numbers["labelled_examples"]
    tokens = numbers["training_runs"] * examples * numbers["training_tokens_per_example"] * numbers["training_epochs"]
    return work + examples * numbers["cost_per_label"] + tokens * numbers["training_price"] / _MILLION


def _divided(amount: Amount, by: Amount) -> Amount:
    """The quotient, and 0 where the divisor is not filled in."""
    filled_in = np.greater(by, 0)
    found: Amount = np.where(filled_in, amount / np.where(filled_in, by, 1.0), 0.0)
    return found
