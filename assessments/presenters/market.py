"""The market in words: what is sold, until when, how sure that is, and how old what we know is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from assessments.engine.economics.plan_months import month_of
from assessments.engine.economics.prices import provider_name
from assessments.engine.economics.tuning_offers import purchasable
from assessments.framework import Framework
from assessments.framework.currency import USD, sign_of
from assessments.framework.market import BaseModel, Market, Offer
from assessments.framework.shown_in import in_currency
from assessments.speaking import SpokenWords

from .availability import availability_in_words
from .cost_form import value_words
from .formats import counted, day, number, price
from .words import starting

OLD_AFTER = 60
"""Days after which a row wants another look [ours]: most providers change something within two months."""
HORIZON = 36
"""Months that the page looks ahead, as a plan does where nobody says otherwise."""
MARKS = SpokenWords(
    provider=gettext_noop("Read on the provider's own page"),
    copy=gettext_noop("Read in a copy of the provider's page"),
    secondary=gettext_noop("From a secondary source"),
    unsure=gettext_noop("Not sure: sources disagree or are old"),
)
SERVINGS = SpokenWords(
    token=gettext_noop("By the token"),
    dedicated=gettext_noop("A machine of its own, by the hour"),
    own=gettext_noop("Your own GPUs"),
)
_DOLLARS = sign_of(USD)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """Where a row comes from, how sure it is and how old."""

    words: str
    address: str
    mark: str
    age: str
    is_old: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLine:
    """One offer as the page of the market shows it."""

    provider: str
    model: str
    state: str
    state_words: str
    glance: str
    """Its price and who can start, in short."""
    availability: str
    facts: Sequence[tuple[str, str]]
    about: str
    source: SourceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseModelLine:
    """One base model as the page of the market shows it."""

    name: str
    provider: str
    key: str
    is_current: bool
    input: str
    output: str
    cached: str
    end: str
    has_ended: bool
    more: Sequence[str]
    source: SourceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketChoice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketFilter:
    """One thing to narrow the table by."""

    name: str
    label: str
    choices: Sequence[MarketChoice]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketView:
    """The page of the market: what it is narrowed to, and what is left."""

    as_of: str
    age: str
    filters: Sequence[MarketFilter]
    chosen: Mapping[str, str]
    offers: Sequence[OfferLine]
    closed: Sequence[OfferLine]
    models: Mapping[str, Sequence[BaseModelLine]]
    """By provider."""
    opened: bool
    """Whether something is looked for, so that nothing is folded away."""
    how_many: str


def rows_still_sold(market: Market, today: date) -> Sequence[tuple[str, date, date | None]]:
    """Of every row its name, the day of its source, and the day on which it ends."""
    offers = [one for one in market.offers if purchasable(one, today, HORIZON).state != "gone"]
    models = [one for one in market.models if not (one.ends_on and one.ends_on < today)]
    named = [(f"{one.provider}, {one.model}", one.as_of, one.ends_on) for one in offers]
    return [*named, *((one.key, one.as_of, one.ends_on) for one in models)]


def present_market(framework: Framework, wanted: Mapping[str, str], today: date) -> MarketView:
    """The offers and base models that fit: `newcomer`, `serving`, `provider` and `sold`.

    A value that no filter offers is taken as no wish. What lasts comes first, what is gone last.
    """
    market = framework.market
    offered: Mapping[str, Mapping[str, str]] = {
        "newcomer": {"yes": _("Yes"), "no": _("No")},
        "serving": dict(SERVINGS),
        "provider": {name: name for name in sorted(_providers(market), key=str.lower)},
        "sold": {"yes": _("Still sold"), "no": pgettext("offer", "Closed")},
    }
    chosen = {name: value for name, value in wanted.items() if value in offered.get(name, {})}
    offers = [one for one in market.offers if _fits(chosen, _offer_tags(one, today))]
    models = [one for one in market.models if _fits(chosen, _model_tags(one, today))]
    inputs = in_currency(framework, USD)
    lines = [_offer_line(inputs, one, today) for one in offers]
    by_provider: dict[str, list[BaseModelLine]] = {}
    for line in sorted((_model_line(one, today) for one in models), key=lambda line: line.has_ended):
        by_provider.setdefault(line.provider, []).append(line)
    return MarketView(
        as_of=day(market.as_of),
        age=age_words(market.as_of, today) if market.as_of < today else "",
        filters=[
            MarketFilter(
                name=name,
                label=label,
                choices=[
                    MarketChoice(value=key, label=words, chosen=chosen.get(name) == key)
                    for key, words in offered[name].items()
                ],
            )
            for name, label in _filters().items()
        ],
        chosen=chosen,
        offers=sorted((line for line in lines if line.state != "gone"), key=lambda line: line.state == "ends"),
        closed=[line for line in lines if line.state == "gone"],
        models=by_provider,
        opened=bool(chosen.keys() & {"provider", "sold"}),
        how_many=_("{offers} and {models}").format(
            offers=ngettext("{n} offer", "{n} offers", len(offers)).format(n=number(len(offers))),
            models=ngettext("{n} base model", "{n} base models", len(models)).format(n=number(len(models))),
        ),
    )


def _filters() -> Mapping[str, str]:
    return {
        "newcomer": _("Open to a newcomer"),
        "serving": _("Serving of the tuned model"),
        "provider": _("Provider"),
        "sold": _("Still sold"),
    }


def _providers(market: Market) -> set[str]:
    return {one.provider for one in market.offers} | {provider_name(one.provider) for one in market.models}


def _fits(chosen: Mapping[str, str], tags: Mapping[str, str]) -> bool:
    return all(tags.get(name) == value for name, value in chosen.items())


def _offer_tags(offer: Offer, today: date) -> dict[str, str]:
    gone = purchasable(offer, today, HORIZON).state == "gone"
    return {
        "newcomer": "yes" if offer.newcomers and not gone else "no",
        "serving": offer.serving,
        "provider": offer.provider,
        "sold": "no" if gone else "yes",
    }


def _model_tags(model: BaseModel, today: date) -> dict[str, str]:
    """A base model is served by the token, to everybody."""
    gone = bool(model.ends_on and model.ends_on < today)
    return {
        "newcomer": "no" if gone else "yes",
        "serving": "token",
        "provider": provider_name(model.provider),
        "sold": "no" if gone else "yes",
    }


def _offer_line(framework: Framework, offer: Offer, today: date) -> OfferLine:
    found = purchasable(offer, today, HORIZON)
    facts = [(_("Serving"), SERVINGS[offer.serving])]
    facts += [(_("Price"), words) for words in offer_prices(framework, offer)]
    if found.state != "gone":
        facts += [(_("Newcomers"), _("Yes") if offer.newcomers else _("No, existing customers only"))]
        kept = _("Yours to keep") if offer.own_weights else _("Stay with the provider, as far as we know")
        facts += [(pgettext("model", "Weights"), kept)]
    facts += [(name, said) for name, said in _terms(offer) if said]
    return OfferLine(
        provider=offer.provider,
        model=offer.model,
        state=found.state,
        state_words=_state_words(offer, found.state),
        glance=". ".join(
            [*([] if offer.newcomers else [_("Existing customers only")]), *_first_price(framework, offer)]
        ),
        availability=availability_in_words(offer, found, HORIZON),
        facts=facts,
        about=offer.about,
        source=source_line(offer, today),
    )


def _state_words(offer: Offer, state: str) -> str:
    end = offer.ends_on or offer.last_training
    if state == "ends" and end:
        return _("Ends {day}").format(day=day(end))
    return {
        "lasts": _("On sale"),
        "ends": pgettext("offer", "Ends"),
        "gone": pgettext("offer", "Closed"),
    }[state]


def _first_price(framework: Framework, offer: Offer) -> Sequence[str]:
    return offer_prices(framework, offer)[:1] or [_("No price found")]


def _terms(offer: Offer) -> Sequence[tuple[str, str]]:
    return [
        (_("Discounts"), offer.discounts),
        (_("Regions"), offer.regions),
        (_("Service level"), offer.sla),
        (pgettext("offer", "Notice"), offer.notice),
    ]


def offer_prices(framework: Framework, offer: Offer) -> Sequence[str]:
    """What an offer costs, a line a price; in US dollars, where the framework is shown in them."""
    inputs, found = framework.cost_inputs.approach, []
    for key, one in offer.prices.items():
        ranged = {"low": one.low, "likely": one.likely, "high": one.high}
        if one.likely:
            words = value_words(inputs[key], one.likely if one.low is None else ranged)
            found.append(f"{inputs[key].label}: {words}")
    if offer.base_model:
        words = _("Use: the price of {model}") if offer.base_factor == 1 else _("Use: {n} times the price of {model}")
        base = framework.market.model[offer.base_model].name
        found.append(words.format(n=number(offer.base_factor), model=base))
    return found


def _model_line(model: BaseModel, today: date) -> BaseModelLine:
    return BaseModelLine(
        name=model.name,
        provider=provider_name(model.provider),
        key=model.model,
        is_current=model.current,
        input=price(model.input_price, _DOLLARS),
        output=price(model.output_price, _DOLLARS),
        cached=cached_price(model.cache_read_price),
        end=end_in_words(model, today),
        has_ended=bool(model.ends_on and model.ends_on < today),
        more=list(_more(model, today)),
        source=source_line(model, today),
    )


def cached_price(amount: float | None) -> str:
    return pgettext("price", "none listed") if amount is None else price(amount, _DOLLARS)


def _more(model: BaseModel, today: date) -> Sequence[str]:
    """What its plain prices do not say."""
    found = []
    if model.changes_on and model.changes_on > today:
        prices = [price(one or 0, _DOLLARS) for one in (model.changed_input_price, model.changed_output_price)]
        found.append(
            _("From {day}: {input} in, {output} out").format(
                day=day(model.changes_on), input=prices[0], output=prices[1]
            )
        )
    if model.long_prompt_above:
        prices = [price(one or 0, _DOLLARS) for one in (model.long_input_price, model.long_output_price)]
        found.append(
            _("Requests above {tokens} tokens: {input} in, {output} out").format(
                tokens=number(model.long_prompt_above), input=prices[0], output=prices[1]
            )
        )
    if model.cache_write_price is not None and model.cache_write_price > model.input_price:
        into = price(model.cache_write_price, _DOLLARS)
        found.append(_("Putting text into the cache: {price}").format(price=into))
    if model.minimum_cacheable_tokens:
        found.append(_("Caches from {tokens} tokens on").format(tokens=number(model.minimum_cacheable_tokens)))
    reasons = _("Reasons by default, which is billed as output")
    if model.reasons_by_default and not any(words in model.note for words in ("easons by default", reasons)):
        found.append(reasons)
    return [*found, *([model.note.removesuffix(".")] if model.note else [])]


def end_in_words(model: BaseModel, today: date, horizon: int = HORIZON) -> str:
    """When a base model ends, inside so many months, and what replaces it; empty where it does not.

    >>> from assessments.framework import load_framework
    >>> end_in_words(load_framework().market.model["openai/gpt-5"], date(2026, 11, 27))
    'Ends on 11 December 2026, in month 1 of 36. Its provider names GPT-5.6 Sol in its place.'
    """
    if model.ends_on is None:
        return ""
    month = month_of(model.ends_on, starts=today)
    if model.ends_on < today:
        words = _("Ended on {day}.")
    elif month <= horizon:
        words = _("Ends on {day}, in month {month} of {months}.")
    else:
        words = _("Ends on {day}.")
    said = words.format(day=day(model.ends_on), month=month, months=horizon)
    if not model.replaced_by:
        return said
    instead = _("Its provider names {model} in its place.").format(model=model.replaced_by)
    return f"{said} {instead}"


def source_line(row: Offer | BaseModel, today: date) -> SourceLine:
    return SourceLine(
        words=row.source,
        address=row.address,
        mark=MARKS[row.mark],
        age=starting(f"{day(row.as_of)}, {age_words(row.as_of, today)}"),
        is_old=(today - row.as_of).days > OLD_AFTER,
    )


def age_words(as_of: date, today: date) -> str:
    """
    >>> age_words(date(2026, 11, 27), date(2026, 11, 27)), age_words(date(2026, 11, 26), date(2026, 11, 27))
    ('from today', '1 day old')
    """
    days = (today - as_of).days
    return _("from today") if days <= 0 else counted(days, "{n} day old", "{n} days old")
