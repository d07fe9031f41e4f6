"""The price to beat: what the cheapest current model would cost at this case's tokens, and what a tune has to do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assessments.engine.decision import CheapestModel, Decision
from assessments.engine.economics.cheapest import ModelCost, OwnGpu, PriceSource, counted, has_motive
from assessments.engine.economics.known_request import TOKENS_ASKED
from assessments.framework import Framework
from assessments.framework.currency import ABROAD, sign_of

from ..before_you_start import BeforeLine
from ..formats import day, money, number, price, rough, share
from ..market import MARKS
from ..words import lower, step_in_words

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
class CheapestView:
    """The block on the Money page, and the same on paper."""

    heading: str
    sentences: Sequence[str]
    counts_with: str
    """Tokens, volume and the day of the prices, in one line."""
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
    if found is None:
        return CheapestView(
            heading="The price to beat is not known yet",
            sentences=[
                "Since autumn 2026 some models cost so little that a tuned one on a rented GPU cannot beat them on "
                "price. Say how long today's prompt is, and the cheapest gets a price here."
            ],
            counts_with="",
            rows=(),
            ours=(),
            missing=[_to_answer(decision.framework, TOKENS_ASKED, "The length of today's prompt", "Add it")],
        )
    no_volume = _to_answer(decision.framework, _VOLUME, "Requests a month", "Add them")
    return CheapestView(
        heading=f"The price to beat: {_named_price(found)}",
        sentences=list(_sentences(decision, found)),
        counts_with=_counts_with(found),
        rows=[_row(found, model) for model in found.models[:_MOST_MODELS]],
        ours=list(_ours(found)),
        missing=() if found.requests else [no_volume],
    )


def price_to_beat(decision: Decision) -> str:
    """One line for the brief, where the verdict tunes or is another cheap way out; empty otherwise."""
    found = _as_shown(decision.framework, decision.cheapest_model)
    if found is None or not (decision.is_tuning or decision.leads in _NAMED_ON_BRIEF) or not decision.has_begun:
        return ""
    return f"Price to beat at your tokens: {_named_price(found)}. {_on_tokens(found)}"


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
    sign, paid = sign_of(found.currency), found.to_beat
    cost = (
        f"about {money(paid.month, sign)} a month"
        if paid.month is not None
        else f"{price(paid.request, sign)} a request"
    )
    return f"{found.cheapest.name}, {cost}"


def _sentences(decision: Decision, found: CheapestModel) -> Iterator[str]:
    sign = sign_of(found.currency)
    yield f"{_on_tokens(found)} {_load(found)}".strip()
    yield from _points(found)
    if found.by_token:
        tune, dearer = found.by_token, found.by_token.request >= found.to_beat.request
        cost = (
            f"{money(tune.month, sign)} a month" if tune.month is not None else f"{price(tune.request, sign)} a request"
        )
        times = (
            f", {number(round(tune.request / found.to_beat.request, 1))} times that" if dearer else ", which is less"
        )
        yield f"A tune that is paid by the token needs no GPU: {tune.provider} would charge {cost}{times}."
    if decision.document.answers.yes("data_sovereignty"):
        yield "Your rule on where data may go may close it to you. Its price is the one to beat even so."


def _on_tokens(found: CheapestModel) -> str:
    """When a GPU of one's own costs no more a request, in plain words."""
    busy, gpu, sign = found.to_beat.busy_needed, found.gpu, sign_of(found.currency)
    if busy is None or found.to_beat.pays_gpu_from is None:
        return ""
    if found.to_beat.month is not None and gpu.gpus_month is not None and gpu.gpus_month <= found.to_beat.month:
        return f"A tune on your own GPU is cheaper at your volume: {money(gpu.gpus_month, sign)} a month."
    if busy > 1:
        return "A tune on a rented GPU costs more a request, even with the GPU busy all the time."
    return (
        f"On price alone a tune on a rented GPU pays only if the GPU is busy more than {share(busy)} of the time, "
        f"which takes {rough(found.to_beat.pays_gpu_from)} requests a month."
    )


def _load(found: CheapestModel) -> str:
    """What one GPU costs and carries, and how busy this case would keep it."""
    gpu, sign = found.gpu, sign_of(found.currency)
    yours = f" Yours would keep {_gpus(gpu)} busy {_busy(gpu.busy)} of the time." if gpu.busy is not None else ""
    return (
        f"One costs {money(gpu.month, sign)} a month whatever it does, and carries {rough(gpu.carries)} requests "
        f"when it is busy {share(gpu.utilisation)} of the time.{yours}"
    )


def _gpus(gpu: OwnGpu) -> str:
    return "it" if gpu.gpus == 1 else f"{number(gpu.gpus or 0)} of them"


def _busy(busy: float) -> str:
    return "less than 1%" if busy < 0.01 else share(busy)


def _points(found: CheapestModel) -> Iterator[str]:
    """At which gain in right answers a tune pays all the same."""
    sign = sign_of(found.currency)
    points = found.points_needed(found.gpu.gpus_month)
    if points is None:
        if found.requests:
            yield "What a better answer is worth is not known: the detailed costs ask what a failed request costs."
        return
    worth = money(found.point_worth or 0, sign)
    kept = f", with {money(found.upkeep, sign)} a month to look after it" if found.upkeep > 0 else ""
    if points > _ALL:
        yield f"No gain in right answers makes up for it: each percentage point is worth {worth} a month{kept}."
    elif points:
        yield (
            f"It also pays if it is right more often, by {number(round(points, 1))} percentage points or more{kept}: "
            f"each point is worth {worth} a month."
        )


_ALL = 100


def _counts_with(found: CheapestModel) -> str:
    fixed = f" ({number(round(found.fixed_tokens))} of them the same every time)" if found.fixed_tokens else ""
    volume = f"{number(found.requests)} requests a month" if found.requests else "no volume entered"
    read, written = (number(round(tokens)) for tokens in (found.prompt_tokens, found.output_tokens))
    kind = "prices with the cache" if found.caches else "list prices without a cache"
    return (
        f"Counted with {read} tokens in{fixed}, {written} out, and {volume}; {kind} of {day(found.as_of)}. "
        "Training comes on top."
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
    "fixed_share": lambda _, value: f"{share(value)} of the prompt is the same every time.",
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
