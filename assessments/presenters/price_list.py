"""The price list and the tuning table in words: what can be picked, what it costs, and how old that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.engine.document import Document
from assessments.engine.economics.prices import ModelPrice, PriceNote, Provider, models
from assessments.engine.economics.tuning_offers import purchasable
from assessments.framework import Framework
from assessments.framework.currency import USD, currency_words, sign_of
from assessments.framework.field import Field
from assessments.framework.market import Market, Offer
from assessments.framework.shown_in import in_currency

from .availability import availability_in_words
from .control import Choice
from .cost_form import approach_name, value_words
from .formats import day, number, price
from .market import MARKS, cached_price, end_in_words, offer_prices

MOST_SHOWN = 25
_DOLLARS = sign_of(USD)
"""Price lists are in them, whatever an assessment is in."""
# The ones that most people look for come first in the list of providers.
MAKERS = ("openai", "anthropic", "google", "mistral", "deepseek")
WELL_KNOWN = ("openai", "anthropic", "google", "azure", "aws", "mistral", "deepseek", "x-ai", "together", "fireworks")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelToPick:
    model: str
    name: str
    input: str
    cached: str
    output: str
    context: str
    notes: Sequence[str]
    end: str
    """When it ends inside the plan, or that it has; empty where it does neither."""
    ended: bool
    """Shown, but not to be picked."""
    retired: bool
    """Off for so long that nobody knows the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    key: str
    provider: str
    model: str
    prices: Sequence[str]
    about: str
    source: str
    state: str
    state_words: str
    availability: str
    can_be_taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRow:
    """One price that is another today."""

    approach: str
    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """How prices in dollars come into the costs; empty words where these are in dollars, too."""

    words: str
    can_copy: bool


def present_exchange(document: Document) -> Exchange:
    """At the rate that was entered. Without one nothing can be copied."""
    rate, currency = document.exchange_rate, currency_words(document.currency)
    if document.currency == USD:
        return Exchange(words="", can_copy=True)
    if rate is None:
        words = _("These prices are in US dollars and your costs are in {currency}. Enter the exchange rate first.")
        return Exchange(words=words.format(currency=currency), can_copy=False)
    if on := document.costs.get("exchange_rate_day"):
        words = _("These prices are in US dollars. They are copied at your rate of {rate} for one, of {day}.").format(
            rate=number(rate), day=day(on)
        )
    else:
        words = _(
            "These prices are in US dollars. They are copied at your rate of {rate} for one, which has no date yet."
        ).format(rate=number(rate))
    return Exchange(words=words, can_copy=True)


def present_providers(providers: Sequence[Provider], chosen: str) -> Mapping[str, Sequence[Choice]]:
    """The providers in two groups, for a list with headings."""
    choices = {one.key: Choice(value=one.key, label=one.name, checked=one.key == chosen) for one in providers}
    first = [choices[key] for key in WELL_KNOWN if key in choices]
    return {_("Often used"): first, _("All others"): [choice for choice in choices.values() if choice not in first]}


def models_to_name(framework: Framework, today: date) -> Sequence[Choice]:
    """The models that a team most likely names: those of their makers, but for retired ones."""
    return [
        Choice(value=one.model, label=f"{one.name}, {one.provider_name}")
        for provider in MAKERS
        for one in models(provider, today)
        if not one.retired and not framework.market.has_ended(provider, one.model, today)
    ]


def model_named(text: str, today: date) -> ModelPrice | None:
    """The model of the price list that this text names, the longest name where there are several.

    >>> named = model_named("gpt-5-mini at OpenAI", date(2026, 11, 20))
    >>> named and (named.provider, named.model)
    ('openai', 'gpt-5-mini')
    """
    words = set(text.lower().replace(",", " ").split())
    found = [one for provider in MAKERS for one in models(provider, today) if one.model.lower() in words]
    return max(found, key=lambda one: len(one.model), default=None)


def present_models(shown: Sequence[ModelPrice], market: Market, today: date, horizon: int) -> Sequence[ModelToPick]:
    """With the day on which a model ends, where that is inside the plan; those that have ended come last."""
    rows = [
        ModelToPick(
            model=one.model,
            name=one.name,
            input=price(one.input, _DOLLARS),
            cached=cached_price(one.cache_read),
            output=price(one.output, _DOLLARS),
            context=_("{n} tokens").format(n=number(one.context_window)) if one.context_window else _("not listed"),
            notes=[_note(note) for note in one.notes],
            end=f"{end} {MARKS[row.mark]}." if row and (end := end_in_words(row, today, horizon)) else "",
            ended=bool(row and row.ends_on and row.ends_on < today),
            retired=one.retired or (row is None and market.has_ended(one.provider, one.model, today)),
        )
        for one in shown
        for row in (market.model.get(f"{one.provider}/{one.model}"),)
    ]
    return sorted(rows, key=lambda row: row.ended)


def _note(note: PriceNote) -> str:
    """What the plain price of a model does not say."""
    if note.code == "maker":
        return _("{maker}'s own price.").format(maker=note.maker)
    if note.code == "long_requests":
        return _("Requests above {tokens} tokens cost {price} for input.").format(
            tokens=number(note.above_tokens), price=price(note.price, _DOLLARS)
        )
    if note.code == "changes" and note.on:
        return _("From {day} input costs {price}.").format(day=day(note.on), price=price(note.price, _DOLLARS))
    return _("At some hours of the day the price is another.")


def matching(listed: Sequence[ModelPrice], words: str) -> Sequence[ModelPrice]:
    """The models whose name or key has all of these words."""
    wanted = words.lower().split()
    return [one for one in listed if all(word in f"{one.name} {one.model}".lower() for word in wanted)]


_STATES = ("lasts", "ends", "gone")


def present_offers(framework: Framework, today: date, horizon_months: int) -> Sequence[OfferRow]:
    """Every way to tune: those that last first, closed ones at the end."""
    rows = [_offer_row(framework, offer, today, horizon_months) for offer in framework.market.offers]
    return sorted(rows, key=lambda row: _STATES.index(row.state))


def _state_words(state: str) -> str:
    return {
        "lasts": pgettext("offer", "Open"),
        "ends": pgettext("offer", "Closing"),
        "gone": pgettext("offer", "Closed"),
    }[state]


def _offer_row(framework: Framework, offer: Offer, today: date, horizon_months: int) -> OfferRow:
    available = purchasable(offer, today, horizon_months)
    return OfferRow(
        key=offer.key,
        provider=offer.provider,
        model=offer.model,
        prices=offer_prices(in_currency(framework, USD), offer),
        about=offer.about,
        source=f"{offer.source}, {day(offer.as_of)}. {MARKS[offer.mark]}.",
        state=available.state,
        state_words=_state_words(available.state),
        availability=availability_in_words(offer, available, horizon_months),
        can_be_taken=available.state != "gone",
    )


def _or_none(cost: Field, value: Any) -> str:
    return pgettext("price", "none known") if value is None else value_words(cost, value)


def present_moves(framework: Framework, moves: Sequence[tuple[str, str, Any, Any]]) -> Sequence[MoveRow]:
    """Prices that have moved: approach, input, old and new value."""
    inputs = framework.cost_inputs.approach
    return [
        MoveRow(
            approach=approach_name(framework, approach),
            name=inputs[key].label,
            old=_or_none(inputs[key], old),
            new=_or_none(inputs[key], new),
        )
        for approach, key, old, new in moves
    ]
