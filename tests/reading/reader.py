"""Reads files as the reading process does, without starting one."""

from collections.abc import Mapping
from pathlib import Path

from assessments.engine.measured.found import Choices, FileFound, FileToRead, ReadingJob, WhatWasRead
from assessments.framework.loader import load_framework
from assessments.reading.__main__ import read_all

FILES = Path(__file__).parent.parent / "evidence_files"


def job_of(*paths: Path, choices: Choices | None = None, limits: Mapping[str, float] | None = None) -> ReadingJob:
    return ReadingJob(
        files=tuple(FileToRead(path=str(path), name=path.name, sha256=path.name) for path in paths),
        choices=choices or {},
        modes=load_framework().reading.modes,
        limits=limits or {},
    )


def read(*paths: Path, choices: Choices | None = None, limits: Mapping[str, float] | None = None) -> WhatWasRead:
    return read_all(job_of(*paths, choices=choices, limits=limits))


def one(path: Path, **choices: str) -> FileFound:
    """What one file holds. Column choices have two underscores for the dot."""
    found = read(path, choices={key.replace("__", "."): value for key, value in choices.items()})
    assert not found.refused
    (only,) = found.found
    return only


def text_file(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, newline="")
    return path


def refusal(path: Path) -> str:
    """The code with which the only file is refused."""
    found = read(path)
    assert not found.found
    (only,) = found.refused
    return only.said.code


def chosen(found: FileFound, key: str) -> str:
    choice = next(choice for choice in found.choices if choice.key == key)
    assert isinstance(choice.chosen, str)
    return choice.chosen


def codes(found: FileFound) -> list[tuple[int, str]]:
    """Row and reason of each fault."""
    return [(fault.row, fault.said.code) for fault in found.faults]
