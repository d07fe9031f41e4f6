"""The seal of a report: whoever has the PDF can have it checked that it is as this site drew it.

A comment before the end of the file names the hash of the content and carries a keyed hash over every
other byte. No reader of PDFs shows it, nothing of the file is parsed to check it, and the same file
always gets the same seal.
"""

import re
from dataclasses import dataclass

from . import keys

_END = b"startxref"
_MARK = re.compile(rb"%ftdecide-content: ([0-9a-f]{64})\n%ftdecide-seal: ([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What a file says of itself, and whether the rest of it is as it was when it was drawn."""

    content_hash: str
    untouched: bool


def seal(pdf: bytes, content_hash: str) -> bytes:
    """The PDF with the hash of its content and a seal over all of it."""
    place = pdf.rfind(_END)
    place = len(pdf) if place < 0 else place
    sealed = keys.mark("report", content_hash.encode() + pdf)
    mark = f"%ftdecide-content: {content_hash}\n%ftdecide-seal: {sealed}\n"
    return pdf[:place] + mark.encode() + pdf[place:]


def read_seal(data: bytes) -> Sealed | None:
    """What a file carries, or None where it is no report of ours or was saved anew by another program."""
    marks = list(_MARK.finditer(data))
    if not marks:
        return None
    mark = marks[-1]
    content_hash = mark[1].decode()
    rest = data[: mark.start()] + data[mark.end() :]
    return Sealed(
        content_hash=content_hash,
        untouched=len(marks) == 1 and keys.fits("report", mark[1] + rest, mark[2].decode()),
    )
