"""Numbers of the detailed costs form that nobody typed: taken over from today's prompt, or suggested by us."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.origins import CASE
from assessments.framework import Framework
from assessments.framework.approach_costs import SuggestedNumber

FOLLOWING = ("today", "suggested")


@dataclass(frozen=True, slots=True)
class Parts:
    """The two parts of a document that the costs pages change, as JSON values: the form, and where it comes from."""

    detailed: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, Any] = field(default_factory=dict)

    @property
    def approaches(self) -> dict[str, dict[str, Any]]:
        approaches: dict[str, dict[str, Any]] = self.detailed.setdefault("approaches", {})
        return approaches

    def numbers(self, scope: str) -> dict[str, Any]:
        """The numbers of the case or of one approach, to be read or changed in place."""
        return self.detailed if scope == CASE else self.approaches.setdefault(scope, {})

    def origins_of(self, scope: str) -> dict[str, str]:
        """Where the numbers come from, by key, to be read or changed in place."""
        origins: dict[str, str] = self.origins.setdefault(scope, {}).setdefault("numbers", {})
        return origins

    def model_of(self, scope: str) -> dict[str, Any] | None:
        return self.origins.get(scope, {}).get("model")


def follow_today(framework: Framework, parts: Parts) -> None:
    """Brings every number that follows today's prompt or a suggestion up to date, in place."""
    today = parts.numbers(STATUS_QUO)
    for approach in framework.approach:
        if approach in parts.approaches and parts.origins.get(approach, {}).get("prefilled"):
            _follow(framework, parts, approach, today)
    for scope in (STATUS_QUO, *framework.approach):
        if scope in parts.approaches:
            _price_the_cache(parts, scope)
    for scope in [scope for scope, own in parts.origins.items() if own == {"numbers": {}}]:
        del parts.origins[scope]


def _follow(framework: Framework, parts: Parts, approach: str, today: Mapping[str, Any]) -> None:
    numbers, origins = parts.numbers(approach), parts.origins_of(approach)
    wanted = suggested_numbers(framework, approach, today)
    for key, origin in [*origins.items()]:
        if origin in FOLLOWING and key not in wanted:
            numbers.pop(key, None)
            del origins[key]
    for key, (value, origin) in wanted.items():
        if origins.get(key) in FOLLOWING or key not in numbers:
            numbers[key], origins[key] = value, origin


def suggested_numbers(framework: Framework, approach: str, today: Mapping[str, Any]) -> dict[str, tuple[Any, str]]:
    """What an approach starts with, each number with its origin: today's own, changed where the framework says so."""
    costs = framework.approach_costs
    changes = costs.approach[approach].number
    found = {key: (today[key], "today") for key in costs.same_as_today if key in today and key not in changes}
    for key, number in changes.items():
        value = _suggested(number, today.get(key))
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


def _price_the_cache(parts: Parts, scope: str) -> None:
    """What writing to the cache costs, by the price list: only an approach that uses the cache pays for it."""
    numbers, origins = parts.numbers(scope), parts.origins.get(scope, {}).get("numbers", {})
    origin = origins.get("cache_write_ratio")
    model = parts.model_of(scope) if origin == "price_list" else parts.model_of(STATUS_QUO)
    if model is None or origin not in ("price_list", "today"):
        return
    hit = numbers.get("cache_hit_share", 0)
    uses_cache = (hit["likely"] if isinstance(hit, dict) else hit) > 0
    numbers["cache_write_ratio"] = model.get("cache_write_ratio", 1) if uses_cache else 1
