"""When an investment has paid itself back, for the first time and for good (economics.md, equations 16 and 18)."""

from collections.abc import Sequence
from itertools import accumulate

_TOLERANCE = 1e-9  # of the largest amount in question


def break_even_months(flows: Sequence[float]) -> float | None:
    """Months until the running total first reaches zero, or None within these flows.

    `flows` are CF_0 … CF_T. Within a month the flow is taken as even.

    >>> break_even_months([-6000] + [1500] * 36)
    4.0
    >>> break_even_months([-6000] + [100] * 36) is None
    True
    >>> break_even_months([0, -100])
    0.0
    """
    return next(iter(_crossings(flows)), None)


def durable_break_even_months(flows: Sequence[float]) -> float | None:
    """Months until the running total reaches zero and stays there to the end, or None.

    >>> durable_break_even_months([-6000] + [1500] * 36)
    4.0
    >>> durable_break_even_months([-100, 200, -200, 300])
    2.3333333333333335
    >>> durable_break_even_months([0, -100]) is None
    True
    """
    if not flows or sum(flows) < _counts_as_zero(flows):
        return None
    crossings = _crossings(flows)
    return crossings[-1] if crossings else None


def break_even_volume(
    *,
    upfront: float,
    months: int,
    fixed_monthly: float,
    reference_fixed_monthly: float,
    quality_value: float,
    cost_per_request: float,
    reference_cost_per_request: float,
) -> float | None:
    """Requests a month from which the approach pays back within the horizon, or None (equation 18).

    >>> round(break_even_volume(upfront=6000, months=36, fixed_monthly=500, reference_fixed_monthly=0,
    ...     quality_value=500, cost_per_request=0.005, reference_cost_per_request=0.02), 4)
    11111.1111
    """
    saved = reference_cost_per_request - cost_per_request
    if saved <= 0:
        return None
    return (upfront / months + fixed_monthly - reference_fixed_monthly - quality_value) / saved


def _crossings(flows: Sequence[float]) -> list[float]:
    """Each month, as a fraction, at which the running total rises from below zero to it."""
    crossings = []
    below = True
    before = 0.0
    zero = _counts_as_zero(flows)
    for month, total in enumerate(accumulate(flows)):
        reached = total >= zero
        if reached and below:
            crossings.append(0.0 if month == 0 else (month - 1) + -before / flows[month])
        below = not reached
        before = total
    return crossings


def _counts_as_zero(flows: Sequence[float]) -> float:
    """How far below zero a running total may be by rounding alone."""
    return -_TOLERANCE * max(abs(flow) for flow in flows)
