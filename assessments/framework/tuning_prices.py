"""The shape of the table of tuning prices: what training and serving a tuned model cost, and until when it is sold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

OfferStatus = Literal["open", "closing", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPrice:
    """One input of the detailed form that an offer fills in, with its range where the price has one."""

    likely: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TuningOffer:
    """One provider's way to tune a model, with what it costs. Prices in US dollars."""

    key: str
    provider: str
    model: str
    prices: Mapping[str, OfferPrice]
    """Inputs of the detailed form by key: `training_price` per 1,000,000 tokens, `hosting_hourly`, `gpu_hourly`, …"""
    about: str
    """What the price covers, and what it leaves out, in a sentence or two."""
    status: OfferStatus
    source: str
    as_of: date
    """The day on which the source was read, or the date that it bears itself."""
    verified: bool
    """Whether the price was read on the provider's own page."""
    base_provider: str = ""
    base_model: str = ""
    base_factor: float = 1
    """The tuned model costs this many times the base model's price per token, where there is a base model."""
    own_weights: bool = False
    """Whether the tuned model is the team's to keep and to run anywhere."""
    new_customers: bool = True
    """Whether an organisation that has not tuned there before can start."""
    last_training: date | None = None
    """The last day on which a training run can be started."""
    last_use: date | None = None
    """The last day on which the tuned model answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredModels:
    """Base models that the price library still lists and that their provider no longer sells."""

    provider: str
    models: tuple[str, ...]
    source: str
    as_of: date


@dataclass(frozen=True, kw_only=True)
class TuningPrices:
    """What stands in tuning_prices.toml."""

    offers: tuple[TuningOffer, ...]
    retired: tuple[RetiredModels, ...]

    @cached_property
    def offer(self) -> dict[str, TuningOffer]:
        return {offer.key: offer for offer in self.offers}

    @cached_property
    def retired_models(self) -> frozenset[tuple[str, str]]:
        """Provider and model of every base model that is no longer sold."""
        return frozenset((group.provider, model) for group in self.retired for model in group.models)
