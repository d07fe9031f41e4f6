"""The running total of an investment by month, with its break-even, and how far it may lie on either side."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.engine.economics.money import Investment
from assessments.engine.economics.simulation import Band

from . import palette
from .axes import brief_money, in_months, nice_ticks
from .chart import Chart, figure, hover_money, money_axis, month_axis, note, plot_height
from .lines import Ending, end_labels, line, points, room_for

_HEIGHT = 330


def cash_chart(investment: Investment, *, sign: str, band: Band | None = None) -> Chart:
    """A line from month 0 to the horizon, a point at break-even, and a band of the middle 80 %."""
    totals, horizon = investment.cash_flow.cumulative, investment.horizon_months
    spans = bool(band and band.p10 != band.p90)
    edges = [*band.p10, *band.p90] if band and spans else []
    ticks = nice_ticks([*totals, *edges, 0])
    months = list(range(horizon + 1))
    data = _band(band, months) if band and spans else []
    look = {"color": palette.ACCENT, "width": 2.5}
    hover = _("Month {month}: {amount}").format(month="%{x}", amount=hover_money(sign))
    data.append(line(_("Running total"), months, totals, look=look, hover=hover))
    ends = {_("Likely") if spans else "": totals[-1]}
    if band and spans:
        ends |= {_("1 in 10 above"): band.p90[-1], _("1 in 10 below"): band.p10[-1]}
    endings = [
        Ending(
            words=f"{name} {brief_money(total, sign)}".strip(),
            short=brief_money(total, sign),
            y=total,
            colour=palette.QUIET if index else palette.ACCENT,
            strong=not index,
        )
        for index, (name, total) in enumerate(ends.items())
    ]
    notes = end_labels(endings, x=horizon, height=plot_height(_HEIGHT), span=(ticks[0], ticks[-1]))
    wide, narrow = room_for(notes)
    words = _("After {n} months the total is {amount}.").format(n=horizon, amount=brief_money(totals[-1], sign))
    if (month := investment.break_even_months) is not None and investment.cash_flow.upfront > 0:
        paid = pgettext("beside a line", "Pays back after {months}").format(months=in_months(month, after=True))
        words = f"{paid}. {words}"
        data.append(points(_("Break-even"), [month], [0], size=12, edge=3, hover=[paid]))
        right = month >= horizon * 0.5
        label = note(
            paid,
            x=month,
            y=0,
            colour=palette.INK,
            anchor="right" if right else "left",
            across=-10 if right else 12,
            down=-18 if right else 18,
        )
        notes.append({**label, "name": in_months(month)})  # a phone has no room for the words
    xaxis, narrow_xaxis = month_axis(horizon)
    return Chart(
        key="cash",
        title=_("Running total by month"),
        description=words,
        figure=figure(
            data,
            height=_HEIGHT,
            left=58,
            right=max(wide, 48),
            narrow_right=narrow,
            xaxis=xaxis,
            narrow_xaxis=narrow_xaxis,
            yaxis=money_axis((ticks[0], ticks[-1]), ticks, sign),
            notes=notes,
        ),
    )


def _band(band: Band, months: list[int]) -> list[dict[str, Any]]:
    """Two edges without a line of their own; what lies between them is filled."""
    edge = {"color": palette.ACCENT, "width": 0}
    low, high = (
        line(name, months, totals, look=edge)
        for name, totals in ((_("1 in 10 below"), band.p10), (_("1 in 10 above"), band.p90))
    )
    return [low, {**high, "fill": "tonexty", "fillcolor": palette.BAND}]
