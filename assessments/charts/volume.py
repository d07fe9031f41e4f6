"""What a month costs with fewer or more requests than today, by approach, on log axes."""

import math
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.engine.economics.sensitivity import VolumeCosts

from . import palette
from .axes import brief_money, brief_number, log_ticks, short_number, whole_money
from .chart import Chart, figure, hover_money, money_axis, note, plot_height
from .lines import Cast, dashed, end_labels, line, room_for

_HEIGHT = 390
_TIMES = (0.1, 0.3, 1, 3, 10)
_FEW = (0.1, 1, 10)
_LEAST = 0.01  # a log axis has no zero


def volume_chart(costs: VolumeCosts, cast: Cast, *, sign: str, starts_to_pay: float | None) -> Chart:
    """A line for each approach, today's volume, and the volume at which tuning starts to pay where it is near."""
    volumes, today = costs.volumes, costs.volumes[len(costs.volumes) // 2]
    lines = {name: [max(_LEAST, round(cost, 2)) for cost in line] for name, line in costs.costs.items()}
    ticks = log_ticks([cost for line in lines.values() for cost in line])
    span = (math.log10(ticks[0]), math.log10(ticks[-1]))
    data = [
        line(
            cast.names[name],
            volumes,
            lines[name],
            look=cast.line(name),
            hover=_("{lever}, {n} requests: {amount}").format(
                lever=cast.names[name], n="%{x:,.0f}", amount=hover_money(sign)
            ),
        )
        for name in cast.in_order(list(lines))
    ]
    ends = {name: math.log10(line[-1]) for name, line in lines.items()}
    amounts = {name: brief_money(line[-1], sign) for name, line in lines.items()}
    labels = end_labels(cast.endings(ends, amounts), x=math.log10(volumes[-1]), height=plot_height(_HEIGHT), span=span)
    wide, narrow = room_for(labels)
    marks = {_("Today"): today}
    if starts_to_pay is not None and volumes[0] <= starts_to_pay <= volumes[-1]:
        marks[_("Pays from {n}").format(n=brief_number(starts_to_pay))] = starts_to_pay
    upright = [ticks[0], ticks[-1]]
    data += [
        line(words, [volume] * 2, upright, look=dashed(palette.ACCENT if place else palette.FAINT))
        for place, (words, volume) in enumerate(marks.items())
    ]
    return Chart(
        key="volume",
        title=_("Cost of month 1 by number of requests"),
        description=_("From {low} to {high} requests a month. {costs}.").format(
            low=short_number(round(volumes[0])),
            high=short_number(round(volumes[-1])),
            costs=", ".join(
                _("{lever} {low} to {high}").format(
                    lever=cast.names[name], low=whole_money(costs[0], sign), high=whole_money(costs[-1], sign)
                )
                for name, costs in lines.items()
            ),
        ),
        figure=figure(
            data,
            height=_HEIGHT,
            left=58,
            right=wide,
            narrow_right=narrow,
            xaxis={
                "type": "log",
                "range": [math.log10(volumes[0]), math.log10(volumes[-1])],
                "tickvals": [today * times for times in _TIMES],
                "ticktext": [brief_number(today * times) for times in _TIMES],
                "showgrid": False,
            },
            narrow_xaxis={
                "tickvals": [today * times for times in _FEW],
                "ticktext": [brief_number(today * times) for times in _FEW],
            },
            yaxis={**money_axis(span, ticks, sign), "type": "log"},
            notes=[*labels, *_mark_notes(volumes, marks, span)],
        ),
    )


def _mark_notes(volumes: Sequence[float], marks: dict[str, float], span: Sequence[float]) -> list[dict[str, Any]]:
    """Today, the first of them, above the plot; the other one at the bottom, on the side with more room: the lines rise
    to the right.
    """
    middle = (math.log10(volumes[0]) + math.log10(volumes[-1])) / 2
    notes = []
    for place, (words, volume) in enumerate(marks.items()):
        today = not place
        left = math.log10(volume) <= middle
        notes.append(
            note(
                words,
                x=math.log10(volume),
                y=span[1] if today else span[0],
                colour=palette.QUIET if today else palette.ACCENT,
                anchor="left" if left else "right",
                across=0 if today else 5 if left else -5,
                down=-11,
                strong=not today,
            )
        )
    return notes
