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


def motor_claims(*, accuracy: float = 0.9) -> dict[str, Any]:
    """Motor claims put into queues: 40,000 a month, $6 for each that somebody must move, 82 % right today (issue 11).

    A small tuned model on a GPU of its own would be right on so many; no figure has a range, as people type them.
    """
    document = example_document("task_api")
    document["use_case"] |= {
        "name": "Motor claim triage",
        "task": "Put each motor claim into one of 14 queues",
        "task_kind": "classification",
        "goal": "labels",
        "monthly_requests": 40_000,
    }
    document["answers"] |= {"classifier_tried": "yes", "needs_fresh_knowledge": "no"}
    document["failures"] = {"wrong_class": 180, "format_failure": 60, "missing_knowledge": 30, "reasoning": 30}
    today = {
        "cacheable_tokens": 2_100,
        "user_tokens": 400,
        "output_tokens": 60,
        "input_price": 2,
        "output_price": 8,
        "accuracy": 0.82,
        "monitoring_hours": 2,
    }
    tuned = {
        "user_tokens": 500,
        "output_tokens": 20,
        "accuracy": accuracy,
        "upfront_hours": 160,
        "labelled_examples": 2_000,
        "cost_per_label": 1.5,
        "monitoring_hours": 10,
        "retraining_cost": 900,
        "gpu_hourly": 2.95,
        "gpu_input_tokens_per_second": 20_000,
        "gpu_output_tokens_per_second": 2_500,
        "gpu_utilisation": 0.4,
        "gpu_minimum": 1,
    }
    detailed = {
        "monthly_requests": 40_000,
        "human_fallback_cost": 6,
        "approaches": {"status_quo": today, "fine_tune_small": tuned},
    }
    document["costs"] = {"horizon_months": 36, "annual_discount_rate": 0, "hourly_rate": 100, "detailed": detailed}
    return document
