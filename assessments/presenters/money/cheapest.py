"""The price to beat: what the cheapest current model would cost at this case's tokens, and what a tune has to do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assessments.engine.decision import CheapestModel, Decision
from assessments.engine.economics.cheapest import ModelCost, PriceSource, counted, has_motive
from assessments.engine.economics.known_request import TOKENS_ASKED
from assessments.framework import Framework
from assessments.framework.currency import ABROAD, currency_words, sign_of
from assessments.framework.market import Mark

from ..before_you_start import BeforeLine
from ..formats import day, money, number, price, rough, share
from ..market import MARKS
from ..words import lower, starting, step_in_words

_VOLUME = "monthly_requests"
_MOST_MODELS = 6
_MEASURES = frozenset({"smaller_model", "cheapest_prompted"})
"""The first steps that mean the cheapest current model."""
_NAMED_ON_BRIEF = frozenset({"serve_cheaper", "other_model"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """One current model; `note` is what its price has in it, or how long it holds."""

    name: str
    note: str
    request: str
    cached: str
    month: str
    pays_gpu: str
    source: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayToBeat:
    """When a tune pays beside that price, in one way."""

    title: str
    sentence: str
    asks: str = ""
    """The number that is missing for more; empty where none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheapestView:
    """The block on the Money page, and the same on paper."""

    heading: str
    lead: str
    """What it was worked out with: tokens, volume, the day of the price."""
    ways: Sequence[WayToBeat]
    rows: Sequence[ModelRow]
    ours: Sequence[str]
    """What nobody entered, and what it counts with."""
    missing: Sequence[BeforeLine]
    """The answers without which there is no price, or none for a month."""


def present_cheapest(decision: Decision) -> CheapestView | None:
    """None without a motive of cost or speed."""
    if not has_motive(decision.document):
        return None
    found = _as_shown(decision.framework, decision.cheapest_model)
    no_volume = _to_answer(decision.framework, _VOLUME, "Requests a month", "Add them")
    if found is None:
        asked = [_to_answer(decision.framework, TOKENS_ASKED, "The length of today's prompt", "Add it")]
        return CheapestView(
            heading="The price to beat is not known yet",
            lead="Some current models cost so little that a tuned one on a rented GPU rarely beats them on price. "
            "Say how long today's prompt is, and the cheapest gets its price here.",
            ways=(),
            rows=(),
            ours=(),
            missing=[*asked, *([] if decision.document.use_case.get(_VOLUME) else [no_volume])],
        )
    return CheapestView(
        heading=f"The price to beat: {_named_price(found)}",
        lead=_lead(found),
        ways=list(_ways(decision, found)),
        rows=[_row(found, model) for model in found.models[:_MOST_MODELS]],
        ours=list(_ours(found)),
        missing=() if found.requests else [no_volume],
    )


def price_to_beat(decision: Decision) -> str:
    """One line for the brief, where the verdict tunes or is another cheap way out; empty otherwise."""
    found = _as_shown(decision.framework, decision.cheapest_model)
    if found is None or not (decision.is_tuning or decision.leads in _NAMED_ON_BRIEF) or not decision.has_begun:
        return ""
    busy, origin, sign = found.to_beat.busy_needed, found.cheapest.price_from, sign_of(found.currency)
    beside = ""
    if decision.is_tuning and busy and busy <= 1:
        beside = f" To cost less, a tune's rented GPU must be busy {share(busy)} of the time."
    elif found.today_month:
        beside = f" Today's model: {money(found.today_month, sign)}."
    return f"Price to beat: {_named_price(found)} ({MARKS_IN_SHORT[origin.mark]}, {day(origin.as_of)}).{beside}"


def steps_in_words(framework: Framework, steps: Sequence[str], found: CheapestModel | None) -> Sequence[str]:
    """What to do first; the step about the cheapest model names it once, with what it costs, where that is known."""
    found = _as_shown(framework, found)
    if found is None or found.to_beat.month is None:
        return [step_in_words(framework, step) for step in steps]
    month = money(found.to_beat.month, sign_of(found.currency))
    named = f"Measure {found.cheapest.name} with your best prompt: about {month} a month at your volume."
    return list(dict.fromkeys(named if step in _MEASURES else step_in_words(framework, step) for step in steps))


def _as_shown(framework: Framework, found: CheapestModel | None) -> CheapestModel | None:
    """With dollars that are said to be US dollars, where the costs are in another currency without a rate."""
    return found if found is None or found.currency == framework.currency else replace(found, currency=ABROAD)


def _named_price(found: CheapestModel) -> str:
    return f"{found.cheapest.name}, {_cost(found.to_beat.month, found.to_beat.request, sign_of(found.currency))}"


def _ways(decision: Decision, found: CheapestModel) -> Iterator[WayToBeat]:
    sign, paid = sign_of(found.currency), found.to_beat
    if on_tokens := _on_tokens(found):
        yield WayToBeat(title="Tuned, on a rented GPU:", sentence=f"{on_tokens} {_load(found)}")
    if tune := found.by_token:
        dearer = tune.request >= paid.request
        times = (
            f"{number(round(tune.request / paid.request, 1))} times that model" if dearer else "less than that model"
        )
        told = f"{tune.provider}, {tune.model}; {source_words(tune.price_from)}"
        cost = starting(_cost(tune.month, tune.request, sign))
        yield WayToBeat(title="Tuned, paid by the token:", sentence=f"{cost}, {times} ({told}).")
    if points := _points(found):
        yield WayToBeat(title=_RIGHT, sentence=points)
    elif found.requests and not found.point_worth:
        yield _worth_unknown(decision, found)
    if decision.document.answers.yes("data_sovereignty"):
        yield WayToBeat(
            title="Your data rule:", sentence="It may close that model to you. Its price is the one to beat even so."
        )


def _cost(month: float | None, request: float, sign: str) -> str:
    return f"about {money(month, sign)} a month" if month is not None else f"{price(request, sign)} a request"


def _on_tokens(found: CheapestModel) -> str:
    """When a GPU of one's own costs no more a request, in plain words."""
    paid, gpu, sign = found.to_beat, found.gpu, sign_of(found.currency)
    if paid.busy_needed is None or paid.pays_gpu_from is None:
        return ""
    if paid.month is not None and gpu.gpus_month is not None and gpu.gpus_month <= paid.month:
        return f"Cheaper at your volume, {money(gpu.gpus_month, sign)} a month."
    if paid.busy_needed > 1:
        return "Dearer a request, even with the GPU busy all the time."
    return (
        f"Cheaper only if the GPU is busy more than {share(paid.busy_needed)} of the time, which takes "
        f"{rough(paid.pays_gpu_from)} requests a month on each."
    )


def _load(found: CheapestModel) -> str:
    """What one GPU costs and carries, and how busy this case would keep it."""
    gpu, sign = found.gpu, sign_of(found.currency)
    yours = ""
    if gpu.busy is not None and gpu.gpus:
        many = "would keep one" if gpu.gpus == 1 else f"take {number(gpu.gpus)}, each"
        yours = f" Your requests {many} busy {_busy(gpu.busy)} of the time."
    return (
        f"One costs {money(gpu.month, sign)} a month whatever it does, and carries {rough(gpu.carries)} requests "
        f"when it is busy {share(gpu.utilisation)} of the time.{yours}"
    )


def _busy(busy: float) -> str:
    return "less than 1%" if busy < 0.01 else share(busy)


def _points(found: CheapestModel) -> str:
    """At which gain in right answers a tune pays all the same, on a GPU and by the token."""
    sign = sign_of(found.currency)
    on_gpu = found.points_needed(found.gpu.gpus_month)
    by_token = found.points_needed(found.by_token.month) if found.by_token else None
    if on_gpu is None:
        return ""
    ways = ((on_gpu, "on a rented GPU"), (by_token, "by the token"))
    needed = [(points, way) for points, way in ways if points]
    if not needed:
        return ""
    worth = f"{money(found.point_worth or 0, sign)} a month"
    kept = f"; {money(found.upkeep, sign)} a month to look after it are counted" if found.upkeep > 0 else ""
    possible = [f"{number(round(points, 1))} {way}" for points, way in needed if points <= _ALL]
    if not possible:
        return f"No gain makes up for it: a percentage point is worth {worth}{kept}."
    gain = " or ".join(possible)
    return f"It pays all the same from so many percentage points above that model: {gain}. One is worth {worth}{kept}."


_ALL = 100
_RIGHT = "Right more often:"


def _worth_unknown(decision: Decision, found: CheapestModel) -> WayToBeat:
    """Where nobody said what a failed request costs, or in another currency than these prices without a rate."""
    if found.currency == ABROAD:
        words = currency_words(decision.document.currency)
        said = f"That takes an exchange rate: these prices are in US dollars, your amounts in {words}."
        return WayToBeat(title=_RIGHT, sentence=said, asks="exchange_rate")
    return WayToBeat(title=_RIGHT, sentence="What a better answer is worth is not known.", asks="human_fallback_cost")


def _lead(found: CheapestModel) -> str:
    sign = sign_of(found.currency)
    today = f"Today's model costs {money(found.today_month, sign)} a month. " if found.today_month else ""
    same = "all" if found.fixed_tokens == found.prompt_tokens else number(round(found.fixed_tokens))
    fixed = f" ({same} of them the same every time)" if found.fixed_tokens else ""
    volume = f"{number(found.requests)} requests a month" if found.requests else "no volume entered"
    read, written = (number(round(tokens)) for tokens in (found.prompt_tokens, found.output_tokens))
    cache = "with its cache" if found.caches else "without a cache"
    return (
        f"{today}Counted with {read} tokens in{fixed}, {written} out, and {volume}, {cache}. "
        f"Price of {source_words(found.cheapest.price_from)}. Training comes on top."
    )


def _row(found: CheapestModel, model: ModelCost) -> ModelRow:
    sign, paid = sign_of(found.currency), counted(model, caches=found.caches)
    return ModelRow(
        name=model.name,
        note=". ".join(_notes(found, model)),
        request=price(model.uncached.request, sign),
        cached=price(model.cached.request, sign) if model.cached else "too short" if found.fixed_tokens else "–",
        month=money(paid.month, sign) if paid.month is not None else "–",
        pays_gpu=rough(paid.pays_gpu_from) if paid.pays_gpu_from else "–",
        source=source_words(model.price_from),
        address=model.price_from.address,
    )


def _notes(found: CheapestModel, model: ModelCost) -> Iterator[str]:
    sign = sign_of(found.currency)
    if model.reasons:
        yield "With its reasoning"
    if model.changed_request is not None and model.changes_on:
        yield f"From {day(model.changes_on)} {price(model.changed_request, sign)}"
    if model.ends_on:
        yield f"Until {day(model.ends_on)}"


MARKS_IN_SHORT: Mapping[Mark, str] = {
    "provider": "provider's page",
    "copy": "copy of the provider's page",
    "secondary": "secondary source",
    "unsure": "not sure",
}


def source_words(origin: PriceSource) -> str:
    """The day of a price and how sure it is."""
    return f"{day(origin.as_of)}, {lower(MARKS[origin.mark])}"


def _ours(found: CheapestModel) -> Iterator[str]:
    """What nobody entered, in the order in which it counts."""
    if found.gpu.price_from:
        where = source_words(found.gpu.price_from)
        yield f"A rented GPU costs {price(found.gpu.hourly, sign_of(found.currency))} an hour ({where})."
    yield from (_OURS[code](found, value) for code, value in found.assumed.items())


def _to_answer(framework: Framework, key: str, text: str, do: str) -> BeforeLine:
    """Where an answer is given."""
    section = framework.section_of.get(key)
    return BeforeLine(text=text, do=do, section=section.key if section else "", anchor=f"q-{key}" if section else "")


_OURS: Mapping[str, Callable[[CheapestModel, float], str]] = {
    "user_tokens": lambda _, value: "What the user sends is not counted: the detailed costs ask for it.",
    "output_tokens": lambda _, value: f"An answer has {number(value)} tokens.",
    "reasoning_tokens": lambda _, value: (
        f"A model that reasons unless told otherwise writes {number(value)} tokens for itself before it answers."
    ),
    "cache_hit_share": lambda _, value: (
        f"Where the fixed text can be cached, {share(value)} of requests find it there."
    ),
    "same_tokens": lambda _, value: (
        f"The tune reads and writes what today's prompt does, {number(round(value))} tokens in; a shorter prompt makes "
        "it cheaper."
    ),
    "gpu_input_tokens_per_second": lambda _, value: f"One GPU reads {number(value)} tokens a second.",
    "gpu_output_tokens_per_second": lambda _, value: f"It writes {number(value)} tokens a second.",
    "gpu_utilisation": lambda _, value: f"It is busy {share(value)} of the time, as traffic comes in waves.",
    "monitoring_hours": lambda _, value: f"Somebody looks after a tune for {number(value)} hours a month.",
    "retraining_cost": lambda found, value: (
        f"Training it again costs {money(value, sign_of(found.currency))} each time."
    ),
}
"""What nobody entered, in words. Each is a suggestion of the detailed costs, or stands beside them."""
