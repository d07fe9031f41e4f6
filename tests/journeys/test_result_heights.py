"""The result is short: a brief that fits a screen, pages behind it that end soon, for every sample and a long case."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assessments.presenters.result_index import BRIEF, PAGE_NAMES
from tests.documents import EXAMPLES, full_document
from tests.money import all_levers_document

from . import walk
from .test_measured_way import hand_in

pytestmark = pytest.mark.browser

MOST = {1280: {BRIEF: 900}, 390: {BRIEF: 1_700}}
MOST_BEHIND = {1280: 2_500, 390: 4_500}


def long_document() -> dict[str, object]:
    """Every question answered, with long names, long evidence and thirty labels that fall short."""
    document = full_document()
    document["use_case"] |= {"name": "Answers to questions about invoices and contracts " * 2, "model": "A model " * 6}
    for answer in document["answers"].values():
        answer["evidence"] = "Counted on two hundred cases of last month, by two people. " * 6
    document["data"] = [
        {"label": f"A label with quite a long name, number {number}", "required": 90, "available": 5, "reviewed": 1}
        for number in range(30)
    ]
    return document


WRITTEN = {"long": long_document, "all levers priced": all_levers_document}


@pytest.mark.parametrize("name", [*EXAMPLES, *WRITTEN])
def test_no_page_of_a_result_is_longer_than_it_may_be(page: Page, tmp_path: Path, name: str) -> None:
    if name in WRITTEN:
        file = tmp_path / "long.json"
        file.write_text(json.dumps(WRITTEN[name]()))
        result = f"{walk.bring(page, file)}result/"
    else:
        result = f"{walk.start_example(page, name)}result/"
    too_long = {}
    for width, most in MOST.items():
        page.set_viewport_size({"width": width, "height": 900})
        for key in PAGE_NAMES:
            page.goto(result if key == BRIEF else f"{result}{key}/")
            page.evaluate("document.fonts.ready.then(() => true)")
            height, over = page.evaluate(
                "[document.querySelector('main').offsetHeight, document.documentElement.scrollWidth - innerWidth]"
            )
            if height > most.get(key, MOST_BEHIND[width]) or over > 0:
                too_long[key, width] = (height, over)
    assert too_long == {}


def test_no_import_is_longer_than_a_page_of_a_result(page: Page) -> None:
    """A run, a log and a training set in one drop, before anything is said of them and after."""
    assessment = walk.start_example(page, "service_desk")
    hand_in(page, assessment, "plain/five_variants.csv", "plain/overrides.csv", "training/service_desk_346.jsonl.gz")
    read = page.url
    too_long = {"read": heights(page, read)}
    page.get_by_label("Are these real cases of this use case?").select_option("yes")
    page.get_by_label("Pass rate wanted").fill("80")
    page.get_by_role("button", name="Use this").click()
    expect(page.get_by_role("heading", name="proposed")).to_be_visible()
    too_long["proposed"] = heights(page, read)
    assert {name: found for name, found in too_long.items() if found} == {}


CHOICES = 100
"""What three kinds of files ask for may be so much longer than a page of a result."""


def heights(page: Page, address: str) -> dict[int, int]:
    """How high the page is at each width where it is higher than it may be."""
    found = {}
    for width, most in MOST_BEHIND.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        height = page.evaluate("document.querySelector('main').offsetHeight")
        if height > most + CHOICES:
            found[width] = height
    return found
