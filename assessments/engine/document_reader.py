"""Takes a raw document apart into values by their paths, and collects every fault with its place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assessments.framework.schema import Field, Framework

from .answers import STRENGTHS
from .economics.inputs import STATUS_QUO
from .fields import (
    Fault,
    choice_fault,
    faults_across,
    faults_in,
    fields_by_table,
    fields_of,
    key_faults,
    link_fault,
    rows_fault,
    text_fault,
)
from .origins import origin_faults
from .paths import FORMAT, TABLES, VERSION, WHOLE, Stated

_PARTS = ("format", "version", *TABLES, *WHOLE, "costs", "matrix", "checks", "origins")
_STATED = ("value", "evidence", "link", "strength")
_CELL = ("approach", "criterion", "score", "reason")
_DETAILED = "costs.detailed"


class DocumentReader:
    """Reads one document. What is sound is in `values`, what is not in `faults`, in the order of the document."""

    def __init__(self, framework: Framework):
        self.framework = framework
        self.fields = fields_of(framework)
        self.tables = fields_by_table(framework)
        self.values: dict[str, Stated] = {}
        self.faults: dict[str, None] = {}
        self.stated: set[str] = set()
        """The paths of all values, the faulty ones, too."""

    def read(self, raw: Any) -> None:
        document = self._table(raw, "document", _PARTS)
        if document is None:
            return
        if document.get("format") != FORMAT:
            self._fault("format", f'must be "{FORMAT}"')
        if document.get("version") != VERSION or isinstance(document.get("version"), bool):
            self._fault("version", f"must be {VERSION}")
        for part in TABLES:
            self._values(document.get(part, {}), part)
        if isinstance(document.get("use_case", {}), dict) and "use_case.name" not in self.stated:
            self._fault("use_case.name", "must be there")
        for part in WHOLE:
            if part in document:
                self._value(self.fields[part], document[part], part)
        self._costs(document.get("costs", {}))
        matrix = self._table(document.get("matrix", {}), "matrix", ("weights", "overrides")) or {}
        self._values(matrix.get("weights", {}), "matrix.weights")
        self._cells(matrix.get("overrides", []))
        self._checks(document.get("checks", {}))
        self._origins(document.get("origins", {}))
        for path, sentence in faults_across(self.values):
            # Between values, the only faults of the detailed costs are those of approaches.
            self._fault(path.replace(f"{_DETAILED}.", f"{_DETAILED}.approaches."), sentence)

    def _costs(self, raw: Any) -> None:
        costs = self._values(raw, "costs", besides=("summary", "detailed"))
        self._values(costs.get("summary", {}), "costs.summary")
        if "detailed" not in costs:
            return
        place = f"{_DETAILED}.approaches"
        detailed = self._values(costs["detailed"], _DETAILED, besides=("approaches",))
        approaches = self._table(detailed.get("approaches", {}), place, (STATUS_QUO, *self.framework.approach)) or {}
        for name, own in approaches.items():
            self._state(f"{_DETAILED}.{name}", Stated(value=True))
            self._values(own, f"{_DETAILED}.{name}", place=f"{place}.{name}")
        if STATUS_QUO not in approaches:
            self._fault(f"{place}.{STATUS_QUO}", "must be there")

    def _cells(self, raw: Any) -> None:
        """The cells of the matrix that the team scored itself."""
        criteria = [criterion.key for criterion in self.framework.matrix.criteria]
        for i, row in enumerate(self._rows(raw, "matrix.overrides")):
            place, before = f"matrix.overrides[{i}]", len(self.faults)
            if not isinstance(row, dict):
                self._fault(place, "must be an object")
                continue
            self._faults_at(place, key_faults(row, _CELL, ("link", "strength")))
            for key, allowed in (("approach", tuple(self.framework.approach)), ("criterion", criteria)):
                if key in row and (sentence := choice_fault(row[key], allowed)):
                    self._fault(f"{place}.{key}", sentence)
            shown = self._shown_by(row, place, evidence="reason")
            if "score" in row:
                self._faults_at(f"{place}.score", faults_in(self._any_cell, row["score"]))
            if len(self.faults) == before:
                path = f"matrix.overrides.{row['approach']}.{row['criterion']}"
                if path in self.stated:
                    self._fault(place, "scores a cell twice")
                self._state(path, Stated(value=row["score"], **shown))

    @property
    def _any_cell(self) -> Field:
        """All cells have the same bounds."""
        first = self.framework.approaches[0].key, self.framework.matrix.criteria[0].key
        return self.fields[f"matrix.overrides.{'.'.join(first)}"]

    def _checks(self, raw: Any) -> None:
        """The points of checklists that are ticked."""
        checklists = [checklist.key for checklist in self.framework.guide.checklists]
        for key, points in (self._table(raw, "checks", checklists) or {}).items():
            place = f"checks.{key}"
            for i, point in enumerate(self._rows(points, place)):
                if sentence := choice_fault(point, tuple(self.tables[place])):
                    self._fault(f"{place}[{i}]", sentence)
                elif f"{place}.{point}" in self.stated:
                    self._fault(place, "names a point twice")
                else:
                    self._state(f"{place}.{point}", Stated(value=True))

    def _origins(self, raw: Any) -> None:
        """Where values came from: only of values that are there."""
        for path, origin in (self._table(raw, "origins", self.stated) or {}).items():
            faults = origin_faults(origin)
            self._faults_at(f"origins.{path}", faults)
            if path in self.values and not faults:
                self.values[path] = replace(self.values[path], origin=origin)

    def _values(self, raw: Any, table: str, *, place: str = "", besides: Sequence[str] = ()) -> dict[str, Any]:
        """Reads one table of values; what stands there beside them is left to the caller."""
        known, place = self.tables.get(table, {}), place or table
        found = self._table(raw, place, known, besides)
        if found is None:
            return {}
        for key, value in found.items():
            if key in known:
                self._value(known[key], value, place, f".{key}")
        return found

    def _value(self, field: Field, raw: Any, place: str, key: str = "") -> None:
        before, shown = len(self.faults), {}
        self.stated.add(field.path)
        if isinstance(raw, dict) and field.takes_evidence and (field.choices or not raw.keys().isdisjoint(_STATED)):
            place, key = f"{place}{key}", ".value"
            self._faults_at(place, key_faults(raw, ("value",), _STATED[1:]))
            shown = self._shown_by(raw, place)
            if "value" not in raw:
                return
            raw = raw["value"]
        if faults := faults_in(field, raw):
            self._faults_at(f"{place}{key}", faults)
        if len(self.faults) == before:
            self.values[field.path] = Stated(value=raw, **shown)

    def _shown_by(self, raw: Mapping[str, Any], place: str, evidence: str = "evidence") -> dict[str, Any]:
        """What shows a value. Its evidence may stand under another key."""
        shown = {"evidence": raw.get(evidence, ""), "link": raw.get("link", "")}
        strength = raw.get("strength", "opinion")
        for key, sentence in (
            (evidence, text_fault(shown["evidence"])),
            ("link", link_fault(shown["link"])),
            ("strength", choice_fault(strength, STRENGTHS)),
        ):
            if sentence:
                self._fault(f"{place}.{key}", sentence)
        return {**shown, "strength": strength}

    def _state(self, path: str, stated: Stated) -> None:
        self.stated.add(path)
        self.values[path] = stated

    def _table(
        self, raw: Any, place: str, known: Collection[str], besides: Sequence[str] = ()
    ) -> dict[str, Any] | None:
        if not isinstance(raw, dict):
            self._fault(place, "must be an object")
            return None
        if all(key in known or key in besides for key in raw):
            return raw
        self._faults_at("" if place == "document" else place, key_faults(raw, (), (*known, *besides)))
        return {key: value for key, value in raw.items() if key in known or key in besides}

    def _rows(self, raw: Any, place: str) -> list[Any]:
        faults = rows_fault(raw)
        self._faults_at(place, faults)
        return [] if faults else raw

    def _faults_at(self, place: str, faults: Sequence[Fault]) -> None:
        for inside, sentence in faults:
            self._fault(f"{place}{inside}".removeprefix("."), sentence)

    def _fault(self, place: str, sentence: str) -> None:
        self.faults[f"{place}: {sentence}"] = None
