"""Whether a way to tune can still be bought for as long as the plan looks ahead (docs/economics.md, 1.7)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assessments.framework.market import Offer

from .plan_months import month_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """Whether an offer lasts for the whole plan, and the code of why."""

    state: Literal["lasts", "ends", "gone"]
    code: Literal["own_weights", "stopped", "not_sold", "no_end_announced", "end_announced"]
    last_month: int | None = None
    """The month of the plan in which the tuned model stops, from 1; None where it outlasts the plan."""


def purchasable(offer: Offer, today: date, horizon_months: int) -> Availability:
    """Whether this can be bought today, and whether it lasts until the end of the plan.

    `horizon_months` counts from today. Raises nothing: an offer without dates lasts as far as is known.

    >>> from assessments.framework import load_framework
    >>> offers = load_framework().market.offer
    >>> purchasable(offers["openai_gpt_4_1"], date(2026, 11, 20), 36)
    Availability(state='ends', code='end_announced', last_month=2)
    >>> purchasable(offers["fireworks_lora_16b"], date(2026, 11, 20), 36)
    Availability(state='lasts', code='no_end_announced', last_month=None)
    """
    if offer.own_weights:
        return Availability(state="lasts", code="own_weights")
    if offer.ends_on and offer.ends_on < today:
        return Availability(state="gone", code="stopped")
    if not offer.sold or (offer.last_training and offer.last_training < today):
        return Availability(state="gone", code="not_sold")
    ends = [day for day in (offer.last_training, offer.ends_on) if day]
    if not ends:
        return Availability(state="lasts", code="no_end_announced")
    end = _end(today, horizon_months)
    return Availability(
        state="ends" if min(ends) < end else "lasts",
        code="end_announced",
        last_month=month_of(offer.ends_on, starts=today) if offer.ends_on and offer.ends_on < end else None,
    )


def _end(today: date, months: int) -> date:
    """The last day of a plan of so many months that starts today."""
    year, month = divmod(today.month - 1 + months, 12)
    year, month = today.year + year, month + 1
    return date(year, month, min(today.day, monthrange(year, month)[1])) - timedelta(days=1)
