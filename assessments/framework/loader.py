"""Reads one framework version from its TOML files and refuses what does not fit together."""

import hashlib
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import cattrs

from . import schema

CURRENT = "v1"
_HERE = Path(__file__).parent
_converter = cattrs.Converter(forbid_extra_keys=True)
T = TypeVar("T")


class FrameworkError(Exception):
    """A framework file has a mistake; the message names the file and the key."""


@cache
def load_framework(version: str = CURRENT) -> schema.Framework:
    """The framework of that version, read once.

    Raises FrameworkError, naming the file and the key, for a mistyped key, a value of the wrong
    type, a question asked twice, or a table that does not cover every approach.
    """
    return read_framework(_HERE / version)


def read_framework(folder: Path) -> schema.Framework:
    """The framework in this folder. Raises FrameworkError as `load_framework` does."""
    digest = hashlib.sha256()

    def table(name: str) -> dict[str, Any]:
        try:
            text = (folder / name).read_bytes()
            digest.update(name.encode() + b"\0" + text)
            return tomllib.loads(text.decode())
        except (OSError, ValueError) as error:
            raise FrameworkError(f"{name}: {error}") from None

    main = table("framework.toml")
    sections = tuple(
        _structure(table(name), schema.Section, name)
        for name in (f"sections/{key}.toml" for key in main.pop("sections"))
    )
    approaches = table("approaches.toml")
    main |= {
        "key": folder.name,
        "sections": (),
        "approaches": approaches["approaches"],
        "matrix": approaches["matrix"],
        "goals": table("goals.toml")["goals"],
        "verdict": table("verdict.toml"),
        "sha256": digest.hexdigest(),
    }
    framework = _structure(main, schema.Framework, "framework.toml")
    object.__setattr__(framework, "sections", sections)
    _check(framework)
    return framework


def _structure(table: dict[str, Any], shape: type[T], name: str) -> T:
    try:
        return _converter.structure(table, shape)
    except Exception as error:
        raise FrameworkError(f"{name}: {'; '.join(cattrs.transform_error(error))}") from None


def _check(framework: schema.Framework) -> None:
    """What the types cannot say: keys are unique, and every table covers what it must."""
    asked = [question.key for section in framework.sections for question in section.questions]
    _no_repeats("sections: question", asked)
    for section in framework.sections:
        groups = {group.key for group in section.groups} | {""}
        for question in section.questions:
            if question.group not in groups:
                raise FrameworkError(f"sections/{section.key}.toml: {question.key}.group: no group {question.group!r}")
    approaches = {approach.key for approach in framework.approaches}
    modes = {mode for group in framework.failure_groups for mode in group.modes}
    _same("approaches.toml: matrix.fit", set(framework.matrix.fit), modes)
    for mode, fit in framework.matrix.fit.items():
        _same(f"approaches.toml: matrix.fit.{mode}", set(fit), approaches)
    for criterion in framework.matrix.criteria:
        if criterion.scores:
            _same(f"approaches.toml: {criterion.key}.scores", set(criterion.scores), approaches)
        _known(f"approaches.toml: {criterion.key}.raised_by", criterion.raised_by, asked)
    _known("framework.toml: failure_groups", modes, asked)
    _same("goals.toml", {goal.key for goal in framework.goals}, set(framework.questions["goal"].choices))


def _no_repeats(place: str, keys: list[str]) -> None:
    if repeated := {key for key in keys if keys.count(key) > 1}:
        raise FrameworkError(f"{place} {sorted(repeated)[0]!r} stands there twice")


def _same(place: str, found: set[str], expected: set[str]) -> None:
    if different := found ^ expected:
        raise FrameworkError(f"{place}: missing or unknown {', '.join(sorted(different))}")


def _known(place: str, keys: Iterable[str], asked: list[str]) -> None:
    if unknown := set(keys) - set(asked):
        raise FrameworkError(f"{place}: no question {', '.join(sorted(unknown))}")
