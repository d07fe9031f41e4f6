"""Weekly corrections: a column copied from a spreadsheet fills one week each, and what-if tries another one."""

import pytest
from playwright.sync_api import Locator, Page, expect

from . import walk

pytestmark = pytest.mark.browser

PASTE = """(field, text) => {
    const copied = new DataTransfer();
    copied.setData("text", text);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: copied, bubbles: true, cancelable: true }));
}"""


def week(page: Page, number: int) -> Locator:
    return page.get_by_label(f"Week {number}", exact=True)


def test_a_pasted_column_fills_one_week_each_and_is_saved(page: Page) -> None:
    assessment = walk.start(page)
    page.goto(f"{assessment}diagnosis/")
    with walk.saving(page, "override_weeks"):
        week(page, 1).evaluate(PASTE, "31\r\n29\r\n33\r\n34\r\n")
    expect(week(page, 3)).to_have_value("33")
    expect(week(page, 4)).to_be_focused()
    expect(page.locator("#trend")).to_contain_text("4 weeks, from 31 to 34: not falling")
    with walk.saving(page, "override_weeks"):
        week(page, 7).evaluate(PASTE, "38\t41\t40\t39")
    expect(week(page, 8)).to_have_value("41 40 39")
    page.reload()
    expect(week(page, 8)).to_have_value("39")
    expect(week(page, 5)).to_have_value("38")


@pytest.mark.parametrize(
    ("pasted", "first", "second"), [("31,29,33", "31", "29"), ("31.5; 29", "31.5", "29"), ("31,5", "", "")]
)
def test_a_comma_parts_weeks_where_it_cannot_belong_to_a_number(
    page: Page, pasted: str, first: str, second: str
) -> None:
    page.goto(f"{walk.start(page)}diagnosis/")
    week(page, 1).evaluate(PASTE, pasted)
    expect(week(page, 1)).to_have_value(first)
    expect(week(page, 2)).to_have_value(second)


def test_a_count_is_tried_and_kept(page: Page) -> None:
    assessment = walk.start_example(page)
    page.goto(f"{assessment}whatif/")
    page.locator("summary", has_text="What is failing").click()
    count = page.get_by_label("Missing knowledge")
    count.fill("forty")
    count.press("Tab")
    outcome = page.locator("#whatif-out")
    expect(outcome).to_contain_text("Missing knowledge must be a")
    count.fill("40")
    count.press("Tab")
    expect(outcome).to_contain_text("The verdict would become")
    expect(outcome).to_contain_text("Missing knowledge: 40 failures")
    page.get_by_role("button", name="Keep 1 change").click()
    page.goto(f"{assessment}diagnosis/")
    expect(walk.field(page, "missing_knowledge")).to_have_value("40")
