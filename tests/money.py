"""Documents with costs in detail, for the tests of money."""

from typing import Any

from assessments.engine.decide import decide
from assessments.engine.decision import Economics
from assessments.engine.document import Document, read_document
from assessments.framework import load_framework
from assessments.services.prefill import suggested_numbers

from .documents import example_document


def detailed_document(**case: Any) -> dict[str, Any]:
    """The answers of the Task API assistant, whose verdict is a tuned small model, with the eight approaches."""
    document = example_document("task_api")
    document["costs"] = example_document("eight_approaches")["costs"]
    document["costs"]["detailed"] |= case
    return document


def ranged_document() -> dict[str, Any]:
    """The same with ranges for the case and for some approaches."""
    document = detailed_document(
        monthly_requests={"low": 60_000, "likely": 100_000, "high": 160_000},
        human_fallback_cost={"low": 1, "likely": 2.5, "high": 4},
    )
    approaches = document["costs"]["detailed"]["approaches"]
    approaches["fine_tune_small"]["accuracy"] = {"low": 0.935, "likely": 0.95, "high": 0.965}
    approaches["decomposition"]["accuracy"] = {"low": 0.94, "likely": 0.95, "high": 0.955}
    return document


def read(document: dict[str, Any]) -> tuple[Document, Economics]:
    """The document as the engine takes it, and what its money comes to."""
    framework = load_framework()
    found = read_document(document, framework)
    economics = decide(framework, found).economics
    assert economics
    return found, economics


def all_levers_document() -> dict[str, Any]:
    """The same answers with every lever priced: today's prompt, and what each changes of it by our suggestions."""
    framework, document = load_framework(), detailed_document()
    form = document["costs"]["detailed"]
    today = form["approaches"]["status_quo"]
    form["approaches"] = {"status_quo": today} | {
        name: {key: value for key, (value, _) in suggested_numbers(framework, name, today).items()}
        for name in framework.approach
    }
    return document
