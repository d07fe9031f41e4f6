"""plotly draws over the server's SVG: the same values, nothing of the cloud, and the SVG stays without it."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from . import walk
from .conftest import Watch

pytestmark = pytest.mark.browser

LIBRARY = "**/plotly-basic*.js"


@pytest.fixture
def result(page: Page) -> Page:
    page.goto(f"{walk.start_example(page)}result/")
    return page


def drawn(page: Page) -> Locator:
    page.locator("#return").scroll_into_view_if_needed()
    plot = page.locator(".js-plotly-plot")
    expect(plot.locator(".main-svg").first).to_be_visible()
    return plot


def figure(page: Page) -> dict:
    found: dict = json.loads(page.locator("#cash-figure").text_content() or "")
    return found


def server_drawing(page: Page) -> Locator:
    return page.locator(".plot svg.chart").first


def test_plotly_draws_the_values_of_the_figure(result: Page) -> None:
    plot = drawn(result)
    shown = plot.evaluate("plot => plot.data.map(({ x, y, mode }) => ({ x: [...x], y: [...y], mode }))")
    wanted = [{key: trace[key] for key in ("x", "y", "mode")} for trace in figure(result)["data"]]
    assert shown == wanted
    layout = plot.evaluate("({ layout: { xaxis, yaxis } }) => [xaxis.range, yaxis.range, yaxis.ticktext]")
    given = figure(result)["layout"]
    assert layout == [given["xaxis"]["range"], given["yaxis"]["range"], given["yaxis"]["ticktext"]]
    expect(server_drawing(result)).to_be_hidden()


def test_nothing_leads_to_the_cloud(result: Page) -> None:
    plot = drawn(result)
    kept = ("displayModeBar", "displaylogo", "showSendToCloud", "plotlyServerURL")
    config = plot.evaluate("(plot, kept) => kept.map((key) => plot._context[key])", kept)
    assert config == [False, False, False, ""]
    expect(plot.locator("a")).to_have_count(0)
    expect(plot.locator(".modebar-btn")).to_have_count(0)
    plot.hover()
    expect(plot.locator(".modebar-btn, a")).to_have_count(0)


def test_the_chart_is_hidden_from_assistive_technology_and_told_in_words(result: Page) -> None:
    plot = drawn(result)
    assert plot.evaluate("plot => plot.closest('[aria-hidden=true]') !== null")
    expect(result.locator("#return figure")).to_contain_text("4 months")
    result.locator("#return figure summary").click()
    expect(result.get_by_role("table", name="Running total by month")).to_be_visible()


def test_without_the_library_the_servers_drawing_stays(page: Page, watch: Watch) -> None:
    watch.allow(0)
    page.route(LIBRARY, lambda route: route.abort())
    page.goto(f"{walk.start_example(page)}result/")
    with page.expect_event("requestfailed"):
        page.locator("#return").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    expect(server_drawing(page)).to_be_visible()
    expect(page.locator(".plot.is-drawn")).to_have_count(0)


def test_the_library_is_not_fetched_before_the_chart_is_near(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assessment = walk.start_example(page)
    page.goto(f"{assessment}result/", wait_until="networkidle")
    assert not any("plotly" in url and url.endswith(".js") for url in asked)
    drawn(page)
    assert sum("plotly" in url and url.endswith(".js") for url in asked) == 1


def test_hostile_names_draw_no_link_and_run_nothing(page: Page) -> None:
    """An assessment's own text is not in the chart; what is in it is escaped."""
    assessment = walk.start_example(page)
    hostile = '<a href="https://evil.example">x</a><script>document.title="run"</script><img src=x onerror=alert(1)>'
    page.goto(f"{assessment}use_case/")
    with walk.saving(page, "name"):
        walk.field(page, "name").fill(hostile)
    with walk.saving(page, "task"):
        walk.field(page, "task").fill(hostile)
    page.goto(f"{assessment}result/")
    plot = drawn(page)
    expect(plot.locator("a")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text(hostile)
    expect(page.get_by_role("main").locator("a[href*=evil], img")).to_have_count(0)
