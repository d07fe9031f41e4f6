"""What must hold of every page as people see it: axe finds nothing, nothing sticks out, nothing is cut off."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

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
        if (!place.width || place.right <= innerWidth + 1) return false;
        return element.checkVisibility() && !hidden(element) && !scrolls(element);
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


# What the width of a window changes for axe: what scrolls, the order of what is shown, and what is shown only there,
# which must have a name. Everything else was looked at wide.
OF_WIDTH = (
    *("scrollable-region-focusable", "bypass", "meta-viewport", "aria-hidden-focus", "heading-order"),
    *("button-name", "link-name", "label", "select-name", "summary-name", "image-alt", "svg-img-alt"),
)


def expect_good(page: Page, name: str = "") -> None:
    """Wide and narrow, light and dark. Colours are the same at every width."""
    page.evaluate("document.fonts.ready.then(() => true)")
    at_width(page, WIDE).emulate_media(color_scheme="light")
    assert violations(page) == [], name
    page.emulate_media(color_scheme="dark")
    assert violations(page, runOnly=["color-contrast"]) == [], f"{name}, dark"
    at_width(page, NARROW).emulate_media(color_scheme="light")
    assert violations(page, runOnly=OF_WIDTH) == [], f"{name} at {NARROW} px"
    for width in (WIDE, WIDE // 2, NARROW, SMALLEST):
        expect_whole(page, width)
    at_width(page, WIDE)


def at_width(page: Page, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 900})
    return page


def expect_whole(page: Page, width: int) -> None:
    """Nothing sticks out or is cut off. A chart takes a moment to follow the width of the window."""
    at_width(page, width)
    found: list[str] = []
    for _ in range(150):  # a busy machine is slow, not wrong
        found = page.evaluate(STICKING_OUT) + page.evaluate(CUT_OFF)
        if not found:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"at {width} px: {found}")


def violations(page: Page, **options: Any) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options)", {"resultTypes": ["violations"], **options})["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]
