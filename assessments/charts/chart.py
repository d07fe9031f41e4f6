"""A chart: one plotly figure, which the browser's library and the SVG writer draw alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assessments.framework.notation import ENGLISH, amount, current

from . import palette
from .axes import month_names, month_ticks, short_money
from .labels import width_of
from .svg import draw

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

WIDE, NARROW = 600, 350
_PLOTLYS = ".,"
"""What parts decimals and thousands in plotly where a figure does not say otherwise."""
ABOVE, BELOW = 22, 44
_BESIDE = 16
"""Between the names of an axis and what is on either side of them."""


# What all charts look like in the browser; plotly takes it for whatever a figure does not say itself.
_AXIS: Mapping[str, Any] = {
    "showgrid": False,
    "gridcolor": palette.RULE,
    "zeroline": False,
    "zerolinecolor": palette.QUIET,
    "zerolinewidth": 1.25,
    "fixedrange": True,
    "tickangle": 0,
    "ticks": "",
    "ticklabelstandoff": 6,
}
_TEMPLATE: Mapping[str, Any] = {
    "layout": {
        "font": {"family": palette.FONT, "size": 13, "color": palette.QUIET},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "paper_bgcolor": palette.CLEAR,
        "plot_bgcolor": palette.CLEAR,
        "hoverlabel": {"bgcolor": palette.INK, "font": {"color": palette.GROUND}},
        "dragmode": False,
        "showlegend": False,
        "barmode": "overlay",
    }
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A figure, with what it shows and says in words."""

    key: str
    title: str
    description: str
    figure: "Figure"

    @property
    def svg(self) -> str:
        return self._drawn(WIDE)

    @property
    def svg_narrow(self) -> str:
        return self._drawn(NARROW, narrow=True)

    def _drawn(self, width: int, *, narrow: bool = False) -> str:
        words = f"{self.title}. {self.description}"
        return draw(self.figure.to_plotly_json(), words=words, width=width, narrow=narrow)

    @property
    def json(self) -> str:
        """The figure for the browser, safe as text of an element. A script element would not survive htmx."""
        written: str = self.figure.to_json()
        return written.replace("<", "\\u003c").replace("&", "\\u0026")


def figure(
    traces: Sequence[Mapping[str, Any]],
    *,
    height: int,
    left: float,
    right: float,
    narrow_right: float,
    xaxis: Mapping[str, Any],
    yaxis: Mapping[str, Any],
    notes: Sequence[Mapping[str, Any]],
    narrow_xaxis: Mapping[str, Any] | None = None,
) -> "Figure":
    """These traces in the layout that all charts share, checked by plotly. Margins in pixels.

    `meta` says what is different on a phone: less room at the sides, and fewer names below.
    """
    separators = current().decimal + current().group
    names = width_of(yaxis["ticktext"]) + _BESIDE
    from plotly.graph_objects import Figure  # here, so that a page without a chart does not wait for it

    return Figure(
        data=traces,
        layout={
            "template": _TEMPLATE,
            "height": height,
            "margin": {"l": round(max(left, names)), "r": round(right), "t": ABOVE, "b": BELOW},
            "meta": {
                "narrow": {
                    "margin": {"l": round(max(min(left, 58), names)), "r": round(narrow_right)},
                    "xaxis": narrow_xaxis or {},
                }
            },
            "xaxis": xaxis,
            "yaxis": yaxis,
            "annotations": notes,
            **({} if separators == _PLOTLYS else {"separators": separators}),
        },
    )


def plot_height(height: int) -> float:
    return height - ABOVE - BELOW


def month_axis(horizon: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The axis of months, and what a phone changes of it."""
    ticks = month_ticks(0, horizon)
    few = ticks if len(ticks) < 5 else [ticks[0], ticks[len(ticks) // 2], ticks[-1]]
    axis = {"range": [0, horizon], "tickvals": ticks, "ticktext": month_names(ticks)}
    return axis, {"tickvals": few, "ticktext": month_names(few)}


def money_axis(span: Sequence[float], ticks: Sequence[float], sign: str) -> dict[str, Any]:
    return {
        "range": list(span),
        "tickvals": list(ticks),
        "ticktext": [short_money(tick, sign) for tick in ticks],
        "showgrid": True,
        "zeroline": True,
    }


def hover_money(sign: str) -> str:
    """How plotly writes the amount that is pointed at."""
    return "%{y:$,.0f}" if sign == "$" and current().key == ENGLISH else amount("%{y:,.0f}", sign)


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
        "bgcolor": palette.SURFACE,
        "borderpad": 1,
        "font": {"color": colour, "weight": 600 if strong else 400},
    }
