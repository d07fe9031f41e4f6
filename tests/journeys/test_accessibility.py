"""axe finds nothing on any page or in any state, in light and dark, wide and narrow; nothing is cut off."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from . import walk
from .conftest import Watch
from .places import PLACES, visit

pytestmark = pytest.mark.browser

WIDE, NARROW, SMALLEST = 1280, 390, 320

# Elements that stick out of the window, but for those inside something that scrolls or is hidden.
STICKING_OUT = """() => {
    const hidden = (element) => {
        for (let up = element; up && up !== document.body; up = up.parentElement) {
            const style = getComputedStyle(up);
            if (style.position === "absolute" && (style.clip !== "auto" || style.clipPath !== "none")) return true;
        }
        return element.closest(".skip");
    };
    const scrolls = (element) => {
        for (let up = element; up && up !== document.body; up = up.parentElement)
            if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true;
        return false;
    };
    const out = [...document.body.querySelectorAll("*")].filter((element) => {
        const place = element.getBoundingClientRect();
        return place.width && place.right > innerWidth + 1 && !hidden(element) && !scrolls(element);
    });
    const wide = document.documentElement.scrollWidth > innerWidth ? ["the page itself"] : [];
    return [...wide, ...out.map((e) => `${e.tagName} ${e.id || e.className} ${e.textContent.slice(0, 30)}`)];
}"""

# Text that is cut off by its own box.
CUT_OFF = """() => [...document.body.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    const cuts = /hidden|clip/.test(style.overflowX + style.overflowY)
        && !element.closest(".sr, svg") && style.clipPath === "none";
    return cuts && element.textContent.trim() && element.clientWidth
        && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
}).map((e) => `${e.tagName} ${e.id || e.className} ${e.textContent.slice(0, 30)}`)"""


@pytest.fixture(scope="module")
def known(browser: Browser, browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A browser with two assessments: one with answers and a link, and one that is empty."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    own, empty = walk.start_example(page), walk.start(page)
    page.goto(f"{own}versions/")
    page.get_by_role("button", name="Freeze as version 1").click()
    page.goto(f"{own}reasons_for/")
    walk.choose(page, "brand_voice", "no")
    page.goto(f"{own}result/")
    page.get_by_role("button", name="Make a link").click()
    page.wait_for_load_state("networkidle")
    known = {"own": own, "empty": empty, "storage_state": context.storage_state()}
    context.close()
    return known


@pytest.fixture
def show(visitor: Callable[..., Any], known: dict[str, Any], watch: Watch) -> Callable[..., Page]:
    """Opens a place in the browser that knows the assessments."""
    watch.allow(404, 409, 422)

    def show(place: str, **options: Any) -> Page:
        context = visitor(storage_state=known["storage_state"], **options)
        page: Page = context.new_page()
        visit(page, place, known["own"], known["empty"])
        return page

    return show


def at_width(page: Page, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 900})
    return page


def expect_none(page: Page, faults: str, width: int) -> None:
    """A chart takes a moment to follow the width of the window."""
    at_width(page, width)
    for _ in range(15):
        found = page.evaluate(faults)
        if not found:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"at {width} px: {found}")


def violations(page: Page, **options: Any) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("place", [place for place in PLACES if place != "result"])  # "everything open" has it all
def test_axe_finds_nothing_in_light_and_dark_wide_and_narrow(show: Callable[..., Page], place: str) -> None:
    page = show(place)
    for width in (WIDE, NARROW):
        at_width(page, width).emulate_media(color_scheme="light")
        assert violations(page) == [], f"at {width} px"
    page.emulate_media(color_scheme="dark")
    assert violations(page, runOnly=["color-contrast"]) == [], "dark"


@pytest.mark.parametrize("place", PLACES)
def test_nothing_sticks_out_or_is_cut_off(show: Callable[..., Page], place: str) -> None:
    page = show(place)
    for width in (WIDE, NARROW, SMALLEST):
        expect_none(page, STICKING_OUT, width)
        expect_none(page, CUT_OFF, width)


@pytest.fixture(scope="session")
def large_text(launch_browser: Callable[..., Browser], browser_type_launch_args: dict[str, Any]) -> Any:
    """A browser of somebody who has set text to twice the usual size."""
    arguments = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]
    browser = launch_browser(args=arguments)
    yield browser
    browser.close()


@pytest.mark.parametrize("place", PLACES[::3])  # one frame and one set of parts hold them all
def test_text_of_twice_the_size_loses_nothing(
    large_text: Browser, browser_context_args: dict[str, Any], known: dict[str, Any], place: str
) -> None:
    context = large_text.new_context(**browser_context_args, storage_state=known["storage_state"])
    page = context.new_page()
    visit(page, place, known["own"], known["empty"])
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    for width in (WIDE, 2 * NARROW):
        expect_none(page, STICKING_OUT, width)
        expect_none(page, CUT_OFF, width)
    context.close()
