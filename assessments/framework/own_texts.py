"""The texts of a team's own framework: what of its changes people read, and what is said for it in another language."""

import re
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from .loader import SHAPES, Tables
from .notation import ENGLISH, GERMAN
from .places import PARTS, files_of
from .schema import Section
from .wording import WORDS, Pair, blanks_wrong, words_in

LANGUAGES = (ENGLISH, GERMAN)
"""Those that a framework's own words can be in."""
ONE = (ENGLISH,)
"""What a framework is in that says nothing of it: its texts are shown to everybody, whatever they are in."""
Words = Mapping[str, Mapping[str, str]]
"""By language and path: what is said for the texts of the changes, which are in the first language of a framework."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """One text that people read, where it stands. A row without a key is named by its number, from 1."""

    path: str
    name: str
    """Of the field that it stands in."""
    text: str
    holder: Any
    """The table or the list that holds it, and under what."""
    at: Any


def own_texts(tables: Tables, changes: Iterable[str]) -> dict[str, OwnText]:
    """The texts that these changes have put into the tables, by their paths."""
    known = frozenset(changes)
    rows = frozenset(".".join(path.split(".")[:2]) for path in known)
    return {one.path: one for one in _texts_in(tables, rows) if _is_among(one.path, known)}


@cache
def built_in(base: str) -> frozenset[tuple[str, str]]:
    """The texts of a base by the names of their fields: they come in every language, wherever they stand."""
    return frozenset((one.name, one.text) for one in words_in(base, GERMAN).pairs if one.is_text)


def without_words(base: str, texts: Mapping[str, OwnText], said: Mapping[str, str]) -> tuple[OwnText, ...]:
    """The team's own texts for which nothing is said."""
    known = built_in(base)
    return tuple(one for one in texts.values() if one.path not in said and (one.name, one.text) not in known)


def lay(texts: Mapping[str, OwnText], said: Mapping[str, str]) -> None:
    """Puts what is said into the tables that the texts are of."""
    for path, text in said.items():
        texts[path].holder[texts[path].at] = text


def language_faults(languages: Sequence[str], words: Any) -> Iterator[str]:
    """What is wrong with the languages of a framework, and with what says that it has words in them."""
    known, several = set(LANGUAGES), list(languages) if isinstance(languages, list | tuple) else []
    if not several or len({*map(str, several)}) < len(several) or not all(one in known for one in several):
        yield f"languages: must be a list of {', '.join(LANGUAGES)}, each once, the main one first"
        return
    if not isinstance(words, Mapping):
        yield "words: must be a table of texts for each further language"
        return
    for language, said in words.items():
        if language not in several[1:]:
            yield f"words.{str(language)[:40]}: is no further language of this framework"
        elif not isinstance(said, Mapping):
            yield f"words.{language}: must be a table of texts by their paths"


def word_faults(language: str, texts: Mapping[str, OwnText], said: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with words in a further language beside the texts that they stand for."""
    for path, word in said.items():
        place, ours = f"words.{language}.{str(path)[:200]}", texts.get(path)
        if ours is None:
            yield f"{place}: stands for no text among the changes"
        elif not isinstance(word, str) or not word.strip():
            yield f"{place}: must be a text; leave it out where there is none"
        elif wrong := blanks_wrong(Pair(place=place, name=ours.name, text=ours.text, other=word, is_text=True)):
            yield f"{place}: {wrong}"


def carried_over(
    before: Mapping[str, OwnText], after: Mapping[str, OwnText], said: Mapping[str, str]
) -> dict[str, str]:
    """What is still said after a change: of texts that are gone nothing; a row without a key takes its words along."""
    found = {path: word for path, word in said.items() if path in after and not _list_of(path)}
    moved = {(_list_of(path), before[path].text): word for path, word in said.items() if path in before}
    for path, one in after.items():
        if (within := _list_of(path)) and (word := moved.get((within, one.text))):
            found[path] = word
    return found


def put(changes: dict[str, Any], path: str, text: str) -> None:
    """Another text among the changes, at the path of one that is there.

    >>> changes = {"guides.ours": {"stops": [{"text": "It grows"}]}, "gates.no_case.short": "No case"}
    >>> put(changes, "guides.ours.stops.1.text", "Es wächst")
    >>> put(changes, "gates.no_case.short", "Kein Fall")
    >>> changes
    {'guides.ours': {'stops': [{'text': 'Es wächst'}]}, 'gates.no_case.short': 'Kein Fall'}
    """
    way = path.split(".")
    starts = [count for count in range(1, len(way) + 1) if ".".join(way[:count]) in changes]
    holder: Any = changes
    at: Any = ".".join(way[: starts[-1]])
    for word in way[starts[-1] :]:
        holder, at = holder[at], word
        if isinstance(holder, list):
            named = (n for n, row in enumerate(holder) if isinstance(row, dict) and row.get("key") == word)
            at = next(named, int(word) - 1 if word.isdecimal() else 0)
    holder[at] = text


def _list_of(path: str) -> str:
    """The list in which a text stands in a row without a key, and what it is there; empty where it does not.

    >>> _list_of("guides.ours.stops.2.text"), _list_of("guides.ours.works.text")
    ('guides.ours.stops.#.text', '')
    """
    found = re.sub(r"\.\d+(?=\.|$)", ".#", path)
    return "" if found == path else found


def _is_among(path: str, changes: frozenset[str]) -> bool:
    words = path.split(".")
    return any(".".join(words[:count]) in changes for count in range(1, len(words) + 1))


def _texts_in(tables: Tables, rows: frozenset[str]) -> Iterator[OwnText]:
    """Those of these rows, each the part and a key."""
    named = {row.partition(".")[0] for row in rows}
    for name, part in ((name, PARTS[name]) for name in PARTS if name in named):
        for file in files_of(part, tables):
            for way in filter(None, (part.way, part.own)):
                table, kind, field = tables[file], SHAPES.get(file, Section), ""
                is_text = False
                for word in way:
                    is_text, kind, field = _field(kind, word)
                    table = table.get(word) if isinstance(table, dict) else None
                found = _texts_of(name, field, table, kind, is_text=is_text, key=part.key or "key", rows=rows)
                yield from found


def _texts_of(
    path: str, name: str, value: Any, kind: Any, *, is_text: bool, key: str = "key", rows: frozenset[str] | None = None
) -> Iterator[OwnText]:
    """Every text in a table or a list; of one that has the rows of a part only those that are asked for."""
    if isinstance(value, list):
        inner = _inner(kind)
        for number, row in enumerate(value):
            named = row.get(key) if isinstance(row, dict) else None
            here = f"{path}.{named or number + 1}"
            if rows is None or here in rows:
                yield from _text(here, name, value, number, inner, is_text=is_text)
    elif isinstance(value, dict):
        for word in value:
            if rows is None or f"{path}.{word}" in rows:
                its, inner, field = _field(kind, word) if is_dataclass(kind) else (is_text, _inner(kind), name)
                yield from _text(f"{path}.{word}", field, value, word, inner, is_text=its)


def _text(path: str, name: str, holder: Any, at: Any, kind: Any, *, is_text: bool) -> Iterator[OwnText]:
    value = holder[at]
    if not isinstance(value, str):
        yield from _texts_of(path, name, value, kind, is_text=is_text)
    elif is_text and value:
        yield OwnText(path=path, name=name, text=value, holder=holder, at=at)


def _field(shape: Any, word: str) -> tuple[bool, Any, str]:
    """Whether a field of a shape is a text, what it is made of, and its name."""
    return word in WORDS.get(shape.__name__, ()), _kind(_hints(shape).get(word)), word


@cache
def _hints(shape: type) -> Mapping[str, Any]:
    return get_type_hints(shape)


def _kind(hint: Any) -> Any:
    """A type without the None that may stand for it."""
    if get_origin(hint) in (Union, types.UnionType):
        return next((one for one in get_args(hint) if one is not type(None)), None)
    return hint


def _inner(kind: Any) -> Any:
    """What the rows of a list or the values of a table are."""
    args = get_args(kind)
    return _kind(args[-1] if args and args[-1] is not Ellipsis else args[0] if args else None)
