"""Whether a way to tune can still be bought for as long as the plan looks ahead (docs/economics.md, 1.7)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assessments.framework.tuning_prices import TuningOffer


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """Whether an offer lasts for the whole plan: `state` is for marks, `sentence` for people."""

    state: Literal["lasts", "ends", "gone"]
    sentence: str


def purchasable(offer: TuningOffer, today: date, horizon_months: int) -> Availability:
    """Whether this can be bought today, and whether it lasts until the end of the plan.

    `horizon_months` counts from today. Raises nothing: an offer without dates lasts as far as is known.

    >>> from assessments.framework import load_framework
    >>> offers = load_framework().tuning_prices.offer
    >>> purchasable(offers["openai_gpt_4_1"], date(2026, 11, 20), 36).sentence
    'New training stops after 6 January 2027 and the tuned model stops after 14 January 2027, month 2 of your 36. \
Organisations that have not tuned there before can no longer start.'
    >>> purchasable(offers["fireworks_lora_16b"], date(2026, 11, 20), 36)
    Availability(state='lasts', sentence='On sale, with no end announced as of 7 October 2026.')
    """
    if offer.own_weights:
        return Availability(state="lasts", sentence="You keep the weights, so nobody can take the model away.")
    if offer.last_use and offer.last_use < today:
        return Availability(state="gone", sentence=f"Closed: the tuned model stopped in {_month(offer.last_use)}.")
    if offer.status == "closed" or (offer.last_training and offer.last_training < today):
        since = f" since {_month(offer.last_training)}" if offer.last_training else ""
        return Availability(state="gone", sentence=f"Closed: new training is no longer sold{since}.")
    if not offer.last_training and not offer.last_use:
        words = f"On sale, with no end announced as of {_day(offer.as_of)}."
        return Availability(state="lasts", sentence=words)
    sentences = [_end_words(offer, today, horizon_months)]
    if not offer.new_customers:
        sentences.append("Organisations that have not tuned there before can no longer start.")
    ends = min(day for day in (offer.last_training, offer.last_use) if day) < _end(today, horizon_months)
    return Availability(state="ends" if ends else "lasts", sentence=" ".join(sentences))


def _end_words(offer: TuningOffer, today: date, horizon_months: int) -> str:
    parts = []
    if offer.last_training:
        parts.append(f"new training stops after {_day(offer.last_training)}")
    if offer.last_use:
        words = f"the tuned model stops after {_day(offer.last_use)}"
        if offer.last_use < _end(today, horizon_months):
            words += f", month {_month_number(today, offer.last_use)} of your {horizon_months}"
        parts.append(words)
    text = " and ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _end(today: date, months: int) -> date:
    """The last day of a plan of so many months that starts today."""
    year, month = divmod(today.month - 1 + months, 12)
    year, month = today.year + year, month + 1
    return date(year, month, min(today.day, monthrange(year, month)[1])) - timedelta(days=1)


def _month_number(today: date, day: date) -> int:
    """In which month of the plan a day that has not passed falls, from 1.

    >>> _month_number(date(2026, 11, 20), date(2026, 12, 19)), _month_number(date(2026, 11, 20), date(2026, 12, 20))
    (1, 2)
    """
    whole = (day.year - today.year) * 12 + day.month - today.month
    return whole + (day.day >= today.day)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _month(day: date) -> str:
    return f"{day:%B %Y}"
