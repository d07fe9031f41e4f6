"""Draws a plotly figure as SVG, for paper and for a browser without script.

Presentation attributes carry the colours, because the report's renderer does not apply a page's
stylesheet inside an SVG; on screen the classes override them.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from . import palette
from .labels import width_of

Trace = Mapping[str, Any]

_SIZE = 13
_TICK = {"color": palette.QUIET}


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

    def places(self, trace: Trace) -> list[tuple[float, float]]:
        return [(self.x.at(x), self.y.at(y)) for x, y in zip(trace["x"], trace["y"], strict=True)]


def draw(figure: Mapping[str, Any], *, words: str, width: int, narrow: bool = False) -> str:
    """A figure's JSON as one SVG element, told in these words. Every value drawn is a value of the figure."""
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
    parts = [*_across(layout["xaxis"], frame), *_upwards(layout["yaxis"], frame)]
    before: Trace = {}
    for trace in figure["data"]:
        parts += _trace(trace, frame, before)
        before = trace
    parts += [mark for note in layout["annotations"] for mark in _note(note, frame, narrow=narrow)]
    return image("chart", width, height, words, parts)


def _axis(axis: Mapping[str, Any], start: float, end: float) -> Axis:
    low, high = axis["range"]
    return Axis(low=low, high=high, start=start, end=end, log=axis.get("type") == "log")


def _across(axis: Mapping[str, Any], frame: Frame) -> Iterator[str]:
    """Names below, and lines up where the figure asks for them."""
    for tick, words in zip(axis["tickvals"], axis["ticktext"], strict=True):
        place = frame.x.at(tick)
        if axis.get("showgrid"):
            yield _rule(place, place, frame.y.start, frame.y.end, zero=tick == 0)
        anchor = "end" if place > frame.width - 30 else "start" if place < 30 else "middle"
        yield _text(place, frame.y.start + 22, words, anchor=anchor, kind="tick", font=_TICK)


def _upwards(axis: Mapping[str, Any], frame: Frame) -> Iterator[str]:
    """Names at the left, and lines across."""
    for tick, words in zip(axis["tickvals"], axis["ticktext"], strict=True):
        place = frame.y.at(tick)
        yield _text(frame.x.start - 8, place + 4.5, words, anchor="end", kind="tick", font=_TICK)
        yield _rule(frame.x.start, frame.x.end, place, place, zero=tick == 0)


def _rule(x1: float, x2: float, y1: float, y2: float, *, zero: bool) -> str:
    kind, colour = ("zero", palette.QUIET) if zero else ("grid", palette.RULE)
    return tag("line", kind, x1=x1, x2=x2, y1=y1, y2=y2, stroke=colour, stroke_width=1)


def _trace(trace: Trace, frame: Frame, before: Trace) -> Iterator[str]:
    """One trace of the figure. A band lies between it and the trace before."""
    if trace["type"] == "bar":
        yield from _bars(trace, frame)
    elif trace["mode"] == "markers":
        yield from _points(trace, frame)
    else:
        if trace.get("fill") == "tonexty":
            places = [*frame.places(before), *reversed(frame.places(trace))]
            yield tag("polygon", "band", points=_joined(places), fill=trace["fillcolor"])
        if trace["line"]["width"]:
            yield _line(trace, frame)


def _line(trace: Trace, frame: Frame) -> str:
    line = trace["line"]
    return tag(
        "polyline",
        f"line s-{palette.role(line['color'])}",
        points=_joined(frame.places(trace)),
        fill="none",
        stroke=line["color"],
        stroke_width=line["width"],
        stroke_linejoin="round",
        stroke_dasharray=line.get("dash", "").replace("px", "").replace(",", " ") or None,
    )


def _points(trace: Trace, frame: Frame) -> Iterator[str]:
    marker, edge = trace["marker"], trace["marker"]["line"]
    for across, down in frame.places(trace):
        yield tag(
            "circle",
            f"pt s-{palette.role(edge['color'])}",
            cx=across,
            cy=down,
            r=marker["size"] / 2 - 1,
            fill=marker["color"],
            stroke=edge["color"],
            stroke_width=edge["width"],
        )


def _bars(trace: Trace, frame: Frame) -> Iterator[str]:
    """Bars across, from their base so far to the right, or to the left where that is negative."""
    colour, font = trace["marker"]["color"], trace["insidetextfont"]
    for base, length, row, words in zip(trace["base"], trace["x"], trace["y"], trace["text"], strict=True):
        left, right = sorted((frame.x.at(base), frame.x.at(base + length)))
        top = frame.y.at(row + trace["offset"])
        height = frame.y.at(row + trace["offset"] + trace["width"]) - top
        kind = f"bar f-{palette.role(colour)}"
        yield tag("rect", kind, x=left, y=top, width=right - left, height=height, fill=colour)
        if words:
            middle, down = (left + right) / 2, top + height / 2 + 4
            yield _text(middle, down, words, anchor="middle", kind="in-bar", font=font)


def _note(note: Mapping[str, Any], frame: Frame, *, narrow: bool) -> Iterator[str]:
    """Words beside a mark on a sheet that hides what they cover, with a line to it where they stand apart from it."""
    words = (note.get("name") if narrow else None) or note["text"]
    across = frame.x.start if note.get("xref") == "paper" else frame.x.at_raw(note["x"])
    down = frame.y.at_raw(note["y"])
    at_x, at_y = across + note.get("ax", note.get("xshift", 0)), down + note.get("ay", -note.get("yshift", 0))
    if note["showarrow"]:
        lead = {"x1": across + 2, "y1": down, "x2": at_x - 3, "y2": at_y}
        yield tag("line", "lead", **lead, stroke=note["arrowcolor"], stroke_width=note["arrowwidth"])
    width = width_of([words])
    left = at_x - {"left": 0, "center": width / 2, "right": width}[note["xanchor"]]
    kind = f"sheet f-{palette.role(note['bgcolor'])}"
    yield tag("rect", kind, x=left, y=at_y - 8.5, width=width, height=17, fill=note["bgcolor"])
    anchor = {"left": "start", "center": "middle", "right": "end"}[note["xanchor"]]
    yield _text(at_x, at_y + 4.5, words, anchor=anchor, kind="note", font=note["font"])


def _text(across: float, down: float, words: str, *, anchor: str, kind: str, font: Mapping[str, Any]) -> str:
    """Words on their base line."""
    return tag(
        "text",
        f"{kind} f-{palette.role(font['color'])}",
        words,
        x=across,
        y=down,
        text_anchor=anchor,
        font_size=font.get("size", _SIZE),
        font_weight=font.get("weight"),
        fill=font["color"],
    )


def _joined(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_number(across)},{_number(down)}" for across, down in places)


def image(kind: str, width: int, height: int, words: str, parts: Sequence[str]) -> str:
    """These parts as one image that is told in words."""
    told = escape(words)
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" aria-label="{told}" '
        f'font-family="{palette.FONT}" font-size="14"><title>{told}</title>{"".join(parts)}</svg>'
    )


def tag(name: str, kind: str, words: str = "", **attributes: str | float | None) -> str:
    """One element of this class; a colour by its part, as it is on paper.

    >>> tag("text", "note", "A & B", x=1.26, font_size=13, fill="var(--ink)", stroke=None)
    '<text class="note" x="1.25" font-size="13" fill="#1a1918">A &amp; B</text>'
    """
    written = "".join(
        f' {key.replace("_", "-")}="{palette.PAPER.get(value, value) if isinstance(value, str) else _number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return (
        f'<{name} class="{kind}"{written}>{escape(words)}</{name}>' if words else f'<{name} class="{kind}"{written}/>'
    )


def _number(value: float) -> str:
    """To a twentieth of a pixel, which no eye tells apart."""
    return f"{round(value * 20) / 20:g}"
