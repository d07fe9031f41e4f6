"""Ten thousand hostile strings through every place where text comes out: nothing runs, and all of it stays text."""

import csv
import io
import re
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import sync_playwright

from assessments.presenters.result_index import BEHIND
from assessments.presenters.sheets import starts_a_formula
from assessments.services import report as drawing

from ..bars import tries
from ..every_page import OWN_PAGES
from ..journeys.server import CHROMIUM_ARGUMENTS, chromium
from ..page_faults import inert
from ..pages import Page
from ..visits import FRAMEWORK, section_url
from ..workspaces import browser_of_a, new_workspace, put_in
from .sites import site_on
from .strings import IN_ONE, MADE, documents

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
STRINGS = tries(2 * IN_ONE, 10_000)
_FILE_NAME = re.compile(r"""(inline|attachment); filename="[^"\\\r\n]+"(; filename\*=utf-8''[\w.%~-]+)?""", re.I)


def test_pages_and_files_take_none_for_more_than_text(figure: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    papers: list[str] = []

    def drawn(html: str, **more: Any) -> bytes:
        papers.append(html)
        return b"%PDF-1.7"

    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(drawing, "draw_pdf", drawn)
    workspace = new_workspace(f"<{MADE}>")
    client, made, pages = browser_of_a("owner", workspace), [], 0
    for document in documents(STRINGS):
        one = put_in(workspace, document)
        urls = [reverse(name, args=[one.pk]) for name in OWN_PAGES]
        urls += [reverse("result_page", args=[one.pk, page]) for page in BEHIND]
        urls += [section_url(one, section.key) for section in FRAMEWORK.sections]
        for url in urls:
            made += faults(Page(client.get(url)))
        client.get(reverse("report", args=[one.pk]), {"appendix": "1"})
        named = client.get(reverse("export", args=[one.pk]))["Content-Disposition"]
        made += [] if _FILE_NAME.fullmatch(named) else [named]
        pages += len(urls)
    made += faults(Page(client.get(reverse("portfolio", args=[workspace.pk]))))
    made += [f"paper: {html.count(f'<{MADE}')}" for html in papers if f"<{MADE}" in html or "<script" in html]
    assert papers
    figure("elements that hostile strings made", made, f"{STRINGS:,} strings, {pages:,} pages, {len(papers)} reports")
    figure("formulas that hostile strings made", formulas(client, workspace), f"{STRINGS:,} strings")


def faults(page: Page) -> list[str]:
    return [*inert(page), *(f"<{MADE}>" for _ in page.all(MADE))]


def formulas(client: Any, workspace: Any) -> list[str]:
    """Cells of the portfolio's files that a spreadsheet would work out."""
    table = client.get(reverse("portfolio_csv", args=[workspace.pk])).content.decode("utf-8-sig")
    found = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row if starts_a_formula(cell)]
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("portfolio_workbook", args=[workspace.pk])).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len(cells) > STRINGS // IN_ONE
    return [cell for cell in found if not is_number(cell)] + [
        str(cell.value) for cell in cells if cell.data_type == "f"
    ]


def is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", cell))


_LINKS = """
from django.urls import reverse
from assessments.services import sharing
from assessments.services.assessments import start_from_document
from tests.verification.strings import documents
from tests.visits import FRAMEWORK
for document in documents({count}):
    one = start_from_document(None, "a browser", None, FRAMEWORK, document)
    print(sharing.make_link(one, None))
"""
_SEEN = """() => (window.hits || 0) + [...document.querySelectorAll("a, use, image")].filter(one =>
    /^(javascript|data|file):/i.test(one.getAttribute("href") || "")).length"""


def test_in_a_browser_without_a_content_policy_nothing_runs(figure: Any) -> None:
    """Charts are drawn by plotly, and every disclosure is opened."""
    ran, shown = 0, 0
    with site_on("SQLite") as (site, _), sync_playwright() as playwright:
        tokens = site.python(_LINKS.format(count=STRINGS)).split()
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)
        page = browser.new_context(bypass_csp=True).new_page()
        for token in tokens:
            for path in ("", *(f"{name}/" for name in BEHIND)):
                assert page.goto(f"{site.address}/r/{token}/{path}")
                page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
                page.wait_for_load_state("networkidle")
                ran, shown = ran + page.evaluate(_SEEN) + page.locator(MADE).count(), shown + 1
        browser.close()
    figure("hostile strings that ran", ran, f"{STRINGS:,} strings, {shown} pages")
