"""What is wrong with what was sent for a part of a framework, each fault at the field that it is about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .approaches import NEW
from .edited import EditedPart, EditedRow, EditedValue


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedFault:
    words: str
    field: str = ""
    """The id of the field; empty where none of the page is meant."""
    sentence: str = ""
    """What stands beside the field."""


def fault_of(part: EditedPart, value: EditedValue, sentence: str) -> PlacedFault:
    """A fault of one value, under the name of its row where it has several."""
    row = next((row for row in part.rows if value.path in {one.path for one in _values(row)}), None)
    name = value.label if row is None or row.is_short else f"{row.title}: {value.label}"
    return PlacedFault(words=f"{name}: {sentence}", field=value.path, sentence=sentence)


def placed_faults(part: EditedPart, faults: Iterable[str], added: str = "") -> Iterator[PlacedFault]:
    """The faults of a draft, whose places are paths, in the words of the page. `added` is the key of a new row."""
    for fault in faults:
        path, _colon, sentence = fault.partition(": ")
        if said := part.words.get(path):
            yield PlacedFault(words=f"{said.label}: {sentence}", field=path, sentence=sentence)
            continue
        value = _value_at(part, path, added)
        yield fault_of(part, value, sentence) if value else PlacedFault(words=fault)


def _value_at(part: EditedPart, path: str, added: str) -> EditedValue | None:
    """The value at the path, the first below it, or the one that it is inside of."""
    known = {value.path: value for row in part.rows for value in _values(row)}
    if added:
        known = {_path_of_new(part, value, added): value for value in part.new}
    found = (key for key in known if key == path or key.startswith(f"{path}.") or path.startswith(f"{key}."))
    return known.get(next(found, ""))


def _path_of_new(part: EditedPart, value: EditedValue, key: str) -> str:
    rest = value.path.removeprefix("new.")
    name = part.key.partition("-")[0]
    return rest.replace(NEW, key) if name == "approaches" else f"{name}.{key}.{rest}"


def _values(row: EditedRow) -> Iterator[EditedValue]:
    yield from row.values
    if row.off:
        yield row.off
