"""Takes a raw document apart into values by their paths, and collects every fault with its place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
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
from .origins import origin_faults, strength_fault
from .paths import FORMAT, TABLES, VERSION, WHOLE, Stated

_PARTS = ("format", "version", *TABLES, *WHOLE, "costs", "matrix", "checks", "origins")
_STATED = ("value", "evidence", "link", "strength")
_CELL = ("approach", "criterion", "score", "reason")
_DETAILED = "costs.detailed"


@cache
def _word(value: str) -> Stated:
    """One of the few words that an answer can be, and nothing else: most values of most documents."""
    return Stated(value=value)


class DocumentReader:
    """Reads one document. What is sound is in `values`, what is not in `faults`, in the order of the document."""

    def __init__(self, framework: Framework):
        self.framework = framework
        self.fields = fields_of(framework)
        self.tables = fields_by_table(framework)
        self.values: dict[str, Stated] = {}
        self.faults: dict[str, None] = {}
        self.faulty: set[str] = set()
        """The paths of the values that are not sound."""

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
        use_case = document.get("use_case", {})
        if isinstance(use_case, dict) and "name" not in use_case:
            self._fault("use_case.name", "must be there")
        for part in WHOLE:
            if part in document:
                self._value(self.fields[part], document[part], "", part)
        for part, read in (
            ("costs", self._costs),
            ("matrix", self._matrix),
            ("checks", self._checks),
            ("origins", self._origins),
        ):
            if part in document:
                read(document[part])
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
            self.values[f"{_DETAILED}.{name}"] = Stated(value=True)
            self._values(own, f"{_DETAILED}.{name}", place=f"{place}.{name}")
        if STATUS_QUO not in approaches:
            self._fault(f"{place}.{STATUS_QUO}", "must be there")

    def _matrix(self, raw: Any) -> None:
        matrix = self._table(raw, "matrix", ("weights", "overrides")) or {}
        self._values(matrix.get("weights", {}), "matrix.weights")
        self._cells(matrix.get("overrides", []))

    def _cells(self, raw: Any) -> None:
        """The cells of the matrix that the team scored itself."""
        for i, row in enumerate(self._rows(raw, "matrix.overrides")):
            place, before = f"matrix.overrides[{i}]", len(self.faults)
            if not isinstance(row, dict):
                self._fault(place, "must be an object")
                continue
            self._faults_at(place, key_faults(row, _CELL, ("link", "strength")))
            for key, allowed in self._sides:
                if key in row and (sentence := choice_fault(row[key], allowed)):
                    self._fault(f"{place}.{key}", sentence)
            shown = self._shown_by(row, place, evidence="reason")
            if "score" in row:
                self._faults_at(f"{place}.score", faults_in(self._any_cell, row["score"]))
            if len(self.faults) == before:
                path = f"matrix.overrides.{row['approach']}.{row['criterion']}"
                if path in self.values:
                    self._fault(place, "scores a cell twice")
                self.values[path] = Stated(value=row["score"], **shown)

    @property
    def _sides(self) -> tuple[tuple[str, Sequence[str]], ...]:
        """What an approach and a criterion can be."""
        criteria = [criterion.key for criterion in self.framework.matrix.criteria]
        return ("approach", tuple(self.framework.approach)), ("criterion", criteria)

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
                elif f"{place}.{point}" in self.values:
                    self._fault(place, "names a point twice")
                else:
                    self.values[f"{place}.{point}"] = Stated(value=True)

    def _origins(self, raw: Any) -> None:
        """Where values came from: only of values that are there."""
        for path, origin in (self._table(raw, "origins", self._paths) or {}).items():
            faults, said = origin_faults(origin), self.values.get(path)
            self._faults_at(f"origins.{path}", faults)
            if said and not faults:
                if sentence := strength_fault(origin, said.strength):
                    self._fault(f"{path}.strength", sentence)
                self.values[path] = replace(said, origin=origin)

    def _values(self, raw: Any, table: str, *, place: str = "", besides: Sequence[str] = ()) -> dict[str, Any]:
        """Reads one table of values; what stands there beside them is left to the caller."""
        known, place = self.tables.get(table, {}), place or table
        found = self._table(raw, place, known, besides)
        if found is None:
            return {}
        for key, value in found.items():
            if key in known:
                self._value(known[key], value, place, key)
        return found

    def _value(self, field: Field, raw: Any, table: str, key: str) -> None:
        if isinstance(raw, dict) and field.takes_evidence and (field.choices or not raw.keys().isdisjoint(_STATED)):
            self._value_with_evidence(field, raw, f"{table}.{key}")
        elif faults := faults_in(field, raw):
            self._faults_at(f"{table}.{key}", faults)
            self.faulty.add(field.path)
        else:
            self.values[field.path] = _word(raw) if field.choices else Stated(value=raw)

    def _value_with_evidence(self, field: Field, raw: Mapping[str, Any], place: str) -> None:
        before = len(self.faults)
        self._faults_at(place, key_faults(raw, ("value",), _STATED[1:]))
        shown = self._shown_by(raw, place)
        if "value" in raw:
            self._faults_at(f"{place}.value", faults_in(field, raw["value"]))
        if len(self.faults) == before:
            self.values[field.path] = Stated(value=raw["value"], **shown)
        else:
            self.faulty.add(field.path)

    def _shown_by(self, raw: Mapping[str, Any], place: str, evidence: str = "evidence") -> dict[str, Any]:
        """What shows a value. Its evidence may stand under another key."""
        said, link, strength = raw.get(evidence, ""), raw.get("link", ""), raw.get("strength", "opinion")
        if sentence := text_fault(said):
            self._fault(f"{place}.{evidence}", sentence)
        if sentence := link_fault(link):
            self._fault(f"{place}.link", sentence)
        if sentence := choice_fault(strength, STRENGTHS):
            self._fault(f"{place}.strength", sentence)
        return {"evidence": said, "link": link, "strength": strength}

    @property
    def _paths(self) -> set[str]:
        """Where something is stated, sound or not."""
        return self.faulty | self.values.keys()

    def _table(
        self, raw: Any, place: str, known: Collection[str], besides: Sequence[str] = ()
    ) -> dict[str, Any] | None:
        if not isinstance(raw, dict):
            self._fault(place, "must be an object")
            return None
        unknown = {key: None for key in raw if key not in known and key not in besides}
        if not unknown:
            return raw
        self._faults_at("" if place == "document" else place, key_faults(unknown, ()))
        return {key: value for key, value in raw.items() if key not in unknown}

    def _rows(self, raw: Any, place: str) -> list[Any]:
        faults = rows_fault(raw)
        self._faults_at(place, faults)
        return [] if faults else raw

    def _faults_at(self, place: str, faults: Sequence[Fault]) -> None:
        for inside, sentence in faults:
            self._fault(f"{place}{inside}".removeprefix("."), sentence)

    def _fault(self, place: str, sentence: str) -> None:
        self.faults[f"{place}: {sentence}"] = None
