"""The money section of the result: one dataclass, filled once. The simulation follows on its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from assessments.charts.axes import brief_money
from assessments.charts.cash import cash_chart
from assessments.charts.chart import Chart
from assessments.engine.decision import Economics, Verdict
from assessments.engine.economics.must_hold import HangsOn
from assessments.engine.economics.spreads import spreads
from assessments.framework import Framework
from assessments.framework.currency import currency_words

from ..control import Stored
from ..cost_forms import present_cost_forms
from ..formats import money
from .approaches import ApproachesView, present_approaches
from .cautions import Caution, present_cautions
from .charts import ChartView, present_charts
from .figures import WHERE_FROM, figure_name
from .inputs import InputsView, present_inputs
from .investment import FigureRow, cash_table, differing, figure_rows, not_filled_in, payback_heading
from .known_changes import known_table
from .months import month_table
from .must_hold import MustHoldView, payback_condition, present_must_hold
from .story import money_story
from .words import Table, if_tuned, is_if_tuned, months_after


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentView:
    """An approach against its reference, at the likely figures."""

    finding: str
    """On what payback depends: the chart's heading."""
    about: str
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
    must_hold: MustHoldView | None
    investment: InvestmentView | None
    has_ranges: bool
    approaches: ApproachesView | None
    charts: Sequence[ChartView]
    cautions: Sequence[Caution]
    inputs: InputsView
    known_changes: Table | None
    """What ends within the plan, and which prices change."""
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
        must_hold=present_must_hold(verdict, economics),
        investment=_investment(verdict, economics),
        has_ranges=economics.investment is not None and bool(spreads(framework, document)),
        approaches=present_approaches(verdict, economics) if economics.approaches else None,
        charts=present_charts(verdict, economics),
        cautions=present_cautions(framework, document, economics, today),
        inputs=replace(present_inputs(framework, document, economics, answers), forms=forms.sentence if forms else ""),
        known_changes=known_table(framework, document) if economics.form == "detailed" else None,
        months=month_table(framework, economics),
    )


def _heading(verdict: Verdict, economics: Economics) -> str:
    worth = economics.investment or economics.tuning_case
    if worth is None or economics.told is None:
        return _("Cost and return")
    framework, whose = verdict.framework, economics.told[0]
    only_if = economics.investment is None or _only_if(verdict, whose)
    return if_tuned(payback_heading(framework, economics, worth), applies=only_if)


def _only_if(verdict: Verdict, whose: str) -> bool:
    return is_if_tuned(verdict.framework, whose=whose, verdict=verdict.approach)


def _subtitle(verdict: Verdict, economics: Economics) -> str:
    priced = {one.approach for one in economics.approaches}
    unpriced = economics.form == "detailed" and verdict.has_begun and verdict.approach not in priced
    missing = not_filled_in(verdict) if unpriced else ""
    return f"{missing} {money_story(verdict, economics)}".strip()


def _investment(verdict: Verdict, economics: Economics) -> InvestmentView | None:
    framework, investment = verdict.framework, economics.investment
    if investment is None:
        return None
    sign, flow = framework.sign, investment.cash_flow
    left = _("{amount} left after {months}") if investment.net >= 0 else _("{amount} short after {months}")
    finding = left.format(amount=brief_money(abs(investment.net), sign), months=months_after(economics.horizon_months))
    if verdict.hangs_on:
        finding = payback_condition(framework, economics, verdict.hangs_on)
    start = (
        _("{amount} saved at the start, {net} a month") if flow.upfront < 0 else _("{amount} upfront, {net} a month")
    )
    return InvestmentView(
        finding=if_tuned(finding, applies=_only_if(verdict, economics.approach)),
        about=_about_chart(framework, economics, verdict.hangs_on),
        in_short=start.format(amount=money(abs(flow.upfront), sign), net=money(flow.monthly_net[0], sign)),
        chart=cash_chart(investment, sign=framework.sign),
        figures=figure_rows(framework, economics, investment),
        sentences=differing(investment),
        table=cash_table(framework, investment),
    )


def _about_chart(framework: Framework, economics: Economics, hangs: HangsOn | None) -> str:
    """What is drawn, and whose the range of the heading is."""
    drawn = _("Money gained or spent since the start, by month, in {currency}.").format(
        currency=currency_words(framework.currency)
    )
    if hangs is None or not hangs.bar.ours:
        return drawn
    name = figure_name(framework, economics.form, hangs.bar.key, hangs.bar.approach)
    return f"{drawn} {name}: {WHERE_FROM[hangs.bar.basis]}."
