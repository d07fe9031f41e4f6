"""Reads numbers as people type them, by the signs of their language. What can be read in two ways is not guessed.

The form of a number says most: 1.234,5 and 1,234.5 are the same to everybody, 12,5 has a decimal, and no group of
three starts with a lone zero. Only one sign before exactly three digits can be both: there the language decides where
the sign is its own for thousands; else whoever typed it is asked, because many type decimals in one language and
thousands in another.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import product

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol
from django.utils.translation import gettext as _

from assessments.framework.currency import currencies_of
from assessments.framework.notation import locale_of

LONGEST_NUMBER = 400
_NARROW_SPACE = "\u202f"
_MARKS = dict.fromkeys("\u200b\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\u00ad\ufeff", "")
_SAME = _MARKS | {
    **dict.fromkeys("−–‐‑﹣－", "-"),
    **dict.fromkeys("＋﹢", "+"),
    **dict.fromkeys("．﹒", "."),
    **dict.fromkeys("，﹐", ","),
    **dict.fromkeys("’‘ʼ＇", "'"),
    **dict.fromkeys("％٪﹪", "%"),
}
_MARK = r"[^\d .,'٫٬+%-]{1,8}\.?"  # of a currency: a sign, a code or a word
_TYPED = re.compile(rf"([+-]?) ?({_MARK})? ?([+-]?) ?((?:\d|[.,٫]\d)[\d.,' ٫٬]*?) ?({_MARK})?( ?%)?", re.ASCII)


def _way(group: str, decimal: str) -> re.Pattern[str]:
    """Digits with these signs: no groups, groups of three, or groups of two before the last three as in India."""
    groups = rf"[1-9]\d{{0,2}}(?:{group}\d{{3}})+|[1-9]\d?(?:{group}\d{{2}})+{group}\d{{3}}"
    return re.compile(rf"(\d{{0,20}}|{groups})(?:{decimal}(\d{{1,350}}))?", re.ASCII)


_WAYS = [
    (group, _way(re.escape(group), re.escape(decimal)))
    for group, decimal in product(".,' ٬", ".,٫")
    if group != decimal
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What parts thousands and decimals in a language."""

    group: str
    decimal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNumber:
    """What somebody typed, and every number that it can be: none, one, or two. Numbers are plain, as 1234.5."""

    typed: str
    readings: tuple[str, ...]
    signs: Signs
    percent: bool = False
    """Whether a percent sign stood behind it."""
    mark: str = ""
    """The sign, code or name of a currency that stands beside it."""

    @property
    def number(self) -> float | None:
        """The number that was meant, whole where it has no decimals."""
        if len(self.readings) != 1:
            return None
        return float(self.readings[0]) if "." in self.readings[0] else int(self.readings[0])

    @property
    def question(self) -> str:
        """What to ask where it can be read in two ways, else an empty string.

        >>> read_number("12.000", "en").question
        '12.000 can be read as 12 or as 12,000: type 12 or 12000'
        """
        if len(self.readings) < 2:
            return ""
        one, other = (_written(reading, self.signs) for reading in self.readings)
        ways = [_beyond_doubt(reading) for reading in self.readings]
        return _("{typed} can be read as {one} or as {other}: type {plain_one} or {plain_other}").format(
            typed=self.typed, one=one, other=other, plain_one=ways[0], plain_other=ways[1]
        )

    @property
    def words(self) -> str:
        """How it was read, where that is not plainly what was typed; else an empty string."""
        if len(self.readings) != 1 or self.readings[0] == self.typed:
            return ""
        return _written(self.readings[0], self.signs)


def read_number(text: str, language: str, *, percent: bool = False) -> ReadNumber:
    """Every number that this text can be to somebody who reads this language.

    Taken are digits of all scripts, a currency's sign, code or name, spaces and apostrophes between thousands, and,
    where it is asked for, a percent sign. `language` is a tag like "de-CH"; one that nobody knows counts as English.

    >>> [read_number(typed, "de").number for typed in ("12.000", "12,5", "1.234,50 €", "0.850", "1 234", "many")]
    [12000, 12.5, 1234.5, 0.85, 1234, None]
    >>> read_number("1.250", "en").readings
    ('1.250', '1250')
    """
    typed, signs = text.strip(), signs_of(language)
    matched = _TYPED.fullmatch(_in_plain_signs(typed)) if len(typed) <= LONGEST_NUMBER else None
    if not matched or (matched[1] and matched[3]) or (matched[6] and not percent):
        return ReadNumber(typed=typed, readings=(), signs=signs)
    marks = [mark for mark in (matched[2], matched[5]) if mark]
    if len(marks) > 1 or not all(currencies_of(mark) or _is_sign(mark) for mark in marks):
        return ReadNumber(typed=typed, readings=(), signs=signs)
    minus = "-" if "-" in (matched[1], matched[3]) else ""
    readings = tuple(minus + reading for reading in _readings(matched[4], signs))
    signed = matched[6] or ""
    bare = typed[: len(typed) - len(signed)].rstrip()
    return ReadNumber(typed=bare, readings=readings, signs=signs, percent=bool(signed), mark="".join(marks))


def _is_sign(mark: str) -> bool:
    return all(unicodedata.category(character) == "Sc" for character in mark)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadShare:
    """What somebody typed as a share: from 0 to 1 where it can be read, else None; what to ask where it is not plain.

    `words` say how a decimal was read: all shares are shown as percentages.
    """

    number: float | None = None
    question: str = ""
    words: str = ""


def read_share(text: str, language: str, *, most: float = 1) -> ReadShare:
    """A share of at most so much, as a percentage or as a decimal.

    85, 85 % and 0.85 are the same to everybody. Without a sign, what can be either is asked about: 1, and in a field
    that takes more than 100 %, 1.25.

    >>> [read_share(typed, "en").number for typed in ("85", "85 %", "0.85", "0,85", "0.5%", "12.5")]
    [0.85, 0.85, 0.85, 0.85, 0.005, 0.125]
    >>> read_share("1", "en").question, read_share("1,25", "de", most=10).question
    ('1 can be read as 1% or as 100%: type 1% or 100%', '1,25 can be read as 1,25% or as 125%: type 1,25% or 125%')
    >>> read_share("0.85", "en").words
    '85%'
    """
    read = read_number(text, language, percent=True)
    if read.number is None or read.mark:
        return ReadShare(question=read.question)
    plain = Decimal(read.readings[0])
    bare, size = not read.percent, abs(plain)
    if bare and (size == 1 or (1 < size <= most and size % 1)):
        ways = [f"{_written(f'{percent:f}', read.signs)}%" for percent in (plain, plain * 100)]
        question = _("{typed} can be read as {one} or as {other}: type {one} or {other}")
        return ReadShare(question=question.format(typed=read.typed, one=ways[0], other=ways[1]))
    percent = plain * 100 if bare and size < 1 else plain
    told = f"{_written(f'{percent:f}', read.signs)}%" if percent != plain else f"{read.words}%" if read.words else ""
    return ReadShare(number=float(percent / 100), words=told)


def read_as(typed: Sequence[str], language: str) -> str:
    """How these numbers were read, where that is not plainly what was typed.

    >>> read_as(["12.000"], "de"), read_as(["12,000", "0.8", "1,5"], "en"), read_as(["0.8"], "en")
    ('Read as 12\\u202f000', 'Read as 12,000 and 1.5', '')
    """
    return told_read([read_number(one, language).words for one in typed])


def told_read(words: Sequence[str]) -> str:
    """How numbers were read, of those that have words for it."""
    words = [word for word in words if word]
    if len(words) > 1:
        words = [_("{words} and {last}").format(words=", ".join(words[:-1]), last=words[-1])]
    return _("Read as {numbers}").format(numbers=words[0]) if words else ""


def in_words(reading: str, signs: Signs) -> tuple[str, str]:
    """A plain number as a reader of the language takes it, and as it can be typed without doubt.

    >>> in_words("1234.50", signs_of("de"))
    ('1\u202f234,5', '1234,5')
    """
    return _written(reading, signs), _beyond_doubt(reading).replace(".", signs.decimal)


def _readings(body: str, signs: Signs) -> list[str]:
    """The plain numbers that digits and separators can be, decimals first."""
    found: dict[str, bool] = {}
    for group, way in _WAYS:
        if matched := way.fullmatch(body):
            whole, decimals = (matched[1] or "0").replace(group, ""), matched[2]
            found[f"{whole}.{decimals}" if decimals else whole] = group in matched[1]
    if len(found) == 2 and signs.group in body:
        return [reading for reading, grouped in found.items() if grouped]
    return sorted(found, key=lambda reading: "." not in reading)


def _in_plain_signs(text: str) -> str:
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Sc":
        return unicodedata.normalize("NFKC", character)
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


@lru_cache(maxsize=256)
def signs_of(language: str) -> Signs:
    """The signs for thousands and decimals of a language.

    >>> signs_of("de"), signs_of("fr-CA"), signs_of("nobody's")
    (Signs(group='.', decimal=','), Signs(group=' ', decimal=','), Signs(group=',', decimal='.'))
    """
    locale = locale_of(language) or Locale("en")
    return Signs(group=_in_plain_signs(get_group_symbol(locale)), decimal=get_decimal_symbol(locale))


def _written(reading: str, signs: Signs) -> str:
    """A plain number as a reader of the language takes it; a full stop never parts thousands, as it may not to others.

    >>> _written("-12345.50", signs_of("en")), _written("1.250", signs_of("de")), _written("12.000", signs_of("en"))
    ('−12,345.5', '1,25', '12')
    """
    group = {".": _NARROW_SPACE, " ": _NARROW_SPACE}.get(signs.group, signs.group)
    whole, _point, decimals = reading.partition(".")
    text = f"{int(whole):,}".replace(",", group).replace("-", "−")
    decimals = decimals.rstrip("0")
    return f"{text}{signs.decimal}{decimals}" if decimals else text


def _beyond_doubt(reading: str) -> str:
    """A plain number that nobody can read in another way: never with exactly three decimals.

    >>> _beyond_doubt("12.000"), _beyond_doubt("1.250"), _beyond_doubt("1.125"), _beyond_doubt("1250")
    ('12', '1.25', '1.1250', '1250')
    """
    whole, _point, decimals = reading.partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}{'0' if len(decimals) == 3 else ''}" if decimals else whole
