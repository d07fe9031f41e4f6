"""A document as values by their paths, and back: `answers.brand_voice`, `costs.detailed.hybrid.accuracy`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .answers import Strength

FORMAT = "ftdecide/assessment"
VERSION = 1
TABLES = ("use_case", "answers", "failures", "readiness", "targets", "legal", "pilot", "release")
"""The parts of a document that are one table of values."""
COMPARISON = "comparison"
WHOLE = ("override_weeks", "data", COMPARISON)
"""The parts of a document that are one value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """All that a document says of one value, as JSON values: what it is, what shows it, and where it came from.

    A range is a table of low, likely and high; a tick is True. The evidence of a cell of the matrix is its reason.
    """

    value: Any
    evidence: str = ""
    link: str = ""
    strength: Strength = "opinion"
    origin: Any = ""
    """A word, or a table of `kind` and facts (origins.py); empty for what somebody typed."""

    @property
    def is_bare(self) -> bool:
        """Whether nothing shows it."""
        return not self.evidence and not self.link and self.strength == "opinion"


def values_of(document: Mapping[str, Any]) -> dict[str, Stated]:
    """Every value of a document that has been checked, by its path.

    >>> values_of({"use_case": {"name": "A"}, "answers": {"brand_voice": {"value": "yes", "evidence": "seen"}}})
    ... # doctest: +NORMALIZE_WHITESPACE
    {'use_case.name': Stated(value='A', evidence='', link='', strength='opinion', origin=''),
     'answers.brand_voice': Stated(value='yes', evidence='seen', link='', strength='opinion', origin='')}
    """
    origins = document.get("origins", {})
    return {path: Stated(**_parts(raw), origin=origins.get(path, "")) for path, raw in _paths(document)}


def document_of(values: Mapping[str, Stated]) -> dict[str, Any]:
    """The document that says this, with its parts in the order of `values`: `values_of`, backwards.

    >>> document_of({"matrix.overrides.tools.latency": Stated(value=4, evidence="Measured")})
    ... # doctest: +NORMALIZE_WHITESPACE
    {'format': 'ftdecide/assessment', 'version': 1,
     'matrix': {'overrides': [{'approach': 'tools', 'criterion': 'latency', 'score': 4, 'reason': 'Measured'}]}}
    """
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for path, stated in values.items():
        match path.split("."):
            case ["matrix", "overrides", approach, criterion]:
                cell = {"approach": approach, "criterion": criterion, "score": stated.value, "reason": stated.evidence}
                _list(document, "matrix", "overrides").append(cell | _shown_by(stated, "link", "strength"))
            case ["checks", checklist, point]:
                _list(document, "checks", checklist).append(point)
            case ["costs", "detailed", approach] if stated.value is True:
                _table(document, "costs", "detailed", "approaches", approach)
            case ["costs", "detailed", approach, key]:
                _table(document, "costs", "detailed", "approaches", approach)[key] = _json(stated)
            case [*tables, key]:
                _table(document, *tables)[key] = _json(stated)
    if origins := {path: stated.origin for path, stated in values.items() if stated.origin}:
        document["origins"] = origins
    return document


def _paths(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every path, with what stands there."""
    for part in TABLES:
        yield from ((f"{part}.{key}", raw) for key, raw in document.get(part, {}).items())
    yield from ((part, document[part]) for part in WHOLE if part in document)
    costs = dict(document.get("costs", {}))
    summary, detailed = costs.pop("summary", {}), dict(costs.pop("detailed", {}))
    yield from ((f"costs.{key}", raw) for key, raw in costs.items())
    yield from ((f"costs.summary.{key}", raw) for key, raw in summary.items())
    approaches = detailed.pop("approaches", {})
    yield from ((f"costs.detailed.{key}", raw) for key, raw in detailed.items())
    for approach, own in approaches.items():
        yield f"costs.detailed.{approach}", True
        yield from ((f"costs.detailed.{approach}.{key}", raw) for key, raw in own.items())
    matrix = document.get("matrix", {})
    yield from ((f"matrix.weights.{key}", raw) for key, raw in matrix.get("weights", {}).items())
    for row in matrix.get("overrides", ()):
        cell = {"value": row["score"], "evidence": row["reason"]}
        more = {key: row[key] for key in ("link", "strength") if key in row}
        yield f"matrix.overrides.{row['approach']}.{row['criterion']}", cell | more
    for checklist, points in document.get("checks", {}).items():
        yield from ((f"checks.{checklist}.{point}", True) for point in points)


def _parts(raw: Any) -> dict[str, Any]:
    return raw if isinstance(raw, dict) and "value" in raw else {"value": raw}


def _json(stated: Stated) -> Any:
    """The value alone where nothing shows it."""
    if stated.is_bare:
        return stated.value
    return {"value": stated.value, **_shown_by(stated, "evidence", "link", "strength")}


def _shown_by(stated: Stated, *names: str) -> dict[str, str]:
    """What shows it, without what is empty."""
    said = {name: getattr(stated, name) for name in names}
    return {name: text for name, text in said.items() if text and (name, text) != ("strength", "opinion")}


def _table(document: dict[str, Any], *keys: str) -> dict[str, Any]:
    for key in keys:
        document = document.setdefault(key, {})
    return document


def _list(document: dict[str, Any], part: str, key: str) -> list[Any]:
    rows: list[Any] = _table(document, part).setdefault(key, [])
    return rows
