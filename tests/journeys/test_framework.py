"""A team weakens a gate, sees whom that would touch, publishes, and moves an assessment over."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.documents import example_document
from tests.pdf.paper import Paper, needs_poppler

from . import people, walk
from .looks import expect_good

pytestmark = pytest.mark.browser


def a_case_at_the_gate(folder: Path) -> Path:
    """A document in which as much speaks for tuning as against it."""
    document = example_document("task_api")
    for key in ("consistent_behavior", "domain_knowledge", "brand_voice"):
        document["answers"][key] = "no"
    document["answers"]["low_volume"] = "yes"
    file = folder / "case.json"
    file.write_text(json.dumps(document))
    return file


@needs_poppler
def test_a_gate_is_weakened_tried_and_published(
    server: str, visitor: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    (page,) = people.team(server, visitor, {"Olga": "owner"}, of="frame")
    assessment = walk.bring(page, a_case_at_the_gate(tmp_path))
    page.goto("/workspaces/")
    page.get_by_role("link", name="Support").first.click()
    page.get_by_role("link", name="Frameworks").click()
    page.get_by_label("What it is called").fill("Support rules")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Support rules")
    page.get_by_role("link", name="Gates", exact=True).click()
    gate = page.locator("details", has_text="Reasons for do not outweigh those against").first
    gate.locator("summary").click()
    gate.get_by_label("Closes when").fill("net < 0")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Built-in: net < pilot_net")).to_be_visible()
    expect(page.get_by_text("3 of 49 verdicts change")).to_be_visible()
    expect(page.locator(".moved li", has_text="Tune a small model")).to_have_count(4)  # three published, one of its own
    expect(page.get_by_text("1 of 1 verdicts of your own assessments would change.")).to_be_visible()
    expect_good(page)
    compare_criteria(page)
    publish(page)
    move(page, assessment)
    report = page.request.get(f"{assessment}report.pdf?appendix=1")
    assert "Support rules, version 1" in Paper(report.body()).text


def compare_criteria(page: Page) -> None:
    """By the keyboard alone: eight questions, and what the answers say."""
    page.get_by_role("link", name="Criteria and weights", exact=True).click()
    page.get_by_role("link", name="Work the weights out").click()
    page.get_by_label("Fixes the failures").first.focus()
    for points in ("100", "50", "25") * 8:
        page.keyboard.type(points)
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Save answers").click()
    expect(page.get_by_text("8 of 12 answered.", exact=False)).to_be_visible()
    expect(page.get_by_text("Consistency ratio", exact=False)).to_be_visible()
    expect_good(page)


def publish(page: Page) -> None:
    page.get_by_role("link", name="Support rules").click()
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.get_by_role("heading", name="The cases that were kept aside")).to_be_visible()
    page.get_by_label("Why it is published").fill("We train where it is even, and stop sooner.")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Support rules, version 1")


def move(page: Page, assessment: str) -> None:
    page.goto(assessment)
    page.get_by_role("link", name="ftdecide framework, version 1").click()
    page.get_by_role("link", name="Support rules, version 1").click()
    expect(page.get_by_text("Fine-tune a small model", exact=False).first).to_be_visible()
    page.get_by_role("button", name="Move it there").click()
    expect(page).to_have_url(re.compile("/result/$"))
    expect(page.get_by_text("Support rules, version 1").first).to_be_visible()


def test_a_team_that_reads_german_publishes_its_words_in_two_languages(
    server: str, visitor: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    (page,) = people.team(server, visitor, {"Gerda": "owner"}, of="sprachen", locale="de-DE")
    page.goto("/workspaces/")
    page.get_by_role("link", name="Support").first.click()
    page.get_by_role("link", name="Regelwerke").click()
    page.get_by_label("Wie es heißt").fill("Supportregeln")
    page.get_by_role("button", name="Anlegen", exact=True).click()
    page.get_by_label("Deutsch, und Englisch dazu").check()
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("link", name="Sperren", exact=True).click()
    gate = page.locator("details", has_text="Gründe dafür überwiegen nicht").first
    gate.locator("summary").click()
    short = gate.get_by_label("Name, für Listen")
    expect(short).to_have_value("Gründe dafür überwiegen nicht")
    short.fill("Bei uns reicht das nicht")
    page.get_by_role("button", name="Speichern").first.click()
    expect(page.get_by_text("Mitgeliefert: Gründe dafür überwiegen nicht")).to_be_visible()
    page.get_by_text("Einer Ihrer eigenen Texte hat noch kein Englisch.").click()
    page.get_by_role("link", name="Bei uns reicht das nicht").click()
    english = page.get_by_label("Auf Englisch")
    expect(english).to_be_in_viewport()
    english.fill("Not enough for us")
    page.get_by_role("button", name="Speichern").first.click()
    expect(page.get_by_text("hat noch kein Englisch")).to_have_count(0)
    expect_good(page)
    page.get_by_role("link", name="Supportregeln").click()
    page.get_by_role("link", name="Veröffentlichen", exact=True).click()
    page.get_by_label("Warum es veröffentlicht wird").fill("In unseren Worten.")
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Supportregeln, Version 1")
    expect(page.get_by_text("Not enough for us")).to_be_visible()
    assessment = walk.bring(page, a_case_at_the_gate(tmp_path))
    page.goto(f"{assessment}result/matrix/")
    expect(page.get_by_text("Bei uns reicht das nicht").first).to_be_attached()
    page.context.add_cookies([{"name": "language", "value": "en", "url": server}])
    page.reload()
    expect(page.get_by_text("Not enough for us").first).to_be_attached()
    expect(page.get_by_text("Bei uns reicht das nicht")).to_have_count(0)
