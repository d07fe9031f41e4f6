"""A chart: one plotly figure, which the browser's library and the SVG writer draw alike."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .axes import month_names, month_ticks, short_money
from .svg import draw

Figure = dict[str, Any]
WIDE, NARROW = 600, 350
ABOVE, BELOW = 22, 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A figure, with what it shows and says in words. Its colours are named by the part they play."""

    key: str
    title: str
    description: str
    figure: Figure

    @property
    def svg(self) -> str:
        return draw(self.figure, title=self.title, description=self.description, width=WIDE)

    @property
    def svg_narrow(self) -> str:
        return draw(self.figure, title=self.title, description=self.description, width=NARROW, narrow=True)

    @property
    def json(self) -> str:
        """The figure for the browser, safe as text of an element. A script element would not survive htmx."""
        return json.dumps(self.figure).replace("<", "\\u003c").replace("&", "\\u0026")


def layout(
    *,
    height: int,
    left: float,
    right: float,
    narrow_right: float,
    xaxis: dict[str, Any],
    yaxis: dict[str, Any],
    annotations: list[dict[str, Any]],
    narrow_xaxis: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The part of a figure that all charts share. Margins in pixels.

    `meta` says what is different on a phone: less room at the sides, and fewer names below.
    """
    return {
        "height": height,
        "margin": {"l": round(left), "r": round(right), "t": ABOVE, "b": BELOW},
        "meta": {
            "narrow": {
                "margin": {"l": round(min(left, 58)), "r": round(narrow_right)},
                "xaxis": narrow_xaxis or {},
            }
        },
        "xaxis": xaxis,
        "yaxis": yaxis,
        "annotations": annotations,
        "showlegend": False,
    }


def plot_height(height: int) -> float:
    return height - ABOVE - BELOW


def month_axis(horizon: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The axis of months, and what a phone changes of it."""
    ticks = month_ticks(0, horizon)
    few = ticks if len(ticks) < 5 else [ticks[0], ticks[len(ticks) // 2], ticks[-1]]
    axis = {"range": [0, horizon], "tickvals": ticks, "ticktext": month_names(ticks), "showgrid": False}
    return axis, {"tickvals": few, "ticktext": month_names(few)}


def money_axis(span: Sequence[float], ticks: Sequence[float]) -> dict[str, Any]:
    return {
        "range": list(span),
        "tickvals": list(ticks),
        "ticktext": [short_money(tick) for tick in ticks],
        "showgrid": True,
    }


def note(
    text: str, *, x: float, y: float, colour: str, anchor: str, across: float = 0, down: float = 0, strong: bool = True
) -> dict[str, Any]:
    """Words beside a place of the plot, so many pixels from it, over whatever is drawn there."""
    return {
        "x": x,
        "y": y,
        "xshift": across,
        "yshift": -down,
        "text": text,
        "xanchor": anchor,
        "yanchor": "middle",
        "showarrow": False,
        "bgcolor": "surface",
        "borderpad": 1,
        "font": {"color": colour, "weight": 600 if strong else 400},
    }


def end_label(
    text: str, *, short: str, x: float, y: float, down: float, colour: str, strong: bool = False
) -> dict[str, Any]:
    """What a line is, at its end, joined to it where it had to give way to another; `down` in pixels."""
    words = {**note(text, x=x, y=y, colour=colour, anchor="left", strong=strong), "name": short}
    if abs(down) <= 3:
        return {**words, "xshift": 10, "yshift": round(-down, 1)}
    return {
        **words,
        "ax": 16,
        "ay": round(down, 1),
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": "faint",
    }
