"""An approach as an investment: when it pays back, what is left, and the running total."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.engine.decision import Economics, Investment, Verdict
from assessments.engine.economics.spreads import ACCURACY
from assessments.framework import Framework
from assessments.framework.currency import currency_words

from ..formats import money, months, number, payback, percentage
from ..words import approach_in_words
from .outcome import in_a_line
from .words import Table, TableRow, months_after


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    name: str
    words: str
    how: str


def payback_heading(framework: Framework, economics: Economics, investment: Investment) -> str:
    """The finding of the whole section, with the accuracy that it rests on."""
    whose = economics.told[0] if economics.told else ""
    assumed = economics.inputs.get(f"{whose}.{ACCURACY}", 1.0)
    words = _payback(framework, investment)
    if assumed >= 1:
        return words
    return _("{payback}, if {share} of answers are right").format(payback=words, share=percentage(assumed))


def _payback(framework: Framework, investment: Investment) -> str:
    first, durable = investment.break_even_months, investment.durable_break_even_months
    if investment.cash_flow.upfront < 0:
        return in_a_line(framework, investment)
    if first is None:
        return _("Does not pay back within {n} months").format(n=investment.horizon_months)
    if first == 0 and investment.cash_flow.upfront <= 0:
        return _("Nothing to pay back") if durable is not None else _("Cheaper only at first, and never for good")
    if durable is None:
        return _("Pays back after {months}, and loses it again").format(months=months_after(first))
    return _("Pays back after {months}").format(months=months_after(first))


def differing(investment: Investment) -> Sequence[str]:
    """Sentences where the first, the discounted and the durable break-even are not the same."""
    first, durable = investment.break_even_months, investment.durable_break_even_months
    discounted = investment.discounted_break_even_months
    found: list[str] = []
    if first is None:
        return found
    if first == 0 and durable is None:
        return [
            _("It is cheaper at the start, but by month {month} it has cost more.").format(
                month=investment.horizon_months
            )
        ]
    if durable is None:
        found.append(
            _(
                "The running total reaches zero after {months}, but it ends below zero after {n} months: it does not "
                "stay paid back."
            ).format(months=months_after(first), n=investment.horizon_months)
        )
    elif months(durable) != months(first):
        found.append(
            _(
                "The running total reaches zero after {months}, falls below it again, and stays above it only from "
                "{durable} on."
            ).format(months=months_after(first), durable=months_after(durable))
        )
    if discounted is None:
        found.append(_("In today's money, where later months count for less, it does not pay back."))
    elif months(discounted) != months(first):
        found.append(
            _("In today's money, where later months count for less, it takes {months}.").format(
                months=months(discounted)
            )
        )
    return found


def figure_rows(framework: Framework, economics: Economics, investment: Investment) -> Sequence[FigureRow]:
    """How the finding is worked out, line by line."""
    upfront, horizon, sign = investment.cash_flow.upfront, economics.horizon_months, framework.sign
    monthly = investment.cash_flow.monthly_net[0]
    flat = economics.form == "summary"
    against = approach_in_words(framework, economics.reference)
    rows = [
        FigureRow(
            name=_("Upfront"),
            words=money(upfront, sign) if upfront >= 0 else _("{amount} saved").format(amount=money(-upfront, sign)),
            how=_("Hours times rate, plus training and other costs")
            if flat
            else _("Beyond what {lever} costs upfront").format(lever=against),
        )
    ]
    if flat:
        rows.append(
            FigureRow(
                name=_("Net, a month"),
                words=money(monthly, sign),
                how=_("Savings and quality value less running costs"),
            )
        )
    else:
        last = investment.cash_flow.monthly_net[-1]
        how = _("What it saves compared with {lever}").format(lever=against)
        for month, amount, told in ((1, monthly, how), (horizon, last, _("The same at the end"))):
            name = _("Net, month {month}").format(month=month)
            rows.append(FigureRow(name=name, words=money(amount, sign), how=told))
    rows.append(
        FigureRow(
            name=_("Break-even"),
            words=payback(investment.break_even_months, investment.durable_break_even_months),
            how=_("{upfront} / {monthly} a month").format(upfront=money(upfront, sign), monthly=money(monthly, sign))
            if investment.break_even_months and flat
            else _("When the running total first reaches zero"),
        )
    )
    return [*rows, *_worth(economics, investment, flat=flat, sign=sign)]


def _worth(economics: Economics, investment: Investment, *, flat: bool, sign: str) -> Sequence[FigureRow]:
    upfront, horizon = investment.cash_flow.upfront, economics.horizon_months
    rows = []
    if economics.inputs["annual_discount_rate"]:
        discounted = payback(investment.discounted_break_even_months, investment.durable_break_even_months)
        rows += [
            FigureRow(name=_("Break-even, discounted"), words=discounted, how=_("The same in today's money")),
            FigureRow(
                name=_("Present value"),
                words=money(investment.npv, sign),
                how=_("All {n} months in today's money, less the upfront cost").format(n=horizon),
            ),
        ]
    return [
        *rows,
        FigureRow(
            name=_("Left after {n} months").format(n=horizon),
            words=money(investment.net, sign),
            how=f"{horizon} × {money(investment.cash_flow.monthly_net[0], sign)} − {money(upfront, sign)}"
            if flat
            else _("All months together, less the upfront cost"),
        ),
        FigureRow(
            name=_("Return on investment"),
            words=_("Cannot be said")
            if investment.roi is None
            else _("{n} times").format(n=number(round(investment.roi, 1))),
            how=_("What is left, divided by the upfront cost"),
        ),
    ]


def cash_table(framework: Framework, investment: Investment) -> Table:
    sign = framework.sign
    flows, totals = investment.cash_flow.flows, investment.cash_flow.cumulative
    return Table(
        caption=_("Running total by month in {currency}").format(currency=currency_words(framework.currency)),
        head=(_("Month"), _("That month"), _("Running total")),
        rows=[
            TableRow(name=str(month), cells=(money(flow, sign), money(total, sign)))
            for month, (flow, total) in enumerate(zip(flows, totals, strict=True))
        ],
    )


def not_filled_in(verdict: Verdict) -> str:
    """Said where the detailed costs leave the verdict's approach out."""
    name = approach_in_words(verdict.framework, verdict.leads)
    return _("{lever} is the verdict, but its costs are not filled in. The others are compared below.").format(
        lever=name
    )
