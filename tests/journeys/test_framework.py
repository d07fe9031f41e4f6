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
from .conftest import Watch
from .looks import NARROW, expect_good, expect_whole

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
    (page,) = people.team(server, visitor, {"Gerda": "owner"}, of="sprachen")
    page.context.add_cookies([{"name": "language", "value": "de", "url": server}])
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
    page.goto(f"{assessment}result/options/")
    expect(page.get_by_text("Bei uns reicht das nicht").first).to_be_attached()
    page.context.add_cookies([{"name": "language", "value": "en", "url": server}])
    page.reload()
    expect(page.get_by_text("Not enough for us").first).to_be_attached()
    expect(page.get_by_text("Bei uns reicht das nicht")).to_have_count(0)


def test_a_lever_and_a_case_of_the_teams_own_come_and_go(
    server: str, visitor: Callable[..., BrowserContext], watch: Watch, tmp_path: Path
) -> None:
    watch.allow(422)
    (page,) = people.team(server, visitor, {"Nora": "owner"}, of="levers")
    assessment = walk.bring(page, a_case_at_the_gate(tmp_path))
    page.goto("/workspaces/")
    page.get_by_role("link", name="Support").first.click()
    page.get_by_role("link", name="Frameworks").click()
    page.get_by_label("What it is called").fill("Desk rules")
    page.get_by_role("button", name="Start", exact=True).click()
    draft = page.url
    add_a_lever(page)
    add_a_case(page)
    page.goto(f"{draft}publish/")
    page.get_by_label("Why it is published").fill("We have rules, and a case that shows it.")
    page.get_by_role("button", name="Publish").click()
    page.goto(f"{assessment}framework/")
    page.get_by_role("link", name="Desk rules, version 1").click()
    page.get_by_role("button", name="Move it there").click()
    page.goto(f"{assessment}result/options/")
    expect(page.get_by_role("row", name="Plain rules").first).to_contain_text("A lever of the team’s own")
    page.goto(f"{assessment}result/cases/")
    expect(page.locator("li.case", has_text="Our claims desk")).to_contain_text("A case of your own")
    page.goto(f"{draft}approaches/")
    lever = page.locator("#own_plain_rules")
    lever.get_by_label("Take it out").check()
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("#own_plain_rules")).to_have_count(0)
    in_german(page, server, draft)


def add_a_lever(page: Page) -> None:
    """Like another one, but for what it is called and how well it does."""
    page.get_by_role("link", name="Approaches", exact=True).click()
    new = page.get_by_role("region", name="Add one of your own")
    new.get_by_role("button", name="Add").click()
    page.get_by_role("alert").get_by_role("link", name="Name: required field missing").click()
    expect(new.get_by_label("Name", exact=True)).to_be_focused()
    new.get_by_label("Name", exact=True).fill("Plain rules")
    new.get_by_label("Verdict, as a sentence").fill("Write plain rules first.")
    new.get_by_label("What it is", exact=True).fill("A program that people can read.")
    new.get_by_label("It is most like", exact=False).select_option(label="Better tools")
    new.get_by_label("Steady output").fill("5")
    new.get_by_label("Broken format").fill("4")
    new.get_by_role("button", name="Add").click()
    expect(page.locator("#own_plain_rules summary").first).to_contain_text("Your own")
    expect(page.get_by_text("No gate names “Plain rules” yet", exact=False)).to_be_visible()


def add_a_case(page: Page) -> None:
    page.get_by_role("link", name="Published cases of your own").click()
    new = page.get_by_role("region", name="Add one of your own")
    for label, said in {
        "Title": "Our claims desk, 2025",
        "The task, in a sentence": "Draft replies to claims.",
        "What was tried, and how it went": "A tuned model was tried against a prompt.",
        "Where it can be read: an https address, arXiv or doi": "https://example.org/claims",
        "Year": "2025",
    }.items():
        new.get_by_label(label).fill(said)
    new.get_by_label("Kind of task").select_option(label="Drafting")
    new.locator("summary", has_text="Answers").click()
    for question, answer in {
        "Need for consistent behaviour": "No",
        "Need for faster answers": "Yes",
        "Facts that keep changing": "No",
        "Changing requirements": "No",
        "Exploration phase": "No",
    }.items():
        new.get_by_role("combobox", name=question).select_option(label=answer)
    new.get_by_role("button", name="Add").click()
    expect(page.locator("#own_our_claims_desk_2025 summary").first).to_contain_text("Our claims desk, 2025")


def in_german(page: Page, server: str, draft: str) -> None:
    """The pages of the editor, on a phone."""
    page.context.add_cookies([{"name": "language", "value": "de", "url": server}])
    for part, heading in {
        "": "Desk rules",
        "gates/": "Sperren",
        "approaches/": "Ansätze",
        "precedents/": "Eigene veröffentlichte Fälle",
        "weights/": "Kriterien und Gewichte",
        "publish/": "„Desk rules“ veröffentlichen",
    }.items():
        page.goto(f"{draft}{part}")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
        expect_whole(page, NARROW)
