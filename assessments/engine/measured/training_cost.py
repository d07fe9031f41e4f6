"""What one training run on a set of examples costs, over the offers that bill training by the token."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assessments.framework.market import Market, OfferPrice

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCost:
    """US dollars for one run."""

    lowest: float
    highest: float
    offers: int
    """How many offers were looked at."""


def run_cost(tokens: float, epochs: float, price: float) -> float:
    """US dollars of one run: tokens × passes × price, which is for 1,000,000 tokens (equation 13, for one run alone).

    The example is a provider's own: 450 examples of 1,000 tokens, 15 passes at $5.

    >>> run_cost(450_000, 15, 5)
    33.75
    """
    return tokens * epochs * price / _MILLION


def run_cost_on_market(market: Market, tokens: float, *, epochs: float, today: date) -> RunCost | None:
    """One run at the cheapest and at the dearest offer on which anybody can train now; None where there is none.

    Args:
        tokens: of all examples together, as `TrainingFigures.tokens`.
        epochs: how often one run goes through all examples.

    >>> from assessments.framework import load_framework
    >>> cost = run_cost_on_market(load_framework().market, 1_000_000, epochs=1, today=date(2026, 11, 27))
    >>> cost is not None and 0 <= cost.lowest < cost.highest
    True
    """
    prices = list(_prices(market, today))
    if not prices:
        return None
    return RunCost(
        lowest=min(run_cost(tokens, epochs, price.likely if price.low is None else price.low) for price in prices),
        highest=max(run_cost(tokens, epochs, price.likely if price.high is None else price.high) for price in prices),
        offers=len(prices),
    )


def _prices(market: Market, today: date) -> Iterator[OfferPrice]:
    """Of training; 0 means that it is not billed by the token."""
    for offer in market.offers:
        price = offer.prices.get("training_price")
        is_open = offer.sold and offer.newcomers and not (offer.last_training and offer.last_training < today)
        if price and price.likely > 0 and is_open:
            yield price
