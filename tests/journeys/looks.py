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


# One text of each look that is new: its own colour, size and weight, and all that is painted behind it. Looking for the
# colours of every text once more is four fifths of what axe does on a page.
ONE_OF_EACH_LOOK = """(known) => {
    const looks = new Map();
    const look = (element) => {
        if (!element) return "";
        if (!looks.has(element)) {
            const style = getComputedStyle(element);
            const painted = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter].join();
            const nothing = painted === "rgba(0, 0, 0, 0),none,1,none";
            looks.set(element, look(element.parentElement) + (nothing ? "" : `/${painted}`));
        }
        return looks.get(element);
    };
    const [seen, good] = [new Set(), new Set(known)];
    for (const element of document.body.querySelectorAll("*")) {
        delete element.dataset.look;
        const texts = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!texts && !element.matches("input, select, textarea") || !element.checkVisibility()) continue;
        const style = getComputedStyle(element);
        const own = [look(element), style.color, style.fontSize, style.fontWeight, style.textShadow].join();
        if (seen.has(own)) continue;
        seen.add(own);
        if (!good.has(own)) element.dataset.look = "";
    }
    return [...seen];
}"""
good_looks: set[str] = set()
"""Those that axe found nothing wrong with, on whatever page: each is looked at once in a run of its worker."""

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
    assert violations(page, rules={"color-contrast": {"enabled": False}}) == [], name
    assert too_faint(page) == [], f"{name}, light"
    page.emulate_media(color_scheme="dark")
    assert too_faint(page) == [], f"{name}, dark"
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


def too_faint(page: Page) -> list[str]:
    """Texts that do not stand out enough from what is behind them."""
    looks = set(page.evaluate(ONE_OF_EACH_LOOK, list(good_looks)))
    assert looks, "a page without any text"
    if looks <= good_looks:
        return []
    found = violations(page, within="[data-look]", runOnly=["color-contrast"])
    if not found:
        good_looks.update(looks)
    return found


def violations(page: Page, within: str = "html", **options: Any) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    asked = [within, {"resultTypes": ["violations"], "preload": False, **options}]
    found = page.evaluate("([within, options]) => axe.run(within, options)", asked)["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]
