"""A report as its readers get it: the file's structure, its text, and where each word stands."""

import hashlib
import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from tests.once import one_at_a_time
from tests.visits import bring_in

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")


@dataclass(frozen=True)
class Word:
    """A word on a page, in points from the top left corner."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Paper:
    """One PDF."""

    data: bytes

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.data))

    @property
    def root(self) -> Any:
        return self.pdf.Root

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, with single spaces."""
        text = self._pdftotext("-layout").removesuffix("\f")
        return [re.sub(r"\s+", " ", page) for page in text.split("\f")]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    @cached_property
    def words(self) -> list[Word]:
        found, page = [], 0
        for line in self._pdftotext("-bbox").splitlines():
            page += "<page " in line
            if place := re.findall(r'(?:xMin|yMin|xMax|yMax)="([-\d.]+)"', line):
                words = unescape(re.sub("<[^>]*>", "", line).strip())
                left, top, right, bottom = map(float, place)
                found.append(Word(page, words, left, top, right, bottom))
        return found

    @property
    def attached(self) -> bytes:
        return self.pdf.attachments["assessment.json"].get_file().read_bytes()

    @property
    def content_hash(self) -> str:
        found = re.search(r"Content, SHA-256 ([0-9a-f ]{64,})", self.text)
        assert found
        return found[1].replace(" ", "")[:64]

    @cached_property
    def tags(self) -> list[Any]:
        """Every element of the structure tree, in reading order."""
        return list(inside(self.root.StructTreeRoot))

    def tagged(self, kind: str) -> list[Any]:
        return [tag for tag in self.tags if str(tag.S)[1:] == kind]

    @property
    def bookmarks(self) -> list[str]:
        def titles(items: Any) -> Iterator[str]:
            for item in items:
                yield str(item.title)
                yield from titles(item.children)

        with self.pdf.open_outline() as outline:
            return list(titles(outline.root))

    def _pdftotext(self, option: str) -> str:
        command = ["pdftotext", option, "-", "-"]
        done = subprocess.run(command, input=self.data, capture_output=True, check=True)
        return done.stdout.decode(errors="replace")


def inside(node: Any) -> Iterator[Any]:
    """The elements of the structure tree below this one, in reading order."""
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from inside(child)


@dataclass(slots=True)
class Shelf:
    """Where the reports lie that one of the workers has drawn."""

    folder: Path | None = None


shelf = Shelf()


def report_of(client: Client, document: dict[str, Any], *, appendix: bool = False) -> Paper:
    """The report of these answers. It is drawn once in a run: nothing is asked of it but what the answers say."""
    assert shelf.folder
    key = json.dumps([document, appendix], sort_keys=True).encode()
    file = shelf.folder / f"{hashlib.sha256(key).hexdigest()}.pdf"
    with one_at_a_time(file):
        if not file.exists():
            file.write_bytes(new_report_of(client, document, appendix=appendix).data)
    return _paper(file)


@cache
def _paper(file: Path) -> Paper:
    """Whose text and words are read out once."""
    return Paper(file.read_bytes())


def new_report_of(client: Client, document: dict[str, Any], *, appendix: bool = False) -> Paper:
    """The report of a new assessment with these answers, by the address that people use."""
    assessment = bring_in(client, document)
    response = client.get(reverse("report", args=[assessment.pk]), {"appendix": "1"} if appendix else {})
    assert response.status_code == 200, response.content.decode()[:2000]
    assert response["Content-Type"] == "application/pdf"
    return Paper(response.content)
