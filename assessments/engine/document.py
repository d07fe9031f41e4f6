"""The assessment document: the one JSON format that goes in and comes out (document.md)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments.framework.schema import Framework, Question

from .answers import STRENGTHS, Answer, Answers, Estimate
from .checker import LARGEST, Checker, NumberRange
from .checker import LONGEST_TEXT as LONGEST_TEXT
from .checker import MOST_ROWS as MOST_ROWS
from .checker import text_fault as text_fault
from .economics.detailed_form import read_detailed_form
from .economics.inputs import DISTRIBUTIONS, DetailedForm
from .economics.origins import Origins, read_origins
from .json_text import DocumentError as DocumentError
from .json_text import parse_json as parse_json

FORMAT = "ftdecide/assessment"
VERSION = 1
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One team's answers to one framework, checked. Counts are whole, money in US dollars."""

    use_case: Mapping[str, Any]
    answers: Answers = field(default_factory=Answers)
    failures: Mapping[str, int] = field(default_factory=dict)
    override_weeks: tuple[float, ...] = ()
    readiness: Mapping[str, float] = field(default_factory=dict)
    data: tuple[DataRow, ...] = ()
    costs: Mapping[str, Any] = field(default_factory=dict)
    summary: Mapping[str, Estimate] = field(default_factory=dict)
    detailed: DetailedForm | None = None
    origins: Mapping[str, Origins] = field(default_factory=dict)
    """Where numbers of the detailed form come from, by approach."""
    weights: Mapping[str, float] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    checks: tuple[str, ...] = ()
    """The points of checklists that the team has ticked, by code."""

    @property
    def name(self) -> str:
        return str(self.use_case["name"])

    @property
    def detailed_in_force(self) -> DetailedForm | None:
        """The detailed form once it has something to compare; until then a summary that is filled in counts."""
        only_today = self.detailed is not None and len(self.detailed.approaches) == 1
        return None if only_today and self.summary else self.detailed


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
    reader = _Reader(framework)
    document = reader.document(raw)
    if reader.faults or document is None:
        raise DocumentError(reader.faults)
    return document


def write_document(document: Mapping[str, Any]) -> str:
    """The JSON text of a document as people and programs exchange it."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


class _Reader(Checker):
    """Walks a raw document once and collects the faults with their places."""

    def __init__(self, framework: Framework):
        super().__init__()
        self.framework = framework

    def document(self, raw: Any) -> Document | None:
        known = [
            "format",
            "version",
            "use_case",
            "answers",
            "failures",
            "override_weeks",
            "readiness",
            "data",
            "costs",
            "matrix",
            "checks",
        ]
        table = self.table(raw, "document", known)
        if table is None:
            return None
        if table.get("format") != FORMAT:
            self.fault("format", f'must be "{FORMAT}"')
        if table.get("version") != VERSION or isinstance(table.get("version"), bool):
            self.fault("version", f"must be {VERSION}")
        matrix = self.table(table.get("matrix", {}), "matrix", ["weights", "overrides"]) or {}
        costs, summary, detailed, origins = self.costs(table.get("costs", {}))
        return Document(
            use_case=self.use_case(table.get("use_case", {})),
            answers=self.answers(table.get("answers", {}), costs.get("strategic_value")),
            failures=self.numbers(table.get("failures", {}), "failures"),
            override_weeks=self.weeks(table.get("override_weeks", [])),
            readiness=self.readiness(table.get("readiness", {})),
            data=self.data(table.get("data", [])),
            costs=costs,
            summary=summary,
            detailed=detailed,
            origins=origins,
            weights=self.weights(matrix.get("weights", {})),
            overrides=self.overrides(matrix.get("overrides", [])),
            checks=self.checks(table.get("checks", [])),
        )

    # parts

    def use_case(self, raw: Any) -> dict[str, Any]:
        questions = {q.key: q for q in self.framework if q.place == "use_case"}
        table = self.table(raw, "use_case", questions) or {}
        if "name" in questions and raw is not None and not str(table.get("name", "")).strip():
            self.fault("use_case.name", "must be there")
        return {key: self.value(value, f"use_case.{key}", questions[key]) for key, value in table.items()}

    def answers(self, raw: Any, strategic_value: Any) -> Answers:
        questions = {q.key: q for q in self.framework if q.place == "answers"}
        table = self.table(raw, "answers", questions) or {}
        answers = {key: self.answer(value, f"answers.{key}", questions[key]) for key, value in table.items()}
        if strategic_value is not None:
            answers["strategic_value"] = Answer(value=strategic_value)
        return Answers(answers)

    def answer(self, raw: Any, place: str, question: Question) -> Answer:
        if not isinstance(raw, dict):
            return Answer(value=self.choice(raw, place, question.choices))
        table = self.table(raw, place, ["value", "evidence", "link", "strength"]) or {}
        if "value" not in table:
            self.fault(f"{place}.value", "must be there")
        link = self.text(table.get("link", ""), f"{place}.link")
        if link and not is_web_link(link):
            self.fault(f"{place}.link", "must start with https:// or http://")
        return Answer(
            value=self.choice(table.get("value", "unsure"), f"{place}.value", question.choices),
            evidence=self.text(table.get("evidence", ""), f"{place}.evidence"),
            link=link,
            strength=self.choice(table.get("strength", "opinion"), f"{place}.strength", STRENGTHS),  # type: ignore[arg-type]
        )

    def numbers(self, raw: Any, place: str) -> dict[str, Any]:
        questions = {q.key: q for q in self.framework if q.place == place}
        table = self.table(raw, place, questions) or {}
        return {key: self.value(value, f"{place}.{key}", questions[key]) for key, value in table.items()}

    def readiness(self, raw: Any) -> dict[str, float]:
        readiness = self.numbers(raw, "readiness")
        # The raw counts: one that is faulty itself is no measure for the other.
        table = raw if isinstance(raw, dict) else {}
        labelled, reviewed = (table.get(f"{kind}_examples") for kind in ("labelled", "reviewed"))
        if _is_count(labelled) and _is_count(reviewed) and float(reviewed or 0) > float(labelled or 0):
            self.fault("readiness.reviewed_examples", f"{reviewed} is more than the {labelled} labelled")
        return readiness

    def weeks(self, raw: Any) -> tuple[float, ...]:
        rows = self.rows(raw, "override_weeks")
        bounds = NumberRange(0, 1_000_000)
        return tuple(self.number(week, f"override_weeks[{i}]", bounds) for i, week in enumerate(rows))

    def data(self, raw: Any) -> tuple[DataRow, ...]:
        counts = ("required", "available", "reviewed")
        found = []
        for i, row in enumerate(self.rows(raw, "data")):
            place = f"data[{i}]"
            table = self.table(row, place, ["label", *counts])
            if table is None:
                continue
            for key in ("label", *counts):
                if key not in table:
                    self.fault(f"{place}.{key}", "must be there")
            label = self.text(table.get("label", ""), f"{place}.label")
            bounds = NumberRange(0, 1_000_000_000, whole=True)
            values = {key: self.number(table.get(key, 0), f"{place}.{key}", bounds) for key in counts}
            if "available" in table and values["reviewed"] > values["available"]:
                sentence = f"{values['reviewed']} is more than the {values['available']} available"
                self.fault(f"{place}.reviewed", sentence)
            found.append(DataRow(label=label, **{key: int(value) for key, value in values.items()}))
        return tuple(found)

    def costs(self, raw: Any) -> tuple[dict[str, Any], dict[str, Estimate], DetailedForm | None, dict[str, Origins]]:
        general = {q.key: q for q in self.framework if q.place == "costs"}
        known = [*general, "distribution", "currency", "summary", "detailed", "origins"]
        table = self.table(raw, "costs", known) or {}
        costs = {
            key: self.estimate(value, f"costs.{key}", general[key])
            if general[key].kind == "number"
            else self.choice(value, f"costs.{key}", general[key].choices)
            for key, value in table.items()
            if key in general
        }
        if "distribution" in table:
            costs["distribution"] = self.choice(table["distribution"], "costs.distribution", DISTRIBUTIONS)
        if "currency" in table:
            self.text(table["currency"], "costs.currency")
        questions = {q.key: q for q in self.framework if q.place == "costs.summary"}
        lines = self.table(table.get("summary", {}), "costs.summary", questions) or {}
        summary = {key: self.estimate(value, f"costs.summary.{key}", questions[key]) for key, value in lines.items()}
        detailed = read_detailed_form(self, self.framework, table["detailed"]) if "detailed" in table else None
        origins = read_origins(self, self.framework, table.get("origins", {}))
        return costs, summary, detailed, origins

    def weights(self, raw: Any) -> dict[str, float]:
        rules = self.framework.matrix
        table = self.table(raw, "matrix.weights", [criterion.key for criterion in rules.criteria]) or {}
        bounds = NumberRange(rules.minimum_weight, rules.maximum_weight)
        return {key: self.number(value, f"matrix.weights.{key}", bounds) for key, value in table.items()}

    def overrides(self, raw: Any) -> tuple[Override, ...]:
        found = []
        for i, row in enumerate(self.rows(raw, "matrix.overrides")):
            place = f"matrix.overrides[{i}]"
            table = self.table(row, place, ["approach", "criterion", "score", "reason"])
            if table is None:
                continue
            for key in ("approach", "criterion", "score", "reason"):
                if key not in table:
                    self.fault(f"{place}.{key}", "must be there")
            criteria = tuple(criterion.key for criterion in self.framework.matrix.criteria)
            found.append(
                Override(
                    approach=self.choice(table.get("approach"), f"{place}.approach", tuple(self.framework.approach)),
                    criterion=self.choice(table.get("criterion"), f"{place}.criterion", criteria),
                    score=self.number(table.get("score", 1), f"{place}.score", NumberRange(1, 5)),
                    reason=self.text(table.get("reason", ""), f"{place}.reason"),
                )
            )
        return tuple(found)

    def checks(self, raw: Any) -> tuple[str, ...]:
        codes = tuple(self.framework.guide.points)
        ticked = [self.choice(code, f"checks[{i}]", codes) for i, code in enumerate(self.rows(raw, "checks"))]
        if len(set(ticked)) < len(ticked):
            self.fault("checks", "names a point twice")
        return tuple(code for code in codes if code in ticked)

    # kinds of value

    def value(self, raw: Any, place: str, question: Question) -> Any:
        if question.kind in ("text", "long_text"):
            return self.text(raw, place)
        if question.choices:
            return self.choice(raw, place, question.choices)
        return self.number(raw, place, number_range(question))

    def estimate(self, raw: Any, place: str, question: Question) -> Estimate:
        if question.whole:
            number = self.number(raw, place, number_range(question))
            return Estimate(low=number, likely=number, high=number)
        return self.number_or_range(raw, place, number_range(question))


def number_range(question: Question) -> NumberRange:
    """The bounds of a number question."""
    return NumberRange(
        question.minimum,
        question.maximum,
        whole=question.whole,
    )


def is_web_link(link: str) -> bool:
    """Whether a link leads to a web page: nothing else is ever rendered as a link."""
    return link.startswith(("https://", "http://")) and not any(c.isspace() for c in link)


def _is_count(raw: Any) -> bool:
    return isinstance(raw, (int, float)) and not isinstance(raw, bool) and 0 <= raw <= LARGEST
