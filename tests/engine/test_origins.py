"""Where numbers come from, as a document tells it: known names only, every fault with its place."""

import pytest

from assessments.engine.document import read_document
from assessments.engine.economics.origins import PickedModel
from assessments.engine.json_text import DocumentError
from assessments.framework import load_framework
from tests.documents import named

PICKED = {"provider": "openai", "model": "gpt-5-mini", "as_of": "2026-11-10", "cache_write_ratio": 1.25}
MODEL, A_DAY = "costs.origins.tools.model", 'must be a day, like "2026-11-10"'


def read(origins):
    costs = {"detailed": {"approaches": {"status_quo": {"input_price": 2}}}, "origins": origins}
    return read_document(named(costs=costs), load_framework()).origins


def refusal(origins):
    with pytest.raises(DocumentError) as caught:
        read(origins)
    return caught.value.faults


def test_a_document_keeps_where_its_numbers_come_from():
    found = read({"status_quo": {"numbers": {"input_price": "price_list"}, "model": PICKED, "prefilled": True}})
    own = found["status_quo"]
    assert own.numbers == {"input_price": "price_list"}
    assert own.prefilled
    assert isinstance(own.model, PickedModel)
    assert (own.model.model, own.model.as_of.isoformat(), own.model.cache_write_ratio) == (
        "gpt-5-mini",
        "2026-11-10",
        1.25,
    )


def test_a_document_without_them_has_none():
    assert read_document(named(), load_framework()).origins == {}


@pytest.mark.parametrize(
    ("origins", "fault"),
    [
        ([], "costs.origins: must be an object"),
        ({"nobody": {}}, "costs.origins.nobody: is not a known key"),
        ({"case": {"numbers": {"input_price": "today"}}}, "costs.origins.case.numbers.input_price: is not a known key"),
        ({"tools": {"prefilled": 1}}, "costs.origins.tools.prefilled: must be true or false"),
        ({"tools": {"model": {**PICKED, "as_of": "2026-13-01"}}}, f"{MODEL}.as_of: {A_DAY}"),
        ({"tools": {"model": {**PICKED, "as_of": 20261110}}}, f"{MODEL}.as_of: {A_DAY}"),
        ({"tools": {"offer": {"as_of": "2026-11-10"}}}, "costs.origins.tools.offer.key: must be there"),
        ({"tools": {"model": {**PICKED, "cache_write_ratio": -1}}}, f"{MODEL}.cache_write_ratio: -1 is below 0"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_place(origins, fault):
    assert refusal(origins) == (fault,)


def test_an_origin_that_does_not_exist_is_refused():
    faults = refusal({"tools": {"numbers": {"calls": "a dream"}}})
    assert faults[0].startswith('costs.origins.tools.numbers.calls: "a dream" is not one of today, suggested')
