"""What earlier releases froze says the same in the shape of today."""

from typing import Any

import pytest

from assessments.engine.earlier_documents import in_today_s_shape

from .documents import FRAMEWORK

MODEL = {"provider": "acme", "model": "large", "as_of": "2026-10-01", "cache_write_ratio": 1.25, "input_price": 3}
OFFER = {"key": "acme-small", "as_of": "2026-09-01", "training_price": 8}
PRICED = {"kind": "price_list", "provider": "acme", "model": "large", "as_of": "2026-10-01"}


def origins_of(own: dict[str, Any], **numbers: Any) -> Any:
    """The origins of one approach with these numbers, as they are told today."""
    costs = {"detailed": {"approaches": {"hybrid": numbers}}, "origins": {"hybrid": own}}
    return in_today_s_shape(FRAMEWORK, {"costs": costs}).get("origins")


@pytest.mark.parametrize(
    ("own", "key", "origin"),
    [
        ({"model": MODEL, "numbers": {"input_price": "price_list"}}, "input_price", PRICED),
        (
            {"model": MODEL, "numbers": {"cache_write_ratio": "price_list"}},
            "cache_write_ratio",
            PRICED | {"listed": 1.25},
        ),
        (
            {"model": {name: MODEL[name] for name in MODEL if name != "cache_write_ratio"}}
            | {"numbers": {"cache_write_ratio": "price_list"}},
            "cache_write_ratio",
            PRICED | {"listed": 1},  # what writing to a cache costs where a list says nothing of it
        ),
        ({"numbers": {"input_price": "price_list"}}, "input_price", "price_list"),
        ({"model": MODEL, "numbers": {"input_price": "typed"}}, "input_price", "typed"),
        (
            {"offer": OFFER, "numbers": {"training_price": "tuning_price"}},
            "training_price",
            {"kind": "tuning_price", "offer": "acme-small", "as_of": "2026-09-01"},
        ),
        ({"numbers": {"prompt_tokens": "prompt"}}, "prompt_tokens", "token_count"),
        ({"model": MODEL, "numbers": {"accuracy": "today"}}, "accuracy", "today"),
    ],
)
def test_an_origin_has_its_facts_beside_it(own: Any, key: str, origin: Any) -> None:
    assert origins_of(own, **{key: 1}) == {f"costs.detailed.hybrid.{key}": origin}


def test_an_origin_of_a_number_that_is_not_there_is_left_out() -> None:
    assert origins_of({"numbers": {"accuracy": "today"}}) is None
    assert origins_of({"prefilled": True, "numbers": {}}) == {"costs.detailed.hybrid": "suggested"}
