"""The assessment that a report carries, taken out of the PDF without a reader of PDFs.

The file inside is a stream of its own, marked as an embedded file, also after another program has saved the
report anew. Nothing else of the PDF is looked at, so a hostile one has nothing to run: the marks that are followed
are few, and what is unpacked ends at the size that a document may have.
"""

import json
import re
import zlib

from assessments.engine.document import LARGEST_DOCUMENT
from assessments.engine.paths import FORMAT

_MARK = re.compile(rb"/EmbeddedFile(?![A-Za-z])")
_MOST_MARKS = 20
_DICTIONARY = 2_000
"""How far the description of a stream reaches, at most."""


def is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def document_inside(pdf: bytes) -> bytes | None:
    """The document that a report carries, or None where there is none that can be read.

    >>> document_inside(b"%PDF-1.7 1 0 obj <</Type /EmbeddedFile>> stream\\nno JSON\\nendstream") is None
    True
    """
    marks = list(_MARK.finditer(pdf))[:_MOST_MARKS]
    files = (_unpacked(pdf, mark.start()) for mark in marks)
    return next((file for file in files if _is_document(file)), None)


def _unpacked(pdf: bytes, place: int) -> bytes:
    """The content of the stream whose description has this place; empty where it cannot be unpacked."""
    start = pdf.find(b"stream", place, place + _DICTIONARY)
    if start < 0:
        return b""
    described = pdf[max(pdf.rfind(b"obj", 0, place), place - _DICTIONARY) : start]
    start += len(b"stream")
    start += 2 if pdf[start : start + 2] == b"\r\n" else 1
    if b"/FlateDecode" not in described:
        return pdf[start : pdf.find(b"endstream", start)][:LARGEST_DOCUMENT]
    try:
        return zlib.decompressobj().decompress(memoryview(pdf)[start:], LARGEST_DOCUMENT)
    except zlib.error:
        return b""


def _is_document(file: bytes) -> bool:
    """Whether it says that it is one of ours; what is wrong in it is found where every document is checked."""
    try:
        read = json.loads(file)
    except (ValueError, RecursionError):
        return False
    return isinstance(read, dict) and read.get("format") == FORMAT
