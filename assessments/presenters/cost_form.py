"""The detailed costs form as its pages show it: every number with its unit, its range and where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.economics.plan_months import ENDS_ON, month_of
from assessments.engine.fields import PRICED_BY
from assessments.engine.origins import CASE, Origins
from assessments.framework import Framework
from assessments.framework.cost_inputs import NOTHING_ENTERED, CostGroup
from assessments.framework.schema import Field

from .control import Choice, Control, OriginWords, Stored, present_control
from .formats import count, day, listed, months, number, percentage, price
from .words import lower

TODAYS_PROMPT = "Today's prompt"
# Where 0.93 is likelier meant as 93% than as less than one in a hundred.
_MOSTLY_LARGE = ("accuracy", "cache_hit_share", "gpu_utilisation")
_ALWAYS_OPEN = ("traffic", "people", "tokens", "prices", "quality", "upkeep")
_STAYS = frozenset(price for prices in PRICED_BY.values() for price in prices)
"""Prices that are the plain ones while they are empty."""
_FOR_TUNING = ("training", "hosting", "gpu")


@dataclass(frozen=True, slots=True, kw_only=True)
class CostGroupView:
    key: str
    title: str
    intro: str
    fields: Sequence[Control]
    more: Sequence[Control]
    """Fields that change nothing until another one is filled in."""
    folded: bool
    summary: str

    @property
    def more_words(self) -> str:
        return f"{count(len(self.more)).capitalize()} more: " + listed([lower(one.label) for one in self.more])


@dataclass(frozen=True, slots=True, kw_only=True)
class FormParts:
    """What is stored of one scope, the case or an approach: numbers and where they come from."""

    scope: str
    numbers: Mapping[str, Any]
    origins: Origins
    starts: date | None = None
    """When month 1 begins, where days are told by their months."""
    horizon: int = 0


def approach_name(framework: Framework, scope: str) -> str:
    if scope == CASE:
        return "Traffic and people"
    return TODAYS_PROMPT if scope == STATUS_QUO else framework.approach[scope].name


def scope_inputs(framework: Framework, scope: str) -> Mapping[str, Field]:
    inputs = framework.cost_inputs
    return inputs.case if scope == CASE else inputs.approach


def present_number(framework: Framework, cost: Field, parts: FormParts, stored: Stored | None, rev: str) -> Control:
    """One number as it is stored, or empty with our default."""
    shown = present_control(cost, stored, rev)
    likely = stored.value.get("likely") if stored and isinstance(stored.value, dict) else stored and stored.value
    origin = origin_words(framework, cost, parts)
    if cost.kind == "day" and likely and parts.starts:
        month = month_of(date.fromisoformat(likely), starts=parts.starts)
        words = _month_words(cost.key, month, parts.horizon)
        if cost.key == ENDS_ON and month <= parts.horizon:
            return replace(shown, origin=origin, note=words)
        return replace(shown, origin=replace(origin, reason=words))
    return replace(shown, origin=origin, note=_note(cost, likely))


def present_escalation(
    framework: Framework, cost: Field, parts: FormParts, stored: Stored | None, rev: str, *, added: Sequence[str]
) -> Control:
    """Who takes over the requests that are passed on: one of the other approaches."""
    shown = present_control(cost, stored, rev)
    options = [Choice(value="", label="Nobody", checked=not shown.typed)]
    options += [
        Choice(value=key, label=approach_name(framework, key), checked=key == shown.typed)
        for key in added
        if key != parts.scope
    ]
    origin = shown.origin
    if not shown.typed:
        origin = OriginWords(kind="default", words="Nobody yet")
    elif parts.origins.kind(cost.key) == "agent":
        origin = OriginWords(kind="agent", words=f"{approach_name(framework, shown.typed)}, told by an agent")
    return replace(shown, options=options, origin=origin)


def value_words(cost: Field, value: Any) -> str:
    """A stored number with its unit, and its range where it has one; a day in words."""
    if cost.kind == "day":
        return day(date.fromisoformat(value))
    if isinstance(value, dict):
        low, high = (_amount(cost, value[key]) for key in ("low", "high"))
        return f"{value_words(cost, value['likely'])} ({low} to {high})"
    return f"{_amount(cost, value)} {cost.unit}".rstrip()


def origin_words(framework: Framework, cost: Field, parts: FormParts) -> OriginWords:
    """Where the number comes from, in words that also say the number unless somebody typed it."""
    if cost.key not in parts.numbers:
        if cost.kind == "day":
            return OriginWords(kind="default", words=NOTHING_ENTERED)
        default = _amount(cost, cost.default or 0)
        if cost.key in _STAYS:
            return OriginWords(kind="default", words=f"{NOTHING_ENTERED}: the price stays as it is")
        if cost.default_source == NOTHING_ENTERED:
            return OriginWords(kind="default", words=f"Nothing entered: counts as {default}")
        return OriginWords(kind="default", words=f"Our default: {default}", reason=cost.default_source)
    value = parts.numbers[cost.key]
    words = value_words(cost, value["likely"] if isinstance(value, dict) else value)
    origins = parts.origins
    match origins.kind(cost.key):
        case "today":
            unmeasured = cost.key in framework.approach_costs.unmeasured
            return OriginWords(kind="today", words="Same as today" + (" until you measure" if unmeasured else ""))
        case "suggested":
            change = framework.approach_costs.approach[parts.scope].number.get(cost.key)
            reason = f"{change.why} {_source_words(change.source)}" if change else ""
            return OriginWords(kind="suggested", words=f"Our suggestion: {words}", reason=reason)
        case "price_list":
            as_of = f" of {day(origins.model.as_of)}" if origins.model else ""
            return OriginWords(kind="price_list", words=f"{words}, price list{as_of}")
        case "tuning_price":
            as_of = f" of {day(origins.offer.as_of)}" if origins.offer else ""
            return OriginWords(kind="tuning_price", words=f"{words}, tuning price{as_of}")
        case "token_count":
            return OriginWords(kind="prompt", words=f"{words}, estimated from a pasted prompt")
        case "use_case":
            return OriginWords(kind="use_case", words=f"{words}, as in the use case")
        case "summary":
            return OriginWords(kind="summary", words=f"{words}, from the short form")
        case "agent":
            return OriginWords(kind="agent", words=f"{words}, told by an agent")
        case _:
            return OriginWords(kind="yours", words="Yours")


def present_groups(framework: Framework, scope: str, fields: Sequence[Control]) -> Sequence[CostGroupView]:
    """The fields in their groups. A group that hardly anybody needs is folded while nothing is in it."""
    tuning = scope in framework.approach and framework.approach[scope].tuning
    views = []
    for group in framework.cost_inputs.groups:
        members = [one for one in fields if one.question.group == group.key]
        if members:
            views.append(_group_view(group, members, scope=scope, tuning=tuning))
    return _merge_rest(views) if scope == CASE else views


def _changes_nothing(shown: Control, members: Sequence[Control]) -> bool:
    """Whether nobody typed it and the number that it hangs on is nothing."""
    if shown.origin.kind == "yours" or shown.errors or shown.conflict:
        return False
    return any(one.key == shown.question.only_with and one.typed in ("", "0") and not one.errors for one in members)


def _group_view(
    group: CostGroup,
    members: Sequence[Control],
    *,
    scope: str,
    tuning: bool,
) -> CostGroupView:
    entered = sum(one.origin.kind != "default" for one in members)
    shown = group.key in _ALWAYS_OPEN or (tuning and group.key in _FOR_TUNING)
    shown = shown or (group.key == "upfront" and scope != STATUS_QUO)
    more = [one for one in members if _changes_nothing(one, members)]
    return CostGroupView(
        key=group.key,
        title=group.title,
        intro=group.intro,
        fields=[one for one in members if one not in more],
        more=more,
        folded=not shown and not entered and not any(one.errors or one.conflict for one in members),
        summary=f"{count(entered)} entered" if entered else "nothing entered",
    )


def _merge_rest(views: Sequence[CostGroupView]) -> Sequence[CostGroupView]:
    """On the page of the case, the groups of one field each stand together at the end."""
    first = [view for view in views if view.key in ("traffic", "people")]
    rest = [view for view in views if view not in first]
    fields = [one for view in rest for one in (*view.fields, *view.more)]
    untouched = all(one.origin.kind == "default" for one in fields)
    merged = CostGroupView(
        key="rest",
        title="Rules that rarely change",
        intro="For prompts that are cached, and for models that are trained again or hosted.",
        fields=fields,
        more=(),
        folded=untouched and not any(one.errors or one.conflict for one in fields),
        summary="our defaults" if untouched else "some of them yours",
    )
    return [*first, merged]


def _source_words(source: str) -> str:
    return "Our own judgement." if source == "Ours" else f"Source: {source}."


def _amount(cost: Field, value: float) -> str:
    if cost.share:
        return percentage(value)
    return price(value, cost.prefix) if cost.prefix else number(value)


def _month_words(key: str, month: int, horizon: int) -> str:
    """Where in the plan a day falls, and what that means."""
    if month > horizon:
        return f"After the plan of {months(horizon)}: it changes nothing."
    if key == ENDS_ON:
        ends = f"Ends in month {month} of the plan" if month >= 1 else "Has ended before the plan starts"
        return f"{ends}: part of the work is done again{'' if month >= 1 else ' in month 1'}."
    return f"The new prices hold from month {max(month, 1)} of the plan."


def _note(cost: Field, likely: Any) -> str:
    if cost.key not in _MOSTLY_LARGE or likely is None or not 0 < likely <= 0.01:
        return ""
    return (
        f"That is {percentage(likely)}, not even one in a hundred. For {likely * 100:.0%}, type {likely * 10000:.0f}."
    )
