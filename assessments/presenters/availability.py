"""Whether a way to tune can still be bought, in a sentence."""

from datetime import date

from assessments.engine.economics.tuning_offers import Availability
from assessments.framework.market import Offer

from .formats import day, month_of
from .words import starting


def availability_in_words(offer: Offer, found: Availability, horizon_months: int) -> str:
    """What is known of its end, with the dates.

    >>> from assessments.engine.economics.tuning_offers import purchasable
    >>> from assessments.framework import load_framework
    >>> offer = load_framework().market.offer["openai_gpt_4_1"]
    >>> availability_in_words(offer, purchasable(offer, date(2026, 11, 20), 36), 36)
    'New training stops after 6 January 2027 and the tuned model stops after 14 January 2027, month 2 of your 36. \
Organisations that have not tuned there before can no longer start.'
    """
    if found.code == "own_weights":
        return "You keep the weights, so nobody can take the model away."
    if found.code == "stopped" and offer.ends_on:
        return f"Closed: the tuned model stopped on {day(offer.ends_on)}."
    if found.code == "not_sold":
        since = f" since {_month(offer.last_training)}" if offer.last_training else ""
        return f"Closed: new training is no longer sold{since}."
    if found.code == "no_end_announced":
        return f"On sale, with no end announced as of {day(offer.as_of)}."
    newcomers = "" if offer.newcomers else " Organisations that have not tuned there before can no longer start."
    return f"{_end(offer, found, horizon_months)}.{newcomers}"


def _end(offer: Offer, found: Availability, horizon_months: int) -> str:
    parts = []
    if offer.last_training:
        parts.append(f"new training stops after {day(offer.last_training)}")
    if offer.ends_on:
        month = f", month {found.last_month} of your {horizon_months}" if found.last_month else ""
        parts.append(f"the tuned model stops after {day(offer.ends_on)}{month}")
    return starting(" and ".join(parts))


def _month(value: date) -> str:
    return month_of(value)
