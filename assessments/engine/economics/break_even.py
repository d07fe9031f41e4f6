"""When an investment has paid itself back, for the first time and for good (docs/economics.md, equations 16 and 18)."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .amounts import TOLERANCE, Floats

Flows = Sequence[float] | Floats


def break_even_months(flows: Flows) -> float | None:
    """Months until the running total first reaches zero, or None within these flows.

    `flows` are CF_0 … CF_T. Within a month the flow is taken as even.

    >>> break_even_months([-6000] + [1500] * 36)
    4.0
    >>> break_even_months([-6000] + [100] * 36) is None
    True
    >>> break_even_months([0, -100])
    0.0
    """
    return _or_none(first_crossings(np.asarray(flows, float)))


def durable_break_even_months(flows: Flows) -> float | None:
    """Months until the running total reaches zero and stays there to the end, or None.

    >>> durable_break_even_months([-6000] + [1500] * 36)
    4.0
    >>> durable_break_even_months([-100, 200, -200, 300])
    2.3333333333333335
    >>> durable_break_even_months([0, -100]) is None
    True
    """
    return _or_none(last_crossings(np.asarray(flows, float)))


def first_crossings(flows: Floats) -> Floats:
    """Months until the running total first reaches zero, infinite where it does not (equation 16).

    Flows of shape (…, T + 1) give months of shape (…).

    >>> first_crossings(np.array([[-6.0, 4.0, 4.0], [-6.0, 1.0, 1.0]])).tolist()
    [1.5, inf]
    """
    totals, reached = _reached(flows)
    return _crossed_at(flows, totals, reached.argmax(axis=-1), np.asarray(reached.any(axis=-1)))


def last_crossings(flows: Floats) -> Floats:
    """Months until the running total reaches zero and stays there, infinite where it ends below (equation 16).

    >>> last_crossings(np.array([[-100.0, 200.0, -200.0, 300.0], [-100.0, 200.0, -200.0, 0.0]])).round(4).tolist()
    [2.3333, inf]
    """
    totals, reached = _reached(flows)
    months = flows.shape[-1] - 1
    from_the_end = (~reached[..., ::-1]).argmax(axis=-1)
    crossing = np.where(reached.all(axis=-1), 0, months + 1 - from_the_end)
    return _crossed_at(flows, totals, np.minimum(crossing, months), reached[..., -1])


def lasting_crossings(flows: Floats) -> Floats:
    """The first crossings, infinite also where it is cheaper only at first, and dearer in the end.

    >>> lasting_crossings(np.array([[-6.0, 4.0, 4.0], [3.0, -2.0, -2.0]])).tolist()
    [1.5, inf]
    """
    first = first_crossings(flows)
    return np.where((first == 0) & np.isinf(last_crossings(flows)), np.inf, first)


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
    if saved <= TOLERANCE * max(abs(reference_cost_per_request), abs(cost_per_request)):
        return None
    volume = (upfront / months + fixed_monthly - reference_fixed_monthly - quality_value) / saved
    return volume if math.isfinite(volume) else None


def _reached(flows: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """The running totals, and after which months they are at zero or above, rounding aside."""
    totals = np.cumsum(flows, axis=-1)
    rounding = TOLERANCE * np.abs(flows).max(axis=-1, keepdims=True)
    return totals, totals >= -rounding


def _crossed_at(flows: Floats, totals: Floats, crossing: NDArray[np.intp], crosses: NDArray[np.bool_]) -> Floats:
    """When within its month the total reached zero: the flow of a month is taken as even."""
    before = np.take_along_axis(totals, np.maximum(crossing - 1, 0)[..., None], axis=-1)[..., 0]
    flow = np.take_along_axis(flows, crossing[..., None], axis=-1)[..., 0]
    late = crosses & (crossing > 0)
    part = np.divide(-before, flow, out=np.zeros_like(before), where=late)
    return np.where(late, crossing - 1 + part, np.where(crosses, 0.0, np.inf))


def _or_none(months: Floats) -> float | None:
    return float(months) if np.isfinite(months) else None
