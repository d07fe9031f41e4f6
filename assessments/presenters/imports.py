"""The imports of an assessment in words: what is read, what became of it, and what rests on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessments.framework.reading import ReadingTexts

from .formats import count, counted, day, file_size, listed, share

_STATES: Mapping[str, tuple[str, str, str]] = {
    "reading": (gettext_noop("Being read"), "now", ""),
    "read": (gettext_noop("Read, to be decided"), "half", "acc"),
    "failed": (gettext_noop("Not read"), "warn", "warn"),
    "saved": (gettext_noop("Saved"), "done", "pos"),
}
"""Words, shape and tone."""
_SHORT_HASH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    name: str
    size: str
    sha256: str
    hash: str
    """The first digits of it."""
    is_here: bool
    """Whether the file itself is still stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """One import in a list, or on its own page while it is read."""

    pk: int
    name: str
    """The names of its files, as a heading."""
    files: Sequence[ImportedFile]
    state: str
    words: str
    shape: str
    tone: str
    at: datetime
    by: str
    is_reading: bool
    progress: float
    """0 to 1."""
    progress_words: str
    failed: str
    """Why it could not be read, as a sentence."""
    rests: str
    """How many answers rest on it."""
    newer_than: datetime | None
    """When the older run was imported that this one would replace."""
    kept: str
    """Whether its files are still here, as a sentence; empty where there is nothing to say yet."""


def present_import(
    imported: Any, texts: ReadingTexts, *, answers: int = 0, newer_than: datetime | None = None
) -> ImportView:
    """One import. `answers` says how many values rest on it."""
    is_nothing = imported.state == "read" and not imported.description
    words, shape, tone = _STATES["failed" if is_nothing else imported.state]
    files = [_file(one) for one in imported.files.all()]
    return ImportView(
        pk=imported.pk,
        name=_name(files),
        files=files,
        state=imported.state,
        words=_(words),
        shape=shape,
        tone=tone,
        at=imported.created_at,
        by=str(imported.created_by or ""),
        is_reading=imported.state == "reading",
        progress=imported.progress,
        progress_words=_progress_words(imported),
        failed=_failed(imported.told, texts) if imported.state == "failed" else "",
        rests=counted(answers, "{n} answer rests on it", "{n} answers rest on it") if answers else "",
        newer_than=newer_than,
        kept=_kept(imported, files),
    )


def came_before_words(other: Any, files: Sequence[str]) -> str:
    """That these files, or the run in them, are part of another import already."""
    on = day(other.created_at)
    if files:
        told = ngettext("{files} was already imported on {day}.", "{files} were already imported on {day}.", len(files))
        return told.format(files=listed(files), day=on)
    theirs = _name([_file(one) for one in other.files.all()])
    told = _("This is the run that was already imported on {day} ({files}), in another form. It counts once.")
    return told.format(day=on, files=theirs)


def _file(file: Any) -> ImportedFile:
    return ImportedFile(
        name=file.name,
        size=file_size(file.size),
        sha256=file.sha256,
        hash=file.sha256[:_SHORT_HASH],
        is_here=bool(file.stored),
    )


def _name(files: Sequence[ImportedFile]) -> str:
    names = [file.name for file in files]
    if len(names) <= 2:
        return listed(names)
    return _("{name} and {number} other files").format(name=names[0], number=count(len(names) - 1))


def _progress_words(imported: Any) -> str:
    if not imported.progress and not imported.lines:
        return _("Waiting for its turn, or just begun")
    read = _("{share} read").format(share=share(imported.progress))
    return ", ".join([read, *([counted(imported.lines, "{n} line", "{n} lines")] if imported.lines else [])])


def _failed(code: str, texts: ReadingTexts) -> str:
    if code == "stopped":
        return _("Reading was interrupted twice, most likely by a restart of the server. Nothing was changed.")
    if code == "gone":
        return _("The file was deleted before it was read. Hand it in again.")
    return texts.refused["out_of_limits"]


def _kept(imported: Any, files: Sequence[ImportedFile]) -> str:
    here = any(file.is_here for file in files)
    if imported.state == "saved":
        return _("The file is kept here") if here else _("The figures are kept, the file is not")
    return "" if here else _("The file was deleted after a day. Hand it in again to choose anew")
