"""One hash over a document and its result, for every document there can be."""

import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.content_hash import content_hash
from assessments.engine.decide import decide
from assessments.engine.document import read_document
from assessments.engine.result_json import result_json

from ..documents import example_document
from .documents import FRAMEWORK, decide_on_example, raw_document
from .strategies import accepted_documents
from .test_decide import result, shuffled


@settings(deadline=None, max_examples=40)
@given(raw=accepted_documents, seed=st.integers(0, 2**32))
def test_every_accepted_document_has_a_hash_whatever_the_order_of_its_keys(raw: Any, seed: Any) -> None:
    found = result(raw)
    assert content_hash(raw, found) == content_hash(shuffled(raw, seed), shuffled(found, seed))


def test_the_largest_amounts_have_a_hash() -> None:
    """RFC 8785 knows no whole numbers from 2⁵³ on: 10⁹ hours at 10⁹ dollars are 10¹⁸."""
    upfront = ("evaluation_hours", "deployment_hours", "training_cost", "other_upfront")
    lines = dict.fromkeys(upfront, 0) | {"data_preparation_hours": 10**9}
    raw = raw_document(costs={"hourly_rate": 10**9, "summary": lines})
    assert len(content_hash(raw, result(raw))) == 64


def test_three_and_three_point_nought_are_the_same_number() -> None:
    """RFC 8785, 3.2.2.3: numbers are written as ECMAScript writes them."""
    assert content_hash({"a": 3}, {}) == content_hash({"a": 3.0}, {})


SAMPLES = {
    "eight_approaches": "41f1fe5ee58f213c603e5af2ca00b19306b8a369330add9f10b53368153a43f5",
    "service_desk": "9e322876d0d167783fcb2c7e3b86c177fa763cf2a6028df8cde5fb87b9d45f04",
    "support_copilot": "b844b8ffe420298bec6413594bb329f95ed6f45c711fc38dd55cff856229b54c",
    "task_api": "a5bc61627f3d0fe759d6c4b463409ecad5daee1ce8cf5d2dddb1c42436ae47d1",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_hash_of_a_sample_is_what_it_was(name: Any) -> None:
    """A rule, a figure or a code that changes unawares is seen here; a mended sentence changes nothing."""
    raw = example_document(name)
    assert content_hash(raw, result(raw)) == SAMPLES[name]


def reworded(value: Any) -> Any:
    """The same part of a framework with every sentence said otherwise."""
    if is_dataclass(value) and not isinstance(value, type):
        conditions = {name: getattr(value, name) for name in ("when", "tried") if hasattr(value, name)}
        parts = {field.name: reworded(getattr(value, field.name)) for field in fields(value)}
        return replace(value, **parts | conditions)
    if isinstance(value, dict):
        return {key: reworded(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return tuple(map(reworded, value))
    return f"{value} Or so." if isinstance(value, str) and " " in value else value


def dearer(value: Any) -> Any:
    """The same price list with every price doubled."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: dearer(getattr(value, field.name)) for field in fields(value)})
    if isinstance(value, tuple):
        return tuple(map(dearer, value))
    return value * 2 if isinstance(value, float) else value


@pytest.mark.parametrize("name", SAMPLES)
def test_another_language_a_mended_case_and_a_new_price_leave_the_hash_as_it_is(name: Any) -> None:
    raw = example_document(name)
    other = reworded(replace(FRAMEWORK, market=dearer(FRAMEWORK.market)))
    assert other.questions["brand_voice"].ask != FRAMEWORK.questions["brand_voice"].ask
    assert other.market != FRAMEWORK.market
    assert content_hash(raw, result_json(decide(other, read_document(raw, other)))) == SAMPLES[name]


def test_another_threshold_is_another_hash() -> None:
    raw = example_document("task_api")
    other = replace(FRAMEWORK, thresholds=replace(FRAMEWORK.thresholds, gate_weeks=FRAMEWORK.thresholds.gate_weeks + 1))
    assert content_hash(raw, result_json(decide(other, read_document(raw, other)))) != SAMPLES["task_api"]


def test_a_version_of_the_first_release_is_hashed_as_it_was() -> None:
    stored = json.loads((Path(__file__).parent / "stored" / "e7f8723.json").read_text(encoding="utf-8"))
    assert content_hash(stored["document"], stored["result"], rule=1) == stored["content_hash"]
    assert content_hash(stored["document"], stored["result"]) != stored["content_hash"]


def test_what_a_release_may_say_otherwise_is_not_in_it() -> None:
    table = result_json(decide_on_example("task_api"))
    said = json.loads(json.dumps(table))
    said["framework"]["name"] = "Another name"
    said["plan"][0]["kind"] = "another kind"
    said["precedents"] = []
    assert content_hash(raw_document(), said) == content_hash(raw_document(), table)
    said["framework"]["sha256"] = "0" * 64
    assert content_hash(raw_document(), said) != content_hash(raw_document(), table)


def test_any_change_of_the_document_or_the_result_changes_the_hash() -> None:
    table = result_json(decide_on_example("task_api"))
    changed = json.loads(json.dumps(table))
    changed["matrix"]["rows"]["hybrid"]["mean"] += 1e-9
    hashes = {
        content_hash(raw_document(), table),
        content_hash(raw_document(), changed),
        content_hash(raw_document(answers={}), table),
        content_hash(table, raw_document()),
    }
    assert len(hashes) == 4
