"""The chart drawn for paper shows the values of the figure that plotly draws in the browser, for all five."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.charts.cash import cash_chart
from assessments.charts.chart import Chart
from assessments.charts.components import PARTS, components_chart, costs_by_part
from assessments.charts.cumulative_cost import cost_crossings, cumulative_cost_chart, cumulative_costs
from assessments.charts.labels import spread
from assessments.charts.lines import Cast
from assessments.charts.palette import ACCENT, CLEAR, GROUND, INK, PAPER
from assessments.charts.tornado import TornadoRow, tornado_chart
from assessments.charts.volume import volume_chart
from assessments.engine.economics.break_even import break_even_months
from assessments.engine.economics.cash_flow import CashFlow
from assessments.engine.economics.money import Investment
from assessments.engine.economics.sensitivity import VolumeCosts, tornado, volume_costs
from assessments.engine.economics.simulation import Band, payback_chances
from assessments.framework import load_framework
from tests.documents import example_document
from tests.money import detailed_document, ranged_document, read

from .drawing import drawings, expect_same_values, figure_of

FRAMEWORK = load_framework()
NAMES = {approach.key: approach.name for approach in FRAMEWORK.approaches} | {"status_quo": "Today's prompt"}


def cast(approaches: Any, main: str = "fine_tune_large", reference: str = "decomposition") -> Cast:
    return Cast(names={one.approach: NAMES[one.approach] for one in approaches}, main=main, reference=reference)


def five_charts() -> dict[str, Chart]:
    document, economics = read(ranged_document())
    assert economics.investment
    chances = payback_chances(FRAMEWORK, document, economics)
    rows = [
        TornadoRow(name=bar.key, low=str(bar.low), high=str(bar.high), npv_low=bar.npv_low, npv_high=bar.npv_high)
        for bar in tornado(FRAMEWORK, document, economics)[:4]
    ]
    found = [
        cash_chart(economics.investment, sign="$", band=chances.band),
        cumulative_cost_chart(economics.approaches, cast(economics.approaches), sign="$"),
        components_chart(economics.approaches, cast(economics.approaches), sign="$"),
        volume_chart(
            volume_costs(FRAMEWORK, document, economics), cast(economics.approaches), sign="$", starts_to_pay=79_117.93
        ),
        tornado_chart(rows, likely=economics.investment.npv, sign="$"),
    ]
    return {chart.key: chart for chart in found}


CHARTS = five_charts()
each = pytest.mark.parametrize("key", CHARTS)


@each
def test_both_drawings_show_the_values_of_the_figure(key: str) -> None:
    expect_same_values(CHARTS[key])


@each
def test_axes_are_named_as_in_the_figure(key: str) -> None:
    for drawing in drawings(CHARTS[key]):
        layout = drawing.layout
        assert sorted(drawing.texts("tick")) == sorted([*layout["xaxis"]["ticktext"], *layout["yaxis"]["ticktext"]])


@each
def test_notes_are_those_of_the_figure_and_shorter_on_a_phone(key: str) -> None:
    for drawing in drawings(CHARTS[key]):
        notes = drawing.layout["annotations"]
        wanted = [(drawing.narrow and note.get("name")) or note["text"] for note in notes]
        assert drawing.texts("note") == wanted


def boxes(drawing: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """Each text with about the place that it takes."""
    for element in [*drawing.of_class("tick"), *drawing.of_class("note")]:
        size = 0.52 * float(element.get("font-size")) * len(element.text or "")
        x, y = float(element.get("x")), float(element.get("y"))
        left = {"start": x, "middle": x - size / 2, "end": x - size}[element.get("text-anchor")]
        yield element.text or "", left, left + size, y - 10, y + 2


@each
def test_no_text_leaves_the_drawing_or_covers_another(key: str) -> None:
    for drawing in drawings(CHARTS[key]):
        width, height = drawing.size
        found = list(boxes(drawing))
        for words, left, right, top, bottom in found:
            assert left >= -2, words
            assert right <= width + 2, words
            assert top >= -1, words
            assert bottom <= height, words
        for index, (words, left, right, top, bottom) in enumerate(found):
            for other, its_left, its_right, its_top, its_bottom in found[index + 1 :]:
                apart = right <= its_left or its_right <= left or bottom <= its_top or its_bottom <= top
                assert apart, f"{words} and {other}"


@each
def test_it_is_told_in_words(key: str) -> None:
    chart = CHARTS[key]
    for drawing in drawings(chart):
        assert chart.description in (drawing.root.findtext("title") or "")
        assert drawing.root.get("role") == "img"


@each
def test_colours_are_named_by_the_part_they_play(key: str) -> None:
    def named(part: Any, name: str = "") -> Iterator[str]:
        if isinstance(part, dict):
            for inner_name, inner in part.items():
                yield from named(inner, inner_name)
        elif isinstance(part, list):
            for inner in part:
                yield from named(inner)
        elif isinstance(part, str) and name.endswith("color"):
            yield part

    assert set(named(figure_of(CHARTS[key]))) <= {*PAPER, GROUND, CLEAR}


@each
def test_the_figure_is_json_that_is_safe_as_text_of_an_element(key: str) -> None:
    chart = CHARTS[key]
    (note, *_), kept = chart.figure.layout.annotations, chart.figure.layout.annotations[0].text
    note.text = "</template><script>alert(1)</script><!-- &lt;"
    assert figure_of(chart)["layout"]["annotations"][0]["text"] == note.text
    assert "<" not in chart.json
    assert "&" not in chart.json
    assert "<script" not in chart.svg
    note.text = kept


def test_cash_of_the_task_api_assistant() -> None:
    _, economics = read(example_document("task_api"))
    assert economics.investment
    chart = cash_chart(economics.investment, sign="$")
    line, point = figure_of(chart)["data"]
    assert line["y"] == [1500 * month - 6000 for month in range(37)]
    assert (point["x"], point["y"]) == ([4], [0])
    assert chart.description == "Pays back after 4 months. After 36 months the total is $48k."
    short = {note.text: note.name for note in chart.figure["layout"]["annotations"]}
    assert short["Pays back after 4 months"] == "4 months", "on a phone the words would leave the screen"
    expect_same_values(chart)


def test_the_band_is_that_of_the_simulation() -> None:
    document, economics = read(ranged_document())
    band = payback_chances(FRAMEWORK, document, economics).band
    low, high, likely = figure_of(CHARTS["cash"])["data"]
    assert band
    assert economics.investment
    assert low["y"] == [round(total, 2) for total in band.p10]
    assert high["y"] == [round(total, 2) for total in band.p90]
    assert likely["y"] == [round(total, 2) for total in economics.investment.cash_flow.cumulative]


def test_a_line_for_each_approach_each_with_a_look_of_its_own() -> None:
    for key in ("costs", "volume"):
        figure = figure_of(CHARTS[key])
        lines = [trace["line"] for trace in figure["data"] if trace["name"] in NAMES.values()]
        looks = {(line["color"], line.get("dash", "solid"), line["width"]) for line in lines}
        assert len(lines) == len(looks) == 8
        assert [line["color"] for line in lines][-2:] == [INK, ACCENT], "what matters is drawn last"
        labels = {note["name"] for note in figure["layout"]["annotations"] if "name" in note}
        assert labels == {trace["name"] for trace in figure["data"] if trace["name"] in NAMES.values()}


def test_crossings_are_where_both_lines_have_the_same_cost() -> None:
    """economics.md section 4: against decomposition the tuned large model breaks even after 4.173851 months."""
    _, economics = read(detailed_document())
    totals = cumulative_costs(economics.approaches)
    crossings = {
        (other, round(month, 6)): dollars for other, month, dollars in cost_crossings(totals, "fine_tune_large")
    }
    assert ("decomposition", 4.173851) in crossings
    for (other, month), dollars in crossings.items():
        whole = int(month)
        for line in (totals[other], totals["fine_tune_large"]):
            at = line[whole] + (month - whole) * (line[whole + 1] - line[whole])
            assert dollars == pytest.approx(at, rel=1e-6)


def test_parts_add_up_to_the_whole_cost_of_each_approach() -> None:
    _, economics = read(detailed_document())
    for one in economics.approaches:
        whole = one.upfront + sum(one.monthly_cost)
        assert sum(costs_by_part(one).values()) == pytest.approx(whole, rel=1e-12)
    shown = [trace["name"] for trace in figure_of(CHARTS["components"])["data"]]
    assert shown == list(PARTS)


def test_the_volume_is_marked_where_tuning_starts_to_pay_only_within_the_chart() -> None:
    document, economics = read(detailed_document())
    volumes = volume_costs(FRAMEWORK, document, economics)
    marks = {}
    for starts in (79_117.93, 5.0, None):
        chart = volume_chart(volumes, cast(economics.approaches), sign="$", starts_to_pay=starts)
        marks[starts] = [trace["x"][0] for trace in figure_of(chart)["data"] if trace["name"] not in NAMES.values()]
        expect_same_values(chart)
    assert marks == {
        79_117.93: [pytest.approx(100_000), 79_117.93],
        5.0: [pytest.approx(100_000)],
        None: [pytest.approx(100_000)],
    }


def test_approaches_that_cost_nothing_are_drawn_too() -> None:
    costs = VolumeCosts(volumes=(1.0, 10.0, 100.0), costs={"status_quo": (0.0, 0.0, 0.0), "prompting": (1.0, 2.0, 9.0)})
    names = {name: NAMES[name] for name in costs.costs}
    expect_same_values(
        volume_chart(costs, Cast(names=names, main="prompting", reference="status_quo"), sign="$", starts_to_pay=None)
    )


money = st.floats(-1e9, 1e9, allow_nan=False).map(lambda dollars: round(dollars, 2))


@given(flows=st.lists(money, min_size=1, max_size=120), upfront=st.floats(0, 1e9).map(lambda x: round(x, 2)))
def test_any_cash_flow_is_drawn_true(flows: list[float], upfront: float) -> None:
    cash_flow = CashFlow(upfront=upfront, monthly_net=tuple(flows))
    month = break_even_months(cash_flow.flows)
    comparison = Investment(
        reference="status_quo",
        cash_flow=cash_flow,
        break_even_months=month,
        discounted_break_even_months=month,
        durable_break_even_months=month,
        npv=0,
        net=0,
        roi=None,
        break_even_requests=None,
    )
    total = cash_flow.cumulative
    band = Band(p10=tuple(at - 1000 for at in total), p50=total, p90=tuple(at + 5000 for at in total))
    expect_same_values(cash_chart(comparison, sign="$"))
    expect_same_values(cash_chart(comparison, sign="$", band=band))


@given(likely=money, ends=st.lists(st.tuples(money, money), min_size=1, max_size=10))
def test_any_tornado_is_drawn_true(likely: float, ends: list[tuple[float, float]]) -> None:
    rows = [TornadoRow(name="A figure", low="1", high="2", npv_low=low, npv_high=high) for low, high in ends]
    expect_same_values(tornado_chart(rows, likely=likely, sign="$"))


@given(st.lists(st.floats(-50, 450), min_size=1, max_size=9))
def test_labels_keep_apart_and_in_order(wanted: list[float]) -> None:
    places = spread(wanted, low=0, high=300)
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed = [places[index] for index in order]
    assert all(after - before >= 17 - 1e-6 for before, after in pairwise(placed))
    assert placed[0] >= -1e-6
    assert placed[-1] <= 300 + 1e-6


def test_a_page_without_a_chart_does_not_wait_for_plotly() -> None:
    """All addresses are loaded, with every view and presenter behind them."""
    load = "import sys, django; django.setup(); import ftdecide.urls; print('plotly' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", load], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"
