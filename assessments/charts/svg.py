"""Draws a plotly figure of lines and markers as SVG, for paper and for a browser without script.

Presentation attributes carry the colours, because the report's renderer does not apply a page's
stylesheet inside an SVG; on screen the classes override them.
"""

import math
from collections.abc import Sequence
from html import escape
from typing import Any

from . import palette

_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 16, 18, 44


def draw(figure: dict[str, Any], *, title: str, description: str, width: int = 640, height: int = 320) -> str:
    """The figure as one SVG element. Every value drawn is a value of the figure."""
    layout, traces = figure["layout"], figure["data"]
    x_low, x_high = layout["xaxis"]["range"]
    y_low, y_high = layout["yaxis"]["range"]
    ticks = list(zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"], strict=True))

    def x(value: float) -> str:
        return f"{_LEFT + (value - x_low) / (x_high - x_low) * (width - _LEFT - _RIGHT):.1f}"

    def y(value: float) -> str:
        return f"{_TOP + (y_high - value) / (y_high - y_low) * (height - _TOP - _BOTTOM):.1f}"

    parts = [_text_line(_LEFT - 8, float(y(tick)) + 4.5, words, "end") for tick, words in ticks]
    for tick, _ in ticks:
        kind, colour = ("zero", palette.INK_QUIET) if tick == 0 else ("grid", palette.LINE)
        parts.append(
            f'<line class="{kind}" x1="{_LEFT}" x2="{width - _RIGHT}" y1="{y(tick)}" y2="{y(tick)}" '
            f'stroke="{colour}" stroke-width="1"/>'
        )
    for month in layout["xaxis"]["tickvals"]:
        label = f"{layout['xaxis']['title']['text']} {month}" if month == x_low else str(month)
        anchor = "start" if month == x_low else "end" if month == x_high else "middle"
        parts.append(_text_line(float(x(month)), height - _BOTTOM + 22, label, anchor))
    for trace in traces:
        points = list(zip(trace["x"], trace["y"], strict=True))
        if trace["mode"] == "lines":
            path = " ".join(f"{x(a)},{y(b)}" for a, b in points)
            parts.append(
                f'<polyline class="line" points="{path}" fill="none" stroke="{palette.ACCENT}" stroke-width="2.5"/>'
            )
        else:
            parts += [
                f'<circle class="pt" cx="{x(a)}" cy="{y(b)}" r="5.5" fill="{palette.SURFACE}" '
                f'stroke="{palette.ACCENT}" stroke-width="3"/>'
                for a, b in points
            ]
    for note in layout["annotations"]:
        anchor = {"left": "start", "right": "end"}[note["xanchor"]]
        across = float(x(note["x"])) + {"start": 12, "end": -4}[anchor]
        down = float(y(note["y"])) + {"top": 22, "bottom": -10}[note["yanchor"]]
        parts.append(_text_line(across, max(14, down), note["text"], anchor, strong=True))
    words = escape(f"{title}. {description}")
    return (
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{words}" '
        f'font-family="{palette.FONT}"><title>{words}</title>{"".join(parts)}</svg>'
    )


def _text_line(across: float, down: float, words: str, anchor: str, *, strong: bool = False) -> str:
    kind, colour = ("strong", palette.INK) if strong else ("tick", palette.INK_QUIET)
    weight = ' font-weight="600"' if strong else ""
    return (
        f'<text class="{kind}" x="{across:.1f}" y="{down:.1f}" text-anchor="{anchor}" font-size="13" '
        f'fill="{colour}"{weight}>{escape(words)}</text>'
    )


def nice_ticks(values: Sequence[float], *, about: int = 4) -> list[float]:
    """Round values at even steps that span all of these; always at least two.

    >>> nice_ticks([-6000, 48000, 0])
    [-20000, 0, 20000, 40000, 60000]
    >>> nice_ticks([0])
    [0, 0.25, 0.5, 0.75, 1]
    """
    low, high = min(values), max(values)
    if high - low < 0.01:  # less than a cent
        high = low + 1
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = [round(index * step, 10) for index in range(first, last + 1)]
    return [int(tick) if tick == int(tick) else tick for tick in ticks]


def month_ticks(low: int, high: int) -> list[int]:
    """Months to label: the first, the last, and even steps between that do not crowd the last.

    >>> month_ticks(0, 36)
    [0, 6, 12, 18, 24, 30, 36]
    >>> month_ticks(0, 1)
    [0, 1]
    """
    step = next(step for step in (1, 3, 6, 12, 24) if (high - low) / step <= 6 or step == 24)
    return [month for month in range(low, high, step) if high - month >= step / 2] + [high]


def short_money(dollars: float) -> str:
    """Money for an axis.

    >>> short_money(-8000), short_money(1500), short_money(0), short_money(2500000)
    ('−$8k', '$1.5k', '$0', '$2.5M')
    """
    size = abs(dollars)
    for limit, suffix in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if size >= limit:
            text = f"{size / limit:.12g}{suffix}"
            break
    else:
        text = f"{size:.12g}"
    return f"{'−' if dollars < 0 else ''}${text}"
