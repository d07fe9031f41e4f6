"""What the reading process hands back of the files of one drop: what was read, what was not, what is still to choose.

It is plain data: codes and figures. The sentences stand in the framework (reading.toml), by code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .figures import ChangeFigures, FailureFigures, LabelAgreement, RunFigures, TrainingFigures

FoundKind = Literal["run", "failures", "training", "changes", "answers", "texts", "table"]
"""`answers`: two columns of right answers. `texts`: failures that nobody has labelled yet. `table`: a table of which
nobody has said yet what it is."""
Choices = Mapping[str, str | tuple[str, ...]]
"""What a person chose, by the key of the choice."""
Figures = Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A code of reading.toml and the figures of its sentence."""

    code: str
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """A row or line that was not read, or was read with a warning."""

    row: int
    """As people count: the first line is 1, headers included."""
    said: Told
    is_warning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceOption:
    value: str
    label: str
    """As it stands in the file; empty where the value is a code of reading.toml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChoice:
    """Something that only a person can say of a file, with what was guessed."""

    key: str
    """As `encoding`, `column.pass`, `measure`, `role.KEY`, `mode.VALUE`; its words are in reading.toml by what stands
    before the dot."""
    about: str = ""
    """What of the file it is about: a column, a value, a variant."""
    options: tuple[ChoiceOption, ...]
    chosen: str | tuple[str, ...] = ""
    """What a person chose, else what was guessed."""
    is_guess: bool = True
    is_needed: bool = False
    """Whether nothing can be computed before somebody says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolFigure:
    """A figure of the tool's own beside ours."""

    name: str
    """A code of reading.toml."""
    about: str = ""
    """The variant or measure."""
    theirs: float
    ours: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFound:
    """What the files hold together. A drop that holds things of several kinds gives several of these."""

    kind: FoundKind
    files: tuple[str, ...]
    """Their SHA-256."""
    tool: str = ""
    """`promptfoo`, `inspect`, `lm_eval`, `openai_evals`, `deepeval`, `ragas`, `langsmith`; empty for a table."""
    tool_version: str = ""
    layout: str = ""
    """A code of reading.toml: `results_v3`, `jsonl`, `openai_chat`, `csv`, …"""
    written_on: str = ""
    """The day or moment in the file, ISO 8601; empty where it has none."""
    rows: int = 0
    cases: int = 0
    notes: tuple[Told, ...] = ()
    """What is to be said before anything else: how it was read, what is odd, why nothing is proposed."""
    faults: tuple[RowFault, ...] = ()
    """As the reading process hands them on, the first 100,000; as an import keeps them, the first 200."""
    fault_count: int = 0
    preview: tuple[tuple[str, ...], ...] = ()
    """The header and five rows, cells cut to 200 characters."""
    choices: tuple[FileChoice, ...] = ()
    tool_figures: tuple[ToolFigure, ...] = ()
    is_whole: bool = True
    """Whether the run ended by itself: what was stopped proposes nothing."""
    run: RunFigures | None = None
    failures: FailureFigures | None = None
    training: TrainingFigures | None = None
    changes: ChangeFigures | None = None
    answers: LabelAgreement | None = None
    texts: tuple[str, ...] = ()
    """Failures to label, where a person said that they stand here: the only texts of cases that are handed on. They go
    with the preview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToRead:
    """One file of a drop."""

    path: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingJob:
    """What the reading process is given, as JSON, on its standard input."""

    files: tuple[FileToRead, ...]
    choices: Choices = field(default_factory=dict)
    modes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The failure modes of the framework and the words by which they are known."""
    limits: Mapping[str, float] = field(default_factory=dict)
    """Thresholds of the framework, and the targets of the team as far as figures need them: `slowest_p95_ms`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file that cannot be read, and why."""

    name: str
    said: Told
    choices: tuple[FileChoice, ...] = ()
    """By which it may be read after all: what it is, encoding, separator, sheet, columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatWasRead:
    """What the reading process prints last."""

    found: tuple[FileFound, ...] = ()
    refused: tuple[Refused, ...] = ()
