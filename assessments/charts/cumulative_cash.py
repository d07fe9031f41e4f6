"""The running total of an investment by month, with its break-even marked."""

import json
from dataclasses import dataclass
from typing import Any

from assessments.engine.decision import Comparison

from .svg import draw, month_ticks, nice_ticks, short_money


@dataclass(frozen=True, slots=True, kw_only=True)
class CumulativeCash:
    """The chart as a plotly figure, and as the SVG that stands in the page and on paper."""

    figure: dict[str, Any]
    description: str

    @property
    def svg(self) -> str:
        return draw(self.figure, title="Running total by month", description=self.description)

    @property
    def svg_narrow(self) -> str:
        return draw(self.figure, title="Running total by month", description=self.description, width=350, height=270)

    @property
    def json(self) -> str:
        """The figure for the browser, safe inside a script element."""
        return json.dumps(self.figure).replace("<", "\\u003c")


def cumulative_cash(investment: Comparison) -> CumulativeCash:
    """A line from month 0 to the horizon, in dollars, and a marker at break-even.

    Long horizons show every month; the line is the running total at month ends.
    """
    totals = investment.cash_flow.cumulative
    horizon = investment.horizon_months
    last = _money(totals[-1])
    money_ticks = nice_ticks([*totals, 0])
    annotations = [
        {
            "x": horizon,
            "y": totals[-1],
            "text": last,
            "xanchor": "right",
            "yanchor": "bottom",
            "showarrow": False,
        }
    ]
    data: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "Running total",
            "x": list(range(horizon + 1)),
            "y": [round(total, 2) for total in totals],
            "hovertemplate": "Month %{x}: %{y:$,.0f}<extra></extra>",
        }
    ]
    month = investment.break_even_months
    if month is not None and investment.cash_flow.upfront > 0:
        words = f"Pays back after {month:.1f}".removesuffix(".0") + (" month" if month == 1 else " months")
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": "Break-even",
                "x": [month],
                "y": [0],
                "hovertemplate": f"{words}<extra></extra>",
            }
        )
        annotations.append(
            {
                "x": month,
                "y": 0,
                "text": words,
                "xanchor": "left" if month < horizon * 0.6 else "right",
                "yanchor": "top",
                "showarrow": False,
            }
        )
        description = f"{words}. After {horizon} months the total is {last}."
    else:
        description = f"After {horizon} months the total is {last}."
    return CumulativeCash(
        figure={
            "data": data,
            "layout": {
                "xaxis": {
                    "range": [0, horizon],
                    "tickvals": month_ticks(0, horizon),
                    "title": {"text": "Month"},
                },
                "yaxis": {
                    "range": [money_ticks[0], money_ticks[-1]],
                    "tickvals": money_ticks,
                    "ticktext": [short_money(tick) for tick in money_ticks],
                },
                "annotations": annotations,
                "showlegend": False,
            },
        },
        description=description,
    )


def _money(dollars: float) -> str:
    return f"{'−' if dollars < 0 else ''}${abs(dollars):,.0f}"
