"""The charts of the detailed form: each with its finding as the heading, and the table of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.charts.chart import Chart
from assessments.charts.components import PARTS, components_chart, costs_by_part, part_in_words
from assessments.charts.cumulative_cost import cost_crossings, cumulative_cost_chart, cumulative_costs
from assessments.charts.lines import Cast
from assessments.charts.tornado import TornadoRow, tornado_chart
from assessments.charts.volume import volume_chart
from assessments.engine.decision import Economics, Verdict
from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.economics.sensitivity import Bar, VolumeCosts
from assessments.framework import Framework
from assessments.framework.currency import currency_words

from ..formats import money, months, number, share
from ..words import approach_in_words, lower
from .figures import WHERE_FROM, figure_field, figure_name, figure_words
from .words import NONE, Table, TableRow, months_after, months_shown, short_names

_MOST_BARS = 10
_TIMES_SHOWN = (0, 10, 20, 30, 40)  # of the 41 volumes: a tenth, a third, one, three and ten times today's


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEntry:
    """What a colour with a number stands for."""

    colour: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """`about` says the unit and what is assumed."""

    finding: str
    about: str
    chart: Chart
    table: Table
    key: Sequence[KeyEntry] = ()


def present_charts(verdict: Verdict, economics: Economics) -> Sequence[ChartView]:
    framework = verdict.framework
    found = []
    if economics.approaches:
        cast = _cast(framework, economics)
        found += [_costs(framework, economics, cast), _components(framework, economics, cast)]
        if verdict.volume_costs:
            found.append(_volume(framework, economics, cast, verdict.volume_costs))
    if bars := verdict.tornado:
        found.append(_tornado(framework, economics, bars[:_MOST_BARS], left_out=len(bars[_MOST_BARS:])))
    return found


def _cast(framework: Framework, economics: Economics) -> Cast:
    """The verdict's approach against its reference; without it, the best without tuning against today."""
    names = short_names(framework)
    filled_in = [one.approach for one in economics.approaches]
    best = economics.best_untuned or STATUS_QUO
    main = economics.approach if economics.approach in filled_in else best
    reference = best if main != best else STATUS_QUO
    return Cast(names={name: names[name] for name in filled_in}, main=main, reference=reference)


def _costs(framework: Framework, economics: Economics, cast: Cast) -> ChartView:
    totals = cumulative_costs(economics.approaches)
    horizon = economics.horizon_months
    finding = _("What each lever has cost, month by month, over {months}").format(months=months(horizon))
    crossings = cost_crossings(totals, cast.main)
    head = [
        _("Lever"),
        _("Upfront"),
        *(_("By month {month}").format(month=month) for month in months_shown(horizon)),
        _("Lines cross"),
    ]
    rows = [
        TableRow(
            name=cast.names[name],
            cells=[
                *(money(totals[name][month], framework.sign) for month in (0, *months_shown(horizon))),
                ", ".join(
                    _("after {months}").format(months=months_after(at))
                    for other, at, _cost in crossings
                    if other == name
                )
                or NONE,
            ],
            strong=name == cast.main,
        )
        for name in sorted(totals, key=lambda name: totals[name][-1])
    ]
    return ChartView(
        finding=finding,
        about=_(
            "All costs so far in {currency}, upfront included. The circles are where {lever} crosses another line."
        ).format(currency=currency_words(framework.currency), lever=approach_in_words(framework, cast.main)),
        chart=cumulative_cost_chart(economics.approaches, cast, sign=framework.sign),
        table=Table(caption=_("Costs so far, and where the verdict's line crosses the others"), head=head, rows=rows),
    )


def _components(framework: Framework, economics: Economics, cast: Cast) -> ChartView:
    parts = {one.approach: costs_by_part(one) for one in economics.approaches}
    totals = {name: sum(own.values()) for name, own in parts.items()}
    largest = max(parts[cast.main], key=parts[cast.main].__getitem__)
    finding = _("None of the levers costs anything")
    if totals[cast.main]:
        finding = _("{part}: {share} of what {lever} costs").format(
            part=part_in_words(largest),
            share=share(parts[cast.main][largest] / totals[cast.main]),
            lever=approach_in_words(framework, cast.main),
        )
    named = [part_in_words(part) for part in PARTS]
    return ChartView(
        finding=finding,
        about=_("Costs over {months} in {currency}, the cheapest first.").format(
            months=months(economics.horizon_months), currency=currency_words(framework.currency)
        ),
        chart=components_chart(economics.approaches, cast, sign=framework.sign),
        key=[KeyEntry(colour=f"part-{index}", words=f"{index} {name}") for index, name in enumerate(named, 1)],
        table=Table(
            caption=_("Costs by what they are spent on"),
            head=[_("Lever"), *named, _("Together")],
            rows=[
                TableRow(
                    name=cast.names[name],
                    cells=[
                        *(money(parts[name][part], framework.sign) for part in PARTS),
                        money(totals[name], framework.sign),
                    ],
                    strong=name == cast.main,
                )
                for name in sorted(totals, key=totals.__getitem__)
            ],
        ),
    )


def _volume(framework: Framework, economics: Economics, cast: Cast, volumes: VolumeCosts) -> ChartView:
    comparison = economics.tuning_case
    pays_from = comparison.break_even_requests if comparison else None
    tuned_cast = cast
    if economics.tuned and comparison:
        tuned_cast = Cast(names=cast.names, main=economics.tuned, reference=comparison.reference)
    if comparison is None:
        finding = _("What a month costs with fewer or more requests")
    elif pays_from is None:
        finding = _("Tuning pays at no number of requests")
    elif pays_from == 0:
        finding = _("Tuning pays at any number of requests")
    else:
        finding = _("Tuning starts to pay from {n} requests a month").format(n=number(round(pays_from)))
    return ChartView(
        finding=finding,
        about=_(
            "Month 1 in {currency}, with a tenth of today's requests to ten times as many. Axes grow by factors."
        ).format(currency=currency_words(framework.currency)),
        chart=volume_chart(volumes, tuned_cast, sign=framework.sign, starts_to_pay=pays_from),
        table=Table(
            caption=_("Cost of month 1 by number of requests"),
            head=[_("Lever"), *(number(round(volumes.volumes[at])) for at in _TIMES_SHOWN)],
            rows=[
                TableRow(
                    name=cast.names[name],
                    cells=[money(line[at], framework.sign) for at in _TIMES_SHOWN],
                    strong=name == cast.main,
                )
                for name, line in volumes.costs.items()
            ],
        ),
    )


def _tornado(framework: Framework, economics: Economics, bars: Sequence[Bar], *, left_out: int) -> ChartView:
    rows = [_bar_row(framework, economics, bar) for bar in bars]
    worth = economics.investment or economics.tuning_case
    likely = worth.npv if worth else 0.0
    first = rows[0]
    low, high = (money(end, framework.sign) for end in sorted((first.npv_low, first.npv_high)))
    about = [
        _(
            "From {low} to {high} by this figure alone. What the investment is worth in today's money with one figure "
            "at its low or its high, and the others as they are."
        ).format(low=low, high=high)
    ]
    if left_out:
        about.append(_("{n} more move it less.").format(n=number(left_out)))
    return ChartView(
        finding=_("It hangs most on: {figure}").format(figure=lower(first.name)),
        about=" ".join(about),
        key=[KeyEntry(colour="part-3", words=_("At its low")), KeyEntry(colour="part-2", words=_("At its high"))],
        chart=tornado_chart(rows, likely=likely, sign=framework.sign),
        table=Table(
            caption=_("Worth in today's money with one figure at its low and at its high"),
            head=(_("Figure"), _("Low"), _("Worth then"), _("High"), _("Worth then"), _("Range")),
            rows=[
                TableRow(
                    name=row.name,
                    cells=(
                        row.low,
                        money(row.npv_low, framework.sign),
                        row.high,
                        money(row.npv_high, framework.sign),
                        WHERE_FROM.get(bar.basis, _("yours")),
                    ),
                )
                for row, bar in zip(rows, bars, strict=True)
            ],
        ),
    )


def _bar_row(framework: Framework, economics: Economics, bar: Bar) -> TornadoRow:
    field = figure_field(framework, economics.form, bar.key, bar.approach)
    return TornadoRow(
        name=figure_name(framework, economics.form, bar.key, bar.approach),
        low=figure_words(field, bar.low),
        high=figure_words(field, bar.high),
        npv_low=bar.npv_low,
        npv_high=bar.npv_high,
    )
