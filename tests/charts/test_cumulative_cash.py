"""The drawn chart shows the values of its figure: read back from the SVG, they are the same."""

import json
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.charts.cumulative_cash import CumulativeCash, cumulative_cash
from assessments.engine.decision import Comparison
from tests.documents import decided, example_document

ACROSS, DOWN = 0.05, 0.05  # places are drawn to a tenth of a pixel


def investment(**summary: float) -> Comparison:
    """The investment of the Task API assistant with these costs replaced."""
    document = example_document("task_api")
    general = {key: summary.pop(key) for key in ("horizon_months", "annual_discount_rate") if key in summary}
    document["costs"] |= general
    document["costs"]["summary"] |= summary
    found = decided(document).economics
    assert found
    assert found.investment
    return found.investment


@dataclass
class Drawing:
    """An SVG chart, with its axes turned round: from pixels back to months and dollars."""

    root: ElementTree.Element
    figure: dict[str, Any]

    def texts(self, kind: str) -> list[ElementTree.Element]:
        return [text for text in self.root.iter("text") if text.get("class") == kind]

    def of_class(self, kind: str) -> list[ElementTree.Element]:
        return [element for element in self.root.iter() if element.get("class") == kind]

    @property
    def line(self) -> list[tuple[float, float]]:
        (line,) = self.of_class("line")
        places = [place.split(",") for place in (line.get("points") or "").split()]
        return [self.value(float(x), float(y)) for x, y in places]

    @property
    def markers(self) -> list[tuple[float, float]]:
        return [self.value(float(p.get("cx") or 0), float(p.get("cy") or 0)) for p in self.of_class("pt")]

    @property
    def rules(self) -> list[ElementTree.Element]:
        """The horizontal lines, one for each tick of the money axis."""
        return [*self.of_class("grid"), *self.of_class("zero")]

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """Left, right, and the places of the highest and the lowest tick."""
        heights = sorted(float(rule.get("y1") or 0) for rule in self.rules)
        first = self.rules[0]
        return float(first.get("x1") or 0), float(first.get("x2") or 0), heights[0], heights[-1]

    @property
    def pixel(self) -> tuple[float, float]:
        """What a pixel is worth, in months and in dollars."""
        left, right, top, bottom = self.frame
        (first, last), (low, high) = self.ranges
        return (last - first) / (right - left), (high - low) / (bottom - top)

    @property
    def ranges(self) -> tuple[list[float], list[float]]:
        layout = self.figure["layout"]
        return layout["xaxis"]["range"], layout["yaxis"]["range"]

    def value(self, x: float, y: float) -> tuple[float, float]:
        left, _, top, _ = self.frame
        (first, _), (_, high) = self.ranges
        months, dollars = self.pixel
        return first + (x - left) * months, high - (y - top) * dollars


def drawings(chart: CumulativeCash) -> list[Drawing]:
    return [Drawing(ElementTree.fromstring(svg), chart.figure) for svg in (chart.svg, chart.svg_narrow)]


def expect_same_values(chart: CumulativeCash) -> None:
    line, *markers = chart.figure["data"]
    for drawing in drawings(chart):
        months, dollars = drawing.pixel
        wanted = list(zip(line["x"], line["y"], strict=True))
        assert len(drawing.line) == len(wanted)
        for (x, y), (month, total) in zip(drawing.line, wanted, strict=True):
            assert abs(x - month) <= 2 * ACROSS * months
            assert abs(y - total) <= 4 * DOWN * dollars
        wanted = [(marker["x"][0], marker["y"][0]) for marker in markers]
        assert len(drawing.markers) == len(wanted)
        for (x, y), (month, total) in zip(drawing.markers, wanted, strict=True):
            assert abs(x - month) <= 2 * ACROSS * months
            assert abs(y - total) <= 4 * DOWN * dollars


def test_the_drawing_of_the_task_api_assistant() -> None:
    chart = cumulative_cash(investment())
    assert chart.figure["data"][0]["x"] == list(range(37))
    assert chart.figure["data"][0]["y"] == [1500 * month - 6000 for month in range(37)]
    assert (chart.figure["data"][1]["x"], chart.figure["data"][1]["y"]) == ([4], [0])
    expect_same_values(chart)


def test_ticks_are_named_as_in_the_figure() -> None:
    chart = cumulative_cash(investment())
    layout = chart.figure["layout"]
    months = [f"Month {layout['xaxis']['tickvals'][0]}", *map(str, layout["xaxis"]["tickvals"][1:])]
    for drawing in drawings(chart):
        labels = [text.text for text in drawing.texts("tick")]
        assert labels == [*layout["yaxis"]["ticktext"], *months]
        for text, dollars in zip(drawing.texts("tick"), layout["yaxis"]["tickvals"], strict=False):
            _, shown = drawing.value(0, float(text.get("y") or 0) - 4.5)
            assert abs(shown - dollars) <= 0.2 * drawing.pixel[1]
        assert len(drawing.of_class("zero")) == 1


def test_it_is_described_in_words() -> None:
    chart = cumulative_cash(investment())
    assert chart.description == "Pays back after 4 months. After 36 months the total is $48,000."
    for drawing in drawings(chart):
        assert chart.description in (drawing.root.findtext("title") or "")
        assert drawing.root.get("role") == "img"
        assert chart.description in (drawing.root.get("aria-label") or "")


def test_without_break_even_there_is_no_marker() -> None:
    chart = cumulative_cash(investment(api_savings=0, quality_value=0))
    assert len(chart.figure["data"]) == 1
    assert all(drawing.markers == [] for drawing in drawings(chart))
    assert "Pays back" not in chart.description


@pytest.mark.parametrize("savings", [1e-12, 1e-300, 0.004, 1e9, -1e9])
def test_very_small_and_very_large_sums_are_drawn(savings: float) -> None:
    nothing = dict.fromkeys(("data_preparation_hours", "evaluation_hours", "deployment_hours", "quality_value"), 0.0)
    expect_same_values(cumulative_cash(investment(**nothing, other_monthly=0, api_savings=savings)))


def test_nothing_is_written_outside_the_drawing() -> None:
    for costs in ({}, {"api_savings": 9e8}, {"api_savings": 501}, {"quality_value": -9e8}, {"horizon_months": 1}):
        for drawing in drawings(cumulative_cash(investment(**costs))):
            width, height = map(float, (drawing.root.get("viewBox") or "").split()[2:])
            for text in drawing.root.iter("text"):
                size = 0.56 * 13 * len(text.text or "")
                anchor, x = text.get("text-anchor"), float(text.get("x") or 0)
                left = {"start": x, "middle": x - size / 2, "end": x - size}[anchor or "start"]
                assert left >= -3, f"{text.text} with {costs}"
                assert left + size <= width + 3, f"{text.text} with {costs}"
                assert 8 <= float(text.get("y") or 0) <= height


money = st.floats(-1e9, 1e9, allow_nan=False).map(lambda dollars: round(dollars, 2))


@settings(deadline=None)
@given(
    savings=money,
    upfront=st.floats(0, 1e9).map(lambda dollars: round(dollars, 2)),
    horizon=st.integers(1, 120),
)
def test_any_case_is_drawn_true(savings: float, upfront: float, horizon: int) -> None:
    chart = cumulative_cash(investment(api_savings=savings, other_upfront=upfront, horizon_months=horizon))
    expect_same_values(chart)
    assert json.loads(chart.json) == json.loads(json.dumps(chart.figure))


@pytest.mark.parametrize("hostile", ["</script><script>alert(1)</script>", "<!--"])
def test_the_figure_cannot_end_its_script_element(hostile: str) -> None:
    chart = cumulative_cash(investment())
    chart.figure["layout"]["annotations"][0]["text"] = hostile
    assert "<" not in chart.json
    assert "<script" not in chart.svg
