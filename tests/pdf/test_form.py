"""The report's file: tagged, with bookmarks and page numbers, its fonts inside, the assessment attached."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from assessments.engine.result_json import result_json
from assessments.framework import load_framework
from assessments.models import DrawnPdf
from assessments.services import report as drawing
from tests.comparisons import tuned_wins
from tests.document_states import STATES
from tests.documents import EXAMPLES, decided, example_document, full_document, named
from tests.visits import bring_in, upload

from .paper import Paper, inside, needs_poppler, report_of

FOOT = 795
"""Where the line below a page begins, in points from the top."""
LEAST_FILLED = 200
"""A page is filled down to here at least: more than a fifth of it."""


@pytest.fixture
def paper(owner: Client) -> Paper:
    return report_of(owner, example_document("task_api"))


def test_it_says_that_it_is_accessible(paper: Paper) -> None:
    with paper.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert "Task API assistant" in metadata["dc:title"]
    assert paper.root.MarkInfo.Marked
    assert paper.root.ViewerPreferences.DisplayDocTitle
    assert str(paper.root.Lang) == "en-GB"
    assert "Task API assistant" in str(paper.pdf.docinfo.Title)


def test_everything_drawn_is_tagged_or_marked_as_decoration(paper: Paper) -> None:
    drawing = {"Tj", "TJ", "'", '"', "Do", "f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "sh"}
    for page in paper.pdf.pages:
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            name = str(instruction.operator)
            depth += (name in ("BDC", "BMC")) - (name == "EMC")
            assert depth or name not in drawing, f"{name} {instruction.operands} outside of any tag"


def test_headings_leave_no_level_out(paper: Paper) -> None:
    levels = [int(str(tag.S)[2]) for tag in paper.tags if re.fullmatch(r"/H\d", str(tag.S))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_each_figure_has_a_description(paper: Paper) -> None:
    tree, chart = (str(figure.Alt) for figure in paper.tagged("Figure"))
    assert "Fine-tuning candidate" in tree
    assert "4 months" in chart


def test_cells_of_tables_name_their_headers(paper: Paper) -> None:
    headed = [table for table in paper.tagged("Table") if any(tag.S == "/TH" for tag in inside(table))]
    assert len(headed) > 10
    for table in headed:
        cells = [tag for tag in inside(table) if tag.S == "/TD"]
        without = [cell for cell in cells if not has_headers(cell)]
        assert not without, f"{len(without)} of {len(cells)} cells"


def has_headers(cell: Any) -> bool:
    attributes = cell.get("/A", [])
    return any("/Headers" in part for part in (attributes if isinstance(attributes, pikepdf.Array) else [attributes]))


def test_bookmarks_lead_to_every_part(paper: Paper) -> None:
    parts = (
        "Fine-tune a small model. Pilot first.",
        "Before you start",
        "Sign-off",
        "What gets worse by this decision",
    )
    assert [title for title in paper.bookmarks if title in parts] == list(parts)
    assert "All answers" not in paper.bookmarks


def test_the_appendix_comes_only_when_it_is_asked_for(owner: Client) -> None:
    appended = report_of(owner, example_document("task_api"), appendix=True)
    for title in ("All answers", "The numbers, to work it out again", "Method and checklists"):
        assert title in appended.bookmarks
    for section in load_framework().sections:  # what nobody has filled in about a pilot or a release is left out
        is_shown = any(question.role != "upkeep" for question in section.questions)
        assert (section.title in appended.bookmarks) == is_shown
    test_headings_leave_no_level_out(appended)
    test_cells_of_tables_name_their_headers(appended)
    test_everything_drawn_is_tagged_or_marked_as_decoration(appended)


@needs_poppler
@pytest.mark.parametrize("name", EXAMPLES)
def test_brief_and_sign_off_are_a_page_each_and_so_is_each_page_of_the_result(owner: Client, name: str) -> None:
    document = example_document(name)
    paper = report_of(owner, document)
    starts = ["Sign-off", "Why ", "Options ", "Evidence and similar cases", "Plan "]
    if document.get("costs"):  # a table of eight levers goes on on a page of its own
        starts[3:3] = ["Money ", "Lever"] if "detailed" in document["costs"] else ["Money "]
    if name in ("task_api", "service_desk"):  # something is to be tuned
        starts.append("Plan Legal and exit")
    pages = [" ".join(page.split()) for page in paper.pages[1:]]
    assert [page[: len(start)] for page, start in zip(pages, starts, strict=True)] == starts


def with_files_behind(name: str) -> dict[str, Any]:
    """An example whose answers rest on three files."""
    document = example_document(name)
    files = [{"name": f"run-{one}.json", "size": 581_000, "sha256": f"{one}abcdef0" * 8} for one in range(3)]
    measured = {"kind": "measured", "rule": "target", "tool": "promptfoo", "when": "2026-11-27T09:30:00+00:00"}
    origins = {f"answers.{key}": measured | {"files": files} for key in ("target_missed", "prompts_succeed")}
    return document | {"origins": origins}


@needs_poppler
@pytest.mark.parametrize(
    "document",
    [
        full_document(),
        named("Nothing else"),
        STATES["misused"](),
        with_files_behind("service_desk"),
        example_document("eight_approaches") | {"comparison": tuned_wins()},
    ],
    ids=["full", "empty", "misused", "files", "measured"],
)
def test_no_page_is_nearly_empty(owner: Client, document: dict[str, Any]) -> None:
    """What goes over to another page takes enough with it; what is short has no page of its own."""
    paper = report_of(owner, document, appendix=True)
    lowest = dict.fromkeys(range(1, len(paper.pages) + 1), 0.0)
    for word in paper.words:
        if word.bottom < FOOT:
            lowest[word.page] = max(lowest[word.page], word.bottom)
    assert {page: round(bottom) for page, bottom in lowest.items() if bottom < LEAST_FILLED} == {}


@needs_poppler
def test_every_page_has_its_number_and_the_name(paper: Paper) -> None:
    count = len(paper.pdf.pages)
    for number, page in enumerate(paper.pages, start=1):
        assert f"Page {number} of {count}" in page
        assert "Task API assistant" in page


def test_all_fonts_are_inside(paper: Paper) -> None:
    names = set()
    for page in paper.pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            (descendant,) = font.DescendantFonts
            assert "/FontFile2" in descendant.FontDescriptor or "/FontFile3" in descendant.FontDescriptor
            names.add(str(font.BaseFont).split("+")[1])
    assert {"Inter-Report", "Inter-Report-Semi-Bold"} <= names


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_attachment_is_the_assessment(owner: Client, name: str) -> None:
    document = example_document(name)
    paper = report_of(owner, document)
    response = upload(owner, paper.attached)
    assert response.status_code == 302
    again = owner.get(f"{response['Location']}document.json")
    assert again.content == paper.attached
    assert result_json(decided(again.json())) == result_json(decided(document))
    assert paper.root.Names.EmbeddedFiles


def test_the_same_answers_give_the_same_bytes(owner: Client) -> None:
    assessment = bring_in(owner, example_document("task_api"))
    drawn = []
    for _ in range(2):
        DrawnPdf.objects.all().delete()
        drawn.append(owner.get(reverse("report", args=[assessment.pk])).content)
    assert drawn[0] == drawn[1]


@needs_poppler
@pytest.mark.parametrize("document", [full_document(), named("Nothing else")], ids=["full", "empty"])
def test_a_full_and_an_empty_assessment_have_a_report(owner: Client, document: dict[str, Any]) -> None:
    pages = report_of(owner, document, appendix=True).pages
    before_the_appendix = [page.lstrip().startswith("Appendix All answers") for page in pages].index(True)
    assert 5 <= before_the_appendix <= 9


def test_a_download_is_named_after_the_use_case(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "draw_pdf", lambda html, **more: b"%PDF-1.7")
    assessment = bring_in(owner, example_document("task_api"))
    address = reverse("report", args=[assessment.pk])
    named_after = 'inline; filename="ftdecide-task-api-assistant'
    assert owner.get(address)["Content-Disposition"] == f'{named_after}.pdf"'
    assert owner.get(f"{address}?appendix=1")["Content-Disposition"] == f'{named_after}-with-appendix.pdf"'


@needs_poppler
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_page_ends_with_a_heading_or_with_what_stands_over_a_table(owner: Client, name: str) -> None:
    paper = report_of(owner, example_document(name), appendix=True)
    folder = Path(__file__).parents[2] / "templates/assessments/report"
    templates = "".join(one.read_text() for one in folder.glob("*.html"))
    over = [*paper.bookmarks, *re.findall(r"<caption>([^<{]+)</caption>", templates)]
    assert len(over) > 30
    called = example_document(name)["use_case"]["name"]
    for page in paper.pages:
        body = page[: page.rindex("Page ")].strip().removesuffix(called).strip()
        assert [words for words in over if body.endswith(words)] == []
