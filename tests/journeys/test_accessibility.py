"""axe finds nothing on any page or in any state, in light and dark, wide and narrow; nothing is cut off."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from . import walk
from .conftest import Watch
from .looks import NARROW, WIDE, expect_good, expect_whole
from .places import ADDRESSES, PLACES, STATES, visit

pytestmark = pytest.mark.browser


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
    page.locator("summary", has_text="Share").locator("visible=true").click()
    page.get_by_role("button", name="Make a read-only link").locator("visible=true").click()
    page.wait_for_load_state("networkidle")
    known = {"own": own, "empty": empty, "storage_state": context.storage_state()}
    context.close()
    return known


@pytest.fixture
def show(visitor: Callable[..., Any], known: dict[str, Any], watch: Watch) -> Callable[..., Page]:
    """Opens a place in the browser that knows the assessments."""
    watch.allow(404, 409, 422)

    page: Page = visitor(storage_state=known["storage_state"]).new_page()

    def show(place: str) -> Page:
        visit(page, place, known["own"], known["empty"])
        return page

    return show


ALONE = [place for place in ADDRESSES if place != "result, plan"]  # "everything open" has it all
SEEN_FOLDED = [place for place in ALONE if place != "method"]  # "method open" has it all
TOGETHER = [SEEN_FOLDED[start :: len(ALONE) // 5] for start in range(len(ALONE) // 5)] + [[state] for state in STATES]


@pytest.mark.parametrize("places", TOGETHER, ids=lambda places: places[0])
def test_every_place_is_good_in_light_and_dark_wide_and_narrow(
    show: Callable[[str], Page], places: Sequence[str]
) -> None:
    for place in places:
        expect_good(show(place), place)


@pytest.mark.parametrize("places", [ALONE[start::4] for start in range(4)], ids=lambda places: places[0])
def test_every_place_is_whole_in_german_on_a_phone(
    visitor: Callable[..., Any], known: dict[str, Any], watch: Watch, server: str, places: Sequence[str]
) -> None:
    watch.allow(404, 409, 422)
    context = visitor(storage_state=known["storage_state"])
    context.add_cookies([{"name": "language", "value": "de", "url": server}])
    page: Page = context.new_page()
    for place in places:
        visit(page, place, known["own"], known["empty"])
        assert page.locator("html").get_attribute("lang") == "de", place
        expect_whole(page, NARROW)


@pytest.fixture(scope="session")
def large_text(launch_browser: Callable[..., Browser], browser_type_launch_args: dict[str, Any]) -> Any:
    """A browser of somebody who has set text to twice the usual size."""
    arguments = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]
    browser = launch_browser(args=arguments)
    yield browser
    browser.close()


def test_text_of_twice_the_size_loses_nothing(
    large_text: Browser, browser_context_args: dict[str, Any], known: dict[str, Any]
) -> None:
    for place in PLACES[::6]:  # one frame and one set of parts hold them all
        page = large_text.new_context(**browser_context_args, storage_state=known["storage_state"]).new_page()
        visit(page, place, known["own"], known["empty"])
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        for width in (WIDE, 2 * NARROW):
            expect_whole(page, width)
        page.context.close()
