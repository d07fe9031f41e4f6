"""Pictures of the main pages, from a real server with the examples.

python -m tests.screenshots [FOLDER]        writes them to ./screenshots by default
"""

import os
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.server import CHROMIUM_ARGUMENTS, chromium, real_server

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = (1280, 390)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ftdecide.settings")
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    with real_server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)
        for scheme in SCHEMES:
            for width in WIDTHS:
                take(browser, address, folder, scheme, width)
        browser.close()
    print(f"Pictures are in {folder}")


def take(browser: Browser, address: str, folder: Path, scheme: Scheme, width: int) -> None:
    """Every picture in one colour scheme and width."""
    from tests.journeys import walk

    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
        device_scale_factor=2 if width < 500 else 1,
    )
    page = context.new_page()
    own, detailed = walk.start_example(page), walk.start_example(page, "eight_approaches")
    for name, path in {
        "landing": "/",
        "assessments": "/assessments/",
        "overview": own,
        "section": f"{own}reasons_for/",
        "costs": f"{own}costs/",
        "costs-detail": f"{detailed}costs/detail/",
        "costs-approach": f"{detailed}costs/detail/hybrid/",
        "costs-model": f"{detailed}costs/detail/status_quo/model/",
        "costs-tuning": f"{detailed}costs/detail/hybrid/tuning/",
        "review": f"{own}review/",
        "result": f"{own}result/",
        "sample": "/samples/eight-approaches/",
    }.items():
        page.goto(path)
        walk.arrived(page)
        picture(page, folder / f"{name}-{width}-{scheme}.png")
    context.close()


def picture(page: Page, path: Path) -> None:
    """The whole page, with its charts drawn."""
    page.evaluate("document.fonts.ready.then(() => true)")
    for chart in page.locator("[data-chart]").all():
        chart.scroll_into_view_if_needed()
        chart.locator(".js-plotly-plot .main-svg").first.wait_for()
        page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=path, full_page=True)


if __name__ == "__main__":
    main()
