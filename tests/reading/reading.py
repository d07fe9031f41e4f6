"""Files of tests, read as a drop of a person is, within this process."""

from collections.abc import Mapping
from pathlib import Path

from assessments.engine.measured.found import Choices, FileFound, FileToRead, ReadingJob, WhatWasRead
from assessments.framework.loader import load_framework
from assessments.reading.__main__ import read_all

FILES = Path(__file__).parent.parent / "evidence_files"


def files_of(*paths: str | Path) -> tuple[FileToRead, ...]:
    """Paths are of `evidence_files`, or whole."""
    return tuple(
        FileToRead(path=str(FILES / path), name=Path(path).name.removesuffix(".gz"), sha256=Path(path).name)
        for path in paths
    )


def job_of(*paths: str | Path, choices: Choices | None = None, limits: Mapping[str, float] | None = None) -> ReadingJob:
    modes = load_framework().reading.modes
    return ReadingJob(files=files_of(*paths), choices=choices or {}, modes=modes, limits=limits or {})


def read_drop(
    *paths: str | Path, choices: Choices | None = None, limits: Mapping[str, float] | None = None
) -> WhatWasRead:
    return read_all(job_of(*paths, choices=choices, limits=limits))


def read_found(*paths: str | Path, choices: Choices | None = None) -> FileFound:
    """What the files hold together, where they hold one thing and none is refused."""
    read = read_drop(*paths, choices=choices)
    assert not read.refused, read.refused
    (found,) = read.found
    return found


def refusal(path: str | Path) -> str:
    """The code with which the only file is refused."""
    read = read_drop(path)
    assert not read.found
    (refused,) = read.refused
    return refused.said.code


def text_file(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, newline="")
    return path


def chosen(found: FileFound, key: str) -> str:
    choice = next(choice for choice in found.choices if choice.key == key)
    assert isinstance(choice.chosen, str)
    return choice.chosen


def codes(found: FileFound) -> list[tuple[int, str]]:
    """Row and reason of each fault."""
    return [(fault.row, fault.said.code) for fault in found.faults]
