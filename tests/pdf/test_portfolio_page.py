"""The portfolio on one page of paper: one page whatever it holds, tagged, and fetching nothing."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.models import Workspace
from assessments.services import moving, report
from assessments.views import portfolio_files
from assessments.views.portfolio_files import ON_PAPER
from tests.documents import EXAMPLES, example_document
from tests.own_frameworks import a_framework, published
from tests.people import person
from tests.workspaces import browser_of_a, fill, new_workspace, put_in

from .paper import Paper, inside, needs_poppler
from .test_form import has_headers

pytestmark = pytest.mark.django_db

LONG = "Product descriptions in nine languages for the marketplace and everything that belongs to it, " * 3
HARD_NAMES = (
    "W" * 200,
    LONG,
    "😀" * 100,
    "שלום " * 30,
    "e" + "\u0301" * 150,
    "<img src=http://e.org/x><script>alert(1)</script>",
    "line\nbreak\n" * 15,
    "\u202eevil",
    "漢字" * 90,
    "a\u00a0" * 90,
)


@pytest.fixture
def workspace() -> Workspace:
    return new_workspace()


def paper_of(workspace: Workspace, address: str = "") -> Paper:
    response = browser_of_a("viewer", workspace).get(reverse("portfolio_page", args=[workspace.pk]) + address)
    assert response.status_code == 200, response.content[:2000]
    assert response["Content-Type"] == "application/pdf"
    return Paper(response.content)


def size(paper: Paper) -> tuple[int, int]:
    _, _, width, height = (float(side) for side in paper.pdf.pages[0].MediaBox)
    return round(width), round(height)


def wide_row(number: int) -> dict[str, Any]:
    return {
        "name": HARD_NAMES[number % len(HARD_NAMES)][:200],
        "action": "use_other_lever",
        "approach": "hybrid",
        "labelled": 10**9,
        "payback_months": 123.4,
        "has_costs": True,
    }


@needs_poppler
def test_it_shows_each_use_case_with_what_it_comes_to(workspace: Workspace) -> None:
    for name in EXAMPLES:
        put_in(workspace, example_document(name))
    paper = paper_of(workspace)
    assert len(paper.pdf.pages) == 1
    for told in (
        *("Claims and support: portfolio", "Task API assistant", "Fine-tune a small model", "Pilot first"),
        *("5 of 5", "4 of 6", "0 of 5", "10,000", "4 months", "Settled", "Not asked"),
        *("4 use cases", "Ordered by: strength of case", "Fine-tuning candidates: 2", "Confirm first"),
    ):
        assert told in paper.text, told


@needs_poppler
def test_it_says_under_which_framework_of_the_teams_own_a_verdict_stands(workspace: Workspace) -> None:
    actor = person("Olga")
    version = published(a_framework(workspace, actor, name="Support rules", thresholds__payback_months=9), actor)
    put_in(workspace, example_document("support_copilot"))
    moving.move(put_in(workspace, example_document("task_api")), actor, version.key)
    assert paper_of(workspace).text.count("Support rules, version 1") == 1


@pytest.mark.parametrize("count", [1, ON_PAPER, ON_PAPER + 1, 300])
def test_it_is_one_page_across_whatever_the_names(workspace: Workspace, count: int) -> None:
    workspace.name = LONG[:100]
    workspace.save()
    fill(workspace, [wide_row(number) for number in range(count)])
    paper = paper_of(workspace, "?q=&order=payback")
    assert (len(paper.pdf.pages), size(paper)) == (1, (842, 595))


@needs_poppler
def test_what_has_no_room_is_counted(workspace: Workspace) -> None:
    fill(workspace, [{"name": f"Case {number:02}"} for number in range(37)])
    paper = paper_of(workspace, "?order=name")
    assert "And 12 more that this page has no room for." in paper.text
    assert ("Case 24" in paper.text, "Case 25" in paper.text) == (True, False)
    assert "more that this page" not in paper_of(workspace, "?order=name&q=case+1").text


@needs_poppler
def test_it_shows_what_the_address_selects_and_says_so(workspace: Workspace) -> None:
    fill(workspace, [{"name": "Alpha"}, {"name": "Beta"}])
    text = paper_of(workspace, "?q=alpha").text
    assert "1 of 2 use cases. Name with: “alpha”." in text
    assert "Beta" not in text
    assert "No use cases match." in paper_of(workspace, "?q=gamma").text


def test_it_is_tagged_and_its_cells_name_their_headers(workspace: Workspace) -> None:
    fill(workspace, [{"name": "Alpha"}, {"name": "Beta"}])
    paper = paper_of(workspace)
    with paper.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Portfolio of Claims and support"
    assert str(paper.root.Lang) == "en-GB"
    _, rows = paper.tagged("Table")
    cells = [tag for tag in inside(rows) if str(tag.S) == "/TD"]
    assert [has_headers(cell) for cell in cells] == [True] * (2 * 9)


def test_all_fonts_are_inside_and_nothing_is_attached_or_linked(workspace: Workspace) -> None:
    fill(workspace, [wide_row(number) for number in range(10)])
    paper = paper_of(workspace)
    for font in paper.pdf.pages[0].Resources.Font.values():
        (descendant,) = font.DescendantFonts
        assert "/FontFile2" in descendant.FontDescriptor or "/FontFile3" in descendant.FontDescriptor
    assert len(paper.pdf.attachments) == 0
    assert "/Annots" not in paper.pdf.pages[0]
    assert len(paper.pdf.pages[0].get_images()) == 0


def test_the_same_is_drawn_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(workspace, [{"name": "Alpha"}])
    first = paper_of(workspace).data

    def never(html: str, **more: object) -> bytes:
        raise AssertionError("drawn again")

    monkeypatch.setattr(report, "draw_pdf", never)
    assert paper_of(workspace).data == first


def test_without_the_libraries_a_page_says_what_to_do(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio_files, "pdf_is_available", lambda: False)
    response = browser_of_a("owner", workspace).get(reverse("portfolio_page", args=[workspace.pk]))
    assert response.status_code == 503
    assert "Print the portfolio instead" in response.content.decode()
