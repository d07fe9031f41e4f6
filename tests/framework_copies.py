"""Copies of the framework in a temporary folder, to change and to run the whole site with."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assessments.framework import Framework, load_framework, loader
from assessments.presenters.method import kept_method

CURRENT = loader.VERSIONS / loader.CURRENT


def copied(folder: Path) -> Path:
    """A copy of the current version in this folder."""
    return Path(shutil.copytree(CURRENT, folder / loader.CURRENT))


def change(file: Path, old: str, new: str) -> None:
    """Puts `new` in the place of what the pattern `old` matches in this file, exactly once."""
    text, times = re.subn(old, new, file.read_text(), flags=re.MULTILINE)
    assert times == 1, f"{file.name}: {old!r} stands there {times} times"
    file.write_text(text)


@contextmanager
def in_force(version: Path) -> Iterator[Framework]:
    """The site asks and decides by this copy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "VERSIONS", version.parent)
        _forget()
        yield load_framework()
    _forget()


def _forget() -> None:
    loader.kept_framework.cache_clear()
    kept_method.cache_clear()
