"""One hash over a document and its result, for every document there can be."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.content_hash import content_hash

from ..documents import example_document
from .documents import decide_on_example, raw_document
from .strategies import accepted_documents
from .test_decide import result, shuffled


@settings(deadline=None, max_examples=40)
@given(raw=accepted_documents, seed=st.integers(0, 2**32))
def test_every_accepted_document_has_a_hash_whatever_the_order_of_its_keys(raw, seed):
    found = result(raw)
    assert content_hash(raw, found) == content_hash(shuffled(raw, seed), shuffled(found, seed))


def test_the_largest_amounts_have_a_hash():
    """RFC 8785 knows no whole numbers from 2⁵³ on: 10⁹ hours at 10⁹ dollars are 10¹⁸."""
    upfront = ("evaluation_hours", "deployment_hours", "training_cost", "other_upfront")
    lines = dict.fromkeys(upfront, 0) | {"data_preparation_hours": 10**9}
    raw = raw_document(costs={"hourly_rate": 10**9, "summary": lines})
    assert len(content_hash(raw, result(raw))) == 64


def test_three_and_three_point_nought_are_the_same_number():
    """RFC 8785, 3.2.2.3: numbers are written as ECMAScript writes them."""
    assert content_hash({"a": 3}, {}) == content_hash({"a": 3.0}, {})


SAMPLES = {
    "eight_approaches": "8f1f15ba6fb46cfcbd329cbe68dcd7b79f93c9eae9dc233154da361b900f62e9",
    "service_desk": "b4be795971b059f1092c3f80d66c55e37f36013695eb54dbfadf85efcea06635",
    "support_copilot": "c6aecc34c6fea0dd522d8ead0a9abdfb153fe995551937af265766f391ab9f56",
    "task_api": "973ab3774a9f316f756b0735968ffdc52cff740480fb477cf1d624cc9f60a0d4",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_hash_of_a_sample_is_what_it_was(name):
    """A rule, a figure or a code that changes unawares is seen here; a mended sentence changes nothing."""
    raw = example_document(name)
    assert content_hash(raw, result(raw)) == SAMPLES[name]


def test_a_version_of_the_first_release_is_hashed_as_it_was():
    stored = json.loads((Path(__file__).parent / "stored" / "e7f8723.json").read_text(encoding="utf-8"))
    assert content_hash(stored["document"], stored["result"], rule=1) == stored["content_hash"]
    assert content_hash(stored["document"], stored["result"]) != stored["content_hash"]


def test_what_a_release_may_say_otherwise_is_not_in_it():
    table = decide_on_example("task_api").to_json()
    said = json.loads(json.dumps(table))
    said["framework"]["name"] = "Another name"
    said["plan"][0]["kind"] = "another kind"
    said["precedents"] = []
    assert content_hash(raw_document(), said) == content_hash(raw_document(), table)
    said["framework"]["sha256"] = "0" * 64
    assert content_hash(raw_document(), said) != content_hash(raw_document(), table)


def test_any_change_of_the_document_or_the_result_changes_the_hash():
    table = decide_on_example("task_api").to_json()
    changed = json.loads(json.dumps(table))
    changed["matrix"]["rows"]["hybrid"]["mean"] += 1e-9
    hashes = {
        content_hash(raw_document(), table),
        content_hash(raw_document(), changed),
        content_hash(raw_document(answers={}), table),
        content_hash(table, raw_document()),
    }
    assert len(hashes) == 4
