"""Prices of base models, read from genai-prices. No other module imports that library.

What is read are the price fields, for one million tokens. The library's own price of "a million tokens" is
another thing: it prices one request of that size, and long requests cost more by tiers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from genai_prices import types

AS_OF = date(2026, 11, 10)
"""The day on which the locked version of the library came out; a test holds the two together."""
VERSION = "0.2.3"

# Models whose input or output is not text, by what their names have in common.
_NOT_TEXT = re.compile(
    r"embed|tts|image|audio|realtime|transcri|whisper|moderation|\bocr|banana|\blive|robotics|omni|voxtral|rerank"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceNote:
    """What a plain price does not say. Prices are US dollars for 1,000,000 tokens of input."""

    code: Literal["maker", "long_requests", "changes", "hours"]
    maker: str = ""
    above_tokens: int = 0
    price: float = 0
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPrice:
    """What one model costs. All prices are US dollars for 1,000,000 tokens."""

    provider: str
    provider_name: str
    model: str
    name: str
    input: float
    output: float
    cache_read: float | None
    cache_write: float | None
    context_window: int | None
    as_of: date
    retired: bool
    notes: tuple[PriceNote, ...]
    """What the plain prices do not say: dearer long requests, a change to come, other hours of the day."""

    def inputs(self) -> dict[str, float]:
        """The inputs of the detailed form that these prices fill in.

        >>> model_price("openai", "gpt-5-mini", date(2026, 11, 20)).inputs()
        {'input_price': 0.25, 'output_price': 2.0, 'cache_read_ratio': 0.1, 'cache_write_ratio': 1.0}
        """
        found = {"input_price": self.input, "output_price": self.output}
        if self.input:
            read = self.input if self.cache_read is None else self.cache_read
            write = self.input if self.cache_write is None else self.cache_write
            found["cache_read_ratio"] = round(read / self.input, 6)
            found["cache_write_ratio"] = round(write / self.input, 6)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    key: str
    name: str
    price_page: str


@cache
def providers() -> tuple[Provider, ...]:
    """Everybody who sells a text model by the token, by name."""
    found = [
        Provider(key=one.id, name=one.name, price_page=(one.pricing_urls or [""])[0])
        for one in _library().values()
        if models(one.id, AS_OF)
    ]
    return tuple(sorted(found, key=lambda provider: provider.name.lower()))


def provider_name(key: str) -> str:
    """What a provider is called; its key where nobody knows.

    >>> provider_name("openai"), provider_name("nobody")
    ('OpenAI', 'nobody')
    """
    found = _library().get(key)
    return found.name if found else key


def models(provider: str, on: date) -> tuple[ModelPrice, ...]:
    """The provider's text models at their prices of that day, by name. None for a provider that is not known.

    Some providers sell models of others at the makers' prices; these come after their own.
    """
    return _models(provider, on) if provider in _library() else ()


@lru_cache(maxsize=256)
def _models(provider: str, on: date) -> tuple[ModelPrice, ...]:
    seller = _library()[provider]
    own = [found for model in seller.models if (found := _read(seller, model, on))]
    names = {price.model for price in own}
    makers = [_library()[key] for key in seller.fallback_model_providers or () if key in _library()]
    others = [
        found
        for maker in makers
        for model in maker.models
        if model.id not in names and (found := _read(seller, model, on, maker=maker))
    ]
    return (*sorted(own, key=_by_name), *sorted(others, key=_by_name))


def model_price(provider: str, model: str, on: date) -> ModelPrice | None:
    """The price of exactly this model on that day, or None where the list does not have it.

    Names are matched whole: the library itself takes whatever begins alike.

    >>> model_price("openai", "gpt-5-minj", date(2026, 11, 20)) is None
    True
    """
    return next((price for price in models(provider, on) if price.model == model), None)


def long_prices(provider: str, model: str, on: date) -> tuple[int, float, float] | None:
    """Above how many tokens a request costs more, and what input and output cost then; None where it never does.

    >>> long_prices("openai", "gpt-6-luna", date(2026, 11, 27))
    (272000, 0.2, 0.75)
    """
    prices = _prices_of(provider, model, on)
    tiers = getattr(prices and prices.input_mtok, "tiers", None)
    if not prices or not tiers:
        return None
    out = getattr(prices.output_mtok, "tiers", None)
    return tiers[0].start, float(tiers[0].price), float(out[0].price) if out else float(prices.output_mtok)


def price_change(provider: str, model: str, on: date) -> tuple[date, float, float] | None:
    """The next day after that one on which the price becomes another, and what input and output cost then.

    >>> price_change("google", "gemini-3.8-flash", date(2026, 11, 27))
    (datetime.date(2027, 1, 1), 1.5, 7.5)
    """
    found = _model_of(provider, model)
    conditional = found.prices if found and isinstance(found.prices, list) else []
    later = [
        (start, read, output)
        for one in conditional
        if (start := getattr(one.constraint, "start_date", None)) and start > on
        if (read := _amount(one.prices.input_mtok)) is not None
        if (output := _amount(one.prices.output_mtok)) is not None
    ]
    return min(later, default=None)


def _prices_of(provider: str, model: str, on: date) -> Any:
    found = _model_of(provider, model)
    return _standard(found, on) if found else None


def _model_of(provider: str, model: str) -> "types.ModelInfo | None":
    """As a seller lists it itself, else as one whose models it sells on."""
    seller = _library().get(provider)
    if seller is None:
        return None
    sellers = (seller, *(_library()[key] for key in seller.fallback_model_providers or () if key in _library()))
    return next((one for each in sellers for one in each.models if one.id == model), None)


@cache
def _library() -> "dict[str, types.Provider]":
    from genai_prices.data import providers as found

    return {one.id: one for one in found}


def _by_name(price: ModelPrice) -> str:
    return price.name.lower()


def _read(
    seller: "types.Provider", model: "types.ModelInfo", on: date, *, maker: "types.Provider | None" = None
) -> ModelPrice | None:
    """The price fields of a model, or None where it has no price for text in and out."""
    prices = _standard(model, on)
    read, output = _amount(prices.input_mtok), _amount(prices.output_mtok)
    name = model.name or model.id
    if read is None or output is None or _NOT_TEXT.search(f"{model.id} {name}".lower()):
        return None
    return ModelPrice(
        provider=seller.id,
        provider_name=seller.name,
        model=model.id,
        name=name,
        input=read,
        output=output,
        cache_read=_amount(prices.cache_read_mtok),
        cache_write=_amount(prices.cache_write_mtok),
        context_window=model.context_window,
        as_of=AS_OF,
        retired=bool(model.deprecated),
        notes=(*((PriceNote(code="maker", maker=maker.name),) if maker else ()), *_notes(model, prices, on)),
    )


def _standard(model: "types.ModelInfo", on: date) -> Any:
    """The prices that hold all day on that date. Cheaper or dearer hours are told in a note."""
    if not isinstance(model.prices, list):
        return model.prices
    standard = model.prices[0].prices
    for conditional in model.prices:
        start = getattr(conditional.constraint, "start_date", None)
        if start and start <= on:
            standard = conditional.prices
    return standard


def _amount(price: Any) -> float | None:
    """A price field as a number: of a price with tiers, that of short requests."""
    if price is None:
        return None
    return float(getattr(price, "base", price))


def _notes(model: "types.ModelInfo", prices: Any, on: date) -> Iterator[PriceNote]:
    if tiers := getattr(prices.input_mtok, "tiers", None):
        yield PriceNote(code="long_requests", above_tokens=tiers[0].start, price=float(tiers[0].price))
    conditional = model.prices if isinstance(model.prices, list) else []
    for later in conditional:
        start = getattr(later.constraint, "start_date", None)
        if start and start > on and (becomes := _amount(later.prices.input_mtok)) is not None:
            yield PriceNote(code="changes", on=start, price=becomes)
    if any(hasattr(one.constraint, "start_time") for one in conditional):
        yield PriceNote(code="hours")
