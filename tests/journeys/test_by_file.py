"""The Task API assistant as a file: in, out as a PDF, and in again from the PDF's attachment."""

import io
import re
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.documents import FOLDER

from . import walk
from .conftest import Watch
from .results import expect_same_decision, expect_task_api

pytestmark = pytest.mark.browser


def test_the_file_and_the_attachment_of_its_pdf_give_the_same_result(page: Page, tmp_path: Path) -> None:
    page.goto("/import/")
    page.get_by_label("Assessment file").set_input_files(FOLDER / "task_api.json")
    page.get_by_role("main").get_by_role("button", name="Import").click()
    page.wait_for_url(re.compile(r"/a/\w+/$"))
    assessment = walk.assessment_of(page)
    page.get_by_role("main").get_by_role("link", name=re.compile("result")).first.click()
    expect_task_api(page)
    expect_same_decision(walk.export(page, assessment))

    address = walk.in_menu(page, "Download", "PDF").get_attribute("href")
    response = page.request.get(address or "")
    assert response.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(response.body())) as pdf:
        attached = pdf.attachments["assessment.json"].get_file().read_bytes()
    (tmp_path / "attached.json").write_bytes(attached)

    page.goto("/import/")
    page.get_by_label("Assessment file").set_input_files(tmp_path / "attached.json")
    page.get_by_role("main").get_by_role("button", name="Import").click()
    again = walk.assessment_of(page)
    assert again != assessment
    page.goto(f"{again}result/")
    expect_task_api(page)
    assert walk.export(page, again) == walk.export(page, assessment)


def test_the_assessment_file_is_downloaded_under_its_name(page: Page) -> None:
    assessment = walk.start_example(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Export")).click()
    assert download.value.suggested_filename == "ftdecide-task-api-assistant.json"
    assert Path(download.value.path()).read_bytes() == walk.export(page, assessment)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{}", "format"),
        (b"not json", "JSON"),
        (b'{"format": "ftdecide/assessment", "version": 99}', "version"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_place(page: Page, watch: Watch, content: bytes, words: str) -> None:
    watch.allow(422)
    page.goto("/import/")
    file = {"name": "a.json", "mimeType": "application/json", "buffer": content}
    page.get_by_label("Assessment file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("main").get_by_role("button", name="Import").click()
    problem = page.get_by_role("alert")
    expect(problem).to_be_focused()
    expect(problem).to_contain_text(words)
    expect(page).to_have_title(re.compile("^Error: "))
