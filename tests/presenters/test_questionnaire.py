"""A section's fields: what is filled in, what is offered, what is wrong."""

from typing import Any

import pytest

from assessments.models import StoredValue
from assessments.presenters.control import Control, present_control
from assessments.presenters.questionnaire import answer_words, present_groups

from ..visits import FRAMEWORK


def field(key: str, value: object = None, **more: str) -> Control:
    return present_control(FRAMEWORK.questions[key], StoredValue(path=key, value=value, **more), rev="1.x")


@pytest.mark.parametrize("question", [q for q in FRAMEWORK if q.choices], ids=lambda q: q.key)
def test_each_allowed_answer_is_a_choice_with_words_and_only_the_stored_one_is_checked(question: Any) -> None:
    for stored in question.choices:
        choices = field(question.key, stored).choices
        assert [choice.value for choice in choices] == list(question.choices)
        assert [choice.value for choice in choices if choice.checked] == [stored]
        assert all(choice.label for choice in choices)


def test_a_question_without_an_answer_has_nothing_checked_or_filled_in() -> None:
    for question in FRAMEWORK:
        shown = present_control(question, None, rev="0.x")
        assert shown.typed == shown.evidence == shown.link == ""
        assert not any(choice.checked for choice in shown.choices)
        assert [strength.value for strength in shown.strengths if strength.checked] == ["opinion"]


@pytest.mark.parametrize(
    ("key", "control"), [("brand_voice", "brand_voice-yes"), ("goal", "goal-knowledge"), ("name", "name")]
)
def test_the_first_control_is_where_an_error_leads(key: str, control: str) -> None:
    assert field(key).first_control == control


def test_each_error_stands_at_its_own_control() -> None:
    errors = {"brand_voice": "a", "brand_voice-evidence": "b", "brand_voice-link": "c"}
    shown = Control(question=FRAMEWORK.questions["brand_voice"], typed="", rev="", errors=errors)
    assert (shown.error, shown.evidence_error, shown.link_error) == ("a", "b", "c")
    assert field("brand_voice").error == field("brand_voice").link_error == ""


def test_the_evidence_disclosure_tells_whether_there_is_any_and_how_strong() -> None:
    bare, text, link = (
        field("brand_voice", "yes", **more).evidence_words
        for more in ({}, {"evidence": "a", "strength": "measured"}, {"link": "https://e.org", "strength": "opinion"})
    )
    assert len({bare, text, link}) == 3
    assert "measured" in text
    assert "opinion" in link


def test_a_range_is_told_beside_its_likely_value() -> None:
    shown = field("api_savings", {"low": 1000, "likely": 1500, "high": 2000})
    assert shown.typed == "1500"
    assert shown.range_words == "Between 1000 and 2000"
    assert field("api_savings", 1500).range_words == ""


def test_a_default_is_told_where_there_is_one() -> None:
    with_default = {question.key for question in FRAMEWORK if field(question.key).default_words}
    assert with_default == {question.key for question in FRAMEWORK if question.default is not None}
    assert "$100" in field("hourly_rate").default_words


@pytest.mark.parametrize("section", FRAMEWORK.sections, ids=lambda section: section.key)
def test_a_section_shows_every_question_once_in_order_under_its_group(section: Any) -> None:
    fields = [field(question.key) for question in section.questions]
    shown = [
        (one.key, view.group.key if view.group else "")
        for view in present_groups(section, fields)
        for block in view.blocks
        for one in block.fields
    ]
    assert shown == [(question.key, question.group) for question in section.questions]


def test_fields_to_fill_in_share_a_card_and_each_choice_has_its_own() -> None:
    for section in FRAMEWORK.sections:
        for view in present_groups(section, [field(question.key) for question in section.questions]):
            for block in view.blocks:
                choices = [one for one in block.fields if one.question.choices]
                assert (block.kind == "fill") == (not choices)
                assert block.kind == "fill" or len(block.fields) == 1


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("brand_voice", "unsure", "Not sure"),
        ("retrieval_optimized", "na", "Does not apply"),
        ("goal", "persona", FRAMEWORK.questions["goal"].options[1].label),
        ("api_savings", 1500, "$1,500"),
        ("override_weeks", [31, 29.5], "31, 29.5"),
        ("name", "Refunds", "Refunds"),
        ("name", "", ""),
        ("name", None, ""),
    ],
)
def test_an_answer_is_said_in_words(key: str, value: Any, words: Any) -> None:
    assert answer_words(FRAMEWORK.questions[key], value).startswith(words)
    assert bool(answer_words(FRAMEWORK.questions[key], value)) == bool(words)


def test_a_range_is_said_with_its_ends() -> None:
    words = answer_words(FRAMEWORK.questions["api_savings"], {"low": 1000, "likely": 1500, "high": 2000})
    assert [number in words for number in ("$1,500", "1,000", "2,000")] == [True, True, True]
