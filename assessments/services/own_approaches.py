"""An approach of a team's own: everything that a draft says of it, added and taken out together."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from assessments.framework.changes import at_path, changed
from assessments.framework.loader import Tables
from assessments.framework.places import PARTS, inside
from assessments.models import TeamFramework

from .own_frameworks import DraftEntry, value_at


def entries_to_add(framework: TeamFramework, key: str, like: str, said: Mapping[str, Any]) -> list[DraftEntry]:
    """What makes an approach of this key. What is not said of it, by path, is taken over from the one it is like."""
    tables, _off = changed(framework.base, framework.changes)
    found: dict[str, Any] = {}
    for path in _paths(tables, key):
        its_own = path.startswith(("approaches.", "tried.", "left."))
        taken_over = None if its_own else at_path(tables, _of(path, key, like))
        parts = {way.removeprefix(f"{path}."): value for way, value in said.items() if way.startswith(f"{path}.")}
        if isinstance(taken_over, dict) or parts:
            kept = {name: one for name, one in deepcopy(taken_over or {}).items() if name not in ("key", "approach")}
            found[path] = kept | parts
        elif (value := said.get(path, taken_over)) is not None:
            found[path] = deepcopy(value)
    found[f"approaches.{key}"] = {"tuning": False} | found.get(f"approaches.{key}", {})
    entries = [DraftEntry(path=path, value=value, seen=None) for path, value in found.items()]
    for path, names in _plans(tables):
        if like in names:
            entries.append(DraftEntry(path=path, value=[*names, key], seen=value_at(framework, path)))
    return entries


def entries_to_take_out(framework: TeamFramework, key: str) -> list[DraftEntry]:
    """What leaves nothing of an approach of one's own. Gates that name it have to let it go before."""
    tables, _off = changed(framework.base, framework.changes)
    entries = [
        DraftEntry(path=path, value=None, seen=value_at(framework, path))
        for path in _paths(tables, key)
        if value_at(framework, path) is not None
    ]
    for path, names in _plans(tables):
        if key in names:
            left = [name for name in names if name != key]
            entries.append(DraftEntry(path=path, value=left, seen=value_at(framework, path)))
    return entries


def speaks_of(path: str, key: str) -> bool:
    """Whether a value is one of this approach's."""
    return key in path.split(".")


def _paths(tables: Tables, key: str) -> Iterator[str]:
    """Everywhere where something can be said of an approach."""
    matrix = tables["approaches.toml"]
    yield from (f"{part}.{key}" for part in ("approaches", "costs", "guides", "counts_as", "tried"))
    yield f"left.others.{key}"
    for row in inside(PARTS["criteria"], matrix):
        if "scores" in row:
            yield f"criteria.{row['key']}.scores.{key}"
    yield from (f"fit.{mode}.{key}" for mode in inside(PARTS["fit"], matrix))


def _of(path: str, key: str, other: str) -> str:
    return ".".join(other if word == key else word for word in path.split("."))


def _plans(tables: Tables) -> Iterator[tuple[str, list[str]]]:
    for plan in inside(PARTS["plans"], tables["plan.toml"]):
        yield f"plans.{plan['key']}.approaches", plan["approaches"]
