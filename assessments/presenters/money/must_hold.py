"""What must be true to have the money back in time: each driver as it is assumed, as it must be, and how far apart."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from assessments.engine.decision import Economics, Verdict
from assessments.engine.economics.must_hold import HangsOn, MustHold
from assessments.engine.economics.spreads import ACCURACY, EFFORT, HOURS
from assessments.framework import Framework
from assessments.speaking import SpokenWords

from ..formats import money, months, number, percentage, price, share
from ..words import approach_in_words, dative, lower
from .figures import WHERE_FROM, figure_field, figure_name, figure_words
from .words import if_tuned, is_if_tuned, months_after, short_names

_DIGITS = 3
_MANY = 2
_AT_ONCE = 0.05
_CLOSE = 0.005  # half a point: then a tenth of a point says too little
_SUMS = SpokenWords(
    benefit=gettext_noop("Savings and better answers, a month"),
    effort=gettext_noop("Hours of work before the start"),
    running=gettext_noop("Running costs, a month"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverRow:
    """One driver; `holds` is told by a word and a shape as well."""

    name: str
    small: str
    today: str
    span: str
    """The range of what is assumed, and whose range it is."""
    needed: str
    gap: str
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MustHoldView:
    heading: str
    about: str
    rows: Sequence[DriverRow]
    in_short: str
    """The driver that matters most and what it must be, as part of a sentence; empty where no value does it."""


def present_must_hold(verdict: Verdict, economics: Economics) -> MustHoldView | None:
    """The drivers that matter most first; None without an investment or a case of tuning."""
    drivers = verdict.must_hold
    if not drivers or economics.told is None:
        return None
    framework, (own, reference) = verdict.framework, economics.told
    only_if = is_if_tuned(framework, whose=own, verdict=verdict.approach)
    heading = _("What must be true")
    if not economics.investment:
        heading = _("What must be true of {lever}").format(lever=approach_in_words(framework, own))
    aim = _aim(saves=_saves(economics), is_compared=economics.form != "summary").format(
        months=months_after(drivers[0].months), reference=approach_in_words(framework, reference)
    )
    one_at_a_time = _("One figure at a time, the others as assumed; what moves the result most comes first.")
    return MustHoldView(
        heading=if_tuned(heading, applies=only_if),
        about=f"{aim} {one_at_a_time}",
        rows=[_row(verdict, economics, one) for one in drivers],
        in_short=needed_in_short(framework, economics.form, drivers),
    )


def _aim(*, saves: bool, is_compared: bool) -> str:
    if saves and is_compared:
        return _("So that what is saved at the start is not used up within {months}, compared with {reference}.")
    if saves:
        return _("So that what is saved at the start is not used up within {months}.")
    if is_compared:
        return _("So that the money is back within {months}, compared with {reference}.")
    return _("So that the money is back within {months}.")


def _saves(economics: Economics) -> bool:
    worth = economics.investment or economics.tuning_case
    return worth is not None and worth.cash_flow.upfront <= 0


def _row(verdict: Verdict, economics: Economics, one: MustHold) -> DriverRow:
    framework = verdict.framework
    needed = _("No value does it")
    if one.needed is not None:
        limit = _("at least {amount}") if one.at_least else _("at most {amount}")
        needed = limit.format(amount=_amount(framework, one, _safe(one, one.needed)))
    elif one.holds:
        needed = pgettext("value", "Any")
    return DriverRow(
        name=_name(framework, economics.form, one),
        small=_beside(framework, economics, one),
        today=_amount(framework, one, one.today),
        span=_span(verdict, economics, one),
        needed=needed,
        gap=_gap(one),
        holds=one.holds,
    )


def _name(framework: Framework, form: str, one: MustHold) -> str:
    if one.key in _SUMS:
        return _SUMS[one.key]
    label = figure_field(framework, form, one.key, one.approach).label
    if one.driver == "price" and one.approach:
        whose = lower(short_names(framework)[one.approach])
        words = _("Price of a GPU ({lever})") if one.key == "gpu_hourly" else _("Price of the model ({lever})")
        return words.format(lever=whose)
    return _("Hours of work before the start") if one.driver == "effort" else label


def _beside(framework: Framework, economics: Economics, one: MustHold) -> str:
    """What the figure is measured in, and for an accuracy what it is compared with has."""
    if one.driver == "accuracy" and economics.told:
        reference = economics.told[1]
        return f"{short_names(framework)[reference]}: {percentage(economics.inputs[f'{reference}.{ACCURACY}'])}"
    if one.driver == "price":
        return _("an hour") if one.key == "gpu_hourly" else _("per 1M tokens; its other prices move along")
    return ""


def _amount(framework: Framework, one: MustHold, value: float) -> str:
    if one.key in _SUMS:
        return number(value) if one.driver == "effort" else money(value, framework.sign)
    if one.driver == "accuracy":
        return percentage(value)
    if one.driver == "price":
        return price(value, framework.sign)
    return number(value)


def _safe(one: MustHold, value: float) -> float:
    """To the side on which it still pays back: an accuracy to a tenth of a point, the rest to three digits.

    >>> one = MustHold(driver="monthly_requests", approach=None, key="monthly_requests", today=40_000.0, needed=9_962.9,
    ...     at_least=True, holds=True, months=12)
    >>> _safe(one, 9_962.9), _safe(one, 0)
    (9970.0, 0.0)
    """
    if not value:
        return 0.0
    close = one.needed is not None and abs(one.needed - one.today) < _CLOSE
    step = 10.0 ** (math.floor(math.log10(abs(value))) - _DIGITS + 1)
    if one.driver == "accuracy":
        step = 0.0001 if close else 0.001
    steps = value / step
    whole = math.ceil(steps - 1e-9) if one.at_least else math.floor(steps + 1e-9)
    return round(whole * step, 12)


def _span(verdict: Verdict, economics: Economics, one: MustHold) -> str:
    if one.key == "effort" and {bar.basis for bar in verdict.tornado if bar.key in HOURS} == {"effort"}:
        low, high = (number(round(one.today * factor, 1)) for factor in EFFORT)
        return _("{low} to {high}, {basis}").format(low=low, high=high, basis=WHERE_FROM["effort"])
    bar = next((bar for bar in verdict.tornado if (bar.approach, bar.key) == (one.approach, one.key)), None)
    if bar is None or bar.basis == "tenth":
        return "" if one.key in _SUMS else _("no range given")
    field = figure_field(verdict.framework, economics.form, bar.key, bar.approach)
    low, high = figure_words(field, bar.low), figure_words(field, bar.high)
    return _("{low} to {high}, {basis}").format(low=low, high=high, basis=WHERE_FROM.get(bar.basis, _("your range")))


def _gap(one: MustHold) -> str:
    """How far today's value is from the one that is needed, in points, in parts or in times."""
    if one.needed is None:
        return _("Pays back at any") if one.holds else _("Not by this alone")
    apart = abs(one.today - one.needed)
    if one.driver == "accuracy":
        points = number(round(apart * 100, 2 if apart < _CLOSE else 1))
        many = 1 if points == "1" else 2
        words = ngettext("{n} point short", "{n} points short", many)
        if one.holds:
            words = ngettext("{n} point to spare", "{n} points to spare", many)
        return words.format(n=points)
    if one.today <= 0 or one.needed <= 0:
        return _("Holds") if one.holds else _("Not met")
    times = max(one.today, one.needed) / min(one.today, one.needed)
    if one.at_least != one.holds and times >= _MANY:
        words = _("Up to {n} times today's") if one.holds else _("{n} times today's")
        return words.format(n=number(round(times, 1) if times < 10 else round(times)))
    words = _("{share} short") if one.at_least else _("{share} too much")
    if one.holds:
        words = _("{share} to spare")
    return words.format(share=share(apart / one.today))


def needed_in_short(framework: Framework, form: str, drivers: Sequence[MustHold]) -> str:
    """The driver that matters most and what it must be, as part of a sentence; empty where no value does it."""
    one = drivers[0] if drivers else None
    if one is None or one.needed is None:
        return ""
    amount = _amount(framework, one, _safe(one, one.needed))
    if one.driver == "accuracy":
        return _("{share} right").format(share=amount)
    words = _("{figure} of at least {amount}") if one.at_least else _("{figure} of at most {amount}")
    return words.format(figure=lower(_name(framework, form, one)), amount=amount)


def needed_figure(framework: Framework, form: str, drivers: Sequence[MustHold]) -> Mapping[str, str]:
    """The same under its name, for tables of figures; empty where no value does it."""
    needed = needed_in_short(framework, form, drivers)
    if not needed:
        return {}
    name = _("To have it back within {months}").format(months=months_after(drivers[0].months))
    return {name: _("Needs {figure}").format(figure=needed)}


def payback_condition(framework: Framework, economics: Economics, hangs: HangsOn) -> str:
    """The finding of the chart: payback over the range of the figure that matters most, and at today's value."""
    if _saves(economics):
        head, tail = _stays_cheaper(hangs), "" if hangs.at_today is not None else _("it costs more")
    else:
        head, tail = _pays_back(economics, hangs), _when(hangs)
    condition = _if(framework, economics, hangs)
    if hangs.needed is None or not tail:
        return _("{finding} {condition}").format(finding=head, condition=condition)
    return _("{finding} {condition}; {at_today} {outcome}").format(
        finding=head, condition=condition, at_today=_at_today(framework, economics, hangs), outcome=lower(tail)
    )


def _when(hangs: HangsOn) -> str:
    if hangs.at_today is None:
        return _("never")
    if hangs.at_today < _AT_ONCE:
        return lower(months(hangs.at_today))
    return _("after {months}").format(months=months_after(hangs.at_today))


def _pays_back(economics: Economics, hangs: HangsOn) -> str:
    if hangs.bar.basis == "tenth" and (hangs.needed is not None or hangs.at_today is not None):
        return _("Pays back within {months}").format(months=months_after(hangs.months))
    best, worst = hangs.best, hangs.worst if hangs.needed is None else hangs.at_needed
    if best is None:
        return _("Does not pay back within {n} months").format(n=economics.horizon_months)
    if worst is None:
        return _("Pays back in {months} at the earliest").format(months=lower(months_after(best)))
    return _("Pays back in {months}").format(months=dative(span_of_months(best, worst)))


def _stays_cheaper(hangs: HangsOn) -> str:
    if hangs.best is None and hangs.needed is None:
        return _("Costs more after {months}").format(months=months_after(hangs.months))
    return _("Costs no more after {months}").format(months=months_after(hangs.months))


def span_of_months(best: float, worst: float) -> str:
    """
    >>> span_of_months(0.47, 10.49), span_of_months(4, 4.04), span_of_months(1, 9)
    ('0.5–10.5 months', '4 months', '1–9 months')
    """
    low, high = (number(round(value, 1)) for value in (best, worst))
    if low == high:
        return months(round(best, 1))
    return _("{low}–{high} months").format(low=low, high=high)


def _if(framework: Framework, economics: Economics, hangs: HangsOn) -> str:
    bar = hangs.bar
    field = figure_field(framework, economics.form, bar.key, bar.approach)
    name = (
        _("accuracy") if hangs.compared_with else lower(figure_name(framework, economics.form, bar.key, bar.approach))
    )
    if hangs.needed is None and hangs.bar.basis == "tenth":
        return _("whatever {figure} is").format(figure=name)
    if hangs.needed is None:
        return _("with {figure} from {low} to {high}").format(
            figure=name, low=figure_words(field, bar.low), high=figure_words(field, bar.high)
        )
    if hangs.compared_with:
        return _if_accuracy(framework, hangs.compared_with, round((hangs.needed - hangs.today) * 100, 2))
    words = _("if {figure} is {value} or more") if hangs.at_least else _("if {figure} is {value} or less")
    return words.format(figure=name, value=figure_words(field, hangs.needed))


def _if_accuracy(framework: Framework, compared_with: str, points: float) -> str:
    many = 1 if abs(points) == 1 else 2
    if not points:
        return _("if accuracy does not fall")
    if points < 0:
        words = ngettext("if accuracy falls by {n} point or less", "if accuracy falls by {n} points or less", many)
    elif compared_with == "status_quo":
        words = ngettext("if accuracy rises by {n} point or more", "if accuracy rises by {n} points or more", many)
    else:
        words = ngettext(
            "if accuracy is {n} point or more above {lever}", "if accuracy is {n} points or more above {lever}", many
        )
    return words.format(n=number(abs(points)), lever=approach_in_words(framework, compared_with))


def _at_today(framework: Framework, economics: Economics, hangs: HangsOn) -> str:
    if hangs.compared_with:
        return _("at today's accuracy") if hangs.compared_with == "status_quo" else _("at the same accuracy")
    field = figure_field(framework, economics.form, hangs.bar.key, hangs.bar.approach)
    return _("at today's {value}").format(value=figure_words(field, hangs.today))
