"""How sure the return is, in words that can be repeated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.charts.cash import cash_chart
from assessments.charts.chart import Chart
from assessments.engine.decision import Economics, Verdict
from assessments.engine.economics.simulation import Chance, PaybackChances
from assessments.framework import Framework

from ..formats import decimals, money, number
from .words import Table, TableRow, short_names


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceRow:
    """One question of time, its answer in hundredths, and how far that may be off."""

    name: str
    words: str
    share: float
    give_or_take: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChancesView:
    """`drawn` is false where nothing has a range: then there is nothing to draw."""

    drawn: bool
    lead: str
    rows: Sequence[ChanceRow]
    note: str
    chart: Chart | None
    costs: Table | None


def present_chances(verdict: Verdict) -> ChancesView | None:
    """None without costs."""
    framework, economics, chances = verdict.framework, verdict.economics, verdict.chances
    if economics is None or chances is None:
        return None
    chart = cash_chart(economics.investment, sign=framework.sign, band=chances.band) if economics.investment else None
    if not chances.draws:
        return ChancesView(
            drawn=False,
            lead="",
            rows=(),
            note=_("Nothing here has a range: give low and high for the figures that you are not sure of."),
            chart=chart,
            costs=None,
        )
    return ChancesView(
        drawn=True,
        lead=_lead(economics, chances),
        rows=[
            ChanceRow(
                name=name,
                words=of_hundred(chance.probability),
                share=chance.probability,
                give_or_take=_error(chance),
            )
            for name, chance in _asked(economics, chances)
        ],
        note=_(
            "{n} futures drawn from your ranges, and from ours where you gave none: accuracy, hours of work, prices of "
            "an offer. The rest stays as it is. “Give or take” is one standard error."
        ).format(n=number(chances.draws)),
        chart=chart,
        costs=_cost_ranges(framework, economics, chances),
    )


def _asked(economics: Economics, chances: PaybackChances) -> Sequence[tuple[str, Chance]]:
    """Each question of time with its chance: of what saves at the start, whether it stays cheaper."""
    horizon = economics.horizon_months
    if chances.never and _saves(economics):
        stays = replace(chances.never, probability=1 - chances.never.probability)
        return [(_("Cheaper over {n} months").format(n=horizon), stays)]
    within = [
        (_("Within {n} months").format(n=months), chance)
        for months, chance in chances.within.items()
        if months <= horizon
    ]
    return [*within, (_("Not within {n} months").format(n=horizon), chances.never)] if chances.never else within


def _saves(economics: Economics) -> bool:
    return economics.investment is not None and economics.investment.cash_flow.upfront <= 0


def of_hundred(probability: float) -> str:
    """A share as so many of a hundred; the edges are only said where they are reached.

    >>> of_hundred(0.8713), of_hundred(0.9997), of_hundred(0.0003), of_hundred(1), of_hundred(0)
    ('87 of 100', 'over 99 of 100', 'under 1 of 100', 'all', 'none')
    """
    if probability in (0, 1):
        return pgettext("futures", "all") if probability else pgettext("futures", "none")
    hundredths = round(probability * 100)
    if hundredths == 100:
        return _("over 99 of 100")
    return _("{n} of 100").format(n=hundredths) if hundredths else _("under 1 of 100")


def _lead(economics: Economics, chances: PaybackChances) -> str:
    """The one sentence to take away: the time that says most."""
    if chances.never is None:
        return _("The lever is not in the detailed costs, so there is nothing to pay back.")
    horizon = economics.horizon_months
    if _saves(economics):
        return _("It is cheaper over {n} months in {futures}").format(
            n=horizon, futures=_futures(1 - chances.never.probability)
        )
    times = {months: chance.probability for months, chance in chances.within.items() if months <= horizon}
    likely = [months for months, probability in times.items() if probability >= 0.5]
    in_time = 1 - chances.never.probability
    if likely:
        return _("It pays back within {n} months in {futures}").format(
            n=min(likely), futures=_futures(times[min(likely)])
        )
    if in_time >= 0.5:
        return _("It pays back within {n} months in {futures}").format(n=horizon, futures=_futures(in_time))
    return _("It does not pay back within {n} months in {futures}").format(
        n=horizon, futures=_futures(chances.never.probability)
    )


def _futures(probability: float) -> str:
    if probability in (0, 1):
        return _("every future drawn") if probability else _("no future drawn")
    return _("{n} futures drawn").format(n=of_hundred(probability))


def _error(chance: Chance) -> str:
    points = chance.standard_error * 100
    if points < 0.05:
        return _("give or take a tenth or less")
    return _("give or take {points}").format(points=decimals(points, 1))


def _cost_ranges(framework: Framework, economics: Economics, chances: PaybackChances) -> Table | None:
    if not chances.pv_costs:
        return None
    names = short_names(framework)
    ordered = sorted(chances.pv_costs.items(), key=lambda entry: entry[1].p50)
    return Table(
        caption=_("All costs over {n} months in today's money").format(n=economics.horizon_months),
        head=(_("Lever"), _("1 in 10 below"), _("Middle"), _("1 in 10 above")),
        rows=[
            TableRow(
                name=names[name],
                cells=[money(cost, framework.sign) for cost in (costs.p10, costs.p50, costs.p90)],
                strong=name == economics.approach,
            )
            for name, costs in ordered
        ],
    )
