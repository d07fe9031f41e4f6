"""Tables whose rows are objects: JSON lines, and lists of objects."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import msgspec

from .one_file import CannotRead, OpenFile
from .table import MOST_COLUMNS, Cell, FaultList, NumberedRow, ReadTable
from .text_file import MOST_CHARACTERS
from .whole_json import whole_json, without_nan

_DEEPEST = 3
_MARK = b"\xef\xbb\xbf"
Objects = Iterator[tuple[int, Mapping[str, Any]]]


def object_table(file: OpenFile) -> ReadTable:
    """The table of a file of objects; values within an object are columns with a dot. Raises CannotRead."""
    is_list = _begins_list(file)
    objects = partial(_listed, whole_json(file, list[msgspec.Raw])) if is_list else partial(_lines, file)
    names: dict[str, None] = {}
    count = 0
    for _, found in objects(FaultList()):
        count += 1
        for name in flat(found):
            names.setdefault(name)
        if len(names) > MOST_COLUMNS:
            raise CannotRead("too_many_columns", columns=len(names), most=MOST_COLUMNS)
    if not names:
        raise CannotRead("nothing_to_read")

    def rows(faults: FaultList) -> Iterator[NumberedRow]:
        for number, found in objects(faults):
            cells = flat(found)
            yield NumberedRow(number, [cells.get(name) for name in names])

    return ReadTable(layout="json_list" if is_list else "jsonl", names=tuple(names), rows=rows, expected_rows=count)


def flat(found: Mapping[str, Any], before: str = "", depth: int = 1) -> dict[str, Cell]:
    """Values by name, those of objects within by a name with dots; lists are their JSON.

    >>> flat({"id": 7, "score": {"label": 1.0, "odd": None}, "tags": ["a"]})
    {'id': 7.0, 'score.label': 1.0, 'score.odd': None, 'tags': '["a"]'}
    """
    cells: dict[str, Cell] = {}
    for key, value in found.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and value and depth < _DEEPEST:
            cells |= flat(value, f"{name}.", depth + 1)
        elif isinstance(value, bool | str) or value is None:
            cells[name] = value
        elif isinstance(value, int | float):
            cells[name] = _number(value)
        else:
            cells[name] = msgspec.json.encode(value).decode()
    return cells


def _number(value: int | float) -> Cell:
    try:
        return float(value)
    except OverflowError:
        return None


def _begins_list(file: OpenFile) -> bool:
    with file.path.open("rb") as opened:
        return opened.read(MOST_CHARACTERS).removeprefix(_MARK).lstrip().startswith(b"[")


def _listed(items: list[msgspec.Raw], faults: FaultList) -> Objects:
    for place, item in enumerate(items, 1):
        yield from _decoded(place, bytes(item), faults)


def _lines(file: OpenFile, faults: FaultList) -> Objects:
    with file.path.open("rb") as opened:
        number = 0
        while line := opened.readline(MOST_CHARACTERS):
            number += 1
            if len(line) == MOST_CHARACTERS and not line.endswith(b"\n"):
                while (rest := opened.readline(MOST_CHARACTERS)) and not rest.endswith(b"\n"):
                    pass
                faults.add(number, "too_long")
                continue
            text = (line.removeprefix(_MARK) if number == 1 else line).strip()
            if text:
                yield from _decoded(number, text, faults)


def _decoded(number: int, text: bytes, faults: FaultList) -> Objects:
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        try:
            value = without_nan(text, object)
        except (CannotRead, UnicodeDecodeError):
            faults.add(number, "not_json")
            return
    except RecursionError:
        faults.add(number, "too_deep")
        return
    if isinstance(value, dict):
        yield number, value
    else:
        faults.add(number, "no_object")
