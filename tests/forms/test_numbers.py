"""Numbers as people type them: each language's own way reads back as itself; what can be read in two ways is asked."""

from decimal import Decimal
from typing import Any

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from assessments.forms.numbers import read_as, read_number, read_share, signs_of, told_read
from assessments.framework.notation import locale_of

LANGUAGES = (
    *("en", "en-GB", "en-IN", "en-ZA", "de", "de-AT", "es", "es-MX", "it", "nl", "pt", "pt-PT"),
    *("fr", "sv", "pl", "cs", "da", "nb", "fi", "hu", "ro", "el", "tr", "ru", "uk", "he", "hi", "bn"),
    *("ja", "zh", "ko", "id", "vi", "th", "ar", "ar-EG", "fa", "ur", "mr", "ne", "my"),
)
languages = st.sampled_from(LANGUAGES)
decimals = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**12), 10**12), st.integers(0, 9)
)
systems = st.sampled_from(["latn", "default"])


def written(number: Any, language: Any, system: Any = "latn") -> Any:
    """A number as the language writes it, with all its decimals."""
    locale = locale_of(language)
    return format_decimal(number, locale=locale, decimal_quantization=False, numbering_system=system)


@given(st.integers(-(10**15), 10**15), languages, systems)
def test_a_whole_number_as_a_language_writes_it_reads_back_as_itself(number: Any, language: Any, system: Any) -> None:
    assert read_number(written(number, language, system), language).number == number


@given(decimals, languages, systems)
def test_a_decimal_as_a_language_writes_it_reads_back_as_itself_or_is_asked_about(
    number: Any, language: Any, system: Any
) -> None:
    read = read_number(written(number, language, system), language)
    assert number in [Decimal(reading) for reading in read.readings]
    if len(read.readings) == 2:
        three_decimals = Decimal(read.readings[0]) * 1000 == Decimal(read.readings[1])
        assert three_decimals
        assert 1 <= abs(number) < 1000


@given(decimals, languages)
def test_a_plain_number_is_the_same_in_every_language(number: Any, language: Any) -> None:
    plain = f"{number:f}"
    read = read_number(plain, language)
    if len(plain.partition(".")[2]) != 3:
        assert [Decimal(reading) for reading in read.readings] == [number]


@given(decimals | st.integers(-(10**9), 10**9), languages, systems)
def test_what_a_question_says_to_type_is_read_in_one_way(number: Any, language: Any, system: Any) -> None:
    read = read_number(written(number, language, system), language)
    if read.question:
        ways = read.question.rpartition(": type ")[2].split(" or ")
        again = [read_number(way, language) for way in ways]
        assert [Decimal(one.readings[0]) for one in again] == [Decimal(reading) for reading in read.readings]
        assert not any(one.question for one in again)


@given(st.text(alphabet="0123456789.,' +-$%\u202f٣１²½", max_size=12), languages)
def test_whatever_is_typed_is_none_one_or_two_numbers(text: Any, language: Any) -> None:
    read = read_number(text, language, percent=True)
    assert len(set(read.readings)) == len(read.readings) <= 2
    assert (read.number is None) == (len(read.readings) != 1)
    assert bool(read.question) == (len(read.readings) == 2)


@pytest.mark.parametrize(
    ("typed", "language", "number"),
    [
        *(("12.000", "de", 12_000), ("12.000", "es", 12_000), ("12.000", "it", 12_000), ("12.000", "nl", 12_000)),
        *(("12.000", "pt-BR", 12_000), ("12,000", "en", 12_000), ("12,000", "ja", 12_000), ("12,000", "es-MX", 12_000)),
        *(
            ("12\u202f000", "fr", 12_000),
            ("12\u00a0000", "sv", 12_000),
            ("12 000", "pl", 12_000),
            ("12’000", "de-CH", 12_000),
        ),
        *(("12'000.50", "de-CH", 12_000.5), ("12,00,000", "en-IN", 1_200_000), ("1.234.567", "en", 1_234_567)),
        *(("12.000,5", "en", 12_000.5), ("12,000.5", "de", 12_000.5), ("12,5", "en", 12.5), ("12.5", "de", 12.5)),
        *(("0,850", "en", 0.85), ("0.850", "de", 0.85), (".5", "en", 0.5), (",5", "de", 0.5), ("12.0000", "de", 12)),
        *(("١٢٬٠٠٠٫٥", "ar", 12_000.5), ("۱۲", "fa", 12), ("१,२३,४५६", "hi", 123_456), ("１２．５", "ja", 12.5)),
        *(("−5", "sv", -5), ("–5", "en", -5), ("- 5", "en", -5), ("−$5", "en", -5), ("$−5", "en", -5), ("+5", "en", 5)),
        *(
            ("5 €", "de", 5),
            ("₹ 1,200", "hi", 1200),
            ("￥５", "ja", 5),
            ("\u200f-5", "he", -5),
            ("\u200e5\u00ad", "en", 5),
        ),
    ],
)
def test_a_number_is_read_as_it_was_meant(typed: Any, language: Any, number: Any) -> None:
    read = read_number(typed, language)
    assert (read.number, read.question) == (number, "")
    assert isinstance(read.number, int) == ("." not in read.readings[0])


@pytest.mark.parametrize(
    ("typed", "language", "question"),
    [
        ("12.000", "en", "12.000 can be read as 12 or as 12,000: type 12 or 12000"),
        ("-1.250", "en", "-1.250 can be read as −1.25 or as −1,250: type -1.25 or -1250"),
        ("1.125", "en", "1.125 can be read as 1.125 or as 1,125: type 1.1250 or 1125"),
        ("12,000", "de", "12,000 can be read as 12 or as 12\u202f000: type 12 or 12000"),
        ("12.000", "fr", "12.000 can be read as 12 or as 12\u202f000: type 12 or 12000"),
        ("12,000", "fr", "12,000 can be read as 12 or as 12\u202f000: type 12 or 12000"),
        ("12.000", "de-CH", "12.000 can be read as 12 or as 12'000: type 12 or 12000"),
        ("$12.000", "en", "$12.000 can be read as 12 or as 12,000: type 12 or 12000"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_with_both(typed: str, language: str, question: str) -> None:
    read = read_number(typed, language)
    assert (read.question, read.number, read.words) == (question, None, "")


@pytest.mark.parametrize(
    ("typed", "language", "said"),
    [
        *(("12,000", "en", "Read as 12,000"), ("12.000", "de", "Read as 12\u202f000"), ("0,850", "de", "Read as 0,85")),
        *(
            ("12,5", "en", "Read as 12.5"),
            ("$1,234.50", "en", "Read as 1,234.5"),
            ("12’000", "de-CH", "Read as 12'000"),
        ),
        *(("1200", "en", ""), ("-5", "en", ""), ("0.8", "de", ""), ("", "en", ""), ("many", "en", "")),
    ],
)
def test_how_a_number_was_read_is_said_where_more_than_digits_was_typed(typed: Any, language: Any, said: Any) -> None:
    assert read_as([typed], language) == said


def test_a_percent_sign_is_taken_where_it_is_asked_for() -> None:
    for typed in ("12,5 %", "12.5%", "12,5٪", "１２．５％"):
        assert read_number(typed, "de", percent=True).number == 12.5
        assert read_number(typed, "de").number is None
    assert read_share("5%", "en").words == ""
    shares = [read_share(typed, "de").words for typed in ("5,5%", "6", "7,5", "0,85")]
    assert told_read(shares) == "Read as 5,5%, 7,5% and 85%"


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "many",
            "1_000",
            "1.2.3",
            "1 25",
            "1,25,3",
            "NaN",
            "Infinity",
            "0x10",
            "1/2",
            "½",
            "²",
            "10²",
            "1e5",
        ),
        *("--5", "+-5", "-$-5", "5-", ".", "5.", "5,", "$", "1$2", "12%%", "0,850,000", "00.850.000", "9" * 5000),
        *("9" * 330 + ".5", "9," + "999," * 200 + "999", "1" + " " * 500 + "2", "VII", "三"),
    ],
)
def test_what_is_no_number_is_none(typed: Any) -> None:
    for language in LANGUAGES:
        read = read_number(typed, language, percent=True)
        assert (read.readings, read.number, read.question, read.words) == ((), None, "", "")


def test_a_language_that_nobody_knows_counts_as_english() -> None:
    for tag in ("", "*", "xx", "nobody's", "x-klingon", "en-" + "x" * 500, "../de", "\x00"):
        assert signs_of(tag) == signs_of("en")
    assert signs_of("de-XX") == signs_of("de") != signs_of("en")
