"""Hostile text in every field: nothing is fetched, no file is read, and the pages still look right."""

import shutil
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.utils.html import escape
from lxml import html

from assessments.drawing import paper as drawn_paper
from assessments.models import DrawnPdf
from assessments.services import report as drawing

from .paper import Paper, needs_poppler, new_report_of
from .vectors import FETCHING, PROSE, SHAPES, filled, told_in

CANARY = "canary-that-nobody-may-read"


@dataclass
class Surroundings:
    """What a report could reach, and what it did reach."""

    url: str
    file: str
    requests: list[str]
    asked: list[str]

    def expect_untouched(self) -> None:
        assert self.requests == []
        assert {address.split(":")[0] for address in self.asked} <= {"report-font", "report-icon"}


@pytest.fixture(scope="module")
def listening() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that notes every request."""
    requests: list[str] = []

    class Notes(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Notes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", requests
    server.shutdown()


@pytest.fixture
def around(listening: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Surroundings:
    """The server, a secret file, and a spy on the report's own fetcher."""
    url, requests = listening
    requests.clear()
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    asked: list[str] = []
    make = drawn_paper._fetcher

    def spied(logo: bytes) -> Any:
        fetcher = make(logo)
        fetch = fetcher.fetch

        def note(address: str, *args: Any, **more: Any) -> Any:
            asked.append(address)
            return fetch(address, *args, **more)

        fetcher.fetch = note
        return fetcher

    monkeypatch.setattr(drawn_paper, "_fetcher", spied)
    return Surroundings(url, secret.as_uri(), requests, asked)


def test_the_spies_see_what_a_report_would_fetch(around: Surroundings) -> None:
    """Without this the tests below would prove nothing."""
    urllib.request.urlopen(f"{around.url}/seen").read()
    assert around.requests == ["/seen"]
    fetcher = drawn_paper._fetcher(b"")
    with pytest.raises(ValueError, match="fetches nothing"):
        fetcher.fetch(around.file)
    assert around.asked == [around.file]


def test_in_every_place_it_is_text_and_no_element(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn has the same elements as with a plain word in its place, whichever the place is."""
    drawn: list[str] = []
    monkeypatch.setattr(drawing, "draw_pdf", lambda text, **more: drawn.append(text))
    texts = [text.format(url="http://127.0.0.1:9", file="file:///etc/passwd") for text in FETCHING.values()]
    for words in ("word", *texts):
        DrawnPdf.objects.all().delete()
        new_report_of(owner, filled(words, link="https://example.org/"), appendix=True)
    plain, *hostile = (elements_of(html) for html in drawn)
    assert [name for name, found in zip(FETCHING, hostile, strict=True) if found != plain] == []
    for text, found in zip(texts, drawn[1:], strict=True):
        assert squeezed(escape(text)) in squeezed(found)


def elements_of(text: str) -> Counter[tuple[str, ...]]:
    """Each kind of element with the names of its attributes, as often as it is there."""
    return Counter((str(element.tag), *element.attrib) for element in html.document_fromstring(text).iter())


def test_all_of_it_is_printed_as_typed_and_nothing_is_fetched(owner: Client, around: Surroundings) -> None:
    texts = [text.format(url=around.url, file=around.file) for text in FETCHING.values()]
    paper = new_report_of(owner, filled(*texts, link=f"{around.url}/link"), appendix=True)
    around.expect_untouched()
    assert CANARY.encode() not in everything_in(paper)
    assert list(paper.pdf.attachments) == ["assessment.json"]
    for page in paper.pdf.pages:
        assert "/Annots" not in page
        assert "/XObject" not in page.Resources or not page.get_images()
    if shutil.which("pdftotext"):
        printed = squeezed(paper.text)
        assert [text for text in texts if squeezed(text) not in printed] == []
        expect_inside_the_margins(paper)


def everything_in(paper: Paper) -> bytes:
    streams = [thing.read_bytes() for thing in paper.pdf.objects if isinstance(thing, pikepdf.Stream)]
    return b"".join([paper.data, *streams])


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


@needs_poppler
def test_text_of_any_shape_stays_on_the_page(owner: Client) -> None:
    paper = new_report_of(owner, told_in(*SHAPES.values()), appendix=True)
    assert len(paper.pdf.pages) < 90
    expect_inside_the_margins(paper)


@pytest.mark.slow
def test_text_of_any_shape_takes_no_longer(owner: Client) -> None:
    """No time grows with the square of a text's length: of 10,000 characters here, in seconds of a processor."""

    def seconds(*texts: str) -> float:
        started = time.thread_time()
        new_report_of(owner, told_in(*texts), appendix=True)
        return time.thread_time() - started

    assert seconds(*SHAPES.values()) < 2 * seconds(*[PROSE] * len(SHAPES))


def expect_inside_the_margins(paper: Paper) -> None:
    width, height = (float(side) for side in paper.pdf.pages[0].mediabox[2:])
    out = [
        word
        for word in paper.words
        if not (42 <= word.left <= word.right <= width - 42 and 0 <= word.top <= word.bottom <= height)
    ]
    assert not out, f"{len(out)} words, as {out[0]}"
