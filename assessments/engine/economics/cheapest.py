"""What each current model would cost at this case's tokens, and what a tune has to beat (docs/economics.md, 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assessments.framework.currency import USD
from assessments.framework.market import BaseModel, Mark, Offer
from assessments.framework.schema import Framework

from ..document import Document
from .amounts import Numbers
from .known_request import KnownRequest, known_request
from .monthly_costs import fixed_costs, gpus_needed
from .requests import (
    at_changed_prices,
    cost_per_attempt,
    expected_attempts,
    read_tokens,
    residual_failures,
    written_tokens,
)

_MOTIVES = ("cost_optimization", "latency_requirements")
_GPU_OFFER = "self_hosted_h100"
_SECONDS, _PERCENT = 3600, 100
_UNCACHED = {"cache_read_ratio": 1.0, "cache_write_ratio": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSource:
    """Where a price comes from, and how sure it is."""

    source: str
    address: str
    as_of: date
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPrice:
    """What a request costs, and what a GPU of one's own has to do to cost no more."""

    request: float
    month: float | None
    """None where nobody said how many requests there are."""
    pays_gpu_from: float | None
    """Requests a month whose bill pays for one GPU; None where a request costs nothing."""
    busy_needed: float | None
    """The share of its time that the GPU has to be busy; above 1 it is always dearer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCost:
    """One current model at this case's tokens."""

    key: str
    name: str
    uncached: RequestPrice
    cached: RequestPrice | None
    """None where the fixed text is too short for this model's cache, or it has none."""
    reasons: bool
    """It reasons unless told otherwise: its price has the reasoning tokens in it."""
    changes_on: date | None
    changed_request: float | None
    """Uncached, from the day on which its prices change; None where no change is known."""
    ends_on: date | None
    price_from: PriceSource


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnGpu:
    """A tune on a rented GPU, which is paid by the hour, whatever it does."""

    hourly: float
    month: float
    utilisation: float
    """The share of its time that it is taken to be busy."""
    request: float
    """What a request costs when it is that busy."""
    carries: float
    """Requests a month that it carries when it is that busy."""
    gpus: int | None
    """As many as this case's requests take; None where nobody said how many requests there are."""
    gpus_month: float | None
    busy: float | None
    """The share of their time that this case's requests keep them busy."""
    price_from: PriceSource | None
    """None where the team entered the price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TuneByToken:
    """A tune that is served by the token: no GPU stands idle for it."""

    key: str
    provider: str
    model: str
    request: float
    month: float | None
    price_from: PriceSource


@dataclass(frozen=True, slots=True, kw_only=True)
class CheapestModel:
    """The price to beat: the current models at this case's tokens, the cheapest first, and a tune beside them."""

    as_of: date
    """The day of the prices."""
    currency: str
    """Of all amounts: the case's own, or US dollars where it has no exchange rate."""
    tokens_from: str
    prompt_tokens: float
    fixed_tokens: float
    """Of these, what is the same every time and can be cached."""
    output_tokens: float
    requests: float | None
    caches: bool
    """Whether the team says that its prompt is cached: then the price with the cache is the one to beat."""
    models: tuple[ModelCost, ...]
    today_month: float | None
    """What today's model costs a month, by its prices or by the bill; None where neither is known."""
    gpu: OwnGpu
    by_token: TuneByToken | None
    """The cheapest that newcomers can buy."""
    upkeep: float
    """What looking after a tune costs a month beyond today."""
    point_worth: float | None
    """A month, for one percentage point more of right answers; None where nobody said what a wrong one costs."""
    assumed: Mapping[str, float]
    """What nobody entered, by name."""

    @property
    def cheapest(self) -> ModelCost:
        return self.models[0]

    @property
    def to_beat(self) -> RequestPrice:
        return counted(self.cheapest, caches=self.caches)

    def points_needed(self, tune_month: float | None) -> float | None:
        """Percentage points more of right answers at which a tune pays, upkeep counted; None where nobody can say."""
        if tune_month is None or self.to_beat.month is None or not self.point_worth:
            return None
        return max(0.0, (tune_month + self.upkeep - self.to_beat.month) / self.point_worth)


def counted(model: ModelCost, *, caches: bool) -> RequestPrice:
    """The price that counts: that of the cache only where the team says that its prompt is cached."""
    return model.cached if caches and model.cached else model.uncached


def has_motive(document: Document) -> bool:
    """Whether cost or speed is a reason."""
    return any(document.answers.yes(key) for key in _MOTIVES)


def cheapest_model(framework: Framework, document: Document) -> CheapestModel | None:
    """What each current model of the market would cost this case, a request and a month.

    None without a motive of cost or speed, and where nothing says how long a request is. Source: ours, over dated
    prices; the worked example is a request of 1,500 tokens in and 300 out.
    """
    known = known_request(framework, document) if has_motive(document) else None
    market = framework.market
    on_sale = [model for model in market.models if model.current and not _ended(model.ends_on, market.as_of)]
    if known is None or not on_sale:
        return None
    dollar = document.exchange_rate
    gpu = own_gpu(known, market.offer[_GPU_OFFER], dollar=dollar)
    models = [model_cost(known, model, gpu, dollar=dollar or 1.0) for model in on_sale]
    models.sort(key=lambda one: (counted(one, caches=known.caches).request, (one.cached or one.uncached).request))
    offers = [offer for offer in market.offers if _sells(offer, market.as_of)]
    by_token = [_by_token(known, offer, market.model, dollar=dollar or 1.0) for offer in offers]
    without_reasoning = {key: value for key, value in known.assumed.items() if key != "reasoning_tokens"}
    return CheapestModel(
        as_of=market.as_of,
        currency=document.currency if dollar else USD,
        tokens_from=known.tokens_from,
        prompt_tokens=float(read_tokens(known.today)),
        fixed_tokens=known.today["cacheable_tokens"],
        output_tokens=known.today["output_tokens"],
        requests=known.requests,
        caches=known.caches,
        models=tuple(models),
        today_month=_today_month(known, document.use_case) if dollar else None,
        gpu=gpu,
        by_token=min(filter(None, by_token), key=lambda one: one.request, default=None),
        upkeep=_upkeep(known.tune, known.case) - _upkeep(known.today, known.case) if dollar else 0.0,
        point_worth=_point_worth(known) if dollar else None,
        assumed=known.assumed if any(model.reasons for model in models) else without_reasoning,
    )


def model_cost(known: KnownRequest, model: BaseModel, gpu: OwnGpu, *, dollar: float) -> ModelCost:
    """A request at this model's prices, retries counted, without the cache and with it."""
    numbers = known.today | _prices(model) | {"reasoning_tokens": known.reasoning if model.reasons_by_default else 0.0}
    minimum = model.minimum_cacheable_tokens or known.case["minimum_cacheable_tokens"]
    caches = model.cache_read_price is not None and numbers["cacheable_tokens"] >= minimum
    uncached, changes = numbers | _UNCACHED, model.changes_on is not None
    changed = _request(known, at_changed_prices(uncached), dollar=dollar)
    return ModelCost(
        key=model.key,
        name=model.name,
        uncached=_against(gpu, known, _request(known, uncached, dollar=dollar)),
        cached=_against(gpu, known, _request(known, numbers, dollar=dollar)) if caches else None,
        reasons=model.reasons_by_default,
        changes_on=model.changes_on,
        changed_request=changed if changes else None,
        ends_on=model.ends_on,
        price_from=_origin(model),
    )


def _prices(model: BaseModel) -> dict[str, float]:
    """A model's prices as inputs of the detailed form. What is not known costs the plain price."""
    read, write = model.input_price, model.output_price
    cache_read = read if model.cache_read_price is None else model.cache_read_price
    cache_write = read if model.cache_write_price is None else model.cache_write_price
    return {
        "input_price": read,
        "output_price": write,
        "cache_read_ratio": cache_read / read if read else 1.0,
        "cache_write_ratio": cache_write / read if read else 1.0,
        "long_prompt_above": float(model.long_prompt_above),
        "long_input_price": read if model.long_input_price is None else model.long_input_price,
        "long_output_price": write if model.long_output_price is None else model.long_output_price,
        "changed_input_price": read if model.changed_input_price is None else model.changed_input_price,
        "changed_output_price": write if model.changed_output_price is None else model.changed_output_price,
    }


def own_gpu(known: KnownRequest, offer: Offer, *, dollar: float | None) -> OwnGpu:
    """A GPU at the team's own price, else at the market's; a request takes as long as equation 9 says."""
    entered = known.tune["gpu_hourly"] if dollar else 0.0
    hourly = entered or offer.prices["gpu_hourly"].likely * (dollar or 1.0)
    tune, hours = known.tune | {"gpu_hourly": hourly}, known.case["hours_per_month"]
    attempts = float(expected_attempts(tune["invalid_share"], known.case["max_attempts"])) * tune["calls"]
    reading = float(read_tokens(tune)) / tune["gpu_input_tokens_per_second"]
    writing = float(written_tokens(tune)) / tune["gpu_output_tokens_per_second"]
    seconds = attempts * (reading + writing)
    month, busy_seconds = hourly * hours, _SECONDS * hours * tune["gpu_utilisation"]
    gpus = None
    if known.requests:
        gpus = max(1, int(gpus_needed(known.requests, attempts, tune, hours_per_month=hours)))
    return OwnGpu(
        hourly=hourly,
        month=month,
        utilisation=tune["gpu_utilisation"],
        request=month * seconds / busy_seconds,
        carries=busy_seconds / seconds if seconds else 0.0,
        gpus=gpus,
        gpus_month=gpus * month if gpus else None,
        busy=known.requests * seconds / (_SECONDS * hours * gpus) if gpus and known.requests else None,
        price_from=None if entered else _origin(offer),
    )


def _against(gpu: OwnGpu, known: KnownRequest, request: float) -> RequestPrice:
    """A price beside a GPU: a GPU that is busy all the time costs its price at this load times the load."""
    return RequestPrice(
        request=request,
        month=known.requests * request if known.requests else None,
        pays_gpu_from=gpu.month / request if request else None,
        busy_needed=gpu.request * gpu.utilisation / request if request else None,
    )


def _by_token(
    known: KnownRequest, offer: Offer, models: Mapping[str, BaseModel], *, dollar: float
) -> TuneByToken | None:
    """A tune at its own price by the token, or at its base model's; None where neither is known."""
    base = models.get(offer.base_model)
    read, write = (offer.prices[key].likely if key in offer.prices else 0.0 for key in ("input_price", "output_price"))
    if base and not (read or write):
        read, write = base.input_price * offer.base_factor, base.output_price * offer.base_factor
    if not (read or write):
        return None
    prices = {"input_price": read, "output_price": write, "long_prompt_above": 0.0}
    request = _request(known, known.tune | prices | _UNCACHED, dollar=dollar)
    return TuneByToken(
        key=offer.key,
        provider=offer.provider,
        model=offer.model,
        request=request,
        month=known.requests * request if known.requests else None,
        price_from=_origin(offer),
    )


def _request(known: KnownRequest, numbers: Numbers, *, dollar: float, minimum: float = 0.0) -> float:
    """What one request costs with its retries."""
    attempts = expected_attempts(numbers["invalid_share"], known.case["max_attempts"])
    return float(attempts * cost_per_attempt(numbers, minimum_cacheable_tokens=minimum)) * dollar


def _today_month(known: KnownRequest, use_case: Mapping[str, Any]) -> float | None:
    """At the team's own prices, else its bill, in its own currency."""
    request = _request(known, known.today, dollar=1.0, minimum=known.case["minimum_cacheable_tokens"])
    if not request and (bill := use_case.get("monthly_bill")):
        return float(bill)
    request = request or float(use_case.get("cost_per_request") or 0.0)
    return known.requests * request if known.requests and request else None


def _upkeep(numbers: Mapping[str, float], case: Mapping[str, float]) -> float:
    """A month of looking after it: monitoring, training again, what else is paid."""
    fixed = fixed_costs(numbers, hourly_rate=case["hourly_rate"], hours_per_month=case["hours_per_month"])
    return float(sum(fixed.values()) + numbers["retraining_cost"] / case["retraining_every_months"])


def _point_worth(known: KnownRequest) -> float | None:
    wrong = known.case["human_fallback_cost"]
    valid = 1 - float(residual_failures(known.today["invalid_share"], known.case["max_attempts"]))
    return known.requests * wrong * valid / _PERCENT if known.requests and wrong else None


def _sells(offer: Offer, on: date) -> bool:
    """Whether a newcomer can start to tune there and is served by the token."""
    over = _ended(offer.last_training, on) or _ended(offer.ends_on, on)
    return offer.serving == "token" and offer.newcomers and offer.sold and not over


def _ended(last: date | None, on: date) -> bool:
    return last is not None and last < on


def _origin(one: BaseModel | Offer) -> PriceSource:
    return PriceSource(source=one.source, address=one.address, as_of=one.as_of, mark=one.mark)
