"""What the code imports is declared and public, and every example in a docstring runs."""

import ast
import doctest
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OURS = {"assessments", "ftdecide", "tests"}


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        found = sorted((ROOT / folder).rglob("*.py"))
        yield from (path for path in found if "evidence_files" not in path.parts)  # the scripts of other tools


@cache
def imported(path: Path) -> list[str]:
    """The dotted names that a module imports from outside of the project."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}.{one.name}" for one in node.names]
        else:
            continue
        for name in names:
            package = name.partition(".")[0]
            if package not in OURS and package not in sys.stdlib_module_names:
                found.append(name)
    return found


def declared(*groups: str) -> set[str]:
    wanted = list(PROJECT["project"]["dependencies"])
    for group in groups:
        wanted += PROJECT["dependency-groups"][group]
    return {re.split(r"[^A-Za-z0-9._-]", one)[0].lower() for one in wanted}


@pytest.mark.parametrize(
    ("folders", "groups"), [(("assessments", "ftdecide"), ()), (("tests",), ("dev",))], ids=["product", "tests"]
)
def test_every_package_that_is_imported_is_declared(folders: Any, groups: Any) -> None:
    from_packages = packages_distributions()
    known = declared(*groups)
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources(*folders)
        for name in imported(path)
        if known.isdisjoint(one.lower() for one in from_packages.get(name.partition(".")[0], ()))
    }
    assert not missing, "\n".join(sorted(missing))


def test_nothing_private_of_a_package_is_imported() -> None:
    """What is private may go with any release."""
    private = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources("assessments", "ftdecide", "tests")
        for name in imported(path)
        if any(part == "internal" or re.match(r"_[a-z]", part) for part in name.split("."))
    }
    assert not private, "\n".join(sorted(private))


def test_every_example_in_a_docstring_runs() -> None:
    """Those outside of the folders in which tests are looked for would be read and never run."""
    options = PROJECT["tool"]["pytest"]["ini_options"]
    folders = [ROOT / folder for folder in options["testpaths"]]
    with_examples = [path for path in tracked() if any(examples_in(path))]
    unseen = [path for path in with_examples if not any(path.is_relative_to(folder) for folder in folders)]
    assert len(with_examples) > 30
    assert unseen == []
    assert "--doctest-modules" in options["addopts"]


def tracked() -> Iterator[Path]:
    """Every module of the repository: in its root, and in folders that are no hidden ones."""
    yield from sorted(ROOT.glob("*.py"))
    for folder in sorted(ROOT.iterdir()):
        if folder.is_dir() and not folder.name.startswith(".") and folder.name != "var":
            yield from sorted(folder.rglob("*.py"))


def examples_in(path: Path) -> Iterator[str]:
    parser = doctest.DocTestParser()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and (text := ast.get_docstring(node)):
            yield from (one.source for one in parser.get_examples(text))
