"""The stored answers of one assessment, and their way into a document and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.engine.decide import decide, verdict_on
from assessments.engine.decision import Decision, Verdict
from assessments.engine.document import Document, read_document
from assessments.engine.paths import FORMAT, VERSION
from assessments.engine.result import Result, read_result
from assessments.framework import Framework, load_framework
from assessments.models import Assessment, StoredAnswer

from . import stored_shapes

# Parts of a document that no single question asks for, kept whole: key -> where they belong.
WHOLE_PARTS: Mapping[str, tuple[str, ...]] = {
    "override_weeks": (),
    "data": (),
    "matrix": (),
    "checks": (),
    "distribution": ("costs",),
    "currency": ("costs",),
    "detailed": ("costs",),
    "origins": ("costs",),
}


@dataclass(frozen=True)
class AnswerSheet:
    """An assessment with its answers by key. Reading the sheet is one query."""

    framework: Framework
    answers: Mapping[str, StoredAnswer]

    @cached_property
    def raw(self) -> dict[str, Any]:
        """The document as JSON values, complete enough to decide on: an unnamed use case gets a name."""
        return to_document(self.framework, self.answers)

    @cached_property
    def document(self) -> Document:
        return read_document(self.raw, self.framework)

    @cached_property
    def verdict(self) -> Verdict:
        return verdict_on(self.framework, self.document)

    @cached_property
    def decision(self) -> Decision:
        return decide(self.framework, self.document)

    @cached_property
    def result(self) -> Result:
        """The decision as it would be stored."""
        return read_result(self.decision.to_json())

    @property
    def name(self) -> str:
        return str(self.raw["use_case"]["name"])

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is not in it though it was answered: nothing, unless it is an extract."""
        return ()

    def with_answer(self, answer: StoredAnswer) -> "AnswerSheet":
        """The same sheet after this answer."""
        return AnswerSheet(self.framework, {**self.answers, answer.key: answer})

    def with_weights(self, weights: Mapping[str, float]) -> "AnswerSheet":
        """The same sheet under other weights of the matrix, for looking only."""
        stored = self.answers.get("matrix")
        matrix: dict[str, Any] = {**((stored and stored.value) or {}), "weights": dict(weights)}
        return self.with_answer(StoredAnswer(key="matrix", value=matrix))


UNNAMED = "Untitled use case"


def read_sheet(assessment: Assessment) -> AnswerSheet:
    return sheet_of(assessment, assessment.answers.all())


def sheet_of(assessment: Assessment, answers: Iterable[StoredAnswer]) -> AnswerSheet:
    framework = load_framework(assessment.framework)
    return AnswerSheet(framework, {answer.key: answer for answer in answers})


def to_document(framework: Framework, answers: Mapping[str, StoredAnswer]) -> dict[str, Any]:
    """The document of these answers, its keys in the framework's order."""
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION, "use_case": {"name": UNNAMED}}
    for question in framework:
        stored = answers.get(question.key)
        if stored is None or question.key in WHOLE_PARTS:
            continue
        if question.place == "answers" and (stored.value or stored.evidence or stored.link):
            _place(document, ("answers", question.key), _answer_json(stored))
        elif question.place != "answers" and stored.value is not None:
            _place(document, (*question.place.split("."), question.key), stored.value)
    for key, folder in WHOLE_PARTS.items():
        if key in answers and (value := answers[key].value) is not None:
            _place(document, (*folder, key), value)
    if "checks" in document:
        document["checks"] = stored_shapes.ticks_in_document(framework, document["checks"])
    costs = document.get("costs", {})
    if origins := stored_shapes.origins_in_document(costs.pop("origins", {}), costs.get("detailed", {})):
        document["origins"] = origins
    return document


def from_document(framework: Framework, document: Mapping[str, Any]) -> list[StoredAnswer]:
    """Unsaved rows for a document that has been checked."""
    rows = []
    for question in framework:
        if question.key in WHOLE_PARTS:
            continue
        raw = _at(document, (*question.place.split("."), question.key))
        if raw is None:
            continue
        if question.place == "answers" and isinstance(raw, dict):
            rows.append(StoredAnswer(**{"strength": "opinion", **raw}, key=question.key))
        else:
            rows.append(StoredAnswer(key=question.key, value=raw, strength="opinion"))
    parts = dict(document)
    if "checks" in document:
        parts["checks"] = stored_shapes.ticks_stored(framework, document["checks"])
    if origins := parts.pop("origins", None):
        parts["costs"] = {**parts["costs"], "origins": stored_shapes.origins_stored(origins)}
    for key, folder in WHOLE_PARTS.items():
        if (part := _at(parts, (*folder, key))) is not None:
            rows.append(StoredAnswer(key=key, value=part, strength="opinion"))
    return rows


def _answer_json(stored: StoredAnswer) -> Any:
    """The short form where there is no evidence."""
    value = stored.value or "unsure"
    evidence = {
        key: text
        for key, text in (
            ("evidence", stored.evidence),
            ("link", stored.link),
            ("strength", "" if stored.strength == "opinion" else stored.strength),
        )
        if text
    }
    return {"value": value, **evidence} if evidence else value


def _place(document: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for folder in path[:-1]:
        document = document.setdefault(folder, {})
    document[path[-1]] = value


def _at(document: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        if not isinstance(document, Mapping) or key not in document:
            return None
        document = document[key]
    return document
