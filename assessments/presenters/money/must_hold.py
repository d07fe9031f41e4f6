"""What must be true to have the money back in time: each driver as it is assumed, as it must be, and how far apart."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.engine.decision import Economics, Verdict
from assessments.engine.economics.must_hold import HangsOn, MustHold
from assessments.engine.economics.spreads import ACCURACY, EFFORT, HOURS
from assessments.framework import Framework

from ..formats import money, months, number, percentage, price, share
from ..words import approach_in_words, lower
from .figures import WHERE_FROM, figure_field, figure_name, figure_words
from .words import if_tuned, is_if_tuned, short_names

_ANY, _NONE = "Any", "No value does it"
_DIGITS = 3
_MANY = 2
_AT_ONCE = 0.05
_CLOSE = 0.005  # half a point: then a tenth of a point says too little
_SUMS = {
    "benefit": "Savings and better answers, a month",
    "effort": "Hours of work before the start",
    "running": "Running costs, a month",
}


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
    kept_back = "what is saved at the start is not used up" if _saves(economics) else "the money is back"
    against = "" if economics.form == "summary" else f", compared with {approach_in_words(framework, reference)}"
    only_if = is_if_tuned(framework, whose=own, verdict=verdict.approach)
    alone = "" if economics.investment else f" of {approach_in_words(framework, own)}"
    return MustHoldView(
        heading=if_tuned(f"What must be true{alone}", applies=only_if),
        about=f"So that {kept_back} within {months(drivers[0].months)}{against}. One figure at a time, the others "
        "as assumed; what moves the result most comes first.",
        rows=[_row(verdict, economics, one) for one in drivers],
        in_short=needed_in_short(framework, economics.form, drivers),
    )


def _saves(economics: Economics) -> bool:
    worth = economics.investment or economics.tuning_case
    return worth is not None and worth.cash_flow.upfront <= 0


def _row(verdict: Verdict, economics: Economics, one: MustHold) -> DriverRow:
    framework = verdict.framework
    needed = _NONE
    if one.needed is not None:
        limit = "at least" if one.at_least else "at most"
        needed = f"{limit} {_amount(framework, one, _safe(one, one.needed))}"
    elif one.holds:
        needed = _ANY
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
        return f"Price of a GPU ({whose})" if one.key == "gpu_hourly" else f"Price of the model ({whose})"
    return "Hours of work before the start" if one.driver == "effort" else label


def _beside(framework: Framework, economics: Economics, one: MustHold) -> str:
    """What the figure is measured in, and for an accuracy what it is compared with has."""
    if one.driver == "accuracy" and economics.told:
        reference = economics.told[1]
        return f"{short_names(framework)[reference]}: {percentage(economics.inputs[f'{reference}.{ACCURACY}'])}"
    if one.driver == "price":
        return "an hour" if one.key == "gpu_hourly" else "per 1M tokens; its other prices move along"
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
        return f"{low} to {high}, {WHERE_FROM['effort']}"
    bar = next((bar for bar in verdict.tornado if (bar.approach, bar.key) == (one.approach, one.key)), None)
    if bar is None or bar.basis == "tenth":
        return "" if one.key in _SUMS else "no range given"
    field = figure_field(verdict.framework, economics.form, bar.key, bar.approach)
    low, high = figure_words(field, bar.low), figure_words(field, bar.high)
    return f"{low} to {high}, {WHERE_FROM.get(bar.basis, 'your range')}"


def _gap(one: MustHold) -> str:
    """How far today's value is from the one that is needed, in points, in parts or in times."""
    if one.needed is None:
        return "Pays back at any" if one.holds else "Not by this alone"
    apart = abs(one.today - one.needed)
    if one.driver == "accuracy":
        points = number(round(apart * 100, 2 if apart < _CLOSE else 1))
        return f"{points} point{'' if points == '1' else 's'} {'to spare' if one.holds else 'short'}"
    if one.today <= 0 or one.needed <= 0:
        return "Holds" if one.holds else "Not met"
    times = max(one.today, one.needed) / min(one.today, one.needed)
    if one.at_least != one.holds and times >= _MANY:
        words = f"{number(round(times, 1) if times < 10 else round(times))} times today's"
        return f"Up to {words}" if one.holds else words.capitalize()
    part = share(apart / one.today)
    if one.holds:
        return f"{part} to spare"
    return f"{part} {'short' if one.at_least else 'too much'}"


def needed_in_short(framework: Framework, form: str, drivers: Sequence[MustHold]) -> str:
    """The driver that matters most and what it must be, as part of a sentence; empty where no value does it."""
    one = drivers[0] if drivers else None
    if one is None or one.needed is None:
        return ""
    amount = _amount(framework, one, _safe(one, one.needed))
    if one.driver == "accuracy":
        return f"{amount} right"
    return f"{lower(_name(framework, form, one))} of {'at least' if one.at_least else 'at most'} {amount}"


def needed_figure(framework: Framework, form: str, drivers: Sequence[MustHold]) -> Mapping[str, str]:
    """The same under its name, for tables of figures; empty where no value does it."""
    needed = needed_in_short(framework, form, drivers)
    return {f"To have it back within {months(drivers[0].months)}": f"Needs {needed}"} if needed else {}


def payback_condition(framework: Framework, economics: Economics, hangs: HangsOn) -> str:
    """The finding of the chart: payback over the range of the figure that matters most, and at today's value."""
    if _saves(economics):
        head, tail = _stays_cheaper(hangs), "" if hangs.at_today is not None else "it costs more"
    else:
        head, tail = _pays_back(economics, hangs), _when(hangs)
    words = f"{head} {_if(framework, economics, hangs)}"
    if hangs.needed is None or not tail:
        return words
    return f"{words}; {_at_today(framework, economics, hangs)} {lower(tail)}"


def _when(hangs: HangsOn) -> str:
    if hangs.at_today is None:
        return "never"
    return lower(months(hangs.at_today)) if hangs.at_today < _AT_ONCE else f"after {months(hangs.at_today)}"


def _pays_back(economics: Economics, hangs: HangsOn) -> str:
    if hangs.bar.basis == "tenth" and (hangs.needed is not None or hangs.at_today is not None):
        return f"Pays back within {months(hangs.months)}"
    best, worst = hangs.best, hangs.worst if hangs.needed is None else hangs.at_needed
    if best is None:
        return f"Does not pay back within {economics.horizon_months} months"
    if worst is None:
        return f"Pays back in {months(best).lower()} at the earliest"
    return f"Pays back in {span_of_months(best, worst)}"


def _stays_cheaper(hangs: HangsOn) -> str:
    if hangs.best is None and hangs.needed is None:
        return f"Costs more after {months(hangs.months)}"
    return f"Costs no more after {months(hangs.months)}"


def span_of_months(best: float, worst: float) -> str:
    """
    >>> span_of_months(0.47, 10.49), span_of_months(4, 4.04), span_of_months(1, 9)
    ('0.5–10.5 months', '4 months', '1–9 months')
    """
    low, high = (number(round(value, 1)) for value in (best, worst))
    return months(round(best, 1)) if low == high else f"{low}–{high} months"


def _if(framework: Framework, economics: Economics, hangs: HangsOn) -> str:
    bar = hangs.bar
    field = figure_field(framework, economics.form, bar.key, bar.approach)
    name = "accuracy" if hangs.compared_with else lower(figure_name(framework, economics.form, bar.key, bar.approach))
    if hangs.needed is None and hangs.bar.basis == "tenth":
        return f"whatever {name} is"
    if hangs.needed is None:
        return f"with {name} from {figure_words(field, bar.low)} to {figure_words(field, bar.high)}"
    if not hangs.compared_with:
        more = "more" if hangs.at_least else "less"
        return f"if {name} is {figure_words(field, hangs.needed)} or {more}"
    points = round((hangs.needed - hangs.today) * 100, 2)
    words = f"{number(abs(points))} point{'' if abs(points) == 1 else 's'}"
    if points <= 0:
        return f"if accuracy falls by {words} or less" if points else "if accuracy does not fall"
    if hangs.compared_with == "status_quo":
        return f"if accuracy rises by {words} or more"
    return f"if accuracy is {words} or more above {approach_in_words(framework, hangs.compared_with)}"


def _at_today(framework: Framework, economics: Economics, hangs: HangsOn) -> str:
    if hangs.compared_with:
        return "at today's accuracy" if hangs.compared_with == "status_quo" else "at the same accuracy"
    field = figure_field(framework, economics.form, hangs.bar.key, hangs.bar.approach)
    return f"at today's {figure_words(field, hangs.today)}"
