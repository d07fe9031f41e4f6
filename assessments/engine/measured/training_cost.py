"""What one training run on a set of examples costs, at each offer that bills training by the token."""

from dataclasses import dataclass
from datetime import date

from assessments.framework.market import Market, Offer

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCost:
    """US dollars for one run at one offer; the ends are those of the price's range."""

    offer: Offer
    likely: float
    low: float
    high: float


def run_cost(tokens: float, epochs: float, price: float) -> float:
    """US dollars of one run: tokens × passes × price, which is for 1,000,000 tokens (equation 13 for one run).

    The example is a provider's own: 450 examples of 1,000 tokens, 15 passes at $5.

    >>> run_cost(450_000, 15, 5)
    33.75
    """
    return tokens * epochs * price / _MILLION


def run_costs(market: Market, tokens: float, *, epochs: float, today: date) -> tuple[RunCost, ...]:
    """One run at every offer that has a price for training and still trains, the cheapest first.

    Args:
        tokens: of all examples together, as `TrainingFigures.tokens`.
        epochs: how often one run goes through all examples.

    >>> from assessments.framework import load_framework
    >>> costs = run_costs(load_framework().market, 450_000, epochs=3, today=date(2026, 11, 27))
    >>> (costs[0].offer.key, round(costs[0].likely, 2)) if costs else None
    ('tinker_qwen3_8b', 0.59)
    """
    costs = [
        RunCost(
            offer=offer,
            likely=run_cost(tokens, epochs, price.likely),
            low=run_cost(tokens, epochs, price.likely if price.low is None else price.low),
            high=run_cost(tokens, epochs, price.likely if price.high is None else price.high),
        )
        for offer in market.offers
        if (price := offer.prices.get("training_price")) and price.likely > 0 and _trains(offer, today)
    ]
    return tuple(sorted(costs, key=lambda cost: cost.likely))


def _trains(offer: Offer, today: date) -> bool:
    return offer.sold and not (offer.last_training and offer.last_training < today)
