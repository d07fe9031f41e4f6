"""Whether a way to tune can still be bought, in a sentence."""

from django.utils.translation import gettext as _

from assessments.engine.economics.tuning_offers import Availability
from assessments.framework.market import Offer

from .formats import day, listed, month_of
from .words import starting


def availability_in_words(offer: Offer, found: Availability, horizon_months: int) -> str:
    """What is known of its end, with the dates.

    >>> from datetime import date
    >>> from assessments.engine.economics.tuning_offers import purchasable
    >>> from assessments.framework import load_framework
    >>> offer = load_framework().market.offer["openai_gpt_4_1"]
    >>> availability_in_words(offer, purchasable(offer, date(2026, 11, 20), 36), 36)
    'New training stops after 6 January 2027 and the tuned model stops after 14 January 2027, month 2 of your 36. \
Organisations that have not tuned there before can no longer start.'
    """
    if found.code == "own_weights":
        return _("You keep the weights, so nobody can take the model away.")
    if found.code == "stopped" and offer.ends_on:
        return _("Closed: the tuned model stopped on {day}.").format(day=day(offer.ends_on))
    if found.code == "not_sold":
        if offer.last_training:
            return _("Closed: new training is no longer sold since {month}.").format(
                month=month_of(offer.last_training)
            )
        return _("Closed: new training is no longer sold.")
    if found.code == "no_end_announced":
        return _("On sale, with no end announced as of {day}.").format(day=day(offer.as_of))
    ends = f"{_end(offer, found, horizon_months)}."
    if offer.newcomers:
        return ends
    newcomers = _("Organisations that have not tuned there before can no longer start.")
    return f"{ends} {newcomers}"


def _end(offer: Offer, found: Availability, horizon_months: int) -> str:
    parts = []
    if offer.last_training:
        parts.append(_("new training stops after {day}").format(day=day(offer.last_training)))
    if offer.ends_on:
        ends = _("the tuned model stops after {day}").format(day=day(offer.ends_on))
        if found.last_month:
            ends = _("{ends}, month {month} of your {horizon}").format(
                ends=ends, month=found.last_month, horizon=horizon_months
            )
        parts.append(ends)
    return starting(listed(parts))
