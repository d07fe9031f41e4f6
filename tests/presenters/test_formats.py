"""Numbers become words in one place, and a number in a field is exact: an untouched page sends it back."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.forms.values import read_entry
from assessments.models import StoredValue
from assessments.presenters import formats
from assessments.presenters.control import control_text, present_control
from assessments.presenters.money.words import exact_months

from ..visits import FRAMEWORK

numbers = st.one_of(
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.floats(-1e-3, 1e-3, allow_nan=False),
)


thousandths = st.integers(-(10**6), 10**6).map(lambda number: number / 1000)
languages = st.sampled_from(["en", "de", "fr", "de-CH", "sv", "en-IN", "ar-EG"])


def read_back(key: str, value: object, language: str = "en") -> object:
    """What is read when the page that shows this value is sent as it is."""
    posted = {key: formats.stored_value(value)}
    return read_entry(FRAMEWORK.questions[key], posted, language).value


@given(numbers | thousandths, languages)
def test_a_number_in_a_field_is_read_back_as_the_same_number(number: Any, language: Any) -> None:
    assert read_back("api_savings", number, language) == number


@given(thousandths.map(abs), languages)
def test_a_percentage_in_a_field_is_read_back_as_the_same_share(share: Any, language: Any) -> None:
    accuracy = replace(FRAMEWORK.cost_inputs.approach["accuracy"], maximum=1e6)
    posted = {"accuracy": control_text(accuracy, share)}
    assert read_entry(accuracy, posted, language).value == share


@given(st.lists(st.floats(0, 1e6, allow_nan=False) | thousandths.map(abs), min_size=1, max_size=20), languages)
def test_weeks_in_a_field_are_read_back_as_the_same_weeks(weeks: Any, language: Any) -> None:
    shown = present_control(FRAMEWORK.questions["override_weeks"], StoredValue(value=weeks, strength="opinion"), "")
    posted = {f"override_weeks-{index}": cell for index, cell in enumerate(shown.cells)}
    assert read_entry(shown.question, posted, language).value == weeks


NEAR_A_LIMIT = st.sampled_from([1, 3, 4, 6, 12, 24, 36]).flatmap(
    lambda limit: st.one_of(
        st.floats(limit - 0.2, limit + 0.2),
        st.floats(-1e-6, 1e-6).map(lambda little: limit + little),
        st.just(limit),
    )
)


def month_bounds(words: str) -> tuple[float, float]:
    """What a reader takes these words for: from and to."""
    number = float(words.removeprefix("just over ").removeprefix("just under ").split(" ")[0])
    over, under = (words.startswith(f"just {way}") for way in ("over", "under"))
    return number + over * 1e-9 - under * 0.01, number + over * 0.01 - under * 1e-9


@given(NEAR_A_LIMIT | st.floats(0.05, 120))
def test_months_in_words_never_contradict_a_limit(value: Any) -> None:
    value = round(value) if abs(value - round(value)) <= 1e-9 else value  # as the rules take it
    low, high = month_bounds(formats.months(value))
    exact = float(exact_months(value))
    for limit in (1, 3, 4, 6, 12, 24, 36):
        assert (value < limit, value > limit) == (high < limit, low > limit)
        assert (value < limit, value > limit) == (exact < limit, exact > limit)
    assert low - 0.06 <= value <= high + 0.06


@given(st.floats(0, 0.0499))
def test_less_than_a_day_or_so_is_at_once(value: Any) -> None:
    assert formats.months(value) == "At once"


@given(st.tuples(numbers, numbers, numbers).map(sorted))
def test_a_range_in_a_field_is_its_likely_value(low_likely_high: Any) -> None:
    low, likely, high = low_likely_high
    assert read_back("api_savings", {"low": low, "likely": likely, "high": high}) == likely


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1500, "1500"),
        (1500.0, "1500"),
        (0.00001, "0.00001"),
        (1 / 3, "0.3333333333333333"),
        (123456789.123456, "123456789.123456"),
        (1e9, "1000000000"),
        (-0.5, "-0.5"),
        ([31, 29.5], "31, 29.5"),
        ({"low": 1, "likely": 2.5, "high": 4}, "2.5"),
        ("yes", "yes"),
        (None, ""),
    ],
)
def test_a_field_shows_plain_decimals(value: Any, shown: str) -> None:
    assert formats.stored_value(value) == shown


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (1_234_567, "1,234,567"), (0.00004, "0"), (2.50, "2.5"), (-1200, "−1,200"), (1e18, "1e+18")],
)
def test_a_number_in_words_has_commas_and_four_decimals_at_most(value: float, words: str) -> None:
    assert formats.number(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.004, "$0.00"), (0.5, "$0.50"), (9.99, "$9.99"), (9.999, "$10"), (-0.4, "−$0.40"), (1e6, "$1,000,000")],
)
def test_money_has_cents_only_below_ten_dollars(value: float, words: str) -> None:
    assert formats.money(value, "$") == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.96, "0.96 months"), (0.04, "At once"), (1.04, "1.04 months"), (12.34, "12.3 months"), (6 + 1e-10, "6 months")],
)
def test_months_are_told_to_a_tenth(value: Any, words: str) -> None:
    assert formats.months(value) == words


def test_a_range_is_told_by_its_ends() -> None:
    assert formats.value_range({"low": -5, "likely": 0, "high": 1200.5}) == "Between −5 and 1,200.5"
    assert formats.value_range(7) == formats.value_range(None) == ""


@pytest.mark.parametrize(
    ("words", "sentence"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_listed_with_an_and(words: Any, sentence: str) -> None:
    assert formats.listed(words) == sentence


@given(numbers)
def test_no_number_is_ever_shown_as_not_a_number(number: Any) -> None:
    shown = [formats.number(number), formats.money(number, "€"), formats.stored_value(json.loads(str(number)))]
    assert not any(word in text for text in shown for word in ("nan", "inf", "e-"))
