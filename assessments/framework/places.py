"""What of a framework a team can change: the parts by name, where each stands in the files, and what stays as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .loader import SECTIONS, Tables

OFF = "off"
"""The last word of a path that switches something off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One part: the file and the tables in it that lead there, and what its rows are known by."""

    file: str
    way: tuple[str, ...]
    key: str = ""
    """The word that names a row; empty where a part is one table, or one list."""
    fixed: frozenset[str] = frozenset()
    """What is not changed in a row that the base has: answers that are stored rest on it."""
    can_be_off: bool = False
    own: tuple[str, ...] = ()
    """What leads to the list of a team's own rows, where they are kept apart."""


PARTS: Mapping[str, Place] = {
    "questions": Place(
        file=SECTIONS,
        way=("questions",),
        key="key",
        fixed=frozenset({"key", "kind", "place", "derived", "options", "columns", "source", "group"}),
        can_be_off=True,
    ),
    "thresholds": Place(file="framework.toml", way=("thresholds",)),
    "approaches": Place(
        file="approaches.toml", way=("approaches",), key="key", fixed=frozenset({"key", "tuning", "owned"})
    ),
    "criteria": Place(file="approaches.toml", way=("matrix", "criteria"), key="key", fixed=frozenset({"key", "group"})),
    "fit": Place(file="approaches.toml", way=("matrix", "fit")),
    "left": Place(file="approaches.toml", way=("matrix", "left")),
    "tried": Place(file="approaches.toml", way=("matrix", "tried")),
    "gates": Place(file="gates.toml", way=("gates",), key="key", fixed=frozenset({"key"}), can_be_off=True),
    "deciding": Place(file="gates.toml", way=("deciding",)),
    "priors": Place(file="gates.toml", way=("priors",)),
    "goals": Place(file="goals.toml", way=("goals",), key="key", fixed=frozenset({"key"})),
    "leaves": Place(file="framework.toml", way=("leaves",), key="key", fixed=frozenset({"key", "name", "short"})),
    "costs": Place(file="approach_costs.toml", way=("approaches",), key="approach", fixed=frozenset({"approach"})),
    "guides": Place(file="guidance.toml", way=("approaches",), key="key", fixed=frozenset({"key"})),
    "plans": Place(file="plan.toml", way=("plans",), key="key", fixed=frozenset({"key", "phases", "when"})),
    "counts_as": Place(file="precedents.toml", way=("counts_as",)),
    "precedents": Place(
        file="precedents.toml",
        way=("cases",),
        key="key",
        fixed=frozenset({"key"}),
        can_be_off=True,
        own=("own",),
    ),
}
"""By the first word of a path."""


def files_of(part: Place, tables: Tables) -> list[str]:
    """The files in which rows of this part stand."""
    return [name for name in tables if name.startswith(SECTIONS)] if part.file == SECTIONS else [part.file]


def inside(part: Place, table: Any) -> Any:
    """The table or list of this part in its file."""
    for word in part.way:
        table = table[word]
    return table


def own_rows(part: Place, table: Any) -> list[dict[str, Any]]:
    """The rows of a team's own that a part keeps apart."""
    for word in part.own:
        table = table.get(word, [])
    return table if part.own else []


def row_in(part: Place, tables: Tables, key: str) -> tuple[dict[str, Any], list[Any]] | None:
    """The row of that key and the list that it stands in, or None."""
    for name in files_of(part, tables):
        for rows in (inside(part, tables[name]), own_rows(part, tables[name])):
            for row in rows:
                if row.get(part.key) == key:
                    return row, rows
    return None


def in_paths(fault: str, tables: Tables) -> str:
    """A fault of the files, with its place as a path of what a team can change.

    >>> in_paths("gates.toml: two_against.when: no fact dear", {})
    'gates.two_against.when: no fact dear'
    >>> in_paths("goals.toml: not whole @ $.goals[0].steps", {"goals.toml": {"goals": [{"key": "tone"}]}})
    'goals.tone.steps: not whole'
    """
    file, _, rest = fault.partition(": ")
    sentence, marked, way = rest.partition(" @ $.")
    if marked:
        rest = f"{'.'.join(_words(tables.get(file), way))}: {sentence}"
    for name, part in PARTS.items():
        here = file == part.file or (part.file == SECTIONS and file.startswith(SECTIONS))
        for way in filter(None, (".".join(part.way), ".".join(part.own))):
            if here and rest.startswith((f"{way}.", f"{way}:")):
                return f"{name}{rest.removeprefix(way)}"
    stem = file.removesuffix(".toml")
    if file == "sections" or file.startswith(SECTIONS):
        return f"questions.{rest}"
    return f"{stem}.{rest}" if stem in PARTS and ": " in rest else f"{stem}: {rest}"


def _words(table: Any, way: str) -> Iterator[str]:
    """The words of a place that cattrs tells, with the key of a row for its number."""
    for word in way.split("."):
        name, _, number = word.partition("[")
        yield name
        table = table.get(name) if isinstance(table, dict) else None
        if number:
            place = int(number.rstrip("]").partition("]")[0].strip("'\""))
            table = table[place] if isinstance(table, list) and place < len(table) else None
            key = next((table[key] for key in ("key", "approach") if key in table), "") if table else ""
            yield str(key or place)
