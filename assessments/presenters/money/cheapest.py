"""The price to beat: what the cheapest current model would cost at this case's tokens, and what a tune has to do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.engine.decision import CheapestModel, Decision
from assessments.engine.economics.cheapest import ModelCost, PriceSource, counted, has_motive
from assessments.engine.economics.known_request import TOKENS_ASKED
from assessments.framework import Framework
from assessments.framework.currency import ABROAD, currency_words, sign_of
from assessments.speaking import SpokenWords

from ..before_you_start import BeforeLine
from ..formats import day, either, money, number, price, rough, share
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
    no_volume = _to_answer(decision.framework, _VOLUME, _("Requests a month"), _("Add them"))
    if found is None:
        asked = [_to_answer(decision.framework, TOKENS_ASKED, _("The length of today's prompt"), _("Add it"))]
        return CheapestView(
            heading=_("The price to beat is not known yet"),
            lead=_(
                "Some current models cost so little that a tuned one on a rented GPU rarely beats them on price. Say "
                "how long today's prompt is, and the cheapest gets its price here."
            ),
            ways=(),
            rows=(),
            ours=(),
            missing=[*asked, *([] if decision.document.use_case.get(_VOLUME) else [no_volume])],
        )
    return CheapestView(
        heading=_("The price to beat: {model}").format(model=_named_price(found)),
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
    told = _("Price to beat: {model} ({mark}, {day}).").format(
        model=_named_price(found), mark=MARKS_IN_SHORT[origin.mark], day=day(origin.as_of)
    )
    if decision.is_tuning and busy and busy <= 1:
        beside = _("To cost less, a tune's rented GPU must be busy {share} of the time.").format(share=share(busy))
    elif found.today_month:
        beside = _("Today's model: {amount}.").format(amount=money(found.today_month, sign))
    else:
        return told
    return f"{told} {beside}"


def steps_in_words(framework: Framework, steps: Sequence[str], found: CheapestModel | None) -> Sequence[str]:
    """What to do first; the step about the cheapest model names it once, with what it costs, where that is known."""
    found = _as_shown(framework, found)
    if found is None or found.to_beat.month is None:
        return [step_in_words(framework, step) for step in steps]
    month = money(found.to_beat.month, sign_of(found.currency))
    named = _("Measure {model} with your best prompt: about {amount} a month at your volume.").format(
        model=found.cheapest.name, amount=month
    )
    return list(dict.fromkeys(named if step in _MEASURES else step_in_words(framework, step) for step in steps))


def _as_shown(framework: Framework, found: CheapestModel | None) -> CheapestModel | None:
    """With dollars that are said to be US dollars, where the costs are in another currency without a rate."""
    return found if found is None or found.currency == framework.currency else replace(found, currency=ABROAD)


def _named_price(found: CheapestModel) -> str:
    cost = _cost(found.to_beat.month, found.to_beat.request, sign_of(found.currency))
    return f"{found.cheapest.name}, {cost}"


def _ways(decision: Decision, found: CheapestModel) -> Iterator[WayToBeat]:
    sign, paid = sign_of(found.currency), found.to_beat
    if on_tokens := _on_tokens(found):
        yield WayToBeat(title=_("Tuned, on a rented GPU:"), sentence=f"{on_tokens} {_load(found)}")
    if tune := found.by_token:
        words = _("{cost}, less than that model ({source}).")
        if tune.request >= paid.request:
            words = _("{cost}, {n} times that model ({source}).")
        sentence = words.format(
            cost=starting(_cost(tune.month, tune.request, sign)),
            n=number(round(tune.request / paid.request, 1)),
            source=f"{tune.provider}, {tune.model}; {source_words(tune.price_from)}",
        )
        yield WayToBeat(title=_("Tuned, paid by the token:"), sentence=sentence)
    if points := _points(found):
        yield WayToBeat(title=_("Right more often:"), sentence=points)
    elif found.requests and not found.point_worth:
        yield _worth_unknown(decision, found)
    if decision.document.answers.yes("data_sovereignty"):
        yield WayToBeat(
            title=_("Your data rule:"),
            sentence=_("It may close that model to you. Its price is the one to beat even so."),
        )


def _cost(month: float | None, request: float, sign: str) -> str:
    if month is not None:
        return _("about {amount} a month").format(amount=money(month, sign))
    return _("{amount} a request").format(amount=price(request, sign))


def _on_tokens(found: CheapestModel) -> str:
    """When a GPU of one's own costs no more a request, in plain words."""
    paid, gpu, sign = found.to_beat, found.gpu, sign_of(found.currency)
    if paid.busy_needed is None or paid.pays_gpu_from is None:
        return ""
    if paid.month is not None and gpu.gpus_month is not None and gpu.gpus_month <= paid.month:
        return _("Cheaper at your volume, {amount} a month.").format(amount=money(gpu.gpus_month, sign))
    if paid.busy_needed > 1:
        return _("Dearer a request, even with the GPU busy all the time.")
    return _(
        "Cheaper only if the GPU is busy more than {share} of the time, which takes {requests} requests a month on "
        "each."
    ).format(share=share(paid.busy_needed), requests=rough(paid.pays_gpu_from))


def _load(found: CheapestModel) -> str:
    """What one GPU costs and carries, and how busy this case would keep it."""
    gpu, sign = found.gpu, sign_of(found.currency)
    told = _(
        "One costs {amount} a month whatever it does, and carries {requests} requests when it is busy {share} of the "
        "time."
    ).format(amount=money(gpu.month, sign), requests=rough(gpu.carries), share=share(gpu.utilisation))
    if gpu.busy is None or not gpu.gpus:
        return told
    yours = _("Your requests take {n}, each busy {share} of the time.")
    if gpu.gpus == 1:
        yours = _("Your requests would keep one busy {share} of the time.")
    return f"{told} {yours.format(n=number(gpu.gpus), share=_busy(gpu.busy))}"


def _busy(busy: float) -> str:
    return _("less than {share}").format(share=share(0.01)) if busy < 0.01 else share(busy)


def _points(found: CheapestModel) -> str:
    """At which gain in right answers a tune pays all the same, on a GPU and by the token."""
    sign = sign_of(found.currency)
    on_gpu = found.points_needed(found.gpu.gpus_month)
    by_token = found.points_needed(found.by_token.month) if found.by_token else None
    if on_gpu is None:
        return ""
    ways = ((on_gpu, _("{n} on a rented GPU")), (by_token, _("{n} by the token")))
    needed = [(points, way) for points, way in ways if points]
    if not needed:
        return ""
    possible = [way.format(n=number(round(points, 1))) for points, way in needed if points <= _ALL]
    return _worth(gains=bool(possible), keeps=found.upkeep > 0).format(
        gain=either(possible), worth=money(found.point_worth or 0, sign), upkeep=money(found.upkeep, sign)
    )


def _worth(*, gains: bool, keeps: bool) -> str:
    if gains and keeps:
        return _(
            "It pays all the same from so many percentage points above that model: {gain}. One is worth {worth} a "
            "month; {upkeep} a month to look after it are counted."
        )
    if gains:
        return _(
            "It pays all the same from so many percentage points above that model: {gain}. One is worth {worth} a "
            "month."
        )
    if keeps:
        return _(
            "No gain makes up for it: a percentage point is worth {worth} a month; {upkeep} a month to look after it "
            "are counted."
        )
    return _("No gain makes up for it: a percentage point is worth {worth} a month.")


_ALL = 100


def _worth_unknown(decision: Decision, found: CheapestModel) -> WayToBeat:
    """Where nobody said what a failed request costs, or in another currency than these prices without a rate."""
    if found.currency == ABROAD:
        said = _("That takes an exchange rate: these prices are in US dollars, your amounts in {currency}.")
        words = said.format(currency=currency_words(decision.document.currency))
        return WayToBeat(title=_("Right more often:"), sentence=words, asks="exchange_rate")
    said = _("What a better answer is worth is not known.")
    return WayToBeat(title=_("Right more often:"), sentence=said, asks="human_fallback_cost")


def _lead(found: CheapestModel) -> str:
    sign = sign_of(found.currency)
    read = _("{n} tokens in")
    if found.fixed_tokens == found.prompt_tokens and found.fixed_tokens:
        read = _("{n} tokens in (all of them the same every time)")
    elif found.fixed_tokens:
        read = _("{n} tokens in ({same} of them the same every time)")
    volume = _("{n} requests a month").format(n=number(found.requests)) if found.requests else _("no volume entered")
    counted_with = _("Counted with {read}, {written} out, and {volume}, {cache}.").format(
        read=read.format(n=number(round(found.prompt_tokens)), same=number(round(found.fixed_tokens))),
        written=number(round(found.output_tokens)),
        volume=volume,
        cache=_("with its cache") if found.caches else _("without a cache"),
    )
    origin = _("Price of {source}. Training comes on top.").format(source=source_words(found.cheapest.price_from))
    if not found.today_month:
        return f"{counted_with} {origin}"
    today = _("Today's model costs {amount} a month.").format(amount=money(found.today_month, sign))
    return f"{today} {counted_with} {origin}"


def _row(found: CheapestModel, model: ModelCost) -> ModelRow:
    sign, paid = sign_of(found.currency), counted(model, caches=found.caches)
    return ModelRow(
        name=model.name,
        note=". ".join(_notes(found, model)),
        request=price(model.uncached.request, sign),
        cached=price(model.cached.request, sign) if model.cached else _("too short") if found.fixed_tokens else "–",
        month=money(paid.month, sign) if paid.month is not None else "–",
        pays_gpu=rough(paid.pays_gpu_from) if paid.pays_gpu_from else "–",
        source=source_words(model.price_from),
        address=model.price_from.address,
    )


def _notes(found: CheapestModel, model: ModelCost) -> Iterator[str]:
    sign = sign_of(found.currency)
    if model.reasons:
        yield _("With its reasoning")
    if model.changed_request is not None and model.changes_on:
        yield _("From {day} {price}").format(day=day(model.changes_on), price=price(model.changed_request, sign))
    if model.ends_on:
        yield _("Until {day}").format(day=day(model.ends_on))


MARKS_IN_SHORT = SpokenWords(
    provider=gettext_noop("provider's page"),
    copy=gettext_noop("copy of the provider's page"),
    secondary=gettext_noop("secondary source"),
    unsure=gettext_noop("not sure"),
)


def source_words(origin: PriceSource) -> str:
    """The day of a price and how sure it is."""
    return f"{day(origin.as_of)}, {lower(MARKS[origin.mark])}"


def _ours(found: CheapestModel) -> Iterator[str]:
    """What nobody entered, in the order in which it counts."""
    if found.gpu.price_from:
        yield _("A rented GPU costs {price} an hour ({source}).").format(
            price=price(found.gpu.hourly, sign_of(found.currency)), source=source_words(found.gpu.price_from)
        )
    yield from (_OURS[code](found, value) for code, value in found.assumed.items())


def _to_answer(framework: Framework, key: str, text: str, do: str) -> BeforeLine:
    """Where an answer is given."""
    section = framework.section_of.get(key)
    return BeforeLine(text=text, do=do, section=section.key if section else "", anchor=f"q-{key}" if section else "")


_OURS: Mapping[str, Callable[[CheapestModel, float], str]] = {
    "user_tokens": lambda _found, _value: _("What the user sends is not counted: the detailed costs ask for it."),
    "output_tokens": lambda _found, value: _("An answer has {n} tokens.").format(n=number(value)),
    "reasoning_tokens": lambda _found, value: _(
        "A model that reasons unless told otherwise writes {n} tokens for itself before it answers."
    ).format(n=number(value)),
    "cache_hit_share": lambda _found, value: _(
        "Where the fixed text can be cached, {share} of requests find it there."
    ).format(share=share(value)),
    "same_tokens": lambda _found, value: _(
        "The tune reads and writes what today's prompt does, {n} tokens in; a shorter prompt makes it cheaper."
    ).format(n=number(round(value))),
    "gpu_input_tokens_per_second": lambda _found, value: _("One GPU reads {n} tokens a second.").format(
        n=number(value)
    ),
    "gpu_output_tokens_per_second": lambda _found, value: _("It writes {n} tokens a second.").format(n=number(value)),
    "gpu_utilisation": lambda _found, value: _("It is busy {share} of the time, as traffic comes in waves.").format(
        share=share(value)
    ),
    "monitoring_hours": lambda _found, value: _("Somebody looks after a tune for {n} hours a month.").format(
        n=number(value)
    ),
    "retraining_cost": lambda found, value: _("Training it again costs {amount} each time.").format(
        amount=money(value, sign_of(found.currency))
    ),
}
"""What nobody entered, in words. Each is a suggestion of the detailed costs, or stands beside them."""
