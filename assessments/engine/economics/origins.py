"""Where the numbers of the detailed form come from, where they are not simply the team's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, cast

from assessments.framework.schema import Framework

from ..checker import Checker, NumberRange
from .inputs import STATUS_QUO

Origin = Literal["today", "suggested", "price_list", "tuning_price", "prompt", "use_case"]
ORIGINS: tuple[Origin, ...] = ("today", "suggested", "price_list", "tuning_price", "prompt", "use_case")
CASE = "case"
_PLACE = "costs.origins"
_RATIO = NumberRange(0, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedModel:
    """The base model whose prices were copied into the form, and the day of the price list."""

    provider: str
    model: str
    as_of: date
    cache_write_ratio: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedOffer:
    """The tuning offer whose prices were copied into the form, and the day of its source."""

    key: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where the numbers of one approach come from. A number that is not named is the team's own."""

    numbers: Mapping[str, Origin] = field(default_factory=dict)
    model: PickedModel | None = None
    offer: PickedOffer | None = None
    prefilled: bool = False
    """Whether numbers that nobody typed follow today's prompt and our suggestions."""


def read_origins(checker: Checker, framework: Framework, raw: Any) -> dict[str, Origins]:
    """The origins by approach, and those of the case under `case`; every fault is left with the checker."""
    inputs = framework.cost_inputs
    names = (CASE, STATUS_QUO, *framework.approach)
    table = checker.table(raw, _PLACE, names) or {}
    found = {}
    for name in table:
        place = f"{_PLACE}.{name}"
        own = checker.table(table[name], place, ["numbers", "model", "offer", "prefilled"]) or {}
        known = inputs.case if name == CASE else inputs.approach
        numbers = checker.table(own.get("numbers", {}), f"{place}.numbers", known) or {}
        if not isinstance(own.get("prefilled", False), bool):
            checker.fault(f"{place}.prefilled", "must be true or false")
        found[name] = Origins(
            numbers={
                key: cast(Origin, checker.choice(origin, f"{place}.numbers.{key}", ORIGINS))
                for key, origin in numbers.items()
            },
            model=_model(checker, own["model"], f"{place}.model") if "model" in own else None,
            offer=_offer(checker, own["offer"], f"{place}.offer") if "offer" in own else None,
            prefilled=own.get("prefilled") is True,
        )
    return found


def _model(checker: Checker, raw: Any, place: str) -> PickedModel | None:
    table = checker.table(raw, place, ["provider", "model", "as_of", "cache_write_ratio"])
    if table is None:
        return None
    return PickedModel(
        provider=_name(checker, table, "provider", place),
        model=_name(checker, table, "model", place),
        as_of=_day(checker, table, place),
        cache_write_ratio=checker.number(table.get("cache_write_ratio", 1), f"{place}.cache_write_ratio", _RATIO),
    )


def _offer(checker: Checker, raw: Any, place: str) -> PickedOffer | None:
    table = checker.table(raw, place, ["key", "as_of"])
    if table is None:
        return None
    return PickedOffer(key=_name(checker, table, "key", place), as_of=_day(checker, table, place))


def _name(checker: Checker, table: Mapping[str, Any], key: str, place: str) -> str:
    if key not in table:
        checker.fault(f"{place}.{key}", "must be there")
        return ""
    return checker.text(table[key], f"{place}.{key}")


def _day(checker: Checker, table: Mapping[str, Any], place: str) -> date:
    raw = table.get("as_of")
    try:
        if not isinstance(raw, str) or len(raw) != 10:
            raise ValueError
        return date.fromisoformat(raw)
    except ValueError:
        checker.fault(f"{place}.as_of", 'must be a day, like "2026-11-10"')
        return date.min
