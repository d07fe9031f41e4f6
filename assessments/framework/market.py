"""The shape of the market as dated data: what base models cost, how long they last, and where a tune can be bought."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

FORMAT = 1
"""The format of a file of the market that this version reads."""
Mark = Literal["provider", "copy", "secondary", "unsure"]
"""How sure a row is: the provider's own page, a stored copy of it, a secondary source, or sources that disagree."""
Serving = Literal["token", "dedicated", "own"]
"""How a tuned model is paid for: by the token, by the hour of a machine kept for it, or on one's own GPUs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPrice:
    """One input of the detailed form that an offer fills in, with its range where the price has one."""

    likely: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One provider's way to tune a model, with what it costs. Prices in US dollars."""

    key: str
    provider: str
    model: str
    serving: Serving
    prices: Mapping[str, OfferPrice]
    """Inputs of the detailed form by key: `training_price` per 1,000,000 tokens, `hosting_hourly`, `gpu_hourly`, …"""
    about: str
    """What the price covers, and what it leaves out, in a sentence or two."""
    source: str
    address: str
    as_of: date
    """The day on which the source was read, or the date that it bears itself."""
    mark: Mark
    base_model: str = ""
    """The key of the base model whose price per token the tuned model costs, times `base_factor`."""
    base_factor: float = 1
    newcomers: bool = True
    """Whether an organisation that has not tuned there before can start."""
    sold: bool = True
    """False where tuning has ended and no day is known."""
    regions: str = ""
    last_training: date | None = None
    """The last day on which a training run can be started."""
    ends_on: date | None = None
    """The last day on which the tuned model answers."""
    own_weights: bool = False
    """Whether the tuned model is the team's to keep and to run anywhere."""
    sla: str = ""
    notice: str = ""
    discounts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseModel:
    """A model as its provider sells it. Prices are US dollars for 1,000,000 tokens."""

    key: str
    """Provider and model as the price library names them: `openai/gpt-5-mini`."""
    name: str
    input_price: float
    output_price: float
    source: str
    address: str
    as_of: date
    mark: Mark
    """How sure the dates are."""
    cache_read_price: float | None = None
    cache_write_price: float | None = None
    minimum_cacheable_tokens: int = 0
    """0 where it is not known."""
    long_prompt_above: int = 0
    """Requests with more tokens than this cost the long prices; 0 where there are none."""
    long_input_price: float | None = None
    long_output_price: float | None = None
    reasons_by_default: bool = False
    changes_on: date | None = None
    """The first day of the changed prices."""
    changed_input_price: float | None = None
    changed_output_price: float | None = None
    ends_on: date | None = None
    """The last day on which it answers."""
    replaced_by: str = ""
    current: bool = False
    """Whether it may be named as the cheapest current model."""
    note: str = ""

    @property
    def provider(self) -> str:
        return self.key.partition("/")[0]

    @property
    def model(self) -> str:
        return self.key.partition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredModels:
    """Base models that the price library still lists and that are off, since days that nobody needs any more."""

    provider: str
    models: tuple[str, ...]
    source: str
    as_of: date


@dataclass(frozen=True, kw_only=True)
class Market:
    """What stands in market.toml, or in a newer file of the same format."""

    format: int
    as_of: date
    """The day on which the file was last gone through."""
    offers: tuple[Offer, ...]
    models: tuple[BaseModel, ...]
    retired: tuple[RetiredModels, ...]

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def digest(self) -> str:
        """Tells one state of the market from another."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @property
    def rows(self) -> tuple[Offer | BaseModel, ...]:
        return (*self.offers, *self.models)

    @cached_property
    def offer(self) -> dict[str, Offer]:
        return {offer.key: offer for offer in self.offers}

    @cached_property
    def model(self) -> dict[str, BaseModel]:
        return {model.key: model for model in self.models}

    @cached_property
    def _retired_keys(self) -> frozenset[str]:
        return frozenset(f"{group.provider}/{model}" for group in self.retired for model in group.models)

    def has_ended(self, provider: str, model: str, today: date) -> bool:
        """Whether this base model no longer answers."""
        ends_on = self.end_of(provider, model)
        return f"{provider}/{model}" in self._retired_keys or bool(ends_on and ends_on < today)

    def end_of(self, provider: str, model: str) -> date | None:
        """The last day of a base model, where one is known."""
        row = self.model.get(f"{provider}/{model}")
        return row.ends_on if row else None
