"""A document is its values by their paths: nothing is lost on the way there and back."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from assessments.engine.document import read_document
from assessments.engine.fields import fields_of
from assessments.engine.paths import Stated, document_of, values_of
from tests.documents import full_document

from .documents import EXAMPLES, FRAMEWORK, raw_document
from .strategies import accepted_documents

EVERYTHING = raw_document(
    answers={
        "brand_voice": {"value": "yes", "evidence": "blind review", "link": "https://e.org", "strength": "measured"},
        "low_volume": "no",
    },
    failures={"reasoning": 3},
    override_weeks=[31, 29],
    readiness={"labelled_examples": 5},
    data=[{"label": "a", "required": 3, "available": 2, "reviewed": 1}],
    costs={
        "currency": "EUR",
        "hourly_rate": {"value": 90, "evidence": "finance", "strength": "documented"},
        "summary": {"training_cost": {"low": 1, "likely": 2, "high": 3}},
        "detailed": {
            "monthly_requests": 100,
            "approaches": {
                "status_quo": {"input_price": 2},
                "hybrid": {"accuracy": {"value": {"low": 0.8, "likely": 0.9, "high": 1}, "evidence": "trial"}},
                "tools": {},
            },
        },
    },
    matrix={
        "weights": {"latency": 3},
        "overrides": [{"approach": "tools", "criterion": "latency", "score": 4, "reason": "r", "strength": "measured"}],
    },
    checks={"training": ["examples_reviewed", "held_out_used"], "production": ["alarm"]},
    origins={
        "costs.detailed.hybrid": "suggested",
        "costs.detailed.hybrid.accuracy": "today",
        "costs.detailed.status_quo.input_price": {
            "kind": "price_list",
            "provider": "openai",
            "model": "gpt-5",
            "as_of": "2026-11-10",
        },
    },
)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_the_examples_come_back_as_they_were(path: Any) -> None:
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert document_of(values_of(raw)) == raw


@pytest.mark.parametrize("raw", [EVERYTHING, full_document(), raw_document()], ids=["each kind", "full", "small"])
def test_a_document_comes_back_as_it_was(raw: Any) -> None:
    assert document_of(values_of(raw)) == raw


@settings(deadline=None, max_examples=100)
@given(raw=accepted_documents)
def test_paths_and_documents_are_inverse_of_each_other(raw: Any) -> None:
    """What a document leaves out and what it leaves empty are the same."""
    values = values_of(raw)
    written = document_of(values)
    assert values_of(written) == values
    assert document_of(values_of(written)) == written
    assert set(values) <= set(fields_of(FRAMEWORK))
    before, after = (read_document(document, FRAMEWORK) for document in (raw, written))
    assert before == after
    assert before.stated == values


@pytest.mark.parametrize("raw", [EVERYTHING, full_document()], ids=["each kind", "full"])
def test_every_path_is_one_of_a_field(raw: Any) -> None:
    assert set(values_of(raw)) <= set(fields_of(FRAMEWORK))


def test_a_value_carries_what_shows_it_and_where_it_came_from() -> None:
    values = values_of(EVERYTHING)
    assert values["answers.brand_voice"] == Stated(
        value="yes", evidence="blind review", link="https://e.org", strength="measured"
    )
    assert values["costs.detailed.hybrid.accuracy"] == Stated(
        value={"low": 0.8, "likely": 0.9, "high": 1}, evidence="trial", origin="today"
    )
    assert values["matrix.overrides.tools.latency"] == Stated(value=4, evidence="r", strength="measured")


def test_an_approach_that_is_compared_and_a_point_that_is_ticked_are_values() -> None:
    values = values_of(EVERYTHING)
    assert values["costs.detailed.tools"] == Stated(value=True)
    assert values["costs.detailed.hybrid"] == Stated(value=True, origin="suggested")
    assert values["checks.production.alarm"] == Stated(value=True)


def test_what_is_empty_or_usual_is_left_out() -> None:
    raw = {"answers": {"brand_voice": {"value": "yes", "evidence": "", "link": "", "strength": "opinion"}}}
    assert document_of(values_of(raw))["answers"] == {"brand_voice": "yes"}


def test_a_number_of_an_approach_makes_its_table() -> None:
    values = {"costs.detailed.hybrid.accuracy": Stated(value=1)}
    assert document_of(values)["costs"] == {"detailed": {"approaches": {"hybrid": {"accuracy": 1}}}}
