"""Rows of bars across: where each row stands, and what stands above it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import palette
from .chart import ABOVE, BELOW, figure, money_axis, note

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ROW = 46
_ABOVE = 14  # pixels from the middle of a row up to the middle of its words
_THICK = 0.4
_OFFSET = 0.02


def bar_trace(
    *,
    name: str,
    colour: str,
    base: Sequence[float],
    length: Sequence[float],
    words: Sequence[str],
    hover: Sequence[str],
) -> dict[str, Any]:
    """One bar in every row, the lower half of the row."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "base": [round(start, 2) for start in base],
        "x": [round(size, 2) for size in length],
        "y": list(range(len(base))),
        "width": _THICK,
        "offset": _OFFSET,
        "marker": {"color": colour, "line": {"width": 0}},
        "text": list(words),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {
            "color": palette.SURFACE if colour in palette.DARK_PARTS else palette.INK,
            "size": 11,
            "weight": 600,
        },
        "customdata": list(hover),
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def rows_figure(
    traces: Sequence[Mapping[str, Any]],
    *,
    rows: int,
    span: Sequence[float],
    ticks: Sequence[float],
    sign: str,
    notes: Sequence[Mapping[str, Any]],
) -> "Figure":
    """Rows from the top down over an axis of money; their names are notes above the bars."""
    return figure(
        traces,
        height=rows * ROW + ABOVE + BELOW,
        left=24,
        right=24,
        narrow_right=24,
        xaxis=money_axis(span, ticks, sign),
        yaxis={"range": [rows - 0.5, -0.5], "tickvals": [], "ticktext": []},
        notes=notes,
    )


def row_name(words: str, *, short: str, row: int, strong: bool) -> dict[str, Any]:
    colour = palette.ACCENT if strong else palette.INK
    words_above = note(words, x=0, y=row, colour=colour, anchor="left", down=-_ABOVE, strong=strong)
    return {**words_above, "xref": "paper", "name": short}
