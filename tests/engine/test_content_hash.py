"""One hash over a document and its result, for every document there can be."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.content_hash import content_hash

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
