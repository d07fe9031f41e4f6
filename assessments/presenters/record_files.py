"""A decision record as Markdown or an editable Word document. Nothing that people typed means anything there."""

import io
import json
import re
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.speaking import SpokenWords, speaks_german

from .decision_record import DecisionRecord, RecordPart
from .formats import day

MARKDOWN = "text/markdown; charset=utf-8"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

RECORD_FILES = SpokenWords(docx=gettext_noop("Decision record (Word)"), md=gettext_noop("Decision record (Markdown)"))
"""By how the file's name ends, with what it is called on a page."""

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>#|~$&])")
_AT_THE_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOGO_HEIGHT_MM = 12


def as_markdown(record: DecisionRecord) -> str:
    """With the front matter of MADR 4."""
    front = {
        "status": record.status,
        "date": record.day.isoformat(),
        "decision-makers": ", ".join(record.decision_makers),
    }
    lines = ["---", *(f"{name}: {json.dumps(_line(words))}" for name, words in front.items() if words), "---", ""]
    lines += [f"# {escaped(record.title)}"]
    if record.mark:
        lines += ["", f"**{escaped(record.mark)}**"]
    for passage in record.passages:
        lines += ["", f"{'#' * passage.level} {escaped(passage.heading)}"]
        for paragraph in passage.paragraphs:
            lines += ["", escaped(paragraph)]
        if passage.points:
            lines += ["", *(f"* {escaped(point)}" for point in passage.points)]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """One line of Markdown that says exactly this.

    >>> escaped("# 1 <b>*bold*</b>")
    '\\\\# 1 \\\\<b\\\\>\\\\*bold\\\\*\\\\</b\\\\>'
    >>> escaped("1. one")
    '1\\\\. one'
    """
    line = _MEANS_SOMETHING.sub(r"\\\1", _line(text))
    return _AT_THE_START.sub(lambda mark: f"{mark[1]}\\" if mark[1].isdigit() else f"\\{mark[1]}", line)


def _line(text: str) -> str:
    return " ".join(_NOT_IN_XML.sub("", text).split())


def as_word(record: DecisionRecord, *, logo: bytes = b"") -> bytes:
    """The same content with Word's own headings and lists. The same record gives the same file."""
    import docx
    from docx.shared import Mm

    document = docx.Document()
    _describe(document, record)
    if record.mark:
        document.sections[0].header.paragraphs[0].text = _line(record.mark)
    if logo:
        document.add_picture(io.BytesIO(logo), height=Mm(_LOGO_HEIGHT_MM))
    document.add_heading(_line(record.title), 0)
    head = [(_("Status"), record.status), (_("Date"), day(record.day))]
    head += [(_("Decision-makers"), ", ".join(record.decision_makers))] if record.decision_makers else []
    table = document.add_table(rows=0, cols=2, style="Light List")
    for name, words in head:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, _line(words)
    for passage in record.passages:
        _write(document, passage)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _describe(document: Any, record: DecisionRecord) -> None:
    about, day = document.core_properties, datetime(record.day.year, record.day.month, record.day.day, tzinfo=UTC)
    about.title, about.author, about.language = (
        _line(record.title)[:255],
        "ftdecide",
        "de-DE" if speaks_german() else "en-GB",
    )
    about.created = about.modified = day
    about.comments = ""


def _write(document: Any, passage: RecordPart) -> None:
    document.add_heading(_line(passage.heading), passage.level - 1)
    for paragraph in passage.paragraphs:
        document.add_paragraph(_line(paragraph))
    for point in passage.points:
        document.add_paragraph(_line(point), style="List Bullet")
