"""Every row of the market fits together: keys once, prices that the form takes, dates in their order."""

from collections.abc import Iterator, Mapping

from ..field import Field
from ..market import BaseModel, Market, Offer
from .bounds import bounds_fault
from .kinds import not_one_of, repeated


def market_faults(market: Market, inputs: Mapping[str, Field]) -> Iterator[str]:
    """`inputs` are those of an approach, by key: what an offer may fill in."""
    yield from repeated("offer", (offer.key for offer in market.offers))
    yield from repeated("model", (model.key for model in market.models))
    for row in market.rows:
        if row.as_of > market.as_of:
            yield f"{row.key}.as_of: after the day of the file"
        if not row.address.startswith("https://"):
            yield f"{row.key}.address: must begin with https://"
    for offer in market.offers:
        yield from _offer_faults(offer, market, inputs)
    for model in market.models:
        yield from _model_faults(model)


def _offer_faults(offer: Offer, market: Market, inputs: Mapping[str, Field]) -> Iterator[str]:
    for key, price in offer.prices.items():
        if key not in inputs:
            yield f"{offer.key}.prices: no input {key}"
        elif fault := bounds_fault(inputs[key], price.low, price.likely, price.high):
            yield f"{offer.key}.prices.{key}: {fault}"
    yield from not_one_of(f"{offer.key}.base_model", offer.base_model, ["", *market.model])
    if offer.last_training and offer.ends_on and offer.ends_on < offer.last_training:
        yield f"{offer.key}.ends_on: before last_training"


def _model_faults(model: BaseModel) -> Iterator[str]:
    if not (model.provider and model.model):
        yield f"{model.key}.key: must be a provider and a model, like openai/gpt-5-mini"
    changed = (model.changes_on, model.changed_input_price, model.changed_output_price)
    if None in changed and changed != (None, None, None):
        yield f"{model.key}.changes_on: belongs together with changed_input_price and changed_output_price"
    if (None in (long := (model.long_input_price, model.long_output_price))) == bool(model.long_prompt_above):
        yield f"{model.key}.long_prompt_above: belongs together with long_input_price and long_output_price"
    prices = (model.input_price, model.output_price, model.cache_read_price, model.cache_write_price, *changed[1:])
    if any(price is not None and not 0 <= price <= 10_000 for price in (*prices, *long)):
        yield f"{model.key}: a price is not from 0 to 10,000"
    if model.current and model.ends_on:
        yield f"{model.key}.current: a model that ends is not named as a current one"
