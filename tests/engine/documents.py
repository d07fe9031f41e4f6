"""Documents for tests: as few words as possible, always through the reader."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assessments.engine import facts
from assessments.engine.decide import decide, verdict_on
from assessments.engine.decision import Decision, Verdict
from assessments.engine.document import Document, DocumentError, load_document
from assessments.engine.facts import Ground
from assessments.framework import load_framework

FRAMEWORK = load_framework()
EXAMPLES = Path(__file__).parents[2] / "assessments" / "examples"

CEILING_STEPS_DONE = dict.fromkeys(
    ("prompt_variations", "multiple_models", "retrieval_optimized", "few_shot_used", "prompt_structured"),
    "yes",
)
CEILING_HIT = CEILING_STEPS_DONE | {"target_missed": "yes"}


def raw_document(**parts: Any) -> dict[str, Any]:
    """The smallest document that is allowed, with these parts added or replaced."""
    return {"format": "ftdecide/assessment", "version": 1, "use_case": {"name": "A"}} | parts


def read(raw: Any) -> Document:
    return load_document(json.dumps(raw), FRAMEWORK)


def document_of(
    answers: Mapping[str, Any] | None = None, failures: Mapping[str, float] | None = None, **parts: Any
) -> Document:
    return read(raw_document(answers=dict(answers or {}), failures=dict(failures or {}), **parts))


def ground_of(document: Document) -> Ground:
    return facts.ground_of(FRAMEWORK, document)


def judge_on(
    answers: Mapping[str, Any] | None = None, failures: Mapping[str, float] | None = None, **parts: Any
) -> Verdict:
    """The verdict alone: leaf, approach, action, standings, counts, economics. A tenth of the time of `decide_on`."""
    return verdict_on(FRAMEWORK, document_of(answers, failures, **parts))


def decide_on(
    answers: Mapping[str, Any] | None = None, failures: Mapping[str, float] | None = None, **parts: Any
) -> Decision:
    return decide(FRAMEWORK, document_of(answers, failures, **parts))


def decide_on_example(name: str, **replaced: Any) -> Decision:
    raw = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return decide(FRAMEWORK, read(raw | replaced))


def faults_of_text(text: str | bytes) -> list[str]:
    """What the reader says against this text; an empty list where it takes it."""
    try:
        load_document(text, FRAMEWORK)
    except DocumentError as error:
        return list(error.faults)
    return []


def faults_of(raw: Any) -> list[str]:
    return faults_of_text(json.dumps(raw))


def faults_with(**parts: Any) -> list[str]:
    """The faults of the smallest document with these parts."""
    return faults_of(raw_document(**parts))
