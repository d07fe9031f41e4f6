"""Files are handed in: by keyboard, without a script, and dropped on the page with one."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from . import walk

pytestmark = pytest.mark.browser
LOG = Path(__file__).parents[1] / "evidence_files" / "plain" / "overrides.csv"
DROP = """([form, name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    for (const kind of ["dragover", "drop"])
        form.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: data}));
}"""


def test_without_a_script_and_on_a_phone_a_question_leads_there_and_a_file_is_read(
    visitor: Callable[..., BrowserContext],
) -> None:
    page = visitor(java_script_enabled=False).new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    own = walk.start(page)
    page.goto(f"{own}diagnosis/")
    page.get_by_role("link", name=re.compile(r"^Measure this ?: Missing knowledge")).press("Enter")
    expect(page).to_have_url(f"{own}evidence/")
    page.get_by_label("Your files").set_input_files(LOG)
    page.get_by_role("button", name="Read them").press("Enter")
    page.wait_for_url(re.compile(r"/evidence/\d+/$"))
    again = page.get_by_role("link", name=re.compile("^Look again"))
    for _ in range(60):
        if not again.count():
            break
        page.wait_for_timeout(300)
        again.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("206")
    page.goto(f"{own}evidence/")
    page.get_by_role("link", name=re.compile(r"^Remove\s+overrides.csv")).press("Enter")
    page.get_by_role("button", name="Remove").press("Enter")
    expect(page.get_by_role("heading", name="Nothing imported yet")).to_be_visible()


def test_files_are_dropped_followed_and_known_again(page: Page) -> None:
    own = walk.start(page)
    dropped = [LOG.name, LOG.read_text()]
    for _ in range(2):
        page.goto(f"{own}evidence/")
        form = page.locator("[data-drop]").element_handle()
        page.evaluate(DROP, [form, *dropped])
        page.wait_for_url(re.compile(r"/evidence/\d+/$"))
        expect(page.get_by_role("main")).to_contain_text("206")
    expect(page.get_by_role("status")).to_contain_text("Already imported on")
