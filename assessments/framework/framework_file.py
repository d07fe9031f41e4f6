"""A team's framework as one file, TOML or JSON: read with every fault named, and written."""

import json
import tomllib
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.items import Table

from .changes import OwnFramework, framework_of, known_bases
from .own_texts import ONE, language_faults
from .strict import FrameworkError

FORMAT, VERSION = "ftdecide/framework", 1
LARGEST = 1_000_000
"""Bytes."""
LONGEST_NAME = 60
_HEAD = "A team's own framework: a base, and what is changed of it. docs/framework.md explains paths and values."


def read_own(data: bytes) -> OwnFramework:
    """What the file holds. Raises FrameworkError with every fault and its place, that of the framework it makes too.

    >>> read_own(b'format = "ftdecide/framework"\\nversion = 1\\nbase = "v1"\\nname = "Ours"\\n').changes
    {}
    """
    if len(data) > LARGEST:
        raise FrameworkError("file: larger than 1 MB")
    table = _parsed(data)
    faults = [f"{key}: is no part of such a file" for key in table if key not in _KEYS]
    if table.get("format") != FORMAT:
        faults.append(f'format: must be "{FORMAT}"')
    if table.get("version") != VERSION:
        faults.append(f"version: must be {VERSION}")
    base, name, changes = table.get("base"), table.get("name"), table.get("changes", {})
    languages, words = table.get("languages", [*ONE]), table.get("words", {})
    if base not in known_bases():
        faults.append(f"base: must be one of {', '.join(sorted(known_bases()))}")
    faults += name_faults(name)
    if not isinstance(changes, dict):
        faults.append("changes: must be a table of values by their paths")
    faults += language_faults(languages, words)
    if faults:
        raise FrameworkError(*faults)
    own = OwnFramework(
        base=str(base), changes=dict(changes), name=str(name).strip(), languages=tuple(languages), words=dict(words)
    )
    framework_of(own)
    return own


_KEYS = ("format", "version", "base", "name", "languages", "changes", "words")


def name_faults(name: Any) -> list[str]:
    """
    >>> name_faults("Ours"), name_faults(" ")
    ([], ['name: must be a text of 1 to 60 characters'])
    """
    sound = isinstance(name, str) and 0 < len(name.strip()) <= LONGEST_NAME and name.isprintable()
    return [] if sound else [f"name: must be a text of 1 to {LONGEST_NAME} characters"]


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        text = data.decode()
        found = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise FrameworkError(f"file: this is neither TOML nor JSON: {error}") from None
    return dict(found)


def own_text(own: OwnFramework) -> str:
    """The TOML file that holds it.

    >>> print(own_text(OwnFramework(base="v1", changes={"thresholds.pilot_net": 2}, name="Ours")).partition("\\n")[2])
    format = "ftdecide/framework"
    version = 1
    base = "v1"
    name = "Ours"
    <BLANKLINE>
    [changes]
    "thresholds.pilot_net" = 2
    <BLANKLINE>
    """
    document = tomlkit.document()
    document.add(tomlkit.comment(_HEAD))
    head: dict[str, Any] = {"format": FORMAT, "version": VERSION, "base": own.base, "name": own.name}
    if tuple(own.languages) != ONE:
        head["languages"] = list(own.languages)
    for key, value in head.items():
        document.add(key, tomlkit.item(value))
    document.add("changes", _table(own.changes))
    if said := {language: _table(texts) for language, texts in own.words.items() if texts}:
        words = tomlkit.table(is_super_table=True)
        for language, texts in said.items():
            words.add(language, texts)
        document.add("words", words)
    return tomlkit.dumps(document)


def _table(values: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for path, value in sorted(values.items()):
        table.add(path, _item(value))
    return table


def _item(value: Any) -> Any:
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        for key, one in value.items():
            table.add(key, _item(one))
        return table
    if isinstance(value, list):
        array = tomlkit.array()
        for one in value:
            array.append(_item(one))
        return array
    return tomlkit.item(value)
