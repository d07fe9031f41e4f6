"""What was read of the files of one import: by which tool, how much, what not, and its own figures beside ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assessments.engine.measured.found import FileFound, RowFault, Told, ToolFigure, WhatWasRead
from assessments.framework import Framework

from ..formats import counted, day, listed, number, share, spelt
from ..sheets import Cell, Sheet
from ..words import in_words
from .encodings import encoding_words

_MOST_FAULTS, _MOST_NOTES, _MOST_BESIDE = 8, 6, 8
_ALIKE = 0.0005


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideOurs:
    """A figure of the tool's and ours."""

    name: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultLine:
    row: str
    said: str
    is_warning: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """What was read of one find."""

    sentence: str
    names: Sequence[str]
    notes: Sequence[str]
    warnings: Sequence[str]
    """What is to be known before anything else."""
    beside: Sequence[BesideOurs]
    beside_note: str
    """Why the tool's figures and ours differ, where they do."""
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    faults_words: str
    """How many rows were not read, or read with a warning; empty where there are none."""
    faults: Sequence[FaultLine]
    more_faults: int
    """How many are not listed here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    name: str
    sentence: str


def present_read(framework: Framework, found: FileFound, names: Mapping[str, str]) -> FileRead:
    """`names` are those of the files, by their hash."""
    texts = framework.reading
    notes = [told_words(framework, texts.notes, told) for told in found.notes]
    header, *rows = found.preview or ((),)
    return FileRead(
        sentence=_sentence(framework, found),
        names=[names[sha256] for sha256 in found.files if sha256 in names],
        notes=notes[_MOST_NOTES:],
        warnings=notes[:_MOST_NOTES],
        beside=[_beside(framework, figure) for figure in found.tool_figures[:_MOST_BESIDE]],
        beside_note=_beside_note(found),
        head=header,
        rows=rows,
        faults_words=_faults_words(found),
        faults=[_fault_line(framework, fault) for fault in found.faults[:_MOST_FAULTS]],
        more_faults=max(0, max(found.fault_count, len(found.faults)) - _MOST_FAULTS),
    )


def present_refused(framework: Framework, read: WhatWasRead) -> Sequence[RefusedFile]:
    return [
        RefusedFile(name=one.name, sentence=told_words(framework, framework.reading.refused, one.said))
        for one in read.refused
    ]


def told_words(framework: Framework, texts: Mapping[str, str], told: Told) -> str:
    """The sentence of a code with its figures."""
    figures = {key: encoding_words(str(value)) if key == "encoding" else value for key, value in told.figures.items()}
    return in_words(framework, texts[told.code], figures)


def _sentence(framework: Framework, found: FileFound) -> str:
    """What the file is, who wrote it and when, and how much of it there is."""
    texts = framework.reading
    words = _written(framework, found)
    if found.rows:
        words = _("{file}: {amounts}").format(file=words, amounts=listed(_amounts(found)))
    if not found.layout:
        return f"{words}."
    layout = _("Format: {layout}.").format(layout=texts.layouts[found.layout])
    return f"{words}. {layout}"


def _written(framework: Framework, found: FileFound) -> str:
    texts, on = framework.reading, day_written(found.written_on)
    kind = texts.kinds[found.kind]
    if not found.tool:
        return _("{kind}, written on {day}").format(kind=kind, day=on) if on else kind
    words = _("{kind}, written by {tool} on {day}") if on else _("{kind}, written by {tool}")
    return words.format(kind=kind, tool=f"{texts.tools[found.tool]} {found.tool_version}".rstrip(), day=on)


def _amounts(found: FileFound) -> list[str]:
    amounts = [_rows(found, found.rows)]
    if found.cases:
        amounts.append(counted(found.cases, "{n} case", "{n} cases"))
    if run := found.run:
        amounts.append(spelt(len(run.variants), "{n} variant", "{n} variants"))
        broken = sum(one.broken for one in run.variants)
        if broken:
            amounts.append(spelt(broken, "{n} broken call", "{n} broken calls"))
    return amounts


def _rows(found: FileFound, many: int) -> str:
    if found.kind == "training":
        return counted(many, "{n} line", "{n} lines")
    return counted(many, "{n} row", "{n} rows")


def day_written(written: str) -> str:
    """The day of a moment, as the file has it; nothing where it has none that can be read."""
    try:
        return day(date.fromisoformat(written[:10])) if written else ""
    except ValueError:
        return ""


def _beside(framework: Framework, figure: ToolFigure) -> BesideOurs:
    name = in_words(framework, framework.reading.tool_figures[figure.name])
    return BesideOurs(
        name=f"{name}: {figure.about}" if figure.about else name,
        theirs=_figure(figure.theirs),
        ours="–" if figure.ours is None else _figure(figure.ours),
    )


def _beside_note(found: FileFound) -> str:
    """The first figure is the tool's. Ours differs where broken calls count as failures there."""
    if any(one.ours is not None and abs(one.ours - one.theirs) > _ALIKE for one in found.tool_figures):
        return _("The tool’s own figures, and ours. Ours leave broken calls out; the tool counts them as failures.")
    return _("The tool’s own figures agree with ours.") if found.tool_figures else ""


def _figure(value: float) -> str:
    """A share as one, a count as a count."""
    return share(value) if 0 < value < 1 else number(value)


def _faults_words(found: FileFound) -> str:
    """How many rows were not read, and how many with a warning; where not all are listed, nobody knows which are which.

    Of training data both are counted; elsewhere the count holds them together.
    """
    warned = sum(fault.is_warning for fault in found.faults)
    unread = found.fault_count - warned
    if found.training:
        unread, warned = found.fault_count, found.training.warnings
    elif found.fault_count > len(found.faults):
        return _("{rows} not read, or read with a warning").format(rows=_rows(found, found.fault_count))
    parts = ((unread, _("{rows} not read")), (warned, _("{rows} read with a warning")))
    return listed([words.format(rows=_rows(found, many)) for many, words in parts if many])


def _fault_line(framework: Framework, fault: RowFault) -> FaultLine:
    said = told_words(framework, framework.reading.faults, fault.said)
    return FaultLine(row=number(fault.row), said=said, is_warning=fault.is_warning)


def faults_sheet(framework: Framework, read: WhatWasRead, names: Mapping[str, str]) -> Sheet:
    """Every row that is listed as not read, for a spreadsheet."""
    rows: list[Sequence[Cell]] = [(_("File"), _("Row"), _("Kind"), _("Reason"))]
    for found in read.found:
        files = listed([names[sha256] for sha256 in found.files if sha256 in names])
        rows += [
            (
                files,
                fault.row,
                _("Warning") if fault.is_warning else _("Not read"),
                told_words(framework, framework.reading.faults, fault.said),
            )
            for fault in found.faults
        ]
        if left := found.fault_count - len(found.faults):
            cut = _("{n} more, not listed: at most {most} are kept, until the import is saved or a day has passed")
            rows.append((files, None, "", cut.format(n=number(left), most=number(100_000))))
    return Sheet(name=_("Not read"), rows=rows)
