"""How sure the return is, in words that can be repeated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
            note="Nothing here has a range: give low and high for the figures that you are not sure of.",
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
        note=f"{number(chances.draws)} futures drawn from your ranges, and from ours where you gave none: accuracy, "
        "hours of work, prices of an offer. The rest stays as it is. “Give or take” is one standard error.",
        chart=chart,
        costs=_cost_ranges(framework, economics, chances),
    )


def _asked(economics: Economics, chances: PaybackChances) -> Sequence[tuple[str, Chance]]:
    """Each question of time with its chance: of what saves at the start, whether it stays cheaper."""
    horizon = economics.horizon_months
    if chances.never and _saves(economics):
        stays = replace(chances.never, probability=1 - chances.never.probability)
        return [(f"Cheaper over {horizon} months", stays)]
    within = [(f"Within {months} months", chance) for months, chance in chances.within.items() if months <= horizon]
    return [*within, (f"Not within {horizon} months", chances.never)] if chances.never else within


def _saves(economics: Economics) -> bool:
    return economics.investment is not None and economics.investment.cash_flow.upfront <= 0


def of_hundred(probability: float) -> str:
    """A share as so many of a hundred; the edges are only said where they are reached.

    >>> of_hundred(0.8713), of_hundred(0.9997), of_hundred(0.0003), of_hundred(1), of_hundred(0)
    ('87 of 100', 'over 99 of 100', 'under 1 of 100', 'all', 'none')
    """
    if probability in (0, 1):
        return "all" if probability else "none"
    hundredths = round(probability * 100)
    if hundredths == 100:
        return "over 99 of 100"
    return f"{hundredths} of 100" if hundredths else "under 1 of 100"


def _lead(economics: Economics, chances: PaybackChances) -> str:
    """The one sentence to take away: the time that says most."""
    if chances.never is None:
        return "The lever is not in the detailed costs, so there is nothing to pay back."
    horizon = economics.horizon_months
    if _saves(economics):
        return f"It is cheaper over {horizon} months in {_futures(1 - chances.never.probability)}"
    times = {months: chance.probability for months, chance in chances.within.items() if months <= horizon}
    likely = [months for months, probability in times.items() if probability >= 0.5]
    in_time = 1 - chances.never.probability
    if likely:
        return f"It pays back within {min(likely)} months in {_futures(times[min(likely)])}"
    if in_time >= 0.5:
        return f"It pays back within {horizon} months in {_futures(in_time)}"
    return f"It does not pay back within {horizon} months in {_futures(chances.never.probability)}"


def _futures(probability: float) -> str:
    if probability in (0, 1):
        return "every future drawn" if probability else "no future drawn"
    return f"{of_hundred(probability)} futures drawn"


def _error(chance: Chance) -> str:
    points = chance.standard_error * 100
    return f"give or take {decimals(points, 1)}" if points >= 0.05 else "give or take a tenth or less"


def _cost_ranges(framework: Framework, economics: Economics, chances: PaybackChances) -> Table | None:
    if not chances.pv_costs:
        return None
    names = short_names(framework)
    ordered = sorted(chances.pv_costs.items(), key=lambda entry: entry[1].p50)
    return Table(
        caption=f"All costs over {economics.horizon_months} months in today's money",
        head=("Lever", "1 in 10 below", "Middle", "1 in 10 above"),
        rows=[
            TableRow(
                name=names[name],
                cells=[money(cost, framework.sign) for cost in (costs.p10, costs.p50, costs.p90)],
                strong=name == economics.approach,
            )
            for name, costs in ordered
        ],
    )
