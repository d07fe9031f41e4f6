"""A machine without WeasyPrint's system libraries: the page is printed instead, and nothing breaks."""

import subprocess
from collections.abc import Iterator

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.services import report
from tests.documents import example_document
from tests.pages import Page, words
from tests.visits import bring_in


@pytest.fixture(autouse=True)
def without_pango(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Importing WeasyPrint fails as it does where Pango is missing."""
    report.pdf_is_available.cache_clear()
    monkeypatch.setattr(subprocess, "run", lambda *args, **more: subprocess.CompletedProcess(args, returncode=1))
    yield
    monkeypatch.undo()
    report.pdf_is_available.cache_clear()


@pytest.fixture
def result(owner: Client) -> Assessment:
    return bring_in(owner, example_document("task_api"))


def test_the_result_page_offers_to_print(owner: Client, result: Assessment) -> None:
    response = owner.get(reverse("result", args=[result.pk]))
    assert response.status_code == 200
    page = Page(response)
    assert "Fine-tune a small model. Pilot first." in page.words("main")
    buttons = [button for button in page.all("button") if "data-print" in button.attrib]
    assert [words(button) for button in buttons] == ["Print this page"] * 2
    # at the head where there is room, at the foot where there is none: the styles show one of them
    assert [button.getparent().get("class") for button in buttons] == ["row no-print", "small-actions no-print"]
    assert not [link for link in page.all("a") if link.get("href", "").endswith("report.pdf")]


def test_the_address_of_the_pdf_answers_calmly(owner: Client, result: Assessment) -> None:
    response = owner.get(reverse("report", args=[result.pk]))
    assert response.status_code == 503
    told = words(Page(response).with_id("main"))
    assert "switched off" in told
    assert "Print" in told
    assert "libpango" in told


def test_manage_check_says_what_to_install() -> None:
    (warning,) = [message for message in run_checks() if message.id == "assessments.W001"]
    assert "libpango-1.0-0" in str(warning.hint)
