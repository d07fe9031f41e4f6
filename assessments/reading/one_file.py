"""What a reader makes of one file, before the files of a drop are put together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assessments.engine.measured.figures import (
    ChangeFigures,
    FailureFigures,
    LabelAgreement,
    RunRow,
    TrainingFigures,
    VariantFacts,
)
from assessments.engine.measured.found import FileChoice, FileToRead, FoundKind, ReadingJob, RowFault, Told, ToolFigure

MOST_FAULTS = 100_000
"""So many are listed of all files of a drop together; all are counted."""


class CannotRead(Exception):
    """The file as a whole cannot be read. Carries the code of reading.toml and the figures of its sentence."""

    def __init__(self, code: str, **figures: str | int | float):
        super().__init__(code)
        self.said = Told(code=code, figures=figures)
        self.choices: Sequence[FileChoice] = ()
        """What a person can choose so that it can be read after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """A file as readers get it: unpacked where it was gzipped, under the caps."""

    file: FileToRead
    path: Path
    """Of the bytes to read, which may be an unpacked copy."""
    size: int


@dataclass(slots=True, kw_only=True)
class OneFile:
    """What was read of one file. Runs hand on rows, which are counted once all files are read."""

    file: FileToRead
    kind: FoundKind
    tool: str = ""
    tool_version: str = ""
    layout: str = ""
    written_on: str = ""
    notes: list[Told] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    fault_count: int = 0
    preview: Sequence[tuple[str, ...]] = ()
    choices: list[FileChoice] = field(default_factory=list)
    tool_figures: list[ToolFigure] = field(default_factory=list)
    is_whole: bool = True
    rows: list[RunRow] = field(default_factory=list)
    variants: list[VariantFacts] = field(default_factory=list)
    row_count: int = 0
    failures: FailureFigures | None = None
    training: TrainingFigures | None = None
    changes: ChangeFigures | None = None
    answers: LabelAgreement | None = None
    texts: Sequence[str] = ()


Progress = Callable[[float, int], None]
"""Told the share that is read, 0 to 1, and the lines so far; readers call it about twice a second."""
Reader = Callable[[OpenFile, ReadingJob, Progress], OneFile]
