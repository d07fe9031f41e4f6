"""An approach as an investment: when it pays back, what is left, and the running total."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.engine.decision import Economics, Investment, Verdict
from assessments.engine.economics.spreads import ACCURACY
from assessments.framework import Framework
from assessments.framework.currency import currency_words

from ..formats import money, months, number, payback, percentage
from ..words import approach_in_words
from .outcome import in_a_line
from .words import Table, TableRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    name: str
    words: str
    how: str


def payback_heading(framework: Framework, economics: Economics, investment: Investment) -> str:
    """The finding of the whole section, with the accuracy that it rests on."""
    whose = economics.told[0] if economics.told else ""
    assumed = economics.inputs.get(f"{whose}.{ACCURACY}", 1.0)
    condition = f", if {percentage(assumed)} of answers are right" if assumed < 1 else ""
    return f"{_payback(framework, investment)}{condition}"


def _payback(framework: Framework, investment: Investment) -> str:
    first, durable = investment.break_even_months, investment.durable_break_even_months
    if investment.cash_flow.upfront < 0:
        return in_a_line(framework, investment)
    if first is None:
        return f"Does not pay back within {investment.horizon_months} months"
    if first == 0 and investment.cash_flow.upfront <= 0:
        return "Nothing to pay back" if durable is not None else "Cheaper only at first, and never for good"
    if durable is None:
        return f"Pays back after {months(first)}, and loses it again"
    return f"Pays back after {months(first)}"


def differing(investment: Investment) -> Sequence[str]:
    """Sentences where the first, the discounted and the durable break-even are not the same."""
    first, durable = investment.break_even_months, investment.durable_break_even_months
    discounted = investment.discounted_break_even_months
    found: list[str] = []
    if first is None:
        return found
    if first == 0 and durable is None:
        return [f"It is cheaper at the start, but by month {investment.horizon_months} it has cost more."]
    if durable is None:
        found.append(
            f"The running total reaches zero after {months(first)}, but it ends below zero after "
            f"{investment.horizon_months} months: it does not stay paid back."
        )
    elif months(durable) != months(first):
        found.append(
            f"The running total reaches zero after {months(first)}, falls below it again, "
            f"and stays above it only from {months(durable)} on."
        )
    if discounted is None:
        found.append("In today's money, where later months count for less, it does not pay back.")
    elif months(discounted) != months(first):
        found.append(f"In today's money, where later months count for less, it takes {months(discounted)}.")
    return found


def figure_rows(framework: Framework, economics: Economics, investment: Investment) -> Sequence[FigureRow]:
    """How the finding is worked out, line by line."""
    upfront, horizon, sign = investment.cash_flow.upfront, economics.horizon_months, framework.sign
    monthly = investment.cash_flow.monthly_net[0]
    flat = economics.form == "summary"
    against = approach_in_words(framework, economics.reference)
    rows = [
        FigureRow(
            name="Upfront",
            words=money(upfront, sign) if upfront >= 0 else f"{money(-upfront, sign)} saved",
            how="Hours times rate, plus training and other costs" if flat else f"Beyond what {against} costs upfront",
        )
    ]
    if flat:
        rows.append(
            FigureRow(
                name="Net, a month", words=money(monthly, sign), how="Savings and quality value less running costs"
            )
        )
    else:
        last = investment.cash_flow.monthly_net[-1]
        how = f"What it saves compared with {against}"
        rows.append(FigureRow(name="Net, month 1", words=money(monthly, sign), how=how))
        rows.append(FigureRow(name=f"Net, month {horizon}", words=money(last, sign), how="The same at the end"))
    rows.append(
        FigureRow(
            name="Break-even",
            words=payback(investment.break_even_months, investment.durable_break_even_months),
            how=f"{money(upfront, sign)} / {money(monthly, sign)} a month"
            if investment.break_even_months and flat
            else "When the running total first reaches zero",
        )
    )
    return [*rows, *_worth(economics, investment, flat=flat, sign=sign)]


def _worth(economics: Economics, investment: Investment, *, flat: bool, sign: str) -> Sequence[FigureRow]:
    upfront, horizon = investment.cash_flow.upfront, economics.horizon_months
    rows = []
    if economics.inputs["annual_discount_rate"]:
        discounted = payback(investment.discounted_break_even_months, investment.durable_break_even_months)
        rows += [
            FigureRow(name="Break-even, discounted", words=discounted, how="The same in today's money"),
            FigureRow(
                name="Present value",
                words=money(investment.npv, sign),
                how=f"All {horizon} months in today's money, less the upfront cost",
            ),
        ]
    return [
        *rows,
        FigureRow(
            name=f"Left after {horizon} months",
            words=money(investment.net, sign),
            how=f"{horizon} × {money(investment.cash_flow.monthly_net[0], sign)} − {money(upfront, sign)}"
            if flat
            else "All months together, less the upfront cost",
        ),
        FigureRow(
            name="Return on investment",
            words="Cannot be said" if investment.roi is None else f"{number(round(investment.roi, 1))} times",
            how="What is left, divided by the upfront cost",
        ),
    ]


def cash_table(framework: Framework, investment: Investment) -> Table:
    sign = framework.sign
    flows, totals = investment.cash_flow.flows, investment.cash_flow.cumulative
    return Table(
        caption=f"Running total by month in {currency_words(framework.currency)}",
        head=("Month", "That month", "Running total"),
        rows=[
            TableRow(name=str(month), cells=(money(flow, sign), money(total, sign)))
            for month, (flow, total) in enumerate(zip(flows, totals, strict=True))
        ],
    )


def not_filled_in(verdict: Verdict) -> str:
    """Said where the detailed costs leave the verdict's approach out."""
    name = approach_in_words(verdict.framework, verdict.leads)
    return f"{name} is the verdict, but its costs are not filled in. The others are compared below."
