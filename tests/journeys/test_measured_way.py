"""The service desk by its files: an override log, a training set, a table of before and after, to the end."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..pdf.paper import Paper, needs_poppler
from . import walk

pytestmark = pytest.mark.browser

FILES = Path(__file__).parents[1] / "evidence_files"


def hand_in(page: Page, assessment: str, *files: str) -> None:
    page.goto(f"{assessment}evidence/")
    page.get_by_label("Your files").set_input_files([FILES / file for file in files])
    page.get_by_role("button", name="Read them").click()
    page.wait_for_url(re.compile(r"/evidence/\d+/$"))
    expect(page.get_by_role("heading", name="What was read")).to_be_visible()


def accept_all(page: Page, count: str) -> None:
    """Says that the cases are real ones, and accepts each proposal."""
    real = page.get_by_label("Are these real cases of this use case?")
    if real.count():
        real.select_option("yes")
        page.get_by_role("button", name="Use this").click()
    expect(page.get_by_role("heading", name=f"{count} proposed")).to_be_visible()
    for one in page.get_by_label(re.compile("^Accept")).all():
        one.check()
    page.get_by_role("button", name="Save what you decided").click()
    expect(page.locator("#saved")).to_contain_text("rest")


def write_down_what_the_pilot_must_show(page: Page, assessment: str) -> None:
    page.goto(f"{assessment}pilot/")
    page.get_by_label("Measure, row 1").first.fill("MFA-related FNR")
    page.get_by_label("Better is, row 1").first.select_option("lower")
    page.get_by_label("Target, row 1").first.fill("0.15")
    page.get_by_role("button", name="Save and exit").click()
    page.wait_for_url(assessment)


@needs_poppler
def test_the_service_desk_goes_from_its_files_to_the_end_of_the_method(page: Page) -> None:
    assessment = walk.start_example(page, "service_desk")
    write_down_what_the_pilot_must_show(page, assessment)
    hand_in(page, assessment, "plain/overrides.csv")
    expect(page.get_by_role("main")).to_contain_text("125 of 206 failures, 61%")
    accept_all(page, "Three answers are")
    hand_in(page, assessment, "training/service_desk_346.jsonl.gz")
    expect(page.get_by_role("heading", name="346 examples, all different")).to_be_visible()
    accept_all(page, "Three answers are")
    hand_in(page, assessment, "plain/before_after.csv")
    accept_all(page, "One answer is")
    page.goto(f"{assessment}pilot/")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Re-check calibration and variance")
    expect(main).to_contain_text("at most 0.15")
    page.get_by_role("group", name="How did it end?").get_by_label("Passed").check()
    page.get_by_role("button", name="Save and exit").click()
    page.wait_for_url(assessment)
    page.goto(f"{assessment}result/evidence/")
    expect(main).to_contain_text("most of the 206 failures")
    expect(main).to_contain_text("Three files stand behind answers")
    report = page.request.get(f"{assessment}report.pdf")
    paper = Paper(report.body()).text
    for file in ("plain/overrides.csv", "training/service_desk_346.jsonl.gz", "plain/before_after.csv"):
        digest = hashlib.sha256((FILES / file).read_bytes()).hexdigest()
        assert Path(file).name in paper
        assert digest in "".join(paper.split())
