"""What can be wrong with the text of a document: size, encoding, depth, numbers, characters, links."""

import json
from typing import Any

import pytest

from assessments.engine.document import DocumentError, load_document, write_document
from assessments.engine.fields import is_web_link

from .documents import FRAMEWORK, faults_of, faults_of_text, faults_with, raw_document

SMALLEST = json.dumps(raw_document())
CANNOT_BE_KEPT = "has a control character that cannot be kept"


def with_number(number: Any) -> Any:
    """The smallest document with this count, written as it stands."""
    return SMALLEST[:-1] + f', "failures": {{"reasoning": {number}}}}}'


def test_a_text_of_ten_thousand_characters_is_taken() -> None:
    assert faults_with(use_case={"name": "A", "task": "ä" * 10_000}) == []


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        ({"use_case": {"name": "x" * 10_001}}, "use_case.name"),
        ({"use_case": {"name": "A", "task": "x" * 10_001}}, "use_case.task"),
        (
            {"answers": {"brand_voice": {"value": "yes", "evidence": "x" * 10_001}}},
            "answers.brand_voice.evidence",
        ),
    ],
)
def test_a_longer_text_is_refused(parts: Any, place: str) -> None:
    assert faults_with(**parts) == [f"{place}: has 10,001 characters; at most 10,000 are allowed"]


def test_a_document_of_one_megabyte_is_taken() -> None:
    assert faults_of_text(SMALLEST.ljust(1_000_000)) == []


def test_a_larger_document_is_refused() -> None:
    assert faults_of_text(SMALLEST.ljust(1_000_001)) == ["document: larger than 1 MB"]


def test_a_document_is_measured_in_bytes() -> None:
    assert faults_of_text('"' + "ä" * 500_000 + '"') == ["document: larger than 1 MB"]


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_know_are_refused(constant: str) -> None:
    assert faults_of_text(with_number(constant)) == [f"document: {constant} is not a finite number"]


@pytest.mark.parametrize("number", ["1e999", "-1e999"])
def test_a_number_too_large_to_be_finite_is_refused(number: str) -> None:
    assert faults_of_text(with_number(number)) == ["failures.reasoning: is not a finite number"]


def test_a_number_of_five_thousand_digits_is_refused() -> None:
    """Python itself reads whole numbers of up to 4,300 digits."""
    assert faults_of_text(with_number("1" + "0" * 5000)) == ["document: a number is too long to read"]


@pytest.mark.parametrize(("sign", "bound"), [("", "above 1,000,000"), ("-", "below 0")], ids=["positive", "negative"])
def test_a_number_of_four_thousand_digits_is_refused(sign: str, bound: str) -> None:
    assert faults_of_text(with_number(f"{sign}1" + "0" * 4000)) == [
        f"failures.reasoning: a number of over 300 digits is {bound}"
    ]


def test_a_long_number_where_an_answer_belongs_is_shortened() -> None:
    [fault] = faults_of_text(SMALLEST[:-1] + ', "answers": {"brand_voice": ' + "7" * 4000 + "}}")
    assert fault == f"answers.brand_voice: {'7' * 50}…7 is not one of yes, no, unsure"


def test_a_whole_number_may_be_written_as_a_decimal() -> None:
    assert faults_of_text(with_number("3.0")) == []
    assert faults_of_text(with_number("-0.0")) == []


def test_a_key_given_twice_is_refused() -> None:
    assert faults_of_text('{"format": 1, "format": 2}') == ['document: the key "format" stands there twice']


def test_a_key_given_twice_further_in_is_refused() -> None:
    text = SMALLEST[:-1] + ', "answers": {"low_volume": "yes", "low_volume": "no"}}'
    assert faults_of_text(text) == ['document: the key "low_volume" stands there twice']


@pytest.mark.parametrize("text", ["", " ", "{", "[1,]", "nope", "{'a': 1}", SMALLEST + "x"])
def test_text_that_is_no_json_is_refused(text: Any) -> None:
    [fault] = faults_of_text(text)
    assert fault.startswith("document: not JSON, line 1, column ")


def test_bytes_that_are_no_utf_8_are_refused() -> None:
    assert faults_of_text(b'{"name": "\xff"}') == ["document: not text in UTF-8"]
    assert faults_of_text(SMALLEST.encode("utf-16")) == ["document: not text in UTF-8"]


def test_a_byte_order_mark_is_skipped() -> None:
    assert faults_of_text(b"\xef\xbb\xbf" + SMALLEST.encode()) == []
    assert faults_of_text("\ufeff" + SMALLEST) == []


def nested(depth: Any, opening: Any = "[", closing: Any = "]") -> Any:
    return opening * depth + closing * depth


@pytest.mark.parametrize("text", [nested(100_000), nested(100_000, '{"a":', "}"), "[" * 100_000])
def test_a_document_nested_too_deeply_is_refused(text: Any) -> None:
    assert faults_of_text(text) == ["document: nested too deeply"]


@pytest.mark.parametrize(("part", "key"), [("answers", "brand_voice"), ("use_case", "task"), ("failures", "reasoning")])
def test_a_value_of_any_depth_is_refused(part: str, key: str) -> None:
    """Just below the depth that cannot be parsed, the fault must not overflow on its way into words."""
    start = '{"format": "ftdecide/assessment", "version": 1'
    for depth in range(880, 1010):
        assert faults_of_text(f'{start}, "{part}": {{"{key}": {nested(depth)}}}}}') != []


@pytest.mark.parametrize("code", [0x00, 0xD800, 0xDFFF])
def test_characters_that_cannot_be_kept_are_refused(code: int) -> None:
    """NUL and lone surrogates fit neither PostgreSQL nor UTF-8."""
    character = chr(code)
    assert faults_with(use_case={"name": f"A{character}"}) == [f"use_case.name: {CANNOT_BE_KEPT}"]
    evidence = {"brand_voice": {"value": "yes", "evidence": character}}
    assert faults_with(answers=evidence) == [f"answers.brand_voice.evidence: {CANNOT_BE_KEPT}"]


def test_texts_of_a_file_are_taken_as_they_were_meant() -> None:
    evidence = {"value": "yes", "evidence": "one\x0btwo", "link": "https://exam\xadple.org"}
    raw = raw_document(use_case={"name": "Re\xadfunds\x07"}, answers={"brand_voice": evidence}, data=[row("A\x1b")])
    document = load_document(json.dumps(raw), FRAMEWORK)
    answer = document.answers["brand_voice"]
    assert (document.name, answer.evidence, answer.link) == ("Refunds\t", "one\ntwo", "https://example.org")
    assert document.data[0].label == "A"


def row(label: Any) -> Any:
    return {"label": label, "required": 1, "available": 1, "reviewed": 1}


def test_lines_tabs_and_all_other_characters_are_taken() -> None:
    assert faults_with(use_case={"name": "A\tß漢🙂", "task": "one\r\ntwo"}) == []


def test_a_lone_surrogate_in_a_key_is_named_readably() -> None:
    [fault] = faults_of(raw_document() | {"\ud800": 1})
    assert fault == "\\ud800: is not a known key"


def test_text_with_a_lone_surrogate_is_refused() -> None:
    """As standard input with surrogateescape hands it on."""
    with pytest.raises(DocumentError):
        load_document(SMALLEST.replace("A", "\udcff"), FRAMEWORK)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://example.org",
        "data:text/html,x",
        "//example.org",
        "example.org",
        "https:/example.org",
        "https://example.org/a b",
        "https://example.org/\njavascript:alert(1)",
    ],
)
def test_only_web_links_are_links(link: str) -> None:
    assert faults_with(answers={"brand_voice": {"value": "yes", "link": link}}) == [
        "answers.brand_voice.link: must start with https:// or http://"
    ]
    assert not is_web_link(link)


@pytest.mark.parametrize("link", ["https://example.org/a?b=c#d", "http://localhost:8000", ""])
def test_a_web_link_or_none_is_taken(link: str) -> None:
    assert faults_with(answers={"brand_voice": {"value": "yes", "link": link}}) == []


def test_more_than_five_hundred_rows_are_refused() -> None:
    assert faults_with(override_weeks=[1] * 500) == []
    assert faults_with(override_weeks=[1] * 501) == ["override_weeks: has 501 rows; at most 500 are allowed"]


def test_a_document_is_written_as_people_read_it() -> None:
    raw = raw_document(use_case={"name": "Über"})
    text = write_document(raw)
    assert '"name": "Über"' in text
    assert json.loads(text) == raw
    assert faults_of_text(text) == []
