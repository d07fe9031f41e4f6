"""Whatever comes in, the reader answers with a document or with its faults, and with nothing else."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.document import Document, DocumentError, load_document, read_document

from .documents import FRAMEWORK, faults_of, raw_document
from .strategies import PARTS, accepted_documents, any_json, nearly_documents


def assert_read_or_refused(read: Any, raw: Any) -> None:
    faults = None
    try:
        document = read(raw, FRAMEWORK)
    except DocumentError as error:
        faults = error.faults
    if faults is None:
        assert isinstance(document, Document)
    else:
        assert faults
        assert all(fault and fault.isprintable() for fault in faults)


@settings(deadline=None)
@given(raw=any_json)
def test_any_json_is_read_or_refused(raw: Any) -> None:
    assert_read_or_refused(read_document, raw)
    assert_read_or_refused(load_document, json.dumps(raw))


@settings(deadline=None, max_examples=40)
@given(part=st.sampled_from((*raw_document(), *PARTS)), raw=nearly_documents)
def test_a_part_of_any_shape_is_read_or_refused(part: Any, raw: Any) -> None:
    assert_read_or_refused(load_document, json.dumps(raw_document() | {part: raw}))


@settings(deadline=None, max_examples=40)
@given(raw=nearly_documents)
def test_what_looks_like_a_document_is_read_or_refused(raw: Any) -> None:
    parts = raw if isinstance(raw, dict) else {}
    assert_read_or_refused(load_document, json.dumps(raw_document() | parts))
    assert_read_or_refused(load_document, json.dumps(raw_document(costs=raw, matrix=raw, answers=raw)))


@given(text=st.text(st.characters(codec="utf-8")))
def test_any_text_is_read_or_refused(text: Any) -> None:
    assert_read_or_refused(load_document, text)


@given(raw=st.binary())
def test_any_bytes_are_read_or_refused(raw: Any) -> None:
    assert_read_or_refused(load_document, raw)


@settings(deadline=None, max_examples=40)
@given(raw=accepted_documents)
def test_what_the_contract_allows_is_accepted(raw: Any) -> None:
    assert faults_of(raw) == []


@settings(deadline=None, max_examples=40)
@given(raw=accepted_documents, key=st.text(max_size=5))
def test_one_unknown_key_is_one_fault(raw: Any, key: Any) -> None:
    if key not in (*raw_document(), *PARTS):
        [fault] = faults_of(raw | {key: None})
        assert fault.endswith(": is not a known key")
