"""Which kind of file it is, told by what it holds and never by its name."""

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, cast

import msgspec

from .one_file import CannotRead, OpenFile, Reader
from .open_file import has_archives, is_zip, open_zip
from .whole_json import whole_json

_FIRST_BYTES = 65_536
_FIRST_LINES = 50
_LONGEST_LINE = 1 << 20
_KEYS_NAMED = 8
_MARK = b"\xef\xbb\xbf"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""Also what a workbook with a password is kept in."""
_NO_TEXT = (
    *(b"%PDF", b"PAR1", b"ARROW1", b"SQLite format", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf"),
    *(b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"),
)
"""How documents, databases, pictures and packed files begin."""
_YAML = re.compile(rb"(?:---\s|evalId:\s|results:\s|version:\s|description:\s|prompts:\s|providers:\s|tests:\s)")
_BEGINS_JSON = re.compile(rb'[\[{]\s*(?:[\[{"\]}\d]|-\d|true|false|null)')

_ANY_JSON = cast("type[dict[str, msgspec.Raw] | list[msgspec.Raw]]", dict[str, msgspec.Raw] | list[msgspec.Raw])

TRAINING_KEYS = (
    {"messages"},
    {"contents"},
    {"conversations"},
    {"instruction", "output"},
    {"prompt", "completion"},
    {"chosen", "rejected"},
    {"preferred_output", "non_preferred_output"},
)
"""A line that has all keys of one of these is training data, unless it says how something was graded."""
_TRAINING_COLUMNS = ({"prompt", "completion"}, {"instruction", "output"}, {"prompt", "chosen", "rejected"})
_GRADED_KEYS = {
    *("pass", "passed", "score", "success", "correct", "latency", "latency_ms", "variant"),
    *("failure", "failure_mode", "error"),
}
_BESIDE_TEXT = {"text", "id", "label", "meta", "metadata", "source"}


def reader_of(file: OpenFile) -> Reader:
    """Reads this file. Raises CannotRead where no reader does."""
    return _reader(kind_of(file))


def kind_of(file: OpenFile) -> str:
    """The module that reads this file. Raises CannotRead where none does."""
    with file.path.open("rb") as opened:
        head = opened.read(_FIRST_BYTES)
    if not head.strip(b"\0 \t\r\n"):
        raise CannotRead("empty")
    if head.startswith((b"\xff\xfe{", b"\xff\xfe[", b"\xfe\xff\0{", b"\xfe\xff\0[")):
        raise CannotRead("json_not_utf_8")
    if is_zip(head):
        return _zip_kind(file)
    if head.startswith(_OLD_EXCEL):
        raise CannotRead("old_excel")
    if head.startswith(_NO_TEXT):
        raise CannotRead("no_text")
    text = head.removeprefix(_MARK).lstrip()
    if text.startswith(b"<"):
        raise CannotRead("markup")
    if text.startswith((b"{", b"[")):
        kind = _json_kind(file, text)
        if kind:
            return kind
    if _YAML.match(text):
        raise CannotRead("yaml")
    return _table_kind(head)


def _reader(module: str) -> Reader:
    """Modules are loaded when they are needed: each file needs one, and memory is limited."""
    found: Reader = import_module(f"assessments.reading.{module}").read
    return found


def _zip_kind(file: OpenFile) -> str:
    with open_zip(file) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return "tables"
        if names & {"header.json", "_journal/start.json"}:
            return "inspect_ai"
        if has_archives(archive):
            raise CannotRead("nested_archive")
        raise CannotRead("unknown_zip", names=_named(sorted(names)))


def _json_kind(file: OpenFile, text: bytes) -> str:
    """Empty where it is no JSON at all."""
    line, _, rest = text.partition(b"\n")
    if rest.strip() and (keys := _keys(msgspec.Raw(line.strip()))):
        return _line_kind(keys)  # without going through the whole file
    try:
        whole = whole_json(file, _ANY_JSON)
    except CannotRead as error:
        first = next(_objects(file), None)
        if first:
            return _line_kind(first)
        if error.said.code != "broken_json" or _BEGINS_JSON.match(text):
            raise
        return ""
    return _object_kind(whole) if isinstance(whole, dict) else _list_kind(whole)


def _object_kind(top: dict[str, msgspec.Raw]) -> str:
    keys = top.keys()
    if "results" in keys and {"version", "results"} <= _keys(top["results"]):
        return "promptfoo"
    if {"eval", "plan", "status"} <= keys:
        return "inspect_ai"
    if "results" in keys and keys & {"versions", "lm_eval_version"}:
        return "lm_eval"
    if {"testCases", "testPassed"} <= keys:
        return "deepeval"
    kind = _line_kind(keys)
    if kind == "tables":
        raise CannotRead("unknown_json", keys=_named(keys))
    return kind


def _list_kind(items: list[msgspec.Raw]) -> str:
    if not items:
        raise CannotRead("nothing_in_it")
    for item in items[:_FIRST_LINES]:
        if keys := _keys(item):
            return _line_kind(keys)
    raise CannotRead("list_of_no_objects")


def _keys(raw: msgspec.Raw) -> set[str]:
    """Of an object; nothing for any other value."""
    try:
        return set(msgspec.json.decode(raw, type=dict[str, msgspec.Raw]))
    except (msgspec.DecodeError, RecursionError):
        return set()


def _line_kind(keys: Iterable[str]) -> str:
    keys = set(keys)
    if "spec" in keys and not keys & _GRADED_KEYS:
        return "openai_evals"
    if {"doc_id", "filter"} <= keys:
        return "lm_eval"
    if {"promptIdx", "testIdx"} <= keys:
        return "promptfoo"
    return "training" if is_training(keys) else "tables"


def is_training(keys: set[str]) -> bool:
    if any(layout <= keys for layout in TRAINING_KEYS):
        return not keys & _GRADED_KEYS
    return "text" in keys and keys <= _BESIDE_TEXT


def _objects(file: OpenFile) -> Iterator[set[str]]:
    """The keys of those among the first lines that are objects."""
    with file.path.open("rb") as opened:
        for place in range(_FIRST_LINES):
            line = opened.readline(_LONGEST_LINE)
            if not line:
                return
            keys = _keys(msgspec.Raw((line.removeprefix(_MARK) if not place else line).strip()))
            if keys:
                yield keys


def _table_kind(head: bytes) -> str:
    """What a delimited table is, by its first line."""
    line = head.removeprefix(_MARK).split(b"\n", 1)[0].decode(errors="replace")
    names = {part.strip().strip('"').casefold() for part in re.split(r"[,;\t|]", line)}
    if any(layout <= names for layout in _TRAINING_COLUMNS) and not names & _GRADED_KEYS:
        return "training"
    if re.search(r'(?:^|[,;\t])"?\[[^\]]+\] ', line) and _says_outcome(head):
        return "promptfoo"
    return "tables"


def _says_outcome(head: bytes) -> bool:
    """Whether the columns or the cells say pass or fail as promptfoo does."""
    return b",Status,Score," in head or b"[PASS] (" in head or b"[FAIL] (" in head


def _named(names: Iterable[Any]) -> str:
    """A few names, each short.

    >>> _named(["a", "b"]), _named("abcdefghij")
    ('a, b', 'a, b, c, d, e, f, g, h, …')
    """
    listed = [str(name)[:60] for name in names]
    return ", ".join([*listed[:_KEYS_NAMED], *(["…"] if len(listed) > _KEYS_NAMED else [])])
