"""All levers of the detailed form side by side, and when each would pay back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.engine.decision import Economics, Investment, Verdict
from assessments.engine.document import Document
from assessments.engine.economics.accuracy import PaybackRange, paybacks_by_accuracy
from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.economics.money import ApproachMoney
from assessments.framework import Framework
from assessments.framework.currency import currency_words
from assessments.framework.notation import amount as with_sign
from assessments.framework.notation import percentage as in_hundredths

from ..formats import count, decimals, money, months, number, payback, percentage, price
from ..words import approach_in_words, lower, starting
from .inputs import origin_mark
from .investment import differing
from .words import (
    NONE,
    Table,
    TableRow,
    cents,
    exact_months,
    if_tuned,
    is_if_tuned,
    months_after,
    months_shown,
    short_names,
)


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
    is_verdict: bool
    tags: Sequence[Tag]
    cells: Sequence[LabelledCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachesView:
    """The table with its finding, what to know about its paybacks, and every figure to the last digit."""

    finding: str
    about: str
    head: Sequence[str]
    rows: Sequence[ApproachRow]
    notes: Sequence[str]
    starts_to_pay: str
    exact: Table


def present_approaches(verdict: Verdict, economics: Economics) -> ApproachesView:
    framework = verdict.framework
    cheapest_first = sorted(economics.approaches, key=lambda one: one.pv_cost)
    ordered = sorted(cheapest_first, key=lambda one: (one.approach != economics.approach, one.approach == STATUS_QUO))
    ranges = paybacks_by_accuracy(framework, verdict.document)
    names = short_names(framework)
    rows = [
        ApproachRow(
            key=one.approach,
            name=names[one.approach],
            is_verdict=one.approach == verdict.approach,
            tags=_tags(economics, one.approach),
            cells=_cells(verdict, economics, one, ranges.get(one.approach)),
        )
        for one in ordered
    ]
    return ApproachesView(
        finding=_finding(verdict, economics),
        about=_about(framework, economics, has_ranges=bool(ranges)),
        head=[cell.label for cell in rows[0].cells],
        rows=rows,
        notes=[
            _("{lever}, compared with {reference}: {finding}").format(
                lever=starting(approach_in_words(framework, one.approach)),
                reference=approach_in_words(framework, comparison.reference),
                finding=lower(words),
            )
            for one in cheapest_first
            for comparison in _comparisons(one)
            for words in differing(comparison)
        ],
        starts_to_pay=starts_to_pay_words(framework, economics),
        exact=_exact(framework, economics),
    )


def _finding(verdict: Verdict, economics: Economics) -> str:
    """When the case of tuning pays back against the best that is open without it, unless the page says so already."""
    framework, case = verdict.framework, economics.tuning_case
    if economics.tuned is None or case is None or case is economics.investment:
        return _how_many(framework, economics)
    against = approach_in_words(framework, case.reference)
    when = payback(case.break_even_months, case.durable_break_even_months)
    words = {
        months(None): _("Against {reference} it never pays back"),
        months(0): _("Against {reference} it pays back at once"),
    }.get(when, _("Against {reference} it takes {months}"))
    return if_tuned(
        words.format(reference=against, months=when),
        applies=is_if_tuned(framework, whose=economics.tuned, verdict=verdict.approach),
    )


def _how_many(framework: Framework, economics: Economics) -> str:
    """How many of the levers come back soon enough, compared with going on as today."""
    most = framework.thresholds.payback_months
    limit = months_after(most)
    found = [one.against_status_quo for one in economics.approaches if one.against_status_quo]
    soon = [one for one in found if one.durable_break_even_months is not None and (one.break_even_months or 0) <= most]
    if not found:
        return _("No lever is priced yet")
    if len(found) > 1:
        words = _("None of {total} levers pay back within {months}, compared with today")
        if soon:
            words = ngettext(
                "One of {total} levers pay back within {months}, compared with today",
                "{some} of {total} levers pay back within {months}, compared with today",
                len(soon),
            )
        return words.format(some=starting(count(len(soon))), total=len(found), months=limit)
    if soon:
        return _("It pays back within {months}, compared with today").format(months=limit)
    return _("It does not pay back within {months}, compared with today").format(months=limit)


def _about(framework: Framework, economics: Economics, *, has_ranges: bool) -> str:
    shown = economics.tuning_case and economics.tuning_case is not economics.investment
    sentences = [
        _("The best lever without tuning that is open.") if shown else _("Compared with going on as today."),
        _("A full go asks for less than {months}.").format(months=months(framework.thresholds.payback_months)),
        _("Ranges: accuracy at its best and worst, ours where you gave none.") if has_ranges else "",
        _("“Never” means not within {months}.").format(months=months_after(economics.horizon_months)),
        _("Amounts in {currency}, an average month.").format(currency=currency_words(framework.currency)),
    ]
    return " ".join(filter(None, sentences))


def starts_to_pay_words(framework: Framework, economics: Economics) -> str:
    """From how many requests a month tuning pays back within the horizon."""
    comparison = economics.tuning_case
    if economics.tuned is None or comparison is None:
        return ""
    name = starting(approach_in_words(framework, economics.tuned))
    against = approach_in_words(framework, comparison.reference)
    requests, horizon = comparison.break_even_requests, economics.horizon_months
    if requests is None:
        return _("{lever} pays back at no volume: each further request costs no less than with {reference}.").format(
            lever=name, reference=against
        )
    if requests == 0:
        return _("{lever} pays back within {n} months at any volume, compared with {reference}.").format(
            lever=name, n=horizon, reference=against
        )
    return _(
        "{lever} starts to pay from {requests} requests a month: from there on it pays back within {n} months, "
        "compared with {reference}. Today there are {today}. This counts today's prices, without growth."
    ).format(
        lever=name,
        requests=number(round(requests)),
        n=horizon,
        reference=against,
        today=number(economics.inputs["monthly_requests"]),
    )


def _tags(economics: Economics, approach: str) -> Sequence[Tag]:
    return [Tag(kind="plain", words=_("Best without tuning"))] if approach == economics.best_untuned else []


def _cells(
    verdict: Verdict, economics: Economics, one: ApproachMoney, spread: PaybackRange | None
) -> Sequence[LabelledCell]:
    sign, people = verdict.framework.sign, one.components["people"]
    comparison = one.against_status_quo
    to_run = one.average_monthly_cost - sum(people) / len(people)
    gain = NONE
    if comparison:
        gain = money(sum(comparison.cash_flow.monthly_net) / economics.horizon_months, sign)
    return [
        _accuracy(verdict.document, economics, one.approach),
        LabelledCell(label=_("Upfront"), words=money(one.upfront, sign)),
        LabelledCell(label=_("To run, a month"), words=money(to_run, sign)),
        LabelledCell(label=_("Gain a month"), words=gain),
        _payback(_("Pays back"), comparison, spread),
    ]


def _accuracy(document: Document, economics: Economics, approach: str) -> LabelledCell:
    """How many answers are right, with the range that was entered, or where the figure comes from."""
    small = origin_mark(document, approach, "accuracy")
    form = document.detailed
    entered = form.approaches[approach].numbers.get("accuracy") if form else None
    if entered is None:
        small = _("our default")
    elif not entered.is_point:
        small = _("{low} to {high}").format(low=percentage(entered.low), high=percentage(entered.high))
    right = percentage(economics.inputs[f"{approach}.accuracy"])
    return LabelledCell(label=_("Right, assumed"), words=right, small=small)


def _payback(label: str, comparison: Investment | None, spread: PaybackRange | None) -> LabelledCell:
    if comparison is None:
        return LabelledCell(label=label, words=NONE)
    if spread:
        best, worst = (payback(end.first, end.durable) for end in (spread.best, spread.worst))
        when = payback(comparison.break_even_months, comparison.durable_break_even_months)
        span = _("{low} to {high}").format(low=lower(best), high=lower(worst)) if best != worst else ""
        return LabelledCell(label=label, words=when, small=span)
    first, durable = comparison.break_even_months, comparison.durable_break_even_months
    small = ""
    if first == 0 and durable is None:
        return LabelledCell(label=label, words=months(None), small=_("cheaper only at first"))
    if first is not None and durable is None:
        small = _("not for good")
    elif first is not None and months(first) != months(durable):
        small = _("for good: {months}").format(months=months(durable))
    elif first is not None and months(comparison.discounted_break_even_months) != months(first):
        small = _("discounted: {months}").format(months=lower(months(comparison.discounted_break_even_months)))
    return LabelledCell(label=label, words=months(first), small=small)


def _comparisons(one: ApproachMoney) -> Sequence[Investment]:
    """Against today and against the best without tuning, once where they are the same."""
    found = [comparison for comparison in (one.against_status_quo, one.against_best_untuned) if comparison]
    return found[:1] if len({comparison.reference for comparison in found}) < 2 else found


def _exact(framework: Framework, economics: Economics) -> Table:
    """Every figure of every approach, to be held against one's own calculation."""
    approaches, names, sign = economics.approaches, short_names(framework), framework.sign
    rows = [
        TableRow(name=_("Upfront"), cells=[cents(one.upfront, sign) for one in approaches]),
        TableRow(
            name=_("Cost of one attempt, tokens"),
            cells=[with_sign(f"{one.cost_per_attempt:.6f}", sign) for one in approaches],
        ),
        TableRow(name=_("Attempts for a request"), cells=[decimals(one.attempts, 4) for one in approaches]),
        TableRow(
            name=_("Share that a person takes over"),
            cells=[in_hundredths(f"{one.fallback_share * 100:.4f}") for one in approaches],
        ),
        TableRow(name=_("GPUs, first to last month"), cells=[_gpus(one) for one in approaches]),
    ]
    rows += [
        TableRow(
            name=_("Month {month}").format(month=month),
            cells=[cents(one.monthly_cost[month - 1], sign) for one in approaches],
        )
        for month in months_shown(economics.horizon_months)
    ]
    rows.append(TableRow(name=_("A request in month 1"), cells=[_per_request(one, sign) for one in approaches]))
    rows.append(TableRow(name=_("All in today's money"), cells=[cents(one.pv_cost, sign) for one in approaches]))
    for reference in dict.fromkeys((STATUS_QUO, economics.best_untuned or STATUS_QUO)):
        against = [
            one.against_status_quo if reference == STATUS_QUO else one.against_best_untuned for one in approaches
        ]
        rows += _exact_comparison(lower(names[reference]), against, sign)
    return Table(
        caption=_("Every figure, to the last digit"),
        head=[_("Figure"), *(names[one.approach] for one in approaches)],
        rows=rows,
    )


def _exact_comparison(reference: str, comparisons: Sequence[Investment | None], sign: str) -> Sequence[TableRow]:
    figures: Mapping[str, Callable[[Investment], str]] = {
        _("Break-even in months"): lambda one: exact_months(one.break_even_months),
        _("Discounted break-even"): lambda one: exact_months(one.discounted_break_even_months),
        _("Break-even for good"): lambda one: exact_months(one.durable_break_even_months),
        _("Present value"): lambda one: cents(one.npv, sign),
        _("Left at the end"): lambda one: cents(one.net, sign),
        _("Return, times the upfront cost"): lambda one: NONE if one.roi is None else decimals(one.roi, 4),
        _("Requests a month to pay"): lambda one: (
            NONE if one.break_even_requests is None else decimals(one.break_even_requests, 1)
        ),
    }
    return [
        TableRow(
            name=_("{figure}, against {lever}").format(figure=name, lever=reference),
            cells=[NONE if one is None else words(one) for one in comparisons],
        )
        for name, words in figures.items()
    ]


def _gpus(one: ApproachMoney) -> str:
    first, last = one.gpus[0], one.gpus[-1]
    return NONE if not first and not last else _("{low} to {high}").format(low=first, high=last)


def _per_request(one: ApproachMoney, sign: str) -> str:
    return NONE if one.cost_per_request is None else price(one.cost_per_request, sign)
