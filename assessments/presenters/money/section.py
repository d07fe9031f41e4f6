"""The money section of the result: one dataclass, filled once. The simulation follows on its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assessments.charts.axes import brief_money
from assessments.charts.cash import cash_chart
from assessments.charts.chart import Chart
from assessments.engine.decision import Economics, Verdict
from assessments.engine.economics.numbers import ranged
from assessments.framework import Framework
from assessments.framework.currency import currency_words

from ..control import Stored
from ..cost_forms import present_cost_forms
from ..formats import money, months
from ..words import approach_in_words
from .approaches import ApproachesView, present_approaches
from .cautions import Caution, present_cautions
from .charts import ChartView, present_charts
from .inputs import InputsView, present_inputs
from .investment import FigureRow, cash_table, differing, figure_rows, not_filled_in, payback_heading
from .months import month_table
from .words import Table, if_tuned, is_if_tuned


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentView:
    """An approach against its reference, at the likely figures."""

    finding: str
    """What the chart shows, before the chances are drawn."""
    chart: Chart
    figures: Sequence[FigureRow]
    in_short: str
    sentences: Sequence[str]
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyView:
    """Everything about money but the chances. `has_ranges` says whether there is something to draw."""

    heading: str
    subtitle: str
    form: str
    investment: InvestmentView | None
    has_ranges: bool
    approaches: ApproachesView | None
    charts: Sequence[ChartView]
    cautions: Sequence[Caution]
    inputs: InputsView
    months: Table


def present_money(verdict: Verdict, answers: Mapping[str, Stored], today: date) -> MoneyView | None:
    """What the verdict's money comes to; None without costs."""
    framework, document, economics = verdict.framework, verdict.document, verdict.economics
    if economics is None:
        return None
    forms = present_cost_forms(verdict)
    return MoneyView(
        heading=_heading(verdict, economics),
        subtitle=_subtitle(verdict, economics),
        form=economics.form,
        investment=_investment(framework, economics),
        has_ranges=bool(ranged(framework, document)) and economics.investment is not None,
        approaches=present_approaches(verdict, economics) if economics.approaches else None,
        charts=present_charts(verdict, economics),
        cautions=present_cautions(framework, document, economics, today),
        inputs=replace(present_inputs(framework, document, economics, answers), forms=forms.sentence if forms else ""),
        months=month_table(framework, economics),
    )


def _heading(verdict: Verdict, economics: Economics) -> str:
    if economics.investment is None:
        return "Cost and return"
    framework = verdict.framework
    only_if = is_if_tuned(framework, whose=economics.approach, verdict=verdict.approach)
    return if_tuned(payback_heading(framework, economics, economics.investment), applies=only_if)


def _subtitle(verdict: Verdict, economics: Economics) -> str:
    framework, priced = verdict.framework, {one.approach for one in economics.approaches}
    unpriced = economics.form == "detailed" and verdict.has_begun and verdict.approach not in priced
    missing = not_filled_in(verdict) if unpriced else ""
    if economics.investment is None:
        return missing
    against = approach_in_words(framework, economics.reference)
    best = ", the best lever without tuning" if economics.reference == economics.best_untuned else ""
    over = f"Running total over {economics.horizon_months} months in {currency_words(framework.currency)}"
    running = f"{over}, compared with {against}{best}."
    return f"{missing} {running}".strip()


def _investment(framework: Framework, economics: Economics) -> InvestmentView | None:
    investment = economics.investment
    if investment is None:
        return None
    sign, flow = framework.sign, investment.cash_flow
    left = f"{brief_money(abs(investment.net), sign)} {'left' if investment.net >= 0 else 'short'}"
    return InvestmentView(
        finding=f"{left} after {months(economics.horizon_months)}",
        in_short=f"{money(flow.upfront, sign)} upfront, {money(flow.monthly_net[0], sign)} a month",
        chart=cash_chart(investment, sign=framework.sign),
        figures=figure_rows(framework, economics, investment),
        sentences=differing(investment),
        table=cash_table(framework, investment),
    )
