"""Draws a plotly figure as SVG, for paper and for a browser without script.

Presentation attributes carry the colours, because the report's renderer does not apply a page's
stylesheet inside an SVG; on screen the classes override them.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from . import palette
from .svg_marks import draw_trace, number, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """From a value of the figure to a place in the drawing."""

    low: float
    high: float
    start: float
    end: float
    log: bool

    def at(self, value: float) -> float:
        """The place of a value, in pixels."""
        return self.at_raw(math.log10(value) if self.log else value)

    def at_raw(self, value: float) -> float:
        """The place of a value in the axis's own unit: on a log axis its power of ten."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where the plot stands in the drawing."""

    x: Axis
    y: Axis
    width: float

    @property
    def left(self) -> float:
        return self.x.start

    @property
    def right(self) -> float:
        return self.x.end


def draw(figure: dict[str, Any], *, title: str, description: str, width: int, narrow: bool = False) -> str:
    """The figure as one SVG element. Every value drawn is a value of the figure."""
    layout = figure["layout"]
    height = layout["height"]
    if narrow:
        phone = layout["meta"]["narrow"]
        layout = {**layout, "margin": layout["margin"] | phone["margin"], "xaxis": layout["xaxis"] | phone["xaxis"]}
    margin = layout["margin"]
    frame = Frame(
        x=_axis(layout["xaxis"], margin["l"], width - margin["r"]),
        y=_axis(layout["yaxis"], height - margin["b"], margin["t"]),
        width=width,
    )
    before: dict[str, Any] = {}
    parts = [*_vertical(layout, frame), *_horizontal(layout, frame)]
    for trace in figure["data"]:
        parts += draw_trace(trace, frame, before)
        before = trace
    parts += [mark for note in layout["annotations"] for mark in _note(note, frame, narrow=narrow)]
    words = escape(f"{title}. {description}")
    return (
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{words}" '
        f'font-family="{palette.FONT}"><title>{words}</title>{"".join(parts)}</svg>'
    )


def _axis(axis: dict[str, Any], start: float, end: float) -> Axis:
    low, high = axis["range"]
    return Axis(low=low, high=high, start=start, end=end, log=axis.get("type") == "log")


def _vertical(layout: dict[str, Any], frame: Frame) -> Iterator[str]:
    """What belongs to the axis across: names below, and lines up where the figure asks for them."""
    axis = layout["xaxis"]
    for tick, words in zip(axis["tickvals"], axis["ticktext"], strict=True):
        place = frame.x.at(tick)
        if axis.get("showgrid"):
            yield _rule(place, place, frame.y.start, frame.y.end, zero=tick == 0)
        anchor = "end" if place > frame.width - 30 else "start" if place < 30 else "middle"
        yield text(place, frame.y.start + 22, words, anchor=anchor, kind="tick", colour="quiet")


def _horizontal(layout: dict[str, Any], frame: Frame) -> Iterator[str]:
    """What belongs to the axis upwards: names at the left, and lines across."""
    axis = layout["yaxis"]
    for tick, words in zip(axis["tickvals"], axis["ticktext"], strict=True):
        place = frame.y.at(tick)
        yield text(frame.left - 8, place + 4.5, words, anchor="end", kind="tick", colour="quiet")
        yield _rule(frame.left, frame.right, place, place, zero=tick == 0 and axis.get("type") != "log")


def _rule(x1: float, x2: float, y1: float, y2: float, *, zero: bool) -> str:
    kind, colour = ("zero", palette.INK_QUIET) if zero else ("grid", palette.LINE)
    return (
        f'<line class="{kind}" x1="{number(x1)}" x2="{number(x2)}" y1="{number(y1)}" y2="{number(y2)}" '
        f'stroke="{colour}" stroke-width="1"/>'
    )


def _note(note: dict[str, Any], frame: Frame, *, narrow: bool) -> Iterator[str]:
    """Words beside a mark, with a line to it where they stand apart from it."""
    words = (note.get("name") if narrow else None) or note["text"]
    across = frame.left if note.get("xref") == "paper" else frame.x.at_raw(note["x"])
    down = frame.y.end if note.get("yref") == "paper" else frame.y.at_raw(note["y"])
    anchor = {"left": "start", "right": "end", "center": "middle"}[note["xanchor"]]
    at_x, at_y = across + note.get("ax", note.get("xshift", 0)), down + note.get("ay", -note.get("yshift", 0))
    if note["showarrow"]:
        yield (
            f'<line class="lead" x1="{number(across + 2)}" y1="{number(down)}" x2="{number(at_x - 3)}" '
            f'y2="{number(at_y)}" stroke="{palette.CONTROL}" stroke-width="1"/>'
        )
    font = note["font"]
    strong = font.get("weight") == 600
    yield text(
        at_x, at_y + 4.5, words, anchor=anchor, kind="note", colour=font["color"], strong=strong, behind=note["bgcolor"]
    )
