"""Numbers of the detailed costs form that nobody typed: taken over from today's prompt, or suggested by us."""

from collections.abc import Mapping
from typing import Any

from assessments.engine.economics.base_models import KNOWN_LATER
from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.fields import PRICED_BY
from assessments.framework import Framework
from assessments.framework.approach_costs import SuggestedNumber

from .cost_draft import CostDraft, exchanged

FOLLOWING = ("today", "suggested")
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
