"""The running total of an investment by month, with its break-even, and how far it may lie on either side."""

from typing import Any

from assessments.engine.economics.money import Comparison
from assessments.engine.economics.simulation import Band

from . import palette
from .axes import brief_money, in_months, nice_ticks
from .chart import Chart, end_label, figure, money_axis, month_axis, note, plot_height
from .labels import spread, width_of

_HEIGHT = 330


def cash_chart(investment: Comparison, *, band: Band | None = None) -> Chart:
    """A line from month 0 to the horizon, in dollars, a point at break-even, and a band of the middle 80 %."""
    totals, horizon = investment.cash_flow.cumulative, investment.horizon_months
    spans = bool(band and band.p10 != band.p90)
    edges = [*band.p10, *band.p90] if band and spans else []
    ticks = nice_ticks([*totals, *edges, 0])
    months = list(range(horizon + 1))
    data = _band(band, months) if band and spans else []
    data.append(
        {
            "type": "scatter",
            "mode": "lines",
            "name": "Running total",
            "x": months,
            "y": [round(total, 2) for total in totals],
            "line": {"color": palette.ACCENT, "width": 2.5},
            "hovertemplate": "Month %{x}: %{y:$,.0f}<extra></extra>",
        }
    )
    ends = {"Likely": totals[-1]} if spans else {"": totals[-1]}
    if band and spans:
        ends |= {"1 in 10 above": band.p90[-1], "1 in 10 below": band.p10[-1]}
    names = [f"{name} {brief_money(total)}".strip() for name, total in ends.items()]
    annotations = _end_labels(list(ends.values()), names, horizon, (ticks[0], ticks[-1]))
    words = f"After {horizon} months the total is {brief_money(totals[-1])}."
    if (month := investment.break_even_months) is not None and investment.cash_flow.upfront > 0:
        paid = f"Pays back after {in_months(month)}"
        words = f"{paid}. {words}"
        data.append(_break_even(month, paid))
        right = month >= horizon * 0.5
        annotations.append(
            note(
                paid,
                x=month,
                y=0,
                colour=palette.INK,
                anchor="right" if right else "left",
                across=-10 if right else 12,
                down=-18 if right else 18,
            )
        )
    xaxis, narrow_xaxis = month_axis(horizon)
    return Chart(
        key="cash",
        title="Running total by month",
        description=words,
        figure=figure(
            data,
            height=_HEIGHT,
            left=58,
            right=max(width_of(names) + 22, 48),
            narrow_right=width_of([brief_money(total) for total in ends.values()]) + 24,
            xaxis=xaxis,
            narrow_xaxis=narrow_xaxis,
            yaxis=money_axis((ticks[0], ticks[-1]), ticks),
            notes=annotations,
        ),
    )


def _band(band: Band, months: list[int]) -> list[dict[str, Any]]:
    """Two edges without a line of their own; what lies between them is filled."""
    edge = {"type": "scatter", "mode": "lines", "x": months, "line": {"color": palette.ACCENT, "width": 0}}
    low, high = ([round(total, 2) for total in totals] for totals in (band.p10, band.p90))
    return [
        {**edge, "name": "1 in 10 below", "y": low, "hoverinfo": "skip"},
        {**edge, "name": "1 in 10 above", "y": high, "hoverinfo": "skip", "fill": "tonexty", "fillcolor": palette.BAND},
    ]


def _break_even(month: float, words: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Break-even",
        "x": [month],
        "y": [0],
        "marker": {"color": palette.SURFACE, "size": 12, "line": {"color": palette.ACCENT, "width": 3}},
        "hovertemplate": f"{words}<extra></extra>",
    }


def _end_labels(ends: list[float], names: list[str], horizon: int, span: tuple[float, float]) -> list[dict[str, Any]]:
    """The likely total first, in the accent's colour."""
    pixel = plot_height(_HEIGHT) / (span[1] - span[0])
    wanted = [-end * pixel for end in ends]
    places = spread(wanted, low=-span[1] * pixel, high=-span[0] * pixel)
    return [
        end_label(
            name,
            short=brief_money(end),
            x=horizon,
            y=end,
            down=place - want,
            colour=palette.QUIET if index else palette.ACCENT,
            strong=not index,
        )
        for index, (name, end, want, place) in enumerate(zip(names, ends, wanted, places, strict=True))
    ]
