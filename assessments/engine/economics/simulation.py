"""How sure the return is: the same formulas over 10,000 draws of the ranges (docs/economics.md, equation 20)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from assessments.framework.schema import Framework

from ..answers import Estimate
from ..document import Document
from .amounts import TOLERANCE, Amount, Floats
from .break_even import lasting_crossings
from .money import Economics
from .numbers import Choose
from .outcomes import outcomes
from .spreads import spreads, with_spreads

DRAWS = 10_000
_AT_ONCE = 1_000  # so many fit into the caches of a processor: with all at once it takes twice as long
PAYBACK_MONTHS = (6, 12, 24)
_SEED = 20_261_120
_WIDTH = 4  # PERT's weight of the likely value
_PERCENTILES = (10, 50, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A share of the draws, 0 to 1, and how far it may be off by chance."""

    probability: float
    standard_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantiles:
    """The amounts that one draw in ten, half of them and nine in ten stay below."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The running total of the investment after month 0 … T, in dollars."""

    p10: tuple[float, ...]
    p50: tuple[float, ...]
    p90: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaybackChances:
    """How likely payback is. Without an investment there is nothing to pay back: no chances, no band."""

    draws: int
    """0 where nothing has a range: then every chance is 0 or 1."""
    within: Mapping[int, Chance]
    """By months: payback within so many, if not later than the horizon."""
    never: Chance | None
    """No payback within the horizon."""
    band: Band | None
    pv_costs: Mapping[str, Quantiles]
    """By approach of the detailed form."""


def payback_chances(framework: Framework, document: Document, economics: Economics) -> PaybackChances:
    """P(break-even ≤ 6, 12, 24 months), each with its standard error √(p(1 − p)/n).

    Shared inputs are drawn once for all approaches, and each input has its own stream of random numbers,
    by its name. Where a figure has no range, ours is drawn from; where nothing has one nothing is drawn, and the
    point result stands for all.
    """
    if not spreads(framework, document):
        return _certain(economics)
    document = with_spreads(framework, document)
    distribution = document.costs.get("distribution", "pert")

    @cache
    def stream(approach: str | None, key: str, estimate: Estimate) -> Floats:
        values = drawn(f"{approach}.{key}" if approach else key, estimate, distribution)
        asked = framework.cost_inputs.approach if approach else framework.cost_inputs.case
        return np.rint(values) if key in asked and asked[key].whole else values

    def these(draws: slice) -> Choose:
        def choose(approach: str | None, key: str, estimate: Estimate) -> Amount:
            return float(estimate.likely) if estimate.is_point else stream(approach, key, estimate)[draws]

        return choose

    parts = [
        outcomes(framework, document, economics, these(slice(start, start + _AT_ONCE)))
        for start in range(0, DRAWS, _AT_ONCE)
    ]
    pv_costs = {
        name: _quantiles(np.concatenate([np.atleast_1d(part.pv_costs[name]) for part in parts]))
        for name in parts[0].pv_costs
    }
    of_parts = [
        np.broadcast_to(part.flows, (_AT_ONCE, economics.horizon_months + 1))
        for part in parts
        if part.flows is not None
    ]
    if not of_parts:
        return PaybackChances(draws=DRAWS, within={}, never=None, band=None, pv_costs=pv_costs)
    flows = np.concatenate(of_parts)
    months = lasting_crossings(flows)
    low, middle, high = np.percentile(np.cumsum(flows, axis=-1), _PERCENTILES, axis=0).tolist()
    return PaybackChances(
        draws=DRAWS,
        within={most: _chance(float((months <= most + TOLERANCE).mean())) for most in PAYBACK_MONTHS},
        never=_chance(float(np.isinf(months).mean())),
        band=Band(p10=tuple(low), p50=tuple(middle), p90=tuple(high)),
        pv_costs=pv_costs,
    )


def drawn(stream: str, estimate: Estimate, distribution: str, *, draws: int = DRAWS) -> Floats:
    """Draws between low and high, of shape (draws, 1), the same ones each time for the same stream.

    PERT: X = a + (b − a)·Beta(1 + 4(m − a)/(b − a), 1 + 4(b − m)/(b − a)).

    >>> wide = Estimate(low=500, likely=1500, high=2500)
    >>> found = drawn("api_savings", wide, "pert")
    >>> found.shape, bool(found.min() >= 500), round(float(found.mean()), -1)
    ((10000, 1), True, 1500.0)
    """
    low, likely, high = float(estimate.low), float(estimate.likely), float(estimate.high)
    random = np.random.default_rng([_SEED, *stream.encode()])
    at = (likely - low) / (high - low)
    if distribution == "triangular":
        shares = random.triangular(0.0, at, 1.0, (draws, 1))
    else:
        shares = random.beta(1 + _WIDTH * at, 1 + _WIDTH * (1 - at), (draws, 1))
    found: Floats = np.clip(low + (high - low) * shares, low, high)
    return found


def _certain(economics: Economics) -> PaybackChances:
    """Where nothing has a range: the point result, for sure."""
    pv_costs = {
        money.approach: Quantiles(p10=money.pv_cost, p50=money.pv_cost, p90=money.pv_cost)
        for money in economics.approaches
    }
    if economics.investment is None:
        return PaybackChances(draws=0, within={}, never=None, band=None, pv_costs=pv_costs)
    flows, total = economics.investment.cash_flow.flows, economics.investment.cash_flow.cumulative
    months = float(lasting_crossings(np.array(flows)))
    return PaybackChances(
        draws=0,
        within={most: _chance(float(months <= most + TOLERANCE)) for most in PAYBACK_MONTHS},
        never=_chance(float(math.isinf(months))),
        band=Band(p10=total, p50=total, p90=total),
        pv_costs=pv_costs,
    )


def _chance(probability: float) -> Chance:
    return Chance(probability=probability, standard_error=math.sqrt(probability * (1 - probability) / DRAWS))


def _quantiles(amounts: Amount) -> Quantiles:
    p10, p50, p90 = np.percentile(amounts, _PERCENTILES).tolist()
    return Quantiles(p10=p10, p50=p50, p90=p90)
