"""What the result hangs on: one number at a time at its low and at its high, the rest at likely."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.framework.notation import speaks_german

from . import palette
from .axes import brief_money, ticks_within
from .bars import bar_trace, row_name, rows_figure
from .chart import Chart, note
from .lines import dashed, line

_SHORT = 38
_NAMED = 0.11  # of the whole width: narrower bars have no room for their name


@dataclass(frozen=True, slots=True, kw_only=True)
class TornadoRow:
    """One number, its low and high in words, and the present value at each."""

    name: str
    low: str
    high: str
    npv_low: float
    npv_high: float


def tornado_chart(rows: Sequence[TornadoRow], *, likely: float, sign: str) -> Chart:
    """A bar to each side of the likely present value, the widest first."""
    ends = [end for row in rows for end in (row.npv_low, row.npv_high)]
    span, ticks = ticks_within([0, likely, *ends])
    wide_enough = _NAMED * (span[1] - span[0])
    data = [
        bar_trace(
            name=side,
            colour=colour,
            base=[likely] * len(rows),
            length=[end - likely for end in values],
            words=[side if abs(end - likely) >= wide_enough else "" for end in values],
            hover=[
                _("{figure}: at {value} it is worth {amount}").format(
                    figure=row.name, value=words, amount=brief_money(end, sign)
                )
                for row, words, end in zip(rows, inputs, values, strict=True)
            ],
        )
        for side, colour, values, inputs in (
            (pgettext("in a bar", "Low"), palette.PARTS[2], [row.npv_low for row in rows], [row.low for row in rows]),
            (
                pgettext("in a bar", "High"),
                palette.PARTS[1],
                [row.npv_high for row in rows],
                [row.high for row in rows],
            ),
        )
    ]
    data.append(line(_("Likely"), [likely] * 2, [-0.5, len(rows) - 0.5], look=dashed(palette.INK)))
    names = [_("{figure}: {low} to {high}").format(figure=row.name, low=row.low, high=row.high) for row in rows]
    return Chart(
        key="tornado",
        title=_("What the result hangs on"),
        description="; ".join(
            _("{range}, worth {low} to {high}").format(
                range=name, low=brief_money(row.npv_low, sign), high=brief_money(row.npv_high, sign)
            )
            for name, row in zip(names, rows, strict=True)
        )
        + ".",
        figure=rows_figure(
            data,
            rows=len(rows),
            span=span,
            ticks=ticks,
            sign=sign,
            notes=[
                *(
                    row_name(name, short=_short(name, row.name), row=index, strong=False)
                    for index, (name, row) in enumerate(zip(names, rows, strict=True))
                ),
                note(
                    _("Likely {amount}").format(amount=brief_money(likely, sign)),
                    x=likely,
                    y=-0.5,
                    colour=palette.INK,
                    anchor="left" if likely <= (span[0] + span[1]) / 2 else "right",
                    down=-11,
                ),
            ],
        ),
    )


def _short(name: str, without_range: str) -> str:
    """What has room on the smallest phone; German letters are wider on average."""
    most = _SHORT - 5 if speaks_german() else _SHORT
    return name if len(name) <= most else shorten(without_range, most, placeholder="…")
