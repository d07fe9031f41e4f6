"""The example documents that ftdecide comes with."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from assessments.engine.decide import decide
from assessments.engine.decision import Decision
from assessments.engine.document import read_document
from assessments.framework import load_framework
from assessments.framework.schema import Column

FOLDER = Path(settings.BASE_DIR) / "assessments" / "examples"
EXAMPLES = ("eight_approaches", "service_desk", "support_copilot", "task_api")


def example_document(name: str) -> dict[str, Any]:
    """A fresh copy of the example, as JSON values."""
    document: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return document


def named(name: str = "Refund replies", **parts: Any) -> dict[str, Any]:
    """A small document with this name and these parts."""
    use_case = {"name": name, **parts.pop("use_case", {})}
    return {"format": "ftdecide/assessment", "version": 1, "use_case": use_case, **parts}


def decided(document: dict[str, Any]) -> Decision:
    """What the engine decides on this document."""
    framework = load_framework()
    return decide(framework, read_document(document, framework))


_ALLOWED = {"number": 1, "currency": "EUR", "day": "2026-11-10"}


def _cell(column: Column) -> Any:
    if column.kind == "number":
        return 1 if column.at_most or column.maximum == 1 else 3
    return column.choices[0] if column.choices else "Refunds"


def full_document() -> dict[str, Any]:
    """Every question answered with the first answer that it allows, every judgement with evidence."""
    document = named("Every question")
    for question in load_framework():
        folder = document
        path = [] if question.place == question.key else question.place.split(".")
        for part in path:
            folder = folder.setdefault(part, {})
        if question.kind == "numbers":
            folder[question.key] = [1, 2, 3, 4]
        elif question.kind == "rows":
            folder[question.key] = [{column.key: _cell(column) for column in question.columns}]
        elif question.choices:
            folder[question.key] = question.choices[0]
        else:
            folder[question.key] = _ALLOWED.get(question.kind, "Every question")
        if question.place == "answers":
            more = {"evidence": "Seen", "link": "https://example.org/", "strength": "measured"}
            folder[question.key] = {"value": question.choices[0], **more}
    return document
