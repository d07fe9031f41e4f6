"""Numbers of the detailed costs form that nobody typed: taken over from today's prompt, or suggested by us."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.engine.economics.base_models import KNOWN_LATER
from assessments.engine.economics.inputs import FROM_SUMMARY, STATUS_QUO
from assessments.engine.fields import PRICED_BY
from assessments.engine.origins import CASE
from assessments.framework import Framework
from assessments.framework.approach_costs import SuggestedNumber

from .cost_draft import CostDraft, exchanged

FOLLOWING = ("today", "suggested", "summary")
_EVERY = "retraining_every_months"
_WRITING = "cache_write_ratio"
_PRICE = "input_price"
_OF_THE_MODEL = ("reasoning_tokens", *KNOWN_LATER)
"""What belongs to the model itself: taken over as long as an approach stays with it and its price."""


def follow_today(draft: CostDraft) -> None:
    """Brings every number that follows today's prompt or a suggestion up to date, in place."""
    framework, today = draft.framework, draft.numbers(STATUS_QUO)
    for approach in framework.approach:
        if draft.is_prefilled(approach):
            _follow(framework, draft, approach, today)
    for scope in draft.added:
        _price_the_cache(draft, scope)


def _follow(framework: Framework, draft: CostDraft, approach: str, today: Mapping[str, Any]) -> None:
    numbers, wanted = draft.numbers(approach), suggested_numbers(framework, approach, today, draft.exchange_rate)
    if framework.approach[approach].tuning:
        wanted |= from_summary(draft)
    if _PRICE in numbers and draft.kind(approach, _PRICE) not in FOLLOWING:
        wanted = {key: one for key, one in wanted.items() if key not in _OF_THE_MODEL}
    needed = {
        price
        for key, prices in PRICED_BY.items()
        if key in numbers and draft.kind(approach, key) not in FOLLOWING
        for price in prices
    }
    for key, value in numbers.items():
        if draft.kind(approach, key) in FOLLOWING and key not in wanted:
            if key in needed:  # somebody typed the day or the length that it is the price of
                draft.put(approach, key, value)
            else:
                draft.take(approach, key)
    for key, (value, origin) in wanted.items():
        if key not in numbers or draft.kind(approach, key) in FOLLOWING:
            draft.put(approach, key, value, origin)


def suggested_numbers(
    framework: Framework, approach: str, today: Mapping[str, Any], rate: float | None = 1
) -> dict[str, tuple[Any, str]]:
    """What an approach starts with, each number with its origin: today's own, changed where the framework says so.

    Our suggested amounts are in US dollars: at the rate for one they are suggested, without it they are not.
    """
    costs = framework.approach_costs
    changes = costs.approach[approach].number
    same = costs.same_as_today + (_OF_THE_MODEL if costs.approach[approach].keeps_model else ())
    found = {key: (today[key], "today") for key in same if key in today and key not in changes}
    for key, number in changes.items():
        value = _suggested(number, today.get(key))
        if value is not None and number.times_today is None and framework.cost_inputs.approach[key].prefix:
            value = None if rate is None else exchanged(value, rate)
        if value is not None:
            found[key] = (value, "suggested")
    return found


def from_summary(draft: CostDraft) -> dict[str, tuple[Any, str]]:
    """What the lines of the summary form say of any approach of tuning, each number with its origin.

    Hours that nobody entered beside others count with the framework's default. Hours of retraining become money at the
    hourly rate, for the months that lie between two retrainings.
    """
    questions, said = draft.framework.questions, draft.elsewhere

    def entered(*keys: str) -> list[Any]:
        paths = [f"costs.summary.{key}" for key in keys]
        if not any(path in said for path in paths):
            return []
        return [said.get(path, questions[key].default or 0) for path, key in zip(paths, keys, strict=True)]

    found = {key: total(entered(*keys)) for key, keys in FROM_SUMMARY.items()}
    if (cost := found["retraining_cost"]) is not None:
        rate, every = said.get("costs.hourly_rate", questions["hourly_rate"].default), draft.numbers(CASE)
        months = every.get(_EVERY, draft.framework.cost_inputs.case_defaults[_EVERY])
        found["retraining_cost"] = _times(cost, likely_of(rate) * likely_of(months) / 3)
    return {key: (value, "summary") for key, value in found.items() if value is not None}


def likely_of(value: Any) -> Any:
    """A number, or the likely one of a range."""
    return value["likely"] if isinstance(value, dict) else value


def total(values: Sequence[Any]) -> Any:
    """The sum of numbers and ranges, a range where one of them is; None of none.

    >>> total([30, {"low": 10, "likely": 15, "high": 30}]), total([30, 15])
    ({'low': 40, 'likely': 45, 'high': 60}, 45)
    """
    if not any(isinstance(value, dict) for value in values):
        return sum(values) if values else None
    ends = ("low", "likely", "high")
    return {end: sum(value[end] if isinstance(value, dict) else value for value in values) for end in ends}


def _suggested(number: SuggestedNumber, today: Any) -> Any:
    if number.times_today is not None:
        return None if today is None else _times(today, number.times_today)
    if number.low is None:
        return number.likely
    return {"low": number.low, "likely": number.likely, "high": number.high}


def _times(value: Any, factor: float) -> Any:
    """So many times a number or a range; whole where it is large enough."""
    if isinstance(value, dict):
        return {key: _times(part, factor) for key, part in value.items()}
    product = value * factor
    return round(product) if abs(product) >= 10 else round(product, 4)


def _price_the_cache(draft: CostDraft, scope: str) -> None:
    """What writing to the cache costs, by the price list: only an approach that uses the cache pays for it."""
    kind = draft.kind(scope, _WRITING)
    source = {"price_list": scope, "today": STATUS_QUO}.get(kind)
    origin = draft.origin(source, _WRITING) if source else ""
    if source is None or not isinstance(origin, dict) or origin["kind"] != "price_list":
        return
    listed = origin.get("listed", draft.numbers(source)[_WRITING])
    hit = draft.numbers(scope).get("cache_hit_share", 0)
    uses_cache = (hit["likely"] if isinstance(hit, dict) else hit) > 0
    own = origin | {"listed": listed} if kind == "price_list" else kind
    draft.put(scope, _WRITING, listed if uses_cache else 1, own)
