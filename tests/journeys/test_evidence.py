"""From a file to an answer: dropped, read, confirmed, measured against a target, accepted with the keyboard."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from . import walk
from .looks import expect_good

pytestmark = pytest.mark.browser

FIVE = Path(__file__).parents[1] / "evidence_files" / "plain" / "five_variants.csv"


def test_a_run_of_five_variants_becomes_an_answer(page: Page) -> None:
    assessment = walk.start_example(page, "service_desk")
    page.goto(f"{assessment}evidence/")
    page.get_by_label("Your files").set_input_files(FIVE)
    page.get_by_role("button", name="Read them").click()
    page.wait_for_url(re.compile(r"/evidence/\d+/$"))
    beats = page.get_by_role(
        "heading", name="On 118 cases “tuned” beats “prompt” 40 to 8; it loses in “should_abstain”"
    )
    expect(beats).to_be_visible()
    page.get_by_label("Are these real cases of this use case?").select_option("yes")
    page.get_by_label("Who or what decided whether an answer passes?").select_option("program")
    page.get_by_label("Pass rate wanted").fill("80")
    page.get_by_label("Slowest answers").fill("3000")
    page.get_by_role("button", name="Use this").press("Enter")
    missed = page.get_by_role("group", name="Target still missed")
    expect(missed).to_be_visible()
    expect_good(page, "an import")
    missed.get_by_label("Decide later").press("ArrowUp")
    expect(missed.get_by_label(re.compile("^Accept"))).to_be_checked()
    page.get_by_role("button", name="Save what you decided").press("Enter")
    expect(page.locator("#saved")).to_contain_text("One answer rests on this.")
    expect(missed).to_have_count(0)
    page.goto(f"{assessment}ceiling/")
    expect(page.locator("#target_missed-evidence-words")).to_have_text("Evidence: measured")
