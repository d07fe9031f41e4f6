"""How numbers, amounts and days are written for whoever reads them now, in any language; words only in two."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

ENGLISH, GERMAN = "en", "de"
_LONGEST_HEADER = 500
_UNSEEN = str.maketrans("", "", "\u200e\u200f\u061c")  # they turn the direction of what stands around them
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_IN_PROSE = re.compile(
    r"(?<![\w.,-])"
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+(?=%)|(?<=\$)\d+\.\d+|0\.\d+|\d+\.\d+(?= of \d))"
    r"(?!\w|[.,]\d)"
)
"""What can be nothing but a number: thousands, shares, amounts of dollars; 4.1 may be a version."""
_GAP = "\N{NO-BREAK SPACE}"
_IN_WORDS = {ENGLISH: {"yMd": "", "yM": ""}, GERMAN: {"yMd": "d. MMMM y", "yM": "MMMM y"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """One language's way to write numbers. Digits are those that everybody types."""

    key: str
    """Tells it from others; what is kept in words is kept by it."""
    group: str
    decimal: str
    groups: tuple[int, int]
    """How many digits the last group has, and those before it."""
    percent: tuple[str, str]
    """What stands before and after a percentage."""
    sign_first: bool
    sign_gap: bool
    """Whether the sign of a currency stands before the amount, and apart from it."""
    day_form: str
    month_form: str
    """Patterns of Unicode's for days and months: short ones, in German with words; empty in English, all words."""

    def number(self, text: str) -> str:
        """A number as Python writes it with commas, or words with such numbers in them."""
        return _NUMERAL.sub(lambda found: self._numeral(found[0]), text)

    def prose(self, text: str) -> str:
        """A sentence with its numbers; names of models and versions stay.

        >>> notation_of("de").prose("Above 1,000 requests, 0.5 hours and $2.95, GPT-4.1 is at 99.5% (3.2).")
        'Above 1.000 requests, 0,5 hours and $2,95, GPT-4.1 is at 99,5% (3.2).'
        """
        return _IN_PROSE.sub(lambda found: self._numeral(found[0]), text)

    def _numeral(self, text: str) -> str:
        whole, point, decimals = text.partition(".")
        if "," in whole:
            digits, last, before = whole.replace(",", ""), *self.groups
            head, parts = digits[:-last], [digits[-last:]]
            while head:
                head, parts = head[:-before], [head[-before:], *parts]
            whole = self.group.join(parts)
        return f"{whole}{self.decimal if point else ''}{decimals}"


def locale_of(language: str) -> Locale | None:
    """The locale of a tag as browsers send it, or of its language alone."""
    tag = language.replace("_", "-")
    for one in (tag, tag.partition("-")[0]):
        try:
            return Locale.parse(one, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


@lru_cache(maxsize=256)
def notation_of(language: str) -> Notation:
    """The notation of a tag as browsers send it; one that nobody knows counts as English.

    >>> [notation_of(tag).number("1,234,567.5") for tag in ("en", "de", "hi", "de-CH", "nobody's")]
    ['1,234,567.5', '1.234.567,5', '12,34,567.5', "1'234'567.5", '1,234,567.5']
    """
    locale = locale_of(language) or Locale(ENGLISH)
    own, plain = _notation(locale), _notation(Locale(locale.language))
    return plain if replace(own, key=plain.key) == plain else own


def _notation(locale: Locale) -> Notation:
    days = _IN_WORDS.get(locale.language) or locale.datetime_skeletons
    amount, percent = locale.currency_formats["standard"], locale.percent_formats[None]
    before, after = amount.prefix[0].translate(_UNSEEN), amount.suffix[0].translate(_UNSEEN)
    return Notation(
        key=str(locale),
        group=get_group_symbol(locale),
        decimal=get_decimal_symbol(locale),
        groups=locale.decimal_formats[None].grouping,
        percent=(percent.prefix[0].translate(_UNSEEN), percent.suffix[0].translate(_UNSEEN)),
        sign_first="¤" in before,
        sign_gap=len(before.strip()) < len(before) or "¤" in after,
        day_form=str(days.get("yMd", "")),
        month_form=str(days.get("yM", "")),
    )


_PLAIN = notation_of(ENGLISH)
_NOW: ContextVar[Notation] = ContextVar("notation", default=_PLAIN)


@contextmanager
def written_for(language: str) -> Iterator[None]:
    """Whatever is put into words meanwhile is written for readers of this language.

    >>> with written_for("de"):
    ...     written("1,234.5"), amount("6,000", "$"), percentage("47.5"), day(date(2026, 11, 3))
    ('1.234,5', '6.000\\xa0$', '47,5\\xa0%', '3. November 2026')
    """
    token = _NOW.set(notation_of(language))
    try:
        yield
    finally:
        _NOW.reset(token)


def current() -> Notation:
    return _NOW.get()


def in_words() -> bool:
    """Whether days stand in words, as in English and in German."""
    return _language_of(_NOW.get()) in _IN_WORDS


def words_of(notation: Notation) -> str:
    """The language of the words around such numbers: German for whoever reads it, English for all others.

    >>> [words_of(notation_of(tag)) for tag in ("de-CH", "en", "fr")]
    ['de', 'en', 'en']
    """
    return GERMAN if _language_of(notation) == GERMAN else ENGLISH


def _language_of(notation: Notation) -> str:
    return notation.key.partition("_")[0]


def speaks_german() -> bool:
    """Whether the words that are made now are German."""
    return words_of(current()) == GERMAN


def written(text: str) -> str:
    """A number as Python writes it with commas, for whoever reads now; words around it stay."""
    return _NOW.get().number(text)


def amount(text: str, sign: str) -> str:
    """An amount with the sign of its currency where the reader expects it.

    >>> amount("6,000", "$"), amount("6,000", "CHF\\xa0"), amount("6,000", "")
    ('$6,000', 'CHF\\xa06,000', '6,000')
    """
    now, bare = _NOW.get(), sign.rstrip(_GAP)
    gap = _GAP if now.sign_gap or bare != sign else ""
    number = now.number(text)
    if not sign:
        return number
    return f"{bare}{gap}{number}" if now.sign_first else f"{number}{gap}{bare}"


def percentage(text: str) -> str:
    """A number of hundredths with the sign for them.

    >>> percentage("47.5")
    '47.5%'
    """
    before, after = _NOW.get().percent
    return f"{before}{written(text)}{after}"


def day(value: date) -> str:
    """A day: in English and German in words, else in the short form of the language, which reads well among English
    words.

    >>> day(date(2026, 11, 3))
    '3 November 2026'
    """
    form = _NOW.get().day_form
    return _in_form(form, value) if form else f"{value.day} {value:%B %Y}"


def month(value: date) -> str:
    """
    >>> month(date(2026, 11, 3))
    'November 2026'
    """
    form = _NOW.get().month_form
    return _in_form(form, value) if form else f"{value:%B %Y}"


def _in_form(form: str, value: date) -> str:
    key = _NOW.get().key
    return format_date(value, form, locale=GERMAN if in_words() else key).translate(_UNSEEN)


def language_asked_for(header: str, words: str = "") -> str:
    """The first language of an Accept-Language header whose numbers are known, else English.

    Browsers name the languages best first, so their weights say nothing more. Where somebody chose the language of the
    words, numbers are as in the first of the browser's languages that goes with it.

    >>> language_asked_for("xx, de-CH;q=0.9, en"), language_asked_for("")
    ('de-CH', 'en')
    >>> language_asked_for("en-GB, de-CH", "de"), language_asked_for("de, fr", "en"), language_asked_for("fr", "en")
    ('de-CH', 'en', 'fr')
    """
    tags = [part.partition(";")[0].strip() for part in header[:_LONGEST_HEADER].split(",")]
    known = [tag for tag in tags if locale_of(tag)]
    if not words:
        return known[0] if known else ENGLISH
    if known and words_of(notation_of(known[0])) == words:
        return known[0]
    return next((tag for tag in known if notation_of(tag).key.partition("_")[0] == words), words)
