"""What each approach has cost by the end of each month, and where the lines cross."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from django.utils.translation import gettext as _

from assessments.engine.economics.money import ApproachMoney

from .axes import brief_money, in_months, ticks_within
from .chart import Chart, figure, hover_money, money_axis, month_axis, plot_height
from .lines import Cast, end_labels, line, points, room_for

_HEIGHT = 390


def cumulative_costs(approaches: Sequence[ApproachMoney]) -> dict[str, list[float]]:
    """By approach the upfront cost and all months' costs so far, after month 0 … T."""
    return {one.approach: list(accumulate((one.upfront, *one.monthly_cost))) for one in approaches}


def cost_crossings(totals: Mapping[str, Sequence[float]], main: str) -> list[tuple[str, float, float]]:
    """Where the main approach's line crosses another's: the other, the month, and what both cost by then.

    >>> cost_crossings({"a": [10, 12, 14], "b": [0, 10, 18]}, "a")
    [('b', 1.3333333333333333, 12.666666666666666)]
    """
    own = totals[main]
    found = []
    for other, theirs in totals.items():
        gaps = [mine - its for mine, its in zip(own, theirs, strict=True)]
        for month, (before, after) in enumerate(pairwise(gaps)):
            if other != main and before * after < 0:
                part = before / (before - after)
                found.append((other, month + part, own[month] + part * (own[month + 1] - own[month])))
    return found


def cumulative_cost_chart(approaches: Sequence[ApproachMoney], cast: Cast, *, sign: str) -> Chart:
    """A line for each approach from month 0 to the horizon, and a point wherever the main one crosses another."""
    totals = cumulative_costs(approaches)
    horizon = len(approaches[0].monthly_cost)
    span, ticks = ticks_within([0, *(total for amounts in totals.values() for total in amounts)])
    xaxis, narrow_xaxis = month_axis(horizon)
    data = [
        line(
            cast.names[one],
            range(horizon + 1),
            totals[one],
            look=cast.line(one),
            hover=_("{lever}, month {month}: {amount}").format(
                lever=cast.names[one], month="%{x}", amount=hover_money(sign)
            ),
        )
        for one in cast.in_order(list(totals))
    ]
    crossings = cost_crossings(totals, cast.main)
    data.append(
        points(
            _("Crossings"),
            [month for _other, month, _cost in crossings],
            [cost for _other, _month, cost in crossings],
            size=10,
            edge=2,
            hover=[
                _("Crosses {lever} after {months}").format(lever=cast.names[other], months=in_months(month, after=True))
                for other, month, _cost in crossings
            ],
        )
    )
    ends = {approach: so_far[-1] for approach, so_far in totals.items()}
    amounts = {approach: brief_money(end, sign) for approach, end in ends.items()}
    labels = end_labels(cast.endings(ends, amounts), x=horizon, height=plot_height(_HEIGHT), span=span)
    wide, narrow = room_for(labels)
    return Chart(
        key="costs",
        title=_("Cost so far by month"),
        description=_("After {n} months: {amounts}.").format(
            n=horizon,
            amounts=", ".join(f"{cast.names[one]} {amounts[one]}" for one in sorted(ends, key=ends.__getitem__)),
        ),
        figure=figure(
            data,
            height=_HEIGHT,
            left=58,
            right=wide,
            narrow_right=narrow,
            xaxis=xaxis,
            narrow_xaxis=narrow_xaxis,
            yaxis=money_axis(span, ticks, sign),
            notes=labels,
        ),
    )
