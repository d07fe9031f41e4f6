"""plotly draws over the server's SVGs: the same values, nothing of the cloud, and the SVGs stay without it."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.money import ranged_document

from . import walk
from .conftest import Watch

pytestmark = pytest.mark.browser

LIBRARY = "**/plotly-basic*.js"


@pytest.fixture
def result(page: Page) -> Page:
    page.goto(f"{walk.start_example(page)}result/money/")
    return page


def drawn(page: Page, key: str = "cash") -> Locator:
    walk.arrived(page)
    holder = page.locator(f"[data-chart=chart-{key}]")
    closed = page.locator(f"details:has([data-chart=chart-{key}]):not([open]) > summary")
    if closed.count():
        closed.click()
    holder.scroll_into_view_if_needed()
    plot = holder.locator(".js-plotly-plot")
    expect(plot.locator(".main-svg").first).to_be_visible()
    return plot


def figure(page: Page, key: str = "cash") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.locator(f"#chart-{key}").evaluate("source => source.content.textContent"))
    return found


def server_drawing(page: Page, key: str = "cash") -> Locator:
    return page.locator(f"[data-chart=chart-{key}] svg.chart").first


def uncertain(page: Page, tmp_path: Path) -> str:
    """A new assessment with eight approaches and with ranges. Its address."""
    file = tmp_path / "uncertain.json"
    file.write_text(json.dumps(ranged_document()))
    return walk.bring(page, file)


SHOWN = """plot => plot.data.map((trace) => Object.fromEntries(["x", "y", "base"].filter((key) => trace[key])
    .map((key) => [key, [...trace[key]]])))"""


def expect_drawn_as_in_the_figure(page: Page, key: str) -> None:
    plot = drawn(page, key)
    wanted = figure(page, key)
    values = [{name: trace[name] for name in ("x", "y", "base") if name in trace} for trace in wanted["data"]]
    assert plot.evaluate(SHOWN) == values
    ranges = "({ layout: { xaxis, yaxis } }) => [xaxis.range, yaxis.range, xaxis.ticktext]"
    axes = wanted["layout"]
    assert plot.evaluate(ranges) == [axes["xaxis"]["range"], axes["yaxis"]["range"], axes["xaxis"]["ticktext"]]
    expect(server_drawing(page, key)).to_be_hidden()


def test_plotly_draws_the_values_of_the_figure(result: Page) -> None:
    expect_drawn_as_in_the_figure(result, "cash")


def test_plotly_draws_all_five_charts(page: Page, tmp_path: Path) -> None:
    page.goto(f"{uncertain(page, tmp_path)}result/money/")
    expect(page.locator("#chances")).to_contain_text("futures drawn from your ranges")
    for key in ("cash", "costs", "components", "volume", "tornado"):
        expect_drawn_as_in_the_figure(page, key)


def test_the_chances_follow_with_their_band(page: Page, tmp_path: Path) -> None:
    page.goto(f"{uncertain(page, tmp_path)}result/money/")
    expect(page.locator("#chances")).to_contain_text("futures drawn from your ranges")
    drawn(page)
    assert any(trace.get("fill") for trace in figure(page)["data"])
    expect(page.locator("[data-chart=chart-cash] .js-plotly-plot")).to_have_count(1)


def test_the_chances_come_without_a_script(browser: Browser, server: str, page: Page, tmp_path: Path) -> None:
    address = uncertain(page, tmp_path)
    context = browser.new_context(
        base_url=server, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(f"{address}result/money/")
    plain.wait_for_url("**/chances/")
    expect(plain.locator("#chances")).to_contain_text("futures drawn from your ranges")
    expect(server_drawing(plain)).to_be_visible()
    context.close()


def test_the_approaches_stand_under_each_other_on_a_phone(page: Page, tmp_path: Path) -> None:
    address = uncertain(page, tmp_path)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}result/money/")
    page.locator("#levers > summary").click()
    table = page.get_by_role("table", name="What each lever costs and brings")
    expect(table.get_by_role("row")).to_have_count(9)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert table.evaluate("table => table.scrollWidth <= table.parentElement.clientWidth")


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
    expect(result.locator("#chances figure")).to_contain_text("4 months")
    result.get_by_text("Month by month", exact=True).click()
    expect(result.get_by_role("table", name="Running total by month")).to_be_visible()


def test_without_the_library_the_servers_drawing_stays(page: Page, watch: Watch) -> None:
    watch.allow(0)
    page.route(LIBRARY, lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.goto(f"{walk.start_example(page)}result/money/")
    page.wait_for_timeout(300)
    expect(server_drawing(page)).to_be_visible()
    expect(page.locator(".plot.is-drawn")).to_have_count(0)


def test_the_library_is_not_fetched_where_no_chart_is_near(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assessment = walk.start_example(page)
    page.goto(f"{assessment}result/", wait_until="networkidle")
    assert not any("plotly" in url and url.endswith(".js") for url in asked)
    page.goto(f"{assessment}result/money/")
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
    page.goto(f"{assessment}result/money/")
    plot = drawn(page)
    expect(plot.locator("a")).to_have_count(0)
    expect(page.locator(".l-head .crumb")).to_contain_text(hostile[:40])
    expect(page.get_by_role("main").locator("a[href*=evil], img")).to_have_count(0)
