"""Which file of a drop is the training set and which is there to evaluate, and what the latter asks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assessments.engine.measured.found import ChoiceOption, FileChoice, FileToRead, ReadingJob

from .one_file import CannotRead, OpenFile
from .open_file import open_file
from .tables import table_of
from .training_chat import Warned
from .training_layouts import example_of, layout_of
from .training_lines import LineFault, TrainingLines, json_lines
from .training_table import inputs_of, table_lines
from .which import kind_of

TRAINING, EVALUATION, NEITHER = "training", "evaluation", "neither"
_SAYS_EVALUATION = re.compile(r"(?<![a-z])(?:eval|test|valid|hold_?out|held_?out|dev)", re.IGNORECASE)
_START, _BLANK = 4096, b"\xef\xbb\xbf \t\r\n"
_SMALL = 1 / 3
"""Where no name says so, a file of at most this part of the largest is taken to be there to evaluate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideFile:
    """A file of the drop that may be there to evaluate."""

    file: FileToRead
    is_training: bool
    """Whether it has a layout of training sets; else it is a table."""
    size: int
    role: str = ""
    is_guess: bool = True


def files_beside(job: ReadingJob) -> tuple[BesideFile, ...]:
    """The training sets and tables of a drop, with what each is there for, as a person said or as it looks."""
    files = [found for file in job.files if (found := _beside(file))]
    largest = max((file.size for file in files if file.is_training), default=0)
    by_name = [file for file in files if file.is_training and not _SAYS_EVALUATION.search(file.file.name)]
    told = []
    for file in files:
        guess = _guess(file, largest=largest, has_other=bool(by_name))
        said = job.choices.get(_key(file))
        is_said = said in _roles(file)
        told.append(replace(file, role=str(said) if is_said else guess, is_guess=not is_said))
    return tuple(told)


def role_choices(files: Sequence[BesideFile]) -> tuple[FileChoice, ...]:
    """One choice for each file, where there is more than one."""
    if len(files) < 2:
        return ()
    return tuple(
        FileChoice(
            key=_key(file),
            about=file.file.name,
            options=tuple(ChoiceOption(value=role, label="") for role in _roles(file)),
            chosen=file.role,
            is_guess=file.is_guess,
        )
        for file in files
    )


def evaluation_inputs(files: Sequence[BesideFile]) -> Iterator[str] | None:
    """What the files that are there to evaluate ask; None where there is none."""
    beside = [file for file in files if file.role == EVALUATION]
    return (asked for file in beside for asked in _inputs(file)) if beside else None


def training_lines(file: OpenFile, job: ReadingJob) -> TrainingLines:
    """The lines of a training set, be it JSON or, as a person may have said, a table. Raises CannotRead."""
    with file.path.open("rb") as opened:
        is_json = opened.read(_START).lstrip(_BLANK).startswith((b"{", b"["))
    if is_json and kind_of(file) == "training":
        return json_lines(file)
    return table_lines(table_of(file, job), job)


def _beside(file: FileToRead) -> BesideFile | None:
    try:
        with open_file(file) as opened:
            kind = kind_of(opened)
            if kind not in ("training", "tables"):
                return None
            return BesideFile(file=file, is_training=kind == "training", size=opened.size)
    except CannotRead:
        return None


def _guess(file: BesideFile, *, largest: int, has_other: bool) -> str:
    says = bool(_SAYS_EVALUATION.search(file.file.name))
    if not file.is_training:
        return EVALUATION if says else NEITHER
    return EVALUATION if has_other and (says or file.size <= _SMALL * largest) else TRAINING


def _roles(file: BesideFile) -> tuple[str, ...]:
    return (TRAINING, EVALUATION) if file.is_training else (EVALUATION, NEITHER)


def _key(file: BesideFile) -> str:
    return f"role_of_file.{file.file.sha256}"


def _inputs(file: BesideFile) -> Iterator[str]:
    with open_file(file.file) as opened:
        if not file.is_training:
            yield from inputs_of(table_of(opened, ReadingJob(files=())))
            return
        for line in training_lines(opened, ReadingJob(files=())):
            layout = layout_of(line.value) if line.value else ""
            if line.value and layout:
                try:
                    yield example_of(line.value, layout, Warned()).input
                except LineFault:
                    continue
