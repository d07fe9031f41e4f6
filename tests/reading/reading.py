"""Files of tests, read as a drop of a person is, within this process."""

from collections.abc import Mapping
from pathlib import Path

from assessments.engine.measured.found import FileFound, FileToRead, ReadingJob, WhatWasRead
from assessments.reading.__main__ import read_all

FILES = Path(__file__).parent.parent / "evidence_files"


def files_of(*paths: str | Path) -> tuple[FileToRead, ...]:
    """Paths are of `evidence_files`, or whole."""
    return tuple(
        FileToRead(path=str(FILES / path), name=Path(path).name.removesuffix(".gz"), sha256=Path(path).name)
        for path in paths
    )


def read_drop(*paths: str | Path, choices: Mapping[str, str | tuple[str, ...]] | None = None) -> WhatWasRead:
    return read_all(ReadingJob(files=files_of(*paths), choices=choices or {}))


def read_found(*paths: str | Path, choices: Mapping[str, str | tuple[str, ...]] | None = None) -> FileFound:
    """What the files hold together, where they hold one thing and none is refused."""
    read = read_drop(*paths, choices=choices)
    assert not read.refused, read.refused
    (found,) = read.found
    return found
