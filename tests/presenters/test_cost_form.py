"""Every number of the form says where it comes from, in words that a person can check."""

from datetime import date
from typing import Any

import pytest

from assessments.engine.fields import fields_of
from assessments.engine.origins import Origin, Origins, PickedModel, PickedOffer
from assessments.engine.paths import Stated
from assessments.framework import load_framework
from assessments.presenters.cost_form import (
    FormParts,
    origin_words,
    present_escalation,
    present_groups,
    present_number,
    value_words,
)

FRAMEWORK = load_framework()
INPUTS = FRAMEWORK.cost_inputs.approach
FACTS: dict[str, PickedModel | PickedOffer] = {
    "price_list": PickedModel(provider="openai", model="gpt-5-mini", as_of=date(2026, 11, 10)),
    "tuning_price": PickedOffer(offer="azure_openai", as_of=date(2026, 3, 19)),
}


def parts(scope: Any = "prompting", **values: Any) -> Any:
    """Numbers with their origins: name=(value, origin), or name=value for one's own."""
    pairs = {key: value if isinstance(value, tuple) else (value, "") for key, value in values.items()}
    origins = Origins(
        numbers={key: Origin(kind=kind, facts=FACTS.get(kind)) for key, (_, kind) in pairs.items() if kind},
        prefilled=True,
    )
    return FormParts(scope=scope, numbers={key: value for key, (value, _) in pairs.items()}, origins=origins)


def words(key: Any, value: Any = None, origin: Any = "", scope: Any = "prompting") -> Any:
    given = parts(scope, **({key: (value, origin)} if value is not None else {}))
    found = origin_words(FRAMEWORK, INPUTS[key], given)
    return found.words, found.reason


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (words("user_tokens"), ("Nothing entered: counts as 0", "")),
        (words("calls"), ("Our default: 1", "One call for one request")),
        (words("batch_discount"), ("Our default: 50%", "Half, as at most providers, November 2026")),
        (words("user_tokens", 200), ("Yours", "")),
        (words("user_tokens", 200, "today"), ("Same as today", "")),
        (words("accuracy", 0.93, "today"), ("Same as today until you measure", "")),
        (words("input_price", 0.25, "price_list"), ("$0.25 per 1M tokens, price list of 10 November 2026", "")),
        (words("hosting_hourly", 1.7, "tuning_price"), ("$1.70 an hour, tuning price of 19 March 2026", "")),
        (words("cacheable_tokens", 1234, "token_count"), ("1,234 tokens, estimated from a pasted prompt", "")),
    ],
)
def test_where_a_number_comes_from(found: Any, expected: Any) -> None:
    assert found == expected


def test_a_suggestion_says_its_reason_and_its_source() -> None:
    found = words("cost_per_label", {"low": 0.1, "likely": 2, "high": 10}, "suggested", scope="fine_tune_large")
    assert found == (
        "Our suggestion: $2.00 an example",
        "From a crowd worker's label to six minutes of an expert. "
        "Source: Public prices of labelling services, 2026; the middle is ours.",
    )


def test_a_suggestion_that_an_approach_no_longer_has_is_told_without_a_reason() -> None:
    assert words("user_tokens", 5, "suggested") == ("Our suggestion: 5 tokens", "")


def shown(key: Any, value: Any) -> Any:
    return present_number(FRAMEWORK, INPUTS[key], parts(**{key: value}), Stated(value=value), "r")


def test_shares_are_shown_as_percentages_exactly() -> None:
    field = shown("accuracy", {"low": 0.9, "likely": 0.9275, "high": 0.95})
    assert (field.low, field.typed, field.high, field.unit) == ("90", "92.75", "95", "%")
    assert field.range_words == "Between 90 and 95"


def test_a_share_below_one_in_a_hundred_that_is_hardly_meant_is_noted() -> None:
    field = shown("accuracy", 0.0093)
    assert field.note == "That is 0.93%, not even one in a hundred. For 93%, type 93."
    assert shown("accuracy", 0.93).note == ""
    assert shown("invalid_share", 0.0093).note == ""


def test_a_stored_range_is_shown_even_where_the_form_offers_none() -> None:
    field = shown("gpu_minimum", {"low": 1, "likely": 1, "high": 2})
    assert field.ranged
    assert not shown("gpu_minimum", 1).ranged


def test_requests_are_passed_on_to_another_approach_that_was_added() -> None:
    asked = fields_of(FRAMEWORK)["costs.detailed.hybrid.escalation_to"]
    given, added = parts("hybrid", escalation_to="prompting"), ["status_quo", "prompting", "hybrid"]
    field = present_escalation(FRAMEWORK, asked, given, Stated(value="prompting"), "r", added=added)
    assert [(option.value, option.checked) for option in field.options] == [
        ("", False),
        ("status_quo", False),
        ("prompting", True),
    ]


def groups(scope: Any, **values: Any) -> Any:
    given = parts(scope, **values)
    stated = {key: Stated(value=value) for key, value in given.numbers.items()}
    fields = [present_number(FRAMEWORK, cost, given, stated.get(key), "r") for key, cost in INPUTS.items()]
    return {group.key: group for group in present_groups(FRAMEWORK, scope, fields)}


def test_what_nobody_needs_is_folded_until_something_is_in_it() -> None:
    assert {key for key, group in groups("status_quo").items() if group.folded} == {
        "upfront", "tiers", "changes", "training", "hosting", "gpu", "escalation",
    }  # fmt: skip
    folded = {key for key, group in groups("fine_tune_small").items() if group.folded}
    assert folded == {"tiers", "changes", "escalation"}
    assert not groups("status_quo", gpu_hourly=3)["gpu"].folded


def test_numbers_that_change_nothing_yet_stand_apart() -> None:
    assert [field.key for field in groups("prompting")["prices"].more] == [
        "cache_read_ratio", "cache_write_ratio", "batch_discount",
    ]  # fmt: skip
    shown = groups("prompting", cache_hit_share=0.9)["prices"]
    assert [field.key for field in shown.more] == ["batch_discount"]
    assert groups("prompting", cache_hit_share=0, cache_read_ratio=0.1)["prices"].more_words.startswith("Two more: ")


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("output_tokens", 1200.0, "1,200 tokens"),
        ("annual_price_decline", -0.25, "−25% a year"),
        ("input_price", {"low": 0.1, "likely": 0.25, "high": 2}, "$0.25 per 1M tokens ($0.10 to $2.00)"),
        ("gpu_utilisation", 1e-6, "0.0001%"),
    ],
)
def test_values_with_their_units(key: str, value: Any, expected: str) -> None:
    assert value_words(INPUTS[key], value) == expected
