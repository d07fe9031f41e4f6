"""A team's own framework: a base and changes, each a value at a path over the base's data, and one hash over both."""

import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any

import rfc8785

from .loader import SECTIONS, VERSIONS, Tables, built, load_framework, tables_in
from .own_texts import ONE, Words, language_faults, lay, own_texts, word_faults
from .places import OFF, PARTS, Place, files_of, in_paths, inside, row_in
from .schema import Framework
from .strict import FrameworkError

Changes = Mapping[str, Any]
"""Values by their paths."""
MOST = 2_000
LONGEST = 5_000
"""Characters of one text."""
LARGEST = 1e12
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_BLANK = re.compile(r"\{([^{}]*)\}")
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFramework:
    """What a team has changed of a base, and what it calls that. A number is that of a published version."""

    base: str
    changes: Changes
    name: str
    number: int = 0
    languages: Sequence[str] = ONE
    """What its own words are in; the first is the main one, in which the texts among the changes are."""
    words: Words = field(default_factory=dict)
    """What is said for these texts in the further ones."""

    @property
    def content_hash(self) -> str:
        return content_hash(self.base, self.changes, self.languages, self.words)

    @property
    def title(self) -> str:
        return f"{self.name}, version {self.number}" if self.number else self.name


def content_hash(base: str, changes: Changes, languages: Sequence[str] = ONE, words: Words | None = None) -> str:
    """SHA-256, in hex, over the base, the changes and their words. The name and the order of the changes do not matter.

    A framework that says nothing of languages has the hash that it had before they could be said.

    >>> content_hash("v1", {"a": 1, "b": 2}) == content_hash("v1", {"b": 2, "a": 1})
    True
    >>> content_hash("v1", {}, ["en"], {"de": {}}) == content_hash("v1", {}) != content_hash("v1", {}, ["de"])
    True
    """
    held: dict[str, Any] = {"base": base, "changes": dict(changes)}
    if tuple(languages) != ONE:
        held["languages"] = list(languages)
    if said := {language: dict(texts) for language, texts in (words or {}).items() if texts}:
        held["words"] = said
    return hashlib.sha256(rfc8785.dumps(held)).hexdigest()


def framework_of(own: OwnFramework, key: str = "") -> Framework:
    """The base with its changes. Raises FrameworkError with every fault that can be told at once, each with its place.

    Without changes it is the base in all but its name.
    """
    if own.base not in known_bases():
        raise FrameworkError(f"base: there is no framework {own.base!r}")
    if faults := list(language_faults(own.languages, own.words)):
        raise FrameworkError(*faults)
    base = load_framework(own.base)
    said = {language: words for language, words in own.words.items() if words}
    framework = _named(own, key, _made(own) if own.changes else base)
    return replace(framework, in_words={one: _named(own, key, _made(own, said[one], one)) for one in said})


def _named(own: OwnFramework, key: str, framework: Framework) -> Framework:
    return replace(framework, key=key or own.base, name=own.title, base=own.base)


def _made(own: OwnFramework, said: Mapping[str, str] | None = None, language: str = "") -> Framework:
    """The base with the changes, and with what is said for their texts in this language. Raises FrameworkError."""
    base, before = load_framework(own.base), f"words.{language}." if language else ""
    tables, off = changed(own.base, own.changes)
    if said:
        texts = own_texts(tables, own.changes)
        strange = {path: [*value_faults(own.base, path, word)] for path, word in said.items() if path in texts}
        sound = {path: word for path, word in said.items() if not strange.get(path)}
        told = [before + fault for found in strange.values() for fault in found]
        if faults := [*told, *word_faults(language, texts, sound)]:
            raise FrameworkError(*faults)
        lay(texts, said)
    try:
        return built(own.base, tables, lambda _: base.market, switched_off=off)
    except FrameworkError as error:
        raise FrameworkError(*dict.fromkeys(before + in_paths(fault, tables) for fault in error.faults)) from None


def added_approaches(framework: Framework) -> frozenset[str]:
    """The approaches that its base has not."""
    known = load_framework(framework.base).approach if framework.base else framework.approach
    return frozenset(framework.approach) - frozenset(known)


def known_bases() -> frozenset[str]:
    """The released versions that a framework can rest on."""
    return frozenset(folder.parent.name for folder in VERSIONS.glob("*/framework.toml"))


@cache
def base_tables(base: str) -> Tables:
    """The tables of a released version. They are never changed: `changed` takes a copy."""
    return tables_in(VERSIONS / base)


def changed(base: str, changes: Changes) -> tuple[Tables, frozenset[str]]:
    """The base's tables with these changes, and the questions that are switched off. Raises FrameworkError."""
    if len(changes) > MOST:
        raise FrameworkError(f"changes: {len(changes)} are more than {MOST:,}")
    tables: dict[str, Any] = deepcopy(dict(base_tables(base)))
    off, faults = set[str](), list[str]()
    for path in sorted(changes, key=lambda path: (path.count("."), path)):  # what is added comes before its parts
        value = deepcopy(changes[path])
        if wrong := list(value_faults(base, path, value)):
            faults += wrong
            continue
        try:
            _put(tables, base_tables(base), path, value, off)
        except (KeyError, TypeError, IndexError):
            faults.append(f"{path}: there is no such value")
        except ValueError as error:
            faults.append(f"{path}: {error}")
    if faults:
        raise FrameworkError(*faults)
    return tables, frozenset(off)


def _put(tables: dict[str, Any], base: Tables, path: str, value: Any, off: set[str]) -> None:
    """Changes one value in the tables. Raises ValueError with what is wrong, or KeyError where nothing stands there."""
    name, *way = path.split(".")
    if name not in PARTS:
        raise ValueError(f"there is no part {name!r}; the parts are {', '.join(PARTS)}")
    part = PARTS[name]
    if not part.key:
        _set_inside(inside(part, tables[part.file]), way, value, tables[part.file], part)
        return
    if not way:
        raise ValueError("needs the key of a row")
    found = row_in(part, tables, way[0])
    if len(way) == 1:
        if found:
            raise ValueError("is there already; change its values one by one")
        _add(tables, part, way[0], value)
    elif found is None:
        raise KeyError(way[0])
    elif way[1:] == [OFF]:
        _switch_off(part, way[0], found, value, off)
    elif way[1] in part.fixed and row_in(part, base, way[0]):
        raise ValueError(f"{way[1]} is what it is; add a new one instead")
    else:
        _set_inside(found[0], way[1:], value)


def _set_inside(table: Any, way: Sequence[str], value: Any, file: Any = None, part: Place | None = None) -> None:
    if not way:
        if part is None or file is None or isinstance(table, dict):
            raise ValueError("needs the name of a value")
        inside(replace(part, way=part.way[:-1]), file)[part.way[-1]] = value
        return
    for word in way[:-1]:
        table = table[word] if isinstance(table, dict) else _row(table, word)
    if not isinstance(table, dict):
        raise KeyError(way[-1])
    table[way[-1]] = value


def _row(rows: Any, key: str) -> Any:
    if not isinstance(rows, list):
        raise KeyError(key)
    return next(row for row in rows if isinstance(row, dict) and row.get("key") == key)


def _add(tables: dict[str, Any], part: Place, key: str, value: Any) -> None:
    if not isinstance(value, dict):
        raise ValueError("there is no such value, and what is added must be a table")
    if not _KEY.fullmatch(key):
        raise ValueError("the key of what is added must be small letters, digits and _, at most 40")
    row = {part.key: key} | value
    file = part.file
    if part.file == SECTIONS:
        section = row.pop("section", "")
        file = f"{SECTIONS}{section}.toml"
        if file not in tables:
            known = (name.removeprefix(SECTIONS).removesuffix(".toml") for name in files_of(part, tables))
            raise ValueError(f"needs a section, one of {', '.join(known)}")
        if row.get("place") != "answers" or row.get("kind") != "choice":
            raise ValueError('a question of one\'s own has place = "answers" and kind = "choice"')
    if part.own:
        inside(replace(part, way=part.own[:-1]), tables[file]).setdefault(part.own[-1], []).append(row)
    else:
        inside(part, tables[file]).append(row)


def _switch_off(part: Place, key: str, found: tuple[dict[str, Any], list[Any]], value: Any, off: set[str]) -> None:
    if value is not True:
        raise ValueError("must be true, or not stand there")
    if not part.can_be_off:
        raise ValueError("this cannot be switched off")
    row, rows = found
    if part.file != SECTIONS:
        rows.remove(row)
    elif row["place"] != "answers":
        raise ValueError("other things rest on this question: it cannot be switched off")
    else:
        off.add(key)


def value_faults(base: str, path: str, value: Any) -> Iterator[str]:
    """What is wrong with a value wherever it stands: its kind, its size, and blanks that nothing fills."""
    if not isinstance(path, str) or not re.fullmatch(r"[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*", path) or len(path) > 200:
        yield f"{str(path)[:80]!r}: is no path"
    elif isinstance(value, str):
        if len(value) > LONGEST:
            yield f"{path}: longer than {LONGEST:,} characters"
        elif _NOT_TEXT.search(value):
            yield f"{path}: has characters that are no text"
        else:
            known = _blanks_known(base)
            names = (blank.partition(":")[0] for blank in _BLANK.findall(value))
            yield from (f"{path}: nothing fills {{{name}}}" for name in names if name not in known)
            if "{" in (rest := _BLANK.sub("", value)) or "}" in rest:
                yield f"{path}: a brace stands alone"
    elif isinstance(value, bool):
        return
    elif isinstance(value, int | float):
        if not math.isfinite(value) or abs(value) > LARGEST:
            yield f"{path}: is no number that can be counted with"
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from value_faults(base, f"{path}.{key}", one)
    elif isinstance(value, list):
        for one in value:
            yield from value_faults(base, path, one)
    else:
        yield f"{path}: must be a text, a number, true, false, a list or a table"


@lru_cache(maxsize=4)
def _blanks_known(base: str) -> frozenset[str]:
    """Every name that stands in a blank of the base: what a figure of the framework or of an assessment fills."""
    found = set(load_framework(base).figures)

    def look(value: Any) -> None:
        if isinstance(value, str):
            found.update(blank.partition(":")[0] for blank in _BLANK.findall(value))
        elif isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                look(one)

    look(dict(base_tables(base)))
    return frozenset(found)


def default_at(base: str, path: str) -> Any:
    """What the base has at this path, None where it has nothing."""
    return at_path(base_tables(base), path)


def at_path(tables: Tables, path: str) -> Any:
    """What stands in these tables at a path, None where nothing does."""
    name, *way = path.split(".")
    part = PARTS[name]
    if not part.key:
        table: Any = inside(part, tables[part.file])
    else:
        found = row_in(part, tables, way[0]) if way else None
        table, way = (found[0] if found else None), way[1:]
    for word in way:
        if isinstance(table, dict):
            table = table.get(word)
        elif isinstance(table, list):
            table = next((row for row in table if isinstance(row, dict) and row.get("key") == word), None)
        else:
            return None
    return table
