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
    main = page.get_by_role("main")
    expect(page).to_have_title(re.compile(re.escape(SENTENCE)))
    expect(main.get_by_role("heading", level=1)).to_have_text("Task API assistant")
    expect(main).to_contain_text(SENTENCE)
    expect(main).to_contain_text("Rule 9 of 11")
    shown = re.sub(r"\s+", " ", main.inner_text())
    for figure in (r"\b4 of 6\b", r"\b0 of 5\b", r"\$6,000", r"\b4 months\b"):
        assert re.search(figure, shown), figure
    methods = page.locator("#lenses")
    for figure in ("0.36", "0.34", "0.40", "11", "10"):
        expect(methods).to_contain_text(figure)
    expect(methods.locator(".lens-net_score")).to_contain_text("4")
    expect(page.locator("#return")).to_contain_text("$1,500")
    for priority in ("P0", "P1", "P2", "P3"):
        expect(page.locator("#plan")).to_contain_text(priority)


def expect_same_decision(exported: bytes, name: str = "task_api") -> None:
    """The export is decided exactly as the example."""
    ours = decide(FRAMEWORK, load_document(exported, FRAMEWORK))
    theirs = decide(FRAMEWORK, load_document(json.dumps(example_document(name)), FRAMEWORK))
    assert result_json(ours) == result_json(theirs)
