"""What the report says: the published figures, the versions and hashes, the block to sign."""

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.engine.content_hash import content_hash
from assessments.engine.result_json import result_json
from assessments.framework import load_framework
from assessments.models import DrawnPdf
from assessments.pages import report
from assessments.pages.letterhead import ReportHead
from assessments.pages.paper_trail import PaperTrail
from assessments.services import report as drawing
from assessments.services.answer_sheet import sheet_of_document
from tests.documents import EXAMPLES, decided, example_document, full_document
from tests.visits import bring_in

from .paper import Paper, needs_poppler, report_of

FRAMEWORK = load_framework()


@needs_poppler
def test_it_has_the_figures_of_the_task_api_assistant(owner: Client) -> None:
    """method.md, section 8."""
    text = report_of(owner, example_document("task_api"), appendix=True).text
    for words in (
        f"{FRAMEWORK.approach['fine_tune_small'].verdict} Pilot first.",
        *("$6,000", "4 months", "$48,000", "$1,500", "8 times"),
        *("4 reasons for, none against", "Follows change (1 of 5, today 5)"),
        *("= 0.36: moderate", "= 4: strong", "= 0.34: moderate", "0.40"),
        *("P0", "P1", "P2", "P3"),
        "Four generations: basic, detailed (2,000 tokens), with retrieval, with ten examples (6,000 tokens)",
    ):
        assert words in text, words


@needs_poppler
@pytest.mark.parametrize("name", EXAMPLES)
def test_it_names_what_it_was_made_from(owner: Client, name: str) -> None:
    paper = report_of(owner, example_document(name))
    document = example_document(name)
    squeezed = paper.text.replace(" ", "")
    assert FRAMEWORK.sha256 in squeezed
    assert f"version {FRAMEWORK.version}" in paper.text
    assert content_hash(document, result_json(decided(document))) == paper.content_hash


@needs_poppler
def test_it_has_a_block_to_sign(owner: Client) -> None:
    pages = report_of(owner, example_document("task_api")).pages
    for words in ("Name", "Role", "Decision", "Date and signature", "Sponsor", "With conditions", "Conditions"):
        assert words in pages[1], words
    for words in ("When the work stops", "Target metric", "Stop date", "What gets worse by this decision"):
        assert words in pages[1], words


@needs_poppler
def test_every_answer_stands_in_it(owner: Client) -> None:
    text = report_of(owner, full_document(), appendix=True).text
    for question in FRAMEWORK:
        assert question.label in text


@pytest.fixture
def hash_in_report(owner: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Any]], str]:
    """The content hash that the report of a document would carry, without drawing it."""
    printed: list[str] = []
    whole = report.report_html

    def note(sheet: Any, trail: Any, **more: Any) -> str:
        html = whole(sheet, trail, **more)
        assert trail.content_hash in html
        printed.append(trail.content_hash)
        return html

    monkeypatch.setattr(report, "report_html", note)
    monkeypatch.setattr(drawing, "draw_pdf", lambda html, **more: b"%PDF-")

    def find(document: dict[str, Any]) -> str:
        DrawnPdf.objects.all().delete()
        assessment = bring_in(owner, document)
        owner.get(reverse("report", args=[assessment.pk]))
        return printed.pop()

    return find


def changes(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The document with one value changed, for each value that is in it."""

    def places(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        if isinstance(value, (dict, list)):
            for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
                yield from places(inner, (*path, key))
        else:
            yield path

    for path in places(document, ()):
        if path[0] in ("format", "version"):
            continue
        changed = copy.deepcopy(document)
        folder: Any = changed
        for key in path[:-1]:
            folder = folder[key]
        folder[path[-1]] = another(path[-1], folder[path[-1]])
        yield ".".join(map(str, path)), changed


def another(key: Any, value: Any) -> Any:
    if isinstance(value, (int, float)):
        is_share = key in FRAMEWORK.questions and FRAMEWORK.questions[key].share
        return value / 2 if is_share or key in ("annual_discount_rate", "before", "after") else value + 1
    if key == "better":
        return "lower"
    if key == "strength":
        return "documented"
    if key == "currency":
        return "GBP"
    if key in FRAMEWORK.questions and FRAMEWORK.questions[key].kind == "day":
        return "2026-11-09" if key == "ran_from" else "2026-11-11"
    if key == "link":
        return f"{value}b"
    if key == "evidence" or (key in FRAMEWORK.questions and not FRAMEWORK.questions[key].choices):
        return f"{value}, and more"
    choices = FRAMEWORK.questions[key].choices if key in FRAMEWORK.questions else ("yes", "no")
    return next(choice for choice in choices if choice != value)


def test_any_change_of_an_answer_its_evidence_or_a_cost_changes_the_hash(
    hash_in_report: Callable[[dict[str, Any]], str],
) -> None:
    document = full_document()
    document["readiness"]["labelled_examples"] = 10
    result = result_json(decided(document))
    seen = {hash_in_report(document): "nothing"}
    assert set(seen) == {content_hash(document, result)}
    changed = list(changes(document))
    assert len(changed) > 100
    for what, version in changed:
        digest = content_hash(version, result)  # whatever else is decided on it
        assert digest not in seen, f"{what} has the hash of {seen.get(digest)}"
        seen[digest] = what


def test_the_same_document_has_the_same_hash(hash_in_report: Callable[[dict[str, Any]], str]) -> None:
    document = example_document("task_api")
    turned = dict(reversed(document.items()))
    assert hash_in_report(document) == hash_in_report(turned)


@needs_poppler
def test_long_answers_are_whole_in_the_list_of_all_answers(owner: Client) -> None:
    document = example_document("task_api")
    evidence = " ".join(f"point{number}" for number in range(1, 900))
    document["answers"]["brand_voice"] = {"value": "yes", "evidence": evidence}
    paper: Paper = report_of(owner, document, appendix=True)
    assert "point899" in paper.text


def printed_hash(sheet: Any, trail: Any, **more: Any) -> str:
    html = report.report_html(sheet, trail, at=datetime(2026, 11, 27, tzinfo=UTC), **more)
    found = re.search(r'name="report-sha256" content="([0-9a-f]{64})"', html)
    assert found
    assert html.count(found[1]) == 2
    return found[1]


def test_the_hash_of_what_is_printed_covers_what_the_hash_of_the_content_does_not() -> None:
    sheet = sheet_of_document(FRAMEWORK, example_document("task_api"))
    trail = PaperTrail(content_hash="a" * 64, standing="A draft.")
    seen = {
        printed_hash(sheet, trail),
        printed_hash(sheet, trail, appendix=True),
        printed_hash(sheet, trail, head=ReportHead(mark="Internal")),
        printed_hash(sheet, replace(trail, standing="Approved.")),
    }
    assert len(seen) == 4
    assert printed_hash(sheet, trail) in seen
