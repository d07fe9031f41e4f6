"""The detailed costs form as its pages show it: every number with its unit, its range and where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.economics.plan_months import ENDS_ON, month_of
from assessments.engine.fields import PRICED_BY
from assessments.engine.origins import CASE, Origins
from assessments.framework import Framework
from assessments.framework.approach_costs import SuggestedNumber
from assessments.framework.cost_inputs import NOTHING_ENTERED, CostGroup
from assessments.framework.schema import Field
from assessments.framework.shown_in import as_typed

from .control import Choice, Control, OriginWords, Stored, present_control
from .formats import day, listed, months, number, percentage, price, spelt
from .words import dative, lower, starting

TODAYS_PROMPT = gettext_noop("Today's prompt")
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
        told = starting(spelt(len(self.more), "{n} more", "{n} more"))
        return f"{told}: {listed([lower(one.label) for one in self.more])}"


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
        return _("Traffic and people")
    return _(TODAYS_PROMPT) if scope == STATUS_QUO else framework.approach[scope].name


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
    asked = replace(cost, label=_("Passed on to"), ask=_("Which lever takes those requests over?"))
    shown = present_control(asked, stored, rev)
    options = [Choice(value="", label=_("Nobody"), checked=not shown.typed)]
    options += [
        Choice(value=key, label=approach_name(framework, key), checked=key == shown.typed)
        for key in added
        if key != parts.scope
    ]
    origin = shown.origin
    if not shown.typed:
        origin = OriginWords(kind="default", words=_("Nobody yet"))
    elif parts.origins.kind(cost.key) == "agent":
        origin = OriginWords(kind="agent", words=_told_by_agent(approach_name(framework, shown.typed)))
    return replace(shown, options=options, origin=origin)


def value_words(cost: Field, value: Any) -> str:
    """A stored number with its unit, and its range where it has one; a day in words."""
    if cost.kind == "day":
        return day(date.fromisoformat(value))
    if isinstance(value, dict):
        low, high = (_amount(cost, value[key]) for key in ("low", "high"))
        return _("{likely} ({low} to {high})").format(likely=value_words(cost, value["likely"]), low=low, high=high)
    return f"{_amount(cost, value)} {cost.unit}".rstrip()


def _counts_from_nothing(framework: Framework, cost: Field) -> bool:
    """Whether the default stands there only because nobody has entered anything."""
    typed = as_typed(framework).cost_inputs.inputs
    return any(one.default_source == NOTHING_ENTERED for one in typed if one.path == cost.path)


def origin_words(framework: Framework, cost: Field, parts: FormParts) -> OriginWords:
    """Where the number comes from, in words that also say the number unless somebody typed it."""
    if cost.key not in parts.numbers:
        if cost.kind == "day":
            return OriginWords(kind="default", words=_("Nothing entered"))
        default = _amount(cost, cost.default or 0)
        if cost.key in _STAYS:
            return OriginWords(kind="default", words=_("Nothing entered: the price stays as it is"))
        if _counts_from_nothing(framework, cost):
            return OriginWords(kind="default", words=_("Nothing entered: counts as {default}").format(default=default))
        ours = _("Our default: {words}").format(words=default)
        return OriginWords(kind="default", words=ours, reason=cost.default_source)
    value = parts.numbers[cost.key]
    words = value_words(cost, value["likely"] if isinstance(value, dict) else value)
    origins = parts.origins
    match origins.kind(cost.key):
        case "today":
            unmeasured = cost.key in framework.approach_costs.unmeasured
            same = _("Same as today until you measure") if unmeasured else _("Same as today")
            return OriginWords(kind="today", words=same)
        case "suggested":
            change = framework.approach_costs.approach[parts.scope].number.get(cost.key)
            reason = f"{change.why} {_source_words(framework, parts.scope, change)}" if change else ""
            return OriginWords(kind="suggested", words=_("Our suggestion: {words}").format(words=words), reason=reason)
        case "price_list":
            told = _("{words}, price list of {day}") if origins.model else _("{words}, price list")
            on = day(origins.model.as_of) if origins.model else ""
            return OriginWords(kind="price_list", words=told.format(words=words, day=on))
        case "tuning_price":
            told = _("{words}, tuning price of {day}") if origins.offer else _("{words}, tuning price")
            on = day(origins.offer.as_of) if origins.offer else ""
            return OriginWords(kind="tuning_price", words=told.format(words=words, day=on))
        case "token_count":
            return OriginWords(kind="prompt", words=_("{words}, estimated from a pasted prompt").format(words=words))
        case "use_case":
            return OriginWords(kind="use_case", words=_("{words}, as in the use case").format(words=words))
        case "summary":
            return OriginWords(kind="summary", words=_("{words}, from the short form").format(words=words))
        case "agent":
            return OriginWords(kind="agent", words=_told_by_agent(words))
        case _:
            return OriginWords(kind="yours", words=pgettext("a number", "Yours"))


def _told_by_agent(words: str) -> str:
    return _("{words}, told by an agent").format(words=words)


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
        summary=spelt(entered, "{n} entered", "{n} entered") if entered else _("nothing entered"),
    )


def _merge_rest(views: Sequence[CostGroupView]) -> Sequence[CostGroupView]:
    """On the page of the case, the groups of one field each stand together at the end."""
    first = [view for view in views if view.key in ("traffic", "people")]
    rest = [view for view in views if view not in first]
    fields = [one for view in rest for one in (*view.fields, *view.more)]
    untouched = all(one.origin.kind == "default" for one in fields)
    merged = CostGroupView(
        key="rest",
        title=_("Rules that rarely change"),
        intro=_("For prompts that are cached, and for models that are trained again or hosted."),
        fields=fields,
        more=(),
        folded=untouched and not any(one.errors or one.conflict for one in fields),
        summary=_("our defaults") if untouched else _("some of them yours"),
    )
    return [*first, merged]


def _source_words(framework: Framework, scope: str, change: SuggestedNumber) -> str:
    typed = as_typed(framework).approach_costs.approach[scope].number[change.key]
    if typed.source == "Ours":
        return _("Our own judgement.")
    return _("Source: {source}.").format(source=change.source)


def _amount(cost: Field, value: float) -> str:
    if cost.share:
        return percentage(value)
    return price(value, cost.prefix) if cost.prefix else number(value)


def _month_words(key: str, month: int, horizon: int) -> str:
    """Where in the plan a day falls, and what that means."""
    if month > horizon:
        return _("After the plan of {months}: it changes nothing.").format(months=dative(months(horizon)))
    if key == ENDS_ON:
        if month < 1:
            return _("Has ended before the plan starts: part of the work is done again in month 1.")
        return _("Ends in month {month} of the plan: part of the work is done again.").format(month=month)
    return _("The new prices hold from month {month} of the plan.").format(month=max(month, 1))


def _note(cost: Field, likely: Any) -> str:
    if cost.key not in _MOSTLY_LARGE or likely is None or not 0 < likely <= 0.01:
        return ""
    told = _("That is {share}, not even one in a hundred. For {meant}, type {typed}.")
    return told.format(share=percentage(likely), meant=f"{likely * 100:.0%}", typed=f"{likely * 10000:.0f}")
