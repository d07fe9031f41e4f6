"""From a file to an answer: dropped, read, confirmed, measured against a target, accepted with the keyboard."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from . import walk
from .looks import expect_good

pytestmark = pytest.mark.browser

FIVE = Path(__file__).parents[1] / "evidence_files" / "plain" / "five_variants.csv"

ROLES = {
    "prompt": "Prompt alone",
    "prompt+retrieval": "Prompt and retrieval",
    "prompt+tools": "Prompt and tools",
    "tuned": "Tuned, short prompt (Tune a small model)",
    "tuned+retrieval": "Tuned and retrieval",
}


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
    compare_five_variants(page, assessment)


def compare_five_variants(page: Page, assessment: str) -> None:
    """Each variant gets its role, one after the other is missed, and then the measurement decides."""
    page.goto(f"{assessment}comparison/")
    give_roles(page, ROLES | {"tuned+retrieval": "Not in the comparison"})
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="Still missing")).to_be_visible()
    expect(main).to_contain_text("Tuned and retrieval.")
    page.locator("summary", has_text="variants of your saved runs").click()
    give_roles(page, {"tuned+retrieval": ROLES["tuned+retrieval"]})
    expect(main.get_by_role("heading", name="Still missing")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Measured: “Tuned, short prompt” leads")
    table = page.get_by_role("table", name="Variants side by side")
    expect(table.get_by_role("columnheader")).to_have_count(6)
    for measure in ("Passed", "Cost per request", "mfa", "should_abstain"):
        expect(table.get_by_role("rowheader", name=measure)).to_be_visible()
    page.get_by_label("Each variant differs from its neighbour in one thing").check()
    page.get_by_label("The gain was seen again on newer cases").check()
    page.get_by_role("button", name="Save the ticks").press("Enter")
    expect(page.get_by_label("The gain was seen again on newer cases")).to_be_checked()
    expect_good(page, "a comparison")
    page.goto(f"{assessment}result/")
    expect(main).to_contain_text("Measured on 118 cases")
    expect(main).to_contain_text("The measurement decides, not the answers")


def give_roles(page: Page, roles: Mapping[str, str]) -> None:
    for variant, role in roles.items():
        page.get_by_label(re.compile(rf"^{re.escape(variant)}\s")).select_option(label=role)
    page.get_by_role("button", name="Compare these").click()
