"""The report's file: tagged, with bookmarks and page numbers, its fonts inside, the assessment attached."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from assessments.engine.result_json import result_json
from assessments.framework import load_framework
from tests.documents import EXAMPLES, decided, example_document, full_document, named
from tests.visits import bring_in, upload

from .paper import Paper, inside, needs_poppler, report_of


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
    parts = ("Task API assistant", "How we got here", "What each method says", "Next: a pilot of six weeks", "Sign-off")
    assert [title for title in paper.bookmarks if title in parts] == list(parts)
    for section in load_framework().sections:
        assert section.title in paper.bookmarks


@needs_poppler
def test_every_page_has_its_number_and_the_name(paper: Paper) -> None:
    count = len(paper.pdf.pages)
    assert 3 <= count <= 14
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
        caches["reports"].clear()
        drawn.append(owner.get(reverse("report", args=[assessment.pk])).content)
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("document", [full_document(), named("Nothing else")], ids=["full", "empty"])
def test_a_full_and_an_empty_assessment_have_a_report(owner: Client, document: dict[str, Any]) -> None:
    assert len(report_of(owner, document).pdf.pages) >= 3


def test_a_download_is_named_after_the_use_case(owner: Client) -> None:
    assessment = bring_in(owner, example_document("task_api"))
    response = owner.get(reverse("report", args=[assessment.pk]))
    assert response["Content-Disposition"] == 'inline; filename="ftdecide-task-api-assistant.pdf"'


@needs_poppler
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_page_ends_with_a_heading_or_with_what_stands_over_a_table(owner: Client, name: str) -> None:
    paper = report_of(owner, example_document(name))
    template = (Path(__file__).parents[2] / "templates/assessments/report.html").read_text()
    over = [*paper.bookmarks, *re.findall(r"<caption>([^<{]+)</caption>", template)]
    assert len(over) > 30
    for page in paper.pages:
        body = page[: page.rindex("Page ")].strip().removesuffix(paper.bookmarks[0]).strip()
        assert [words for words in over if body.endswith(words)] == []
