"""What a questionnaire page sends is read by format: what fits is cleaned, what does not is told in words."""

from typing import Any

import pytest

from assessments.engine.paths import Stated
from assessments.forms.values import FormatError, read_entry

from .visits import FRAMEWORK


def content(key: str, language: str = "en-GB", **posted: str) -> Stated:
    """What is read for this question: `typed` is its own field, other names are added to its key."""
    fields = {f"{key}-{name}" if name != "typed" else key: text for name, text in posted.items()}
    read = read_entry(FRAMEWORK.questions[key], fields, language)
    return Stated(value=read.value, evidence=read.evidence, link=read.link, strength=read.strength)


def sentence(key: str, language: str = "en-GB", **posted: str) -> tuple[str, str]:
    """The field that is refused, and why."""
    with pytest.raises(FormatError) as refused:
        content(key, language, **posted)
    return refused.value.field, refused.value.sentence


@pytest.mark.parametrize("question", [q for q in FRAMEWORK if q.choices], ids=lambda q: q.key)
def test_a_choice_takes_exactly_the_answers_that_its_question_offers(question: Any) -> None:
    for value in question.choices:
        assert content(question.key, typed=value).value == value
    for value in {"yes", "no", "unsure", "na", "maybe", "YES", "1"} - set(question.choices):
        refused = (question.key, f"{question.label}: choose one of the answers")
        assert sentence(question.key, typed=value) == refused


def test_does_not_apply_is_offered_where_the_method_allows_it_and_nowhere_else() -> None:
    """method.md 2.2 and 2.2b: retrieval and what else was tried may not apply; of law, a teacher and personal data."""
    else_tried = {"output_constrained", "prompt_optimizer_tried", "decomposition_tried", "classifier_tried"}
    with_na = {question.key for question in FRAMEWORK if "na" in question.choices}
    of_law = {"teacher_terms", "personal_data"}
    assert with_na == else_tried | of_law | {"cheaper_serving_tried", "retrieval_optimized"}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1200", 1200),
        ("1,200", 1200),
        ("1 200", 1200),
        ("1\u00a0200", 1200),
        ("$1,234.50", 1234.5),
        ("$ 5", 5),
        ("−5", -5),
        ("-5", -5),
        ("+5", 5),
        ("-0", 0),
        ("007", 7),
        ("0.30", 0.3),
        (" 12 ", 12),
        ("0.00001", 0.00001),
        (f"{5e-324:.340f}", 5e-324),
        ("1000000000", 1_000_000_000),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, number: float) -> None:
    assert content("api_savings", typed=typed).value == number


@pytest.mark.parametrize(
    "typed",
    [
        *("many", "1_000", "1.2.3", "1 25", "1,2,3", "NaN", "Infinity", "-inf", "0x10", "1/2"),
        *("--5", "5-", ".", "$", "12%", "1e5", "1e309", "²", "9" * 5000),
        *("9" * 330 + ".5", "9," + "999," * 200 + "999"),
    ],
)
def test_what_is_no_number_is_refused_with_an_example(typed: Any) -> None:
    assert sentence("api_savings", typed=typed) == (
        "api_savings",
        f"{FRAMEWORK.questions['api_savings'].label} must be a number, like 1200",
    )


@pytest.mark.parametrize(
    ("key", "typed", "complaint"),
    [
        ("monthly_requests", "-1", "must be 0 or more"),
        ("monthly_requests", "1,000,000,001", "must be 1,000,000,000 or less"),
        ("monthly_requests", "12.5", "must be a whole number, like 1200"),
        ("horizon_months", "0", "must be 1 or more"),
        ("horizon_months", "121", "must be 120 or less"),
        ("horizon_months", "soon", "must be a number, like 36"),
        ("reviewer_agreement", "101", "must be 100% or less"),
        ("monthly_requests", "1e309", "must be a number, like 1200"),
        ("monthly_requests", "9" * 330 + ".5", "must be a number, like 1200"),
        ("monthly_requests", "9" * 20 + ".5", "must be 1,000,000,000 or less"),
        ("api_savings", "-1000000001", "must be -1,000,000,000 or more"),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_the_bound(key: str, typed: Any, complaint: str) -> None:
    assert sentence(key, typed=typed) == (key, f"{FRAMEWORK.questions[key].label} {complaint}")


@pytest.mark.parametrize(
    ("language", "key", "typed", "number"),
    [
        ("de-DE", "monthly_requests", "12.000", 12_000),
        ("de-DE", "api_savings", "1.250", 1250),
        ("de-DE", "api_savings", "0,850", 0.85),
        ("en-GB", "monthly_requests", "12,000", 12_000),
        ("en-GB", "api_savings", "0,850", 0.85),
        ("en-GB", "api_savings", "1.250,50", 1250.5),
        ("en-GB", "api_savings", "１２.５", 12.5),
        ("ar-EG", "api_savings", "٣٬٢٠٠٫٥", 3200.5),
    ],
)
def test_a_number_is_read_by_the_reader_s_language(language: str, key: str, typed: str, number: float) -> None:
    assert content(key, language, typed=typed).value == number


@pytest.mark.parametrize(
    ("language", "key", "typed", "question"),
    [
        ("en-GB", "monthly_requests", "12.000", "12.000 can be read as 12 or as 12,000: type 12 or 12000"),
        ("en-GB", "api_savings", "$1.250", "$1.250 can be read as 1.25 or as 1,250: type 1.25 or 1250"),
        ("de-DE", "api_savings", "1,250", "1,250 can be read as 1,25 or as 1\u202f250: type 1.25 or 1250"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked(language: str, key: str, typed: str, question: str) -> None:
    assert sentence(key, language, typed=typed) == (key, f"{FRAMEWORK.questions[key].label}: {question}")


def test_counts_of_examples_are_asked_about_in_their_own_field() -> None:
    assert sentence("data", **{"0-label": "Refunds", "0-required": "1.500"}) == (
        "data-0-required",
        "Row 1: 1.500 can be read as 1.5 or as 1,500: type 1.5 or 1500",
    )


def read_weeks(*cells: Any, language: Any = "en-GB") -> Any:
    posted = {f"override_weeks-{index}": typed for index, typed in enumerate(cells)}
    return read_entry(FRAMEWORK.questions["override_weeks"], posted, language).value


@pytest.mark.parametrize(
    ("typed", "weeks"), [("31,5", [31.5]), ("31,5; 29", [31.5, 29]), ("31, 29", [31, 29]), ("31,29,33", [31, 29, 33])]
)
def test_a_comma_in_a_week_is_a_decimal_where_it_is_one_in_the_language(typed: str, weeks: Any) -> None:
    assert read_weeks(typed, language="de") == weeks


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_week_that_can_be_one_or_two_is_asked_about(language: str) -> None:
    label = FRAMEWORK.questions["override_weeks"].label
    with pytest.raises(FormatError) as refused:
        read_weeks("1,200", language=language)
    expected = f"{label}: week 1: 1,200 can be one number or several: leave out the comma"
    assert refused.value == FormatError("override_weeks-0", expected)


@pytest.mark.parametrize(
    ("typed", "weeks"),
    [
        ("31, 29, 33", [31, 29, 33]),
        ("31 29;33\n41", [31, 29, 33, 41]),
        ("31,29,", [31, 29]),
        ("0", [0]),
        (", ".join(["7"] * 500), [7] * 500),
    ],
)
def test_weeks_pasted_into_one_cell_are_read_with_any_separator(typed: Any, weeks: Any) -> None:
    assert read_weeks(typed) == weeks


def test_weeks_are_read_in_the_order_of_their_cells_and_empty_ones_left_out() -> None:
    assert read_weeks("31", " 29 ", "", "33 34", "41") == [31, 29, 33, 34, 41]
    assert read_weeks("", " ") is None


@pytest.mark.parametrize("typed", ["31, many", "-1", "1_0", "nan", "1000001", "1e309"])
def test_weeks_that_are_no_numbers_are_refused(typed: str) -> None:
    label = FRAMEWORK.questions["override_weeks"].label
    with pytest.raises(FormatError) as refused:
        read_weeks("31", "29", typed)
    assert refused.value == FormatError("override_weeks-2", f"{label}: week 3 must be a number, like 31")


def test_more_weeks_than_a_document_can_hold_are_refused() -> None:
    label = FRAMEWORK.questions["override_weeks"].label
    with pytest.raises(FormatError) as refused:
        read_weeks("7", " ".join(["7"] * 500))
    assert refused.value == FormatError("override_weeks-0", f"{label}: at most 500 weeks")


def test_text_is_kept_as_it_is_but_for_the_space_around_it() -> None:
    typed = "  Grüße <b>& “Zitat”</b>\r\n\r\nمرحبا \u202e rtl  "
    assert content("task", typed=typed).value == "Grüße <b>& “Zitat”</b>\n\nمرحبا \u202e rtl"


def test_what_a_word_processor_leaves_in_a_text_becomes_what_was_meant() -> None:
    typed = "Re\xadfunds\x0btake 5\xa0days.\x07\x07Delivery\u2028one"
    assert content("task", typed=typed).value == "Refunds\ntake 5\xa0days.\nDelivery\none"
    assert content("name", typed="Support\xa0copi\xadlot\x0b").value == "Support copilot"
    assert content("brand_voice", typed="yes", evidence="\x0bblind\x0breview\x07").evidence == "blind\nreview"
    assert content("data", **{"0-label": "Re\xadfunds\xa0late"}).value[0]["label"] == "Refunds late"


@pytest.mark.parametrize("typed", ["\x0b", "\x01\x1b", "\u200b", "\xad\u2028"])
def test_a_text_of_nothing_that_is_seen_is_no_answer(typed: str) -> None:
    assert content("task", typed=typed) == content("name", typed=typed) == Stated(value=None)


def test_ten_thousand_characters_are_the_most() -> None:
    assert content("task", typed="x" * 10_000).value == "x" * 10_000
    label = FRAMEWORK.questions["task"].label
    expected = f"{label} has 10,001 characters; at most 10,000 are allowed"
    assert sentence("task", typed="x" * 10_001) == ("task", expected)


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_a_character_that_cannot_be_kept_is_refused(character: str) -> None:
    label = FRAMEWORK.questions["task"].label
    expected = f"{label} has a control character that cannot be kept"
    assert sentence("task", typed=f"a{character}b") == ("task", expected)


def test_evidence_comes_with_its_link_and_strength() -> None:
    read = content(
        "brand_voice",
        typed="yes",
        evidence=" blind review,\r\n50 replies ",
        link=" https://example.org/review ",
        strength="measured",
    )
    assert read == Stated(
        value="yes",
        evidence="blind review,\n50 replies",
        link="https://example.org/review",
        strength="measured",
    )


@pytest.mark.parametrize("strength", ["", "strong", "Measured", "x" * 20_000, "\x00"])
def test_a_strength_that_there_is_not_counts_as_opinion(strength: Any) -> None:
    assert content("brand_voice", typed="yes", strength=strength).strength == "opinion"


@pytest.mark.parametrize(
    "link",
    [
        *("javascript:alert(1)", "data:text/html,x", "//example.org", "example.org", "ftp://example.org"),
        *("https://example.org/a b", "https://example.org/a\tb", "HTTPS://example.org"),
    ],
)
def test_a_link_that_is_no_web_address_is_refused(link: Any) -> None:
    label = FRAMEWORK.questions["brand_voice"].label
    expected = f"The link for {label} must start with https:// or http://"
    assert sentence("brand_voice", typed="yes", link=link) == ("brand_voice-link", expected)


def test_evidence_that_is_too_long_names_the_evidence() -> None:
    label = FRAMEWORK.questions["brand_voice"].label
    expected = f"The evidence for {label} has 10,001 characters; at most 10,000 are allowed"
    refused = sentence("brand_voice", typed="yes", evidence="x" * 10_001)
    assert refused == ("brand_voice-evidence", expected)


def test_a_number_has_no_evidence() -> None:
    read = content("labelled_examples", typed="5", evidence="a count", link="https://example.org")
    assert read == Stated(value=5)


@pytest.mark.parametrize("key", ["brand_voice", "task", "monthly_requests", "override_weeks", "goal"])
@pytest.mark.parametrize("typed", ["", "   ", "\r\n"])
def test_nothing_typed_is_no_answer(key: str, typed: str) -> None:
    assert content(key, typed=typed) == Stated(value=None)


@pytest.mark.parametrize(
    ("rev", "seen"),
    [
        ("3.abc", (3, "abc")),
        ("", (0, "")),
        ("abc", (0, "")),
        ("-1.abc", (0, "abc")),
        ("9" * 400, (0, "")),
        ("1_0.x", (0, "x")),
        ("٣.x", (0, "x")),
        (f"2.{'f' * 500}", (2, "f" * 64)),
        ("1.0.5", (1, "0.5")),
    ],
)
def test_a_mark_that_no_page_wrote_counts_as_never_seen(rev: Any, seen: Any) -> None:
    submission = read_entry(FRAMEWORK.questions["brand_voice"], {"brand_voice-rev": rev}, "en")
    assert (submission.seen_version, submission.seen_digest) == seen
