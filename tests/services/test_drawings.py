"""PDFs drawn apart: once for all who ask, within limits, told when they end otherwise, gone after a day."""

import re
import runpy
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.drawing.paper import PaperToDraw, draw_paper
from assessments.models import Assessment, DrawingState, DrawnPdf
from assessments.services import children, drawing_child, drawings, queue, report
from assessments.services.drawing_child import draw_apart

from ..documents import example_document
from ..pages import Page, words
from ..visits import bring_in

ENDLESS = "<p>It goes on and on.</p>" * 100_000
PDF = b"%PDF-1.7"


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn as on a site: by processes of their own, which a thread listens to."""
    monkeypatch.setattr(drawing_child, "draw_apart", draw_apart)
    monkeypatch.setattr(settings, "DRAWING_WAIT", 60)


def in_threads(*work: Callable[[], Any]) -> list[Any]:
    """What each of these gives, all at the same time."""
    found: list[Any] = []

    def run(one: Callable[[], Any]) -> None:
        try:
            found.append(one())
        finally:
            connection.close()

    running = [threading.Thread(target=run, args=[one]) for one in work]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return found


def nothing(pages: int) -> None:
    pass


def test_what_is_drawn_apart_has_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    slot = children.a_slot(drawing_child.folder())
    assert slot is not None
    monkeypatch.setenv("AUDIT_KEY", "not for the process")
    monkeypatch.setattr(drawing_child, "_server", drawing_child._Server(lock=threading.Lock()))
    paper = PaperToDraw(
        html="<html lang='en'><title>t</title><h1>Größe</h1><p>A word</p>" * 3,
        style="report.css",
        attachment="{}",
        attachment_name="assessment.json",
        at=timezone.now(),
        custom_metadata=True,
    )
    assert draw_apart(paper, nothing, slot) == draw_paper(paper)
    server = drawing_child._server.process
    assert server
    if (environment := Path(f"/proc/{server.pid}/environ")).exists():
        assert b"not for the process" not in environment.read_bytes()
        ignored = int(Path(f"/proc/{server.pid}/status").read_text().partition("SigIgn:")[2].split()[0], 16)
        assert not ignored >> signal.SIGCHLD - 1 & 1  # what a drawing took would count nowhere
    server.kill()  # as if it had fallen over: the next one to ask gets another
    server.wait()
    assert draw_apart(paper, nothing, slot) == draw_paper(paper)


def test_a_drawing_can_open_no_connection_and_start_no_program() -> None:
    program = """
import socket, subprocess, sys
from assessments.bounds import refuse_others
refuse_others()
for attempt in (lambda: socket.create_connection(("127.0.0.1", 9)), lambda: subprocess.run(["true"])):
    try:
        attempt()
    except PermissionError as error:
        print(error)
print("django" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=settings.BASE_DIR, capture_output=True, check=True)
    assert done.stdout.decode().split() == ["socket.getaddrinfo", "subprocess.Popen", "False"]


@pytest.mark.django_db(transaction=True)
def test_eight_who_ask_for_one_report_have_it_drawn_once(
    owner: Client, apart: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = bring_in(owner, example_document("task_api"))
    drawn, whole = [], report.draw_pdf

    def counted(html: str, **more: Any) -> bytes:
        drawn.append(html)
        return whole(html, **more)

    monkeypatch.setattr(report, "draw_pdf", counted)
    monkeypatch.setattr(drawings, "_waiting", threading.BoundedSemaphore(8))
    address = reverse("report", args=[assessment.pk])
    answers = in_threads(*[partial(owner.get, address)] * 8)
    assert {(one.status_code, one["Content-Type"]) for one in answers} == {(200, "application/pdf")}
    assert len({one.content for one in answers}) == 1
    assert len(drawn) == 1


@pytest.mark.parametrize("limit", ["PROCESSOR_SECONDS", "WALL_SECONDS", "MEMORY"])
def test_a_drawing_that_never_ends_is_ended_and_told_and_can_be_asked_for_again(
    owner: Client, assessment: Assessment, apart: None, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(drawing_child, limit, 1)
    drawn = ENDLESS[: len(ENDLESS) // 30] if limit == "MEMORY" else ENDLESS  # more than what memory is left over
    monkeypatch.setattr("assessments.pages.report.report_html", lambda *args, **more: drawn)
    address = reverse("report", args=[assessment.pk])
    answer = owner.get(address)
    assert answer.status_code == 503
    page = Page(answer)
    assert "longer, or more memory, than one drawing may" in words(page.with_id("main"))
    (again,) = (link.get("href") for link in page.all("a") if words(link) == "Draw it again")
    monkeypatch.setattr(report, "draw_pdf", lambda html, **more: PDF)
    assert owner.get(address).status_code == 503
    assert owner.get(again).content == PDF
    assert owner.get(address).content == PDF


def test_whoever_waits_sees_how_far_it_is_and_is_led_to_the_pdf(
    owner: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "wake", lambda: None)
    monkeypatch.setattr(settings, "DRAWING_WAIT", 0)
    monkeypatch.setattr(report, "draw_pdf", lambda html, **more: PDF)
    address = reverse("report", args=[assessment.pk]) + "?appendix=1"
    answer = owner.get(address)
    assert answer.status_code == 202
    page = Page(answer)
    assert words(next(page.all("h1"))) == "The report is being drawn"
    assert address in {link.get("href") for link in page.all("a") if words(link) == "Look again"}
    (look_at,) = re.findall(r'hx-get="([^"]+)"', answer.content.decode())
    look = partial(owner.get, look_at.replace("&amp;", "&"), headers={"HX-Request": "true"})
    DrawnPdf.objects.update(pages=7)
    assert "7 pages laid out so far" in look().content.decode()
    owner.get(address)
    queue.work_off(DrawnPdf)
    assert look()["HX-Redirect"] == address
    assert owner.get(address).content == PDF


def test_however_many_wait_for_reports_there_are_threads_for_whoever_saves(
    owner: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight who asked for one report kept another person's save waiting for 110 seconds."""
    monkeypatch.setattr(queue, "wake", lambda: None)
    monkeypatch.setattr(settings, "DRAWING_WAIT", 600)
    threads: int = runpy.run_path(str(settings.BASE_DIR / "ftdecide/gunicorn.py"))["threads"]
    with ExitStack() as waiting:
        for _ in range(threads // 2):
            assert drawings._waiting.acquire(blocking=False)
            waiting.callback(drawings._waiting.release)
        assert not drawings._waiting.acquire(blocking=False), "half of the threads are for others"
        assert owner.get(reverse("report", args=[assessment.pk])).status_code == 202


def test_drawings_go_after_a_day_and_the_oldest_of_too_many_before(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    for hours in (1, 2, 3, 25):
        DrawnPdf.objects.create(key=str(hours), state=DrawingState.DRAWN, asked_at=now - timedelta(hours=hours))
    assert drawings.sweep() == 1
    monkeypatch.setattr(drawings, "MOST_KEPT", 2)
    assert drawings.sweep() == 1
    assert sorted(DrawnPdf.objects.values_list("key", flat=True)) == ["1", "2"]
    monkeypatch.setattr(drawings, "MOST_BEING_DRAWN", 0)
    with pytest.raises(drawings.TooManyDrawings):
        drawings.ask("another", lambda: PaperToDraw(html="", style="report.css"))
