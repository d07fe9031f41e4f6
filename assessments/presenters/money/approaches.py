"""All approaches of the detailed form side by side, and when each would pay back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assessments.engine.decision import Economics, Investment
from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.economics.money import ApproachMoney
from assessments.framework import Framework

from ..formats import money, months, number, price
from ..words import approach_in_words, lower, starting
from .investment import differing
from .words import NONE, Table, TableRow, cents, exact_months, months_shown, short_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A word beside a name; `kind` is for its looks."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledCell:
    """A cell that can stand by itself, on a phone."""

    label: str
    words: str
    small: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachRow:
    key: str
    name: str
    tags: Sequence[Tag]
    cells: Sequence[LabelledCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachesView:
    """The table, what to know about its paybacks, and every figure to the last digit."""

    head: Sequence[str]
    rows: Sequence[ApproachRow]
    notes: Sequence[str]
    starts_to_pay: str
    exact: Table


def present_approaches(framework: Framework, economics: Economics) -> ApproachesView:
    cheapest_first = sorted(economics.approaches, key=lambda one: one.pv_cost)
    names = short_names(framework)
    best = economics.best_untuned or STATUS_QUO
    rows = [
        ApproachRow(
            key=one.approach,
            name=names[one.approach],
            tags=_tags(economics, one.approach),
            cells=_cells(framework, one, best),
        )
        for one in cheapest_first
    ]
    return ApproachesView(
        head=[cell.label for cell in rows[0].cells],
        rows=rows,
        notes=[
            f"{starting(approach_in_words(framework, one.approach))}, compared with "
            f"{approach_in_words(framework, comparison.reference)}: {lower(words)}"
            for one in cheapest_first
            for comparison in _comparisons(one)
            for words in differing(comparison)
        ],
        starts_to_pay=starts_to_pay_words(framework, economics),
        exact=_exact(framework, economics),
    )


def starts_to_pay_words(framework: Framework, economics: Economics) -> str:
    """From how many requests a month tuning pays back within the horizon."""
    comparison = economics.tuning_case
    if economics.tuned is None or comparison is None:
        return ""
    name = starting(approach_in_words(framework, economics.tuned))
    against = approach_in_words(framework, comparison.reference)
    requests = comparison.break_even_requests
    within = f"within {economics.horizon_months} months"
    if requests is None:
        return f"{name} pays back at no volume: each further request costs no less than with {against}."
    if requests == 0:
        return f"{name} pays back {within} at any volume, compared with {against}."
    today = economics.inputs["monthly_requests"]
    return (
        f"{name} starts to pay from {number(round(requests))} requests a month: from there on it pays back {within}, "
        f"compared with {against}. Today there are {number(today)}. This counts today's prices, without growth."
    )


def _tags(economics: Economics, approach: str) -> Sequence[Tag]:
    tags = []
    if approach == economics.approach:
        tags.append(Tag(kind="acc", words="Verdict"))
    if approach == economics.best_untuned:
        tags.append(Tag(kind="plain", words="Best without tuning"))
    return tags


def _cells(framework: Framework, one: ApproachMoney, best: str) -> Sequence[LabelledCell]:
    per_request = NONE if one.cost_per_request is None else price(one.cost_per_request, framework.sign)
    cells = [LabelledCell(label="Upfront", words=money(one.upfront, framework.sign))]
    cells += [
        LabelledCell(label=f"Month {month}", words=money(one.monthly_cost[month - 1], framework.sign))
        for month in months_shown(len(one.monthly_cost))
    ]
    cells += [
        LabelledCell(label="A request", words=per_request),
        LabelledCell(label="All in today's money", words=money(one.pv_cost, framework.sign)),
        _payback("Pays back against today", one.against_status_quo),
    ]
    if best != STATUS_QUO:
        cells.append(_payback("Against best without tuning", one.against_best_untuned))
    return cells


def _payback(label: str, comparison: Investment | None) -> LabelledCell:
    if comparison is None:
        return LabelledCell(label=label, words=NONE)
    first, durable = comparison.break_even_months, comparison.durable_break_even_months
    small = ""
    if first == 0 and durable is None:
        return LabelledCell(label=label, words="Never", small="cheaper only at first")
    if first is not None and durable is None:
        small = "not for good"
    elif first is not None and months(first) != months(durable):
        small = f"for good: {months(durable)}"
    elif first is not None and months(comparison.discounted_break_even_months) != months(first):
        small = f"discounted: {months(comparison.discounted_break_even_months).lower()}"
    return LabelledCell(label=label, words=months(first), small=small)


def _comparisons(one: ApproachMoney) -> Sequence[Investment]:
    """Against today and against the best without tuning, once where they are the same."""
    found = [comparison for comparison in (one.against_status_quo, one.against_best_untuned) if comparison]
    return found[:1] if len({comparison.reference for comparison in found}) < 2 else found


def _exact(framework: Framework, economics: Economics) -> Table:
    """Every figure of every approach, to be held against one's own calculation."""
    approaches, names, sign = economics.approaches, short_names(framework), framework.sign
    rows = [
        TableRow(name="Upfront", cells=[cents(one.upfront, sign) for one in approaches]),
        TableRow(name="Cost of one attempt, tokens", cells=[f"{sign}{one.cost_per_attempt:.6f}" for one in approaches]),
        TableRow(name="Attempts for a request", cells=[f"{one.attempts:.4f}" for one in approaches]),
        TableRow(name="Share that a person takes over", cells=[f"{one.fallback_share:.4%}" for one in approaches]),
        TableRow(name="GPUs, first to last month", cells=[_gpus(one) for one in approaches]),
    ]
    rows += [
        TableRow(name=f"Month {month}", cells=[cents(one.monthly_cost[month - 1], sign) for one in approaches])
        for month in months_shown(economics.horizon_months)
    ]
    rows.append(TableRow(name="All in today's money", cells=[cents(one.pv_cost, sign) for one in approaches]))
    for reference in dict.fromkeys((STATUS_QUO, economics.best_untuned or STATUS_QUO)):
        against = [
            one.against_status_quo if reference == STATUS_QUO else one.against_best_untuned for one in approaches
        ]
        rows += _exact_comparison(f"against {names[reference].lower()}", against, sign)
    return Table(
        caption="Every figure, to the last digit",
        head=["Figure", *(names[one.approach] for one in approaches)],
        rows=rows,
    )


def _exact_comparison(against: str, comparisons: Sequence[Investment | None], sign: str) -> Sequence[TableRow]:
    figures: Mapping[str, Callable[[Investment], str]] = {
        "Break-even in months": lambda one: exact_months(one.break_even_months),
        "Discounted break-even": lambda one: exact_months(one.discounted_break_even_months),
        "Break-even for good": lambda one: exact_months(one.durable_break_even_months),
        "Present value": lambda one: cents(one.npv, sign),
        "Left at the end": lambda one: cents(one.net, sign),
        "Return, times the upfront cost": lambda one: NONE if one.roi is None else f"{one.roi:.4f}",
        "Requests a month to pay": lambda one: (
            NONE if one.break_even_requests is None else f"{one.break_even_requests:,.1f}"
        ),
    }
    return [
        TableRow(name=f"{name}, {against}", cells=[NONE if one is None else words(one) for one in comparisons])
        for name, words in figures.items()
    ]


def _gpus(one: ApproachMoney) -> str:
    first, last = one.gpus[0], one.gpus[-1]
    return NONE if not first and not last else f"{first} to {last}"
