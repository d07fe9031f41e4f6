"""Text that was pasted becomes what was meant, and nothing that somebody wrote is lost."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.engine.plain_text import plain_line, plain_text

LEFT_OUT = "\xad\u200b\u2060\ufeff\ufffc\x7f\x81\x8d\x8f\x90\x9d"


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("one\x0btwo\x0cthree", "one\ntwo\nthree"),
        ("one\u2028two\u2029three\x85four", "one\ntwo\nthree\nfour"),
        ("one\r\ntwo\rthree\n\r\nfour", "one\ntwo\nthree\n\nfour"),
        ("A\x07B\x07\x07C\x07D\x07\x07", "A\tB\nC\tD\n"),
        ("A\r\x07B\r\x07\r\x07C", "A\tB\nC"),
        ("co\xadope\u200bra\u2060tion\ufeff\ufffc", "cooperation"),
        ("well\x1eknown\x1f\x01\x08\x1b\x7f", "well-known"),
        ("it\x92s \x93so\x94 \x96 10\x80", "it’s “so” – 10€"),
        ("\uf0b7\tfirst", "•\tfirst"),
        ("5\xa0km, 12\u202f000", "5\xa0km, 12\u202f000"),
        ("\u200fمرحبا\u202e rtl \u2067x\u2069", "\u200fمرحبا\u202e rtl \u2067x\u2069"),
        ("می\u200cخواهم 👩\u200d👩\u200d👧 🏳️\u200d🌈 ☕️", "می\u200cخواهم 👩\u200d👩\u200d👧 🏳️\u200d🌈 ☕️"),
        ("e\u0301 漢字 \U0010ffff", "e\u0301 漢字 \U0010ffff"),
        ("\x00\ud800", "\x00\ud800"),
    ],
)
def test_pasted_text_becomes_what_was_meant(pasted: str, meant: str) -> None:
    assert plain_text(pasted) == meant


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("  Support\xa0copilot ", "Support copilot"),
        ("Support\x0bcopilot\r\n", "Support copilot"),
        ("Sup\xadport\tcopilot\x07", "Support copilot"),
        ("12\u202f000\u3000頁", "12 000 頁"),
        ("\u200fاسم\u200f", "\u200fاسم\u200f"),
        ("pay\u202e nus \u202c\u2066x\u2069", "pay nus x"),
        (" \x0b\u200b", ""),
    ],
)
def test_a_name_is_one_line(pasted: str, meant: str) -> None:
    assert plain_line(pasted) == meant


@given(st.text())
def test_what_is_plain_stays_as_it_is(text: Any) -> None:
    plain = plain_text(text)
    assert plain_text(plain) == plain
    assert plain_line(plain_line(text)) == plain_line(text) == plain_line(plain)
    assert not [one for one in plain if unicodedata.category(one) == "Cc" and one not in "\n\t\0"]


@given(st.text(st.characters(exclude_categories=["Cc", "Zl", "Zp", "Co"], exclude_characters=LEFT_OUT)))
def test_nothing_that_somebody_wrote_is_lost(text: Any) -> None:
    assert plain_text(text) == text
