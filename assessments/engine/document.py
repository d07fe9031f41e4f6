"""The assessment document: the one JSON format that goes in and comes out (docs/document.md)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any

from assessments.framework.currency import USD
from assessments.framework.schema import Field, Framework

from .answers import Answer, Answers, Estimate
from .derived import DerivedAnswer, derived_answers
from .document_reader import DocumentReader
from .economics.inputs import ASKED_ONCE, DETAILED, STATUS_QUO, SUMMARY, ApproachForm, DetailedForm
from .fields import fields_of
from .json_text import DocumentError as DocumentError
from .json_text import parse_json as parse_json
from .measured.comparison import MeasuredComparison, read_comparison
from .origins import Origin, Origins, origin_of, origins_by_table
from .paths import COMPARISON, Stated

LARGEST_DOCUMENT = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRow:
    """How many examples of one label are wanted, at hand, and reviewed."""

    label: str
    required: int
    available: int
    reviewed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A cell of the matrix that the team scored itself, and why."""

    approach: str
    criterion: str
    score: float
    reason: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """One team's answers to one framework, checked. Counts are whole, money in `currency`."""

    use_case: Mapping[str, Any]
    answers: Answers = field(default_factory=Answers)
    failures: Mapping[str, int] = field(default_factory=dict)
    override_weeks: tuple[float, ...] = ()
    readiness: Mapping[str, float] = field(default_factory=dict)
    data: tuple[DataRow, ...] = ()
    targets: Mapping[str, Any] = field(default_factory=dict)
    """What a measured variant must reach."""
    comparison: MeasuredComparison | None = None
    """What variants did on the same cases, where that was measured."""
    legal: Mapping[str, Any] = field(default_factory=dict)
    pilot: Mapping[str, Any] = field(default_factory=dict)
    release: Mapping[str, Any] = field(default_factory=dict)
    costs: Mapping[str, Any] = field(default_factory=dict)
    summary: Mapping[str, Estimate] = field(default_factory=dict)
    detailed: DetailedForm | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    checks: tuple[str, ...] = ()
    """The points of checklists that the team has ticked, by code."""
    stated: Mapping[str, Stated] = field(default_factory=dict)
    """Every value by its path as it was stated, with what shows it."""
    derived: Mapping[str, DerivedAnswer] = field(default_factory=dict)
    """What questions that nobody answered count as, by path: `answers` and `readiness` have it too."""

    @property
    def name(self) -> str:
        return str(self.use_case["name"])

    @property
    def currency(self) -> str:
        """The code of the currency that all amounts are in."""
        return str(self.costs.get("currency", USD))

    @property
    def exchange_rate(self) -> float | None:
        """What a US dollar costs in that currency: 1 for the dollar itself, None where nobody said."""
        if self.currency == USD:
            return 1.0
        rate = self.costs.get("exchange_rate")
        return float(rate.likely) if rate else None

    @property
    def detailed_in_force(self) -> DetailedForm | None:
        """The detailed form where the team says that it counts, or once it has something to compare.

        A summary that is filled in counts where the team says so, and until then.
        """
        only_today = self.detailed is not None and len(self.detailed.approaches) == 1
        chosen = self.costs.get("form") or (SUMMARY if only_today else DETAILED)
        return None if chosen == SUMMARY and self.summary else self.detailed

    def is_replaced(self, field: Field) -> bool:
        """Whether this is a line of the summary form that counts for nothing, because the detailed form does."""
        return field.place == "costs.summary" and self.detailed_in_force is not None

    @cached_property
    def origins(self) -> Mapping[str, Origin]:
        """Where values came from, by path. A value that is not named was typed."""
        found = {path: origin_of(stated.origin) for path, stated in self.stated.items() if stated.origin}
        once = [key for key in ASKED_ONCE if self.detailed and key in self.detailed.case]
        taken = [path for key in once if (path := f"costs.detailed.{key}") not in self.stated]
        return found | dict.fromkeys(taken, Origin(kind="summary"))

    @cached_property
    def cost_origins(self) -> Mapping[str, Origins]:
        """Where the numbers of the detailed form came from, by approach; those of the case under `case`."""
        return origins_by_table(self.origins)


def load_document(text: str | bytes, framework: Framework) -> Document:
    """The document in this JSON text. Raises DocumentError with every fault found.

    Refused: more than 1 MB, text that is no JSON, a key given twice, and all that
    `read_document` refuses.
    """
    raw = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    if len(raw) > LARGEST_DOCUMENT:
        raise DocumentError(["document: larger than 1 MB"])
    return read_document(parse_json(raw), framework)


def read_document(raw: Any, framework: Framework) -> Document:
    """The checked document. Raises DocumentError that names all faults and their places at once.

    >>> from assessments.framework import load_framework
    >>> read_document({"format": "ftdecide/assessment", "version": 1,
    ...     "use_case": {"name": "A"}, "answers": {"brand_voice": "maybe"}}, load_framework())
    Traceback (most recent call last):
    assessments.engine.json_text.DocumentError: answers.brand_voice: "maybe" is not one of yes, no, unsure
    """
    reader = DocumentReader(framework)
    reader.read(raw)
    if reader.faults:
        raise DocumentError(list(reader.faults))
    return document_from(framework, reader.values)


def write_document(document: Mapping[str, Any]) -> str:
    """The JSON text of a document as people and programs exchange it."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def document_from(framework: Framework, values: Mapping[str, Stated]) -> Document:
    """The document that states these values. They are sound, each for itself and together.

    >>> from assessments.framework import load_framework
    >>> values = {"use_case.name": Stated(value="A"), "costs.hourly_rate": Stated(value=9)}
    >>> document_from(load_framework(), values).costs
    {'hourly_rate': Estimate(low=9, likely=9, high=9)}
    """
    fields = fields_of(framework)
    derived = derived_answers(framework, values)
    tables: dict[str, dict[str, Any]] = {}
    for path, stated in [*values.items(), *((path, Stated(value=one.value)) for path, one in derived.items())]:
        field = fields[path]
        tables.setdefault(field.place, {})[field.key] = _typed(field, stated)
    answers = tables.get("answers", {})
    costs = tables.get("costs", {})
    if "strategic_value" in costs:
        answers = answers | {"strategic_value": _answer(values["costs.strategic_value"])}
    ticked = {code for table, codes in tables.items() if table.startswith("checks.") for code in codes}
    return Document(
        use_case=tables.get("use_case", {}),
        answers=Answers(answers),
        failures=tables.get("failures", {}),
        override_weeks=tables.get("override_weeks", {}).get("override_weeks", ()),
        readiness=tables.get("readiness", {}),
        data=tuple(DataRow(**row) for row in tables.get("data", {}).get("data", ())),
        comparison=tables.get(COMPARISON, {}).get(COMPARISON),
        legal=tables.get("legal", {}),
        targets=tables.get("targets", {}),
        pilot=tables.get("pilot", {}),
        release=tables.get("release", {}),
        costs=costs,
        summary=tables.get("costs.summary", {}),
        detailed=_detailed_form(framework, tables),
        weights=tables.get("matrix.weights", {}),
        overrides=tuple(_overrides(values, tables)),
        checks=tuple(code for code in framework.guide.points if code in ticked),
        stated=values,
        derived=derived,
    )


def _typed(field: Field, stated: Stated) -> Any:
    """A value as the engine takes it."""
    value = stated.value
    if field.takes_range or field.one_number:
        if isinstance(value, dict):
            return Estimate(**{end: int(number) if field.whole else number for end, number in value.items()})
        number = int(value) if field.whole else value
        return Estimate(low=number, likely=number, high=number)
    if field.place == "answers":
        return _answer(stated)
    if field.kind == "number" and field.whole:
        return int(value)
    if field.kind == "day":
        return date.fromisoformat(value)
    if field.kind == "numbers":
        return tuple(value)
    if field.kind == "comparison":
        return read_comparison(value)
    if field.kind == "rows":
        whole = {column.key for column in field.columns if column.whole}
        return tuple({key: int(cell) if key in whole else cell for key, cell in row.items()} for row in value)
    return value


def _answer(stated: Stated) -> Answer:
    if stated.is_bare:
        return _bare_answer(stated.value)
    return Answer(value=stated.value, evidence=stated.evidence, link=stated.link, strength=stated.strength)


@cache
def _bare_answer(value: str) -> Answer:
    return Answer(value=value)


def _detailed_form(framework: Framework, tables: Mapping[str, Mapping[str, Any]]) -> DetailedForm | None:
    """What was entered, in the framework's order."""
    inputs, case = framework.cost_inputs, tables.get("costs.detailed", {})
    if STATUS_QUO not in case:
        return None
    approaches = {}
    for name in (STATUS_QUO, *framework.approach):
        if name in case:
            own = tables.get(f"costs.detailed.{name}", {})
            entered = {key: own[key] for key in inputs.approach if key in own}
            days = {key: value for key, value in entered.items() if isinstance(value, date)}
            numbers = {key: value for key, value in entered.items() if key not in days}
            approaches[name] = ApproachForm(numbers=numbers, days=days, escalation_to=own.get("escalation_to"))
    case = {**_asked_once(tables), **case}
    return DetailedForm(case={key: case[key] for key in inputs.case if key in case}, approaches=approaches)


def _asked_once(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What both forms ask for and is entered once: the detailed form counts with the summary's, unless it has one."""
    summary = tables.get("costs.summary", {})
    return {key: summary[key] for key in ASKED_ONCE if key in summary}


def _overrides(values: Mapping[str, Stated], tables: Mapping[str, Mapping[str, Any]]) -> Iterator[Override]:
    for table, cells in tables.items():
        if table.startswith("matrix.overrides."):
            for criterion, score in cells.items():
                approach, reason = table.rpartition(".")[2], values[f"{table}.{criterion}"].evidence
                yield Override(approach=approach, criterion=criterion, score=score, reason=reason)
