"""What must be true for it to pay back in time: each driver solved for alone (docs/economics.md, section 3.2)."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assessments.framework.field import LARGEST, Field
from assessments.framework.schema import Framework

from ..document import Document
from .amounts import Amount, Floats, Numbers
from .break_even import lasting_crossings
from .cash_flow import monthly_net_benefit
from .inputs import DetailedForm
from .money import Economics
from .numbers import CaseNumbers, case_numbers
from .outcomes import pair_flows
from .sensitivity import Bar
from .spreads import ACCURACY
from .summary import summary_flows, summary_numbers

Driver = Literal["accuracy", "monthly_requests", "price", "effort", "benefit", "running"]
FlowsAt: TypeAlias = Callable[[Floats, int], Floats]
"""CF_0 … CF_n of so many months at each of these values: values of shape (n, 1) give flows of shape (n, months + 1)."""

PAYBACK_WITHIN = 12
"""Months within which the money must be back; the planning period where that is shorter [ours]."""
_TRAINING = "training_price"
_BENEFITS = ("api_savings", "quality_value")
_HOURS = ("data_preparation_hours", "evaluation_hours", "deployment_hours")
_LINES: Mapping[str, tuple[str, ...]] = {
    "benefit": _BENEFITS,
    "effort": _HOURS,
    "running": ("inference_cost", "monitoring_hours", "other_monthly", "retraining_hours_per_quarter"),
}
_STEPS = 64
_PASSES = 8
_SMALL = 1e-6
_FINEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class MustHold:
    """One driver: what it is assumed to be, and what it must be for the money to be back in time."""

    driver: Driver
    approach: str | None
    """Whose number it is; None for the case and in the summary form."""
    key: str
    """The input that is solved for; in the summary form the driver itself, which adds up several."""
    today: float
    needed: float | None
    """None where no value that can be entered does it, or where every value does."""
    at_least: bool
    """Whether it must be that much or more; else that much or less."""
    holds: bool
    """Whether the money is back in time at today's value."""
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HangsOn:
    """How payback moves over the range of the one figure that matters most. Paybacks in months, None for never."""

    bar: Bar
    today: float
    """What stands there; of an accuracy what it is compared with has, that is, no gain at all."""
    at_today: float | None
    best: float | None
    worst: float | None
    needed: float | None
    """Within the range, rounded to the safe side: from there on it pays back in time. None where all or none does."""
    at_needed: float | None
    at_least: bool
    compared_with: str | None
    """For an accuracy: whose it is measured against, and where `today` is from."""
    months: int


def must_hold(framework: Framework, document: Document, economics: Economics) -> tuple[MustHold, ...]:
    """Accuracy, volume, price and effort, or in the summary form benefit, effort and running costs; () without money.

    The money is back where the running total reaches zero within the months; where less is paid at the start, where
    it is not below zero after them.

    >>> from assessments.engine.document import read_document
    >>> from assessments.framework import load_framework
    >>> from .summary import summary_economics
    >>> lines = {"api_savings": 1500, "evaluation_hours": 60, "data_preparation_hours": 0, "deployment_hours": 0,
    ...     "training_cost": 0, "monitoring_hours": 0, "retraining_hours_per_quarter": 0}
    >>> raw = {"format": "ftdecide/assessment", "version": 1, "use_case": {"name": "A"}, "costs": {"summary": lines}}
    >>> framework = load_framework()
    >>> document = read_document(raw, framework)
    >>> found = must_hold(framework, document, summary_economics(framework, document))
    >>> [(one.driver, one.today, round(one.needed, 6)) for one in found]
    [('benefit', 1500.0, 500.0), ('effort', 60.0, 180.0), ('running', 0.0, 1000.0)]
    """
    form, pair = document.detailed_in_force, economics.told
    months = min(PAYBACK_WITHIN, economics.horizon_months)
    if pair is None:
        return ()
    if form is None:
        return _of_summary(framework, document, months)
    return _of_detailed(case_numbers(framework, document, form), *pair, months)


def by_weight(drivers: tuple[MustHold, ...], bars: tuple[Bar, ...]) -> tuple[MustHold, ...]:
    """The drivers that move the result most first, by the widest of their bars."""

    def swing(one: MustHold) -> float:
        keys = _LINES.get(one.key, (one.key,))
        return max((bar.swing for bar in bars if bar.key in keys and bar.approach == one.approach), default=0.0)

    return tuple(sorted(drivers, key=swing, reverse=True))


def _of_detailed(numbers: CaseNumbers, own: str, reference: str, months: int) -> tuple[MustHold, ...]:
    drivers: Mapping[Driver, tuple[str | None, str]] = {
        "accuracy": (own, ACCURACY),
        "monthly_requests": (None, "monthly_requests"),
        "price": _price(numbers, own, reference),
        "effort": (own, "upfront_hours"),
    }
    return tuple(
        _solved_for(numbers, own, reference, driver, approach, key, months)
        for driver, (approach, key) in drivers.items()
        if key
    )


def _price(numbers: CaseNumbers, own: str, reference: str) -> tuple[str, str]:
    """The price that is solved for: of the model it is compared with, else its own, else of its own GPU.

    All token prices of that model move with it, in proportion. No key where nothing has a price.
    """
    for name in (reference, own):
        for key in ("input_price", "output_price"):
            if numbers.approaches[name][key]:
                return name, key
    return (own, "gpu_hourly") if numbers.approaches[own]["gpu_hourly"] else (own, "")


def _solved_for(
    numbers: CaseNumbers, own: str, reference: str, driver: Driver, approach: str | None, key: str, months: int
) -> MustHold:
    table = numbers.approaches[approach] if approach else numbers.case
    today = float(table[key])
    flows = _varied(numbers, own, reference, approach, key, together=driver == "price")
    return _solve(
        driver, approach, key, today, (0.0, 1.0 if driver == "accuracy" else max(LARGEST, today)), months, flows
    )


def _varied(
    numbers: CaseNumbers, own: str, reference: str, approach: str | None, key: str, *, together: bool = False
) -> FlowsAt:
    """The cash flow at other values of one number; with `together` all token prices of the model move with it."""
    table = numbers.approaches[approach] if approach else numbers.case
    today = float(table[key])
    prices = [one for one in table if one.endswith("_price") and one != _TRAINING] if together and today else []

    def at(values: Floats, months: int) -> Floats:
        changed: dict[str, Amount] = {**table, **{one: table[one] * (values / today) for one in prices}, key: values}
        if approach is None:
            varied = replace(numbers, case=changed, months=months)
        else:
            varied = replace(numbers, approaches={**numbers.approaches, approach: changed}, months=months)
        return pair_flows(varied, own, reference)

    return at


def _of_summary(framework: Framework, document: Document, months: int) -> tuple[MustHold, ...]:
    """Sums of lines are solved for: one line of each sum takes up the change."""
    numbers = summary_numbers(framework, document)
    costs_alone = {**numbers, **dict.fromkeys(_BENEFITS, 0.0)}
    running = 0.0 - float(monthly_net_benefit(costs_alone, hourly_rate=numbers["hourly_rate"]))
    sums: Mapping[Driver, tuple[str, float]] = {
        "benefit": (_BENEFITS[0], sum(float(numbers[key]) for key in _BENEFITS)),
        "effort": (_HOURS[0], sum(float(numbers[key]) for key in _HOURS)),
        "running": ("other_monthly", running),
    }

    def of(line: str, today: float) -> FlowsAt:
        flows = _line(numbers, line)
        return lambda values, months: flows(numbers[line] + (values - today), months)

    return tuple(
        _solve(driver, None, driver, today, (min(0.0, today), max(LARGEST, today)), months, of(line, today))
        for driver, (line, today) in sums.items()
    )


def _line(numbers: Numbers, line: str) -> FlowsAt:
    """The cash flow of the summary form at other values of one line."""
    return lambda values, months: summary_flows({**numbers, line: values, "horizon_months": months})


def hangs_on(framework: Framework, document: Document, economics: Economics, bars: tuple[Bar, ...]) -> HangsOn | None:
    """How payback moves with the figure that matters most; None where nothing has a range, or there is no money.

    Of an accuracy it is that of the approach itself, measured against what it is compared with.
    """
    if not bars or economics.told is None:
        return None
    bar, compared, form = bars[0], None, document.detailed_in_force
    horizon, months = economics.horizon_months, min(PAYBACK_WITHIN, economics.horizon_months)
    if form is None:
        numbers = summary_numbers(framework, document)
        today, flows = float(numbers[bar.key]), _line(numbers, bar.key)
    else:
        case, (own, reference) = case_numbers(framework, document, form), economics.told
        if bar.key == ACCURACY and bar.approach in (own, reference):
            bar = next((one for one in bars if (one.approach, one.key) == (own, ACCURACY)), bar)
            compared = reference if bar.approach == own else None
        table = case.approaches[compared or bar.approach or ""] if compared or bar.approach else case.case
        today = float(table[bar.key])
        flows = _varied(case, own, reference, bar.approach, bar.key)
    bounds = _bounds(framework, form, bar)
    found = _solve("accuracy", None, bar.key, min(bounds[1], max(bounds[0], bar.likely)), bounds, months, flows)
    needed = found.needed
    if needed is not None:
        needed = _rounded(needed, bar, bounds, today if compared else None, up=found.at_least)
    at_today, at_low, at_high, at_needed = _paybacks(
        flows, [today, bar.low, bar.high, bar.low if needed is None else needed], horizon
    )
    best, worst = sorted((at_low, at_high))
    return HangsOn(
        bar=bar,
        today=today,
        at_today=_or_none(at_today),
        best=_or_none(best),
        worst=_or_none(worst),
        needed=needed,
        at_needed=None if needed is None else _or_none(at_needed),
        at_least=found.at_least,
        compared_with=compared,
        months=months,
    )


def _paybacks(flows: FlowsAt, values: list[float], horizon: int) -> list[float]:
    """Months until it first pays back, infinite where it never does or is cheaper only at first."""
    found = np.broadcast_to(flows(np.array(values)[:, None], horizon), (len(values), horizon + 1))
    months: list[float] = lasting_crossings(found).tolist()
    return months


def _bounds(framework: Framework, form: DetailedForm | None, bar: Bar) -> tuple[float, float]:
    """Its range; a tenth either way is none, and gives way to all that can be entered."""
    if bar.basis != "tenth":
        return bar.low, bar.high
    inputs = framework.cost_inputs
    fields: Mapping[str, Field] = inputs.approach if bar.approach else framework.questions
    field = inputs.case[bar.key] if form and not bar.approach and bar.key in inputs.case else fields[bar.key]
    return field.minimum, field.maximum


def _rounded(needed: float, bar: Bar, bounds: tuple[float, float], compared: float | None, *, up: bool) -> float:
    """To the safe side, within the bounds: an accuracy to whole points of gain, anything else to two digits.

    Finer where the likely value pays back and would not be let through.

    >>> bar = Bar(key="accuracy", approach="a", low=0.8, high=1.0, likely=0.9, npv_low=0, npv_high=1, basis="effort")
    >>> round(_rounded(0.8643, bar, (0.8, 1.0), 0.82, up=True), 6)
    0.87
    >>> round(_rounded(0.8643, replace(bar, likely=0.866), (0.8, 1.0), 0.82, up=True), 6)
    0.865
    >>> _rounded(21_345.0, replace(bar, likely=40_000.0), (0, 1e12), None, up=True)
    22000.0
    >>> round(_rounded(0.29, replace(bar, likely=0.2), (0.0, 1.0), 0.0, up=False), 6)
    0.29
    """
    step = 0.01 if compared is not None else 10.0 ** (math.floor(math.log10(abs(needed))) - 1) if needed else 1.0
    start = compared or 0.0
    found = needed
    for finer in range(_FINEST):
        steps = (needed - start) / step * 10**finer
        whole = math.ceil(steps - _SMALL) if up else math.floor(steps + _SMALL)
        found = min(bounds[1], max(bounds[0], start + whole * step / 10**finer))
        if not (needed <= bar.likely < found if up else found < bar.likely <= needed):
            break
    return found


def _solve(
    driver: Driver,
    approach: str | None,
    key: str,
    today: float,
    bounds: tuple[float, float],
    months: int,
    flows: FlowsAt,
) -> MustHold:
    """The value next to today's at which payback within the months turns into none, on the side that still pays."""

    def pays(values: Floats) -> NDArray[np.bool_]:
        return _in_time(np.broadcast_to(flows(values[:, None], months), (len(values), months + 1)))

    values = _grid(today, *bounds)
    paid = pays(values)
    holds = bool(paid[np.searchsorted(values, today)])
    turns = np.flatnonzero(paid[1:] != paid[:-1])
    if not turns.size:
        return MustHold(
            driver=driver,
            approach=approach,
            key=key,
            today=today,
            needed=None,
            at_least=True,
            holds=holds,
            months=months,
        )
    at = turns[np.abs(turns + 0.5 - np.searchsorted(values, today)).argmin()]
    for _ in range(_PASSES):
        values = np.linspace(values[at], values[at + 1], _STEPS + 1)
        paid = pays(values)
        turns = np.flatnonzero(paid[1:] != paid[:-1])
        if not turns.size:
            break
        at = turns[0]
    at_least = bool(paid[at + 1])
    return MustHold(
        driver=driver,
        approach=approach,
        key=key,
        today=today,
        needed=float(f"{values[at + 1] if at_least else values[at]:.12g}"),  # finer than any processor rounds
        at_least=at_least,
        holds=holds,
        months=months,
    )


def _grid(today: float, low: float, high: float) -> Floats:
    """Values from low to high through today's: evenly within a narrow range, else by factors."""
    if high - low < LARGEST:
        values = np.linspace(low, high, 2 * _STEPS + 1)
    else:
        smallest = max(_SMALL, _SMALL * abs(today))
        values = np.concatenate([[low], np.geomspace(smallest, high, 4 * _STEPS)])
    found: Floats = np.unique(np.clip(np.append(values, today), low, high))
    return found


def _in_time(flows: Floats) -> NDArray[np.bool_]:
    """Whether the money is back within these flows; where less is paid at the start, whether it still is at the end."""
    totals = np.cumsum(flows, axis=-1)
    back: NDArray[np.bool_] = np.where(flows[..., 0] < 0, totals[..., 1:].max(axis=-1), totals[..., -1]) >= 0
    return back


def _or_none(months: float) -> float | None:
    return months if math.isfinite(months) else None
