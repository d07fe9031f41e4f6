"""The monthly table: enough to calculate the result again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.engine.decision import Economics
from assessments.framework import Framework
from assessments.framework.currency import currency_words

from ..words import lower
from .investment import cash_table
from .words import NONE, Table, TableRow, cents, short_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month: the cost of each approach, what the investment brings, and its running total."""

    month: int
    costs: Sequence[float]
    flow: float | None
    total: float | None


def months_of(economics: Economics) -> Sequence[Month]:
    """Month 0, when the upfront costs are paid, to the horizon."""
    investment = economics.investment
    found = []
    for month in range(economics.horizon_months + 1):
        costs = [one.monthly_cost[month - 1] if month else one.upfront for one in economics.approaches]
        flow = investment.cash_flow.flows[month] if investment else None
        total = investment.cash_flow.cumulative[month] if investment else None
        found.append(Month(month=month, costs=costs, flow=flow, total=total))
    return found


def month_table(framework: Framework, economics: Economics) -> Table:
    """To the cent. The summary form has one cash flow only."""
    if economics.form == "summary" and economics.investment:
        return cash_table(framework, economics.investment)
    names = short_names(framework)
    months = months_of(economics)
    rows = [
        TableRow(
            name=str(month.month),
            cells=[
                *map(cents, month.costs),
                *(NONE if value is None else cents(value) for value in (month.flow, month.total)),
            ],
        )
        for month in months
    ]
    sums = [cents(sum(costs)) for costs in zip(*(month.costs for month in months), strict=True)]
    net = cents(economics.investment.net) if economics.investment else NONE
    rows.append(TableRow(name=_("Sum"), cells=[*sums, net, ""], strong=True))
    return Table(
        caption=_("Costs by month in {currency}; month 0 is the upfront cost").format(
            currency=currency_words(framework.currency)
        ),
        head=[
            _("Month"),
            *(names[one.approach] for one in economics.approaches),
            _("Net of {lever}").format(lever=lower(names[economics.approach])),
            _("Running total"),
        ],
        rows=rows,
    )
