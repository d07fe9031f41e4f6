"""A chart's SVG read back: from places in the drawing to values of the figure."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from assessments.charts.chart import Chart
from assessments.charts.palette import PAPER, role

# Places are drawn to a tenth of a pixel.
ROUNDING = 0.11


@dataclass
class Drawing:
    """One SVG with its figure. Where a value must stand follows from the places of two ticks of each axis."""

    root: ElementTree.Element
    figure: dict[str, Any]
    narrow: bool

    @property
    def layout(self) -> dict[str, Any]:
        layout: dict[str, Any] = self.figure["layout"]
        if not self.narrow:
            return layout
        return {**layout, "xaxis": layout["xaxis"] | layout["meta"]["narrow"]["xaxis"]}

    @property
    def size(self) -> tuple[float, float]:
        width, height = (self.root.get("viewBox") or "").split()[2:]
        return float(width), float(height)

    def of_class(self, kind: str) -> list[ElementTree.Element]:
        return [element for element in self.root.iter() if (element.get("class") or "").split()[:1] == [kind]]

    def texts(self, kind: str) -> list[str]:
        return [element.text or "" for element in self.of_class(kind)]

    def places(self, element: ElementTree.Element) -> list[tuple[float, float]]:
        pairs = [pair.split(",") for pair in (element.get("points") or "").split()]
        return [(float(across), float(down)) for across, down in pairs]

    def x(self, value: float) -> float:
        """Where a value of the axis across belongs, by the frame and the figure's range."""
        return self._place(value, self.layout["xaxis"], *self.sides)

    def y(self, value: float) -> float:
        return self._place(value, self.layout["yaxis"], *reversed(self.ends))

    def _place(self, value: float, axis: dict[str, Any], start: float, end: float) -> float:
        at = math.log10(value) if axis.get("type") == "log" else value
        low, high = axis["range"]
        return float(start + (at - low) / (high - low) * (end - start))

    @property
    def sides(self) -> tuple[float, float]:
        """Left and right of the plot: the ends of the lines across; or by two upright lines."""
        across = [rule for rule in self.rules if rule.get("y1") == rule.get("y2")]
        if across:
            return float(across[0].get("x1") or 0), float(across[0].get("x2") or 0)
        ticks, (low, high) = self.layout["xaxis"]["tickvals"], self.layout["xaxis"]["range"]
        first, last = float(self.rules[0].get("x1") or 0), float(self.rules[-1].get("x1") or 0)
        pixel = (last - first) / (ticks[-1] - ticks[0])
        return first - (ticks[0] - low) * pixel, last + (high - ticks[-1]) * pixel

    @property
    def ends(self) -> tuple[float, float]:
        """Top and bottom of the plot: the ends of upright lines; or by two lines across."""
        upright = [rule for rule in self.rules if rule.get("x1") == rule.get("x2")]
        if upright:
            return tuple(sorted((float(upright[0].get("y1") or 0), float(upright[0].get("y2") or 0))))  # type: ignore[return-value]
        axis = self.layout["yaxis"]
        ticks = [math.log10(tick) if axis.get("type") == "log" else tick for tick in axis["tickvals"]]
        low, high = axis["range"]
        first, last = float(self.rules[0].get("y1") or 0), float(self.rules[-1].get("y1") or 0)
        pixel = (last - first) / (ticks[-1] - ticks[0])
        return last + (high - ticks[-1]) * pixel, first - (ticks[0] - low) * pixel

    @property
    def rules(self) -> list[ElementTree.Element]:
        """The lines of the ticks, in the order of the ticks."""
        return [line for line in self.root.iter("line") if line.get("class") in ("grid", "zero")]


def figure_of(chart: Chart) -> dict[str, Any]:
    """The figure as the browser's library reads it."""
    found: dict[str, Any] = json.loads(chart.json)
    return found


def drawings(chart: Chart) -> Iterator[Drawing]:
    """The chart as it stands on paper and on wide screens, and as on a phone."""
    yield Drawing(ElementTree.fromstring(chart.svg), figure_of(chart), narrow=False)
    yield Drawing(ElementTree.fromstring(chart.svg_narrow), figure_of(chart), narrow=True)


def expect_same_values(chart: Chart) -> None:
    """Every value of the figure is in the drawing at its place, and the drawing has nothing else."""
    for drawing in drawings(chart):
        near = _Near(drawing)
        lines, points = iter(drawing.of_class("line")), iter(drawing.of_class("pt"))
        bands, bars = iter(drawing.of_class("band")), iter(drawing.of_class("bar"))
        before: dict[str, Any] = {}
        for trace in drawing.figure["data"]:
            if trace["type"] == "bar":
                for index in range(len(trace["y"])):
                    near.bar(next(bars), trace, index)
            elif trace["mode"] == "markers":
                for x, y in zip(trace["x"], trace["y"], strict=True):
                    point = next(points)
                    near.place((float(point.get("cx") or 0), float(point.get("cy") or 0)), x, y)
            else:
                if trace.get("fill"):
                    near.line(next(bands), [*before["x"], *reversed(trace["x"])], [*before["y"], *reversed(trace["y"])])
                if trace["line"]["width"]:
                    line = next(lines)
                    near.line(line, trace["x"], trace["y"])
                    dash = trace["line"].get("dash", "solid")
                    wanted = None if dash == "solid" else dash.replace("px", "").replace(",", " ")
                    assert line.get("stroke-dasharray") == wanted
            before = trace
        assert [*lines, *points, *bands, *bars] == []


@dataclass
class _Near:
    drawing: Drawing

    def place(self, place: tuple[float, float], x: float, y: float) -> None:
        assert abs(place[0] - self.drawing.x(x)) <= 3 * ROUNDING, (place, x)
        assert abs(place[1] - self.drawing.y(y)) <= 3 * ROUNDING, (place, y)

    def line(self, element: ElementTree.Element, xs: list[float], ys: list[float]) -> None:
        places = self.drawing.places(element)
        assert len(places) == len(xs) == len(ys)
        for place, x, y in zip(places, xs, ys, strict=True):
            self.place(place, x, y)

    def bar(self, element: ElementTree.Element, trace: dict[str, Any], index: int) -> None:
        base, length, row = trace["base"][index], trace["x"][index], trace["y"][index]
        one, other = sorted((self.drawing.x(base), self.drawing.x(base + length)))
        left, width = float(element.get("x") or 0), float(element.get("width") or 0)
        assert abs(left - one) <= 3 * ROUNDING
        assert abs(left + width - other) <= 4 * ROUNDING
        top = self.drawing.y(row + trace["offset"])
        assert abs(float(element.get("y") or 0) - top) <= 3 * ROUNDING
        assert f"f-{role(trace['marker']['color'])}" in (element.get("class") or "").split()
        assert element.get("fill") == PAPER[trace["marker"]["color"]]
