"""The monthly table: enough to calculate the result again."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.engine.decision import Economics
from assessments.framework import Framework

from .investment import cash_table
from .words import NONE, Table, TableRow, cents, short_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month in dollars: the cost of each approach, what the investment brings, and its running total."""

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


def amount(dollars: float) -> str:
    """Dollars to the cent where the head of the table says that they are dollars."""
    return cents(dollars).replace("$", "")


def month_table(framework: Framework, economics: Economics) -> Table:
    """To the cent. The summary form has one cash flow only."""
    if economics.form == "summary" and economics.investment:
        return cash_table(economics.investment)
    names = short_names(framework)
    months = months_of(economics)
    rows = [
        TableRow(
            name=str(month.month),
            cells=[
                *map(amount, month.costs),
                *(NONE if value is None else amount(value) for value in (month.flow, month.total)),
            ],
        )
        for month in months
    ]
    sums = [amount(sum(costs)) for costs in zip(*(month.costs for month in months), strict=True)]
    net = amount(economics.investment.net) if economics.investment else NONE
    rows.append(TableRow(name="Sum", cells=[*sums, net, ""], strong=True))
    return Table(
        caption="Costs by month in US dollars; month 0 is the upfront cost",
        head=[
            "Month",
            *(names[one.approach] for one in economics.approaches),
            f"Net of {names[economics.approach].lower()}",
            "Running total",
        ],
        rows=rows,
    )
