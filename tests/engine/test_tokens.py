"""The estimate of a prompt's length: for every text, quick, and never less than its least."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.engine.economics.tokens import estimate_tokens


@given(st.text(max_size=400))
def test_any_text_has_an_estimate(text: Any) -> None:
    found = estimate_tokens(text)
    assert 0 <= found.least <= found.likely <= 4 * len(text)


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_longer_text_never_has_fewer_tokens(text: Any, more: Any) -> None:
    assert estimate_tokens(text + " " + more).likely >= estimate_tokens(text).likely


@pytest.mark.parametrize(
    ("text", "least", "likely"),
    [
        ("Summarise the conversation in three bullet points for a busy support agent.", 12, 19),
        ("SELECT id, name FROM users WHERE id = 42;", 10, 13),
        ("概要を三つの箇条書きで", 9, 11),
        ("1234567890", 3, 4),
    ],
)
def test_prose_code_and_scripts_without_spaces(text: str, least: int, likely: int) -> None:
    found = estimate_tokens(text)
    assert found.least >= least
    assert abs(found.likely - likely) <= 2


def test_half_a_character_counts_too() -> None:
    assert estimate_tokens("\ud800").likely == 1
