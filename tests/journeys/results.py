"""What the result page of the Task API assistant must show (method.md, section 8)."""

import json
import re

from playwright.sync_api import Page, expect

from assessments.engine.decide import decide
from assessments.engine.document import load_document
from assessments.engine.result_json import result_json
from tests.documents import example_document

from .walk import FRAMEWORK

SENTENCE = FRAMEWORK.approach["fine_tune_small"].verdict


def expect_task_api(page: Page) -> None:
    """Its brief is open; the pages behind it are looked at, and the brief is open again."""
    brief, main = page.url, page.get_by_role("main")
    expect(page).to_have_title(re.compile(re.escape(SENTENCE)))
    expect(main.get_by_role("heading", level=1)).to_have_text("Task API assistant")
    expect(main).to_contain_text(SENTENCE)
    expect(page.locator(".sure3")).to_contain_text("4 reasons for, none against")
    for figure in ("$6,000", "4 months"):
        expect(page.locator(".nums")).to_contain_text(figure)
    methods = open_page(page, brief, "why").locator("#lenses")
    for figure in ("0.36", "0.34", "0.40", "11", "10"):
        expect(methods).to_contain_text(figure)
    expect(methods.locator("#lens-net_score")).to_contain_text("4")
    expect(open_page(page, brief, "options").get_by_role("heading", level=1)).to_contain_text(
        "“Tune a small model” leads"
    )
    for priority in ("P0", "P1", "P2", "P3"):
        expect(open_page(page, brief, "plan").get_by_role("main")).to_contain_text(priority)
    page.goto(brief)


def open_page(page: Page, brief: str, name: str) -> Page:
    page.goto(f"{brief}{name}/")
    return page


def expect_same_decision(exported: bytes, name: str = "task_api") -> None:
    """The export is decided exactly as the example."""
    ours = decide(FRAMEWORK, load_document(exported, FRAMEWORK))
    theirs = decide(FRAMEWORK, load_document(json.dumps(example_document(name)), FRAMEWORK))
    assert result_json(ours) == result_json(theirs)
