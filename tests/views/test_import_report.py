"""A report is taken in as the file that it carries, and a PDF that carries none is refused in words."""

import io
import json
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from assessments.models import Assessment
from assessments.services import report as drawing
from assessments.services.answer_sheet import read_sheet

from ..documents import example_document, named
from ..pdf.paper import report_of
from ..visits import upload
from .test_document import faults

needs_pdf = pytest.mark.skipif(not drawing.pdf_is_available(), reason="needs Pango")


def taken_in(client: Any, pdf: bytes) -> Assessment:
    response = upload(client, pdf, name="report.pdf")
    assert response.status_code == 302, faults(response)
    return Assessment.objects.latest("created_at")


def carrying(content: bytes, *, described: bytes = b"/Type /EmbeddedFile /Filter /FlateDecode") -> bytes:
    """Something that says it is a PDF with this file inside."""
    return b"%PDF-1.7\n1 0 obj\n<< " + described + b" >>\nstream\n" + content + b"\nendstream\nendobj\n"


@needs_pdf
def test_a_report_becomes_the_assessment_that_it_was_drawn_from(owner: Any) -> None:
    example = example_document("task_api")
    assert read_sheet(taken_in(owner, report_of(owner, example).data)).raw == example


@needs_pdf
@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode))
def test_also_after_another_program_saved_it_anew(owner: Any, mode: Any) -> None:
    again = io.BytesIO()
    with pikepdf.open(io.BytesIO(report_of(owner, named("Refunds")).data)) as pdf:
        pdf.save(again, object_stream_mode=mode, linearize=mode != pikepdf.ObjectStreamMode.preserve)
    assert read_sheet(taken_in(owner, again.getvalue())).name == "Refunds"


@needs_pdf
def test_a_locked_report_is_refused_in_words(owner: Any) -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(report_of(owner, named()).data)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="one", user="two"))
    before = Assessment.objects.count()
    response = upload(owner, locked.getvalue(), name="report.pdf")
    assert (response.status_code, Assessment.objects.count()) == (422, before)
    assert "carries no assessment" in faults(response)[0]


PACKED = zlib.compress(json.dumps(named("Packed")).encode())
HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing in it": lambda: b"%PDF-1.7\n%%EOF",
    "no stream": lambda: b"%PDF-1.7 /Type /EmbeddedFile",
    "cut off": lambda: carrying(PACKED[:40]),
    "not packed": lambda: carrying(b"no deflate at all"),
    "no JSON": lambda: carrying(zlib.compress(b"%PDF-1.7")),
    "another format": lambda: carrying(zlib.compress(b'{"format": "ftdecide/result"}')),
    "deeply nested": lambda: carrying(zlib.compress(b"[" * 500_000)),
    "a bomb": lambda: carrying(zlib.compress(b" " * 90_000_000, 9)),
    "many bombs": lambda: carrying(zlib.compress(b" " * 50_000_000, 9)) * 50,
    "marks without end": lambda: b"%PDF-1.7\n" + b"/EmbeddedFile " * 150_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_pdf_without_an_assessment_is_refused_in_words(owner: Any, name: Any) -> None:
    response = upload(owner, HOSTILE[name](), name="report.pdf")
    assert response.status_code == 422
    assert "carries no assessment" in faults(response)[0]
    assert Assessment.objects.count() == 0


def test_what_it_carries_is_checked_like_any_file(owner: Any) -> None:
    document = named(answers={"brand_voice": "maybe"})
    response = upload(owner, carrying(zlib.compress(json.dumps(document).encode())), name="report.pdf")
    assert (response.status_code, faults(response)) == (
        422,
        ['answers.brand_voice: "maybe" is not one of yes, no, unsure'],
    )


def test_a_file_that_was_not_packed_is_read_too(owner: Any) -> None:
    plain = carrying(json.dumps(named("Plain")).encode(), described=b"/Type /EmbeddedFile")
    assert read_sheet(taken_in(owner, plain)).name == "Plain"
