"""In which language the product speaks: the words of its pages, and how numbers and days stand among them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

from django.http import HttpRequest
from django.utils import translation

from .framework.notation import ENGLISH, GERMAN, current, language_asked_for, words_of, written_for
from .framework.notation import speaks_german as speaks_german

LANGUAGES = {ENGLISH: "English", GERMAN: "Deutsch"}
"""Those that there are words in, each by its own name."""
COOKIE = "language"
_PROGRAMS, _PAGE_FOR_PEOPLE = "/api/", "/api/v1/"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Whatever is put into words meanwhile is for readers of this language: a tag as browsers send it."""
    with written_for(language), translation.override(words_of(current())):
        yield


def language_of(request: HttpRequest) -> str:
    """The language that was chosen in this browser, else the one that it asks for. Programs are answered in English."""
    if request.path_info.startswith(_PROGRAMS) and request.path_info != _PAGE_FOR_PEOPLE:
        return ENGLISH
    return language_asked_for(request.headers.get("Accept-Language", ""), chosen_in(request))


def chosen_in(request: HttpRequest) -> str:
    """The language that was chosen in this browser; empty where none was."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else ""


def words_now() -> str:
    """The language of the words that are made now: one of those that there are."""
    return words_of(current())


def lowered(text: str) -> str:
    """Words as they stand within a sentence: in German nouns keep their capitals.

    >>> lowered("Owner")
    'owner'
    """
    return text if speaks_german() else text.lower()


def said_again(sentence: str, known: Sequence[str]) -> str:
    """A sentence that was made in English, as a document's fault or in an event that is kept, in the reader's words.

    `known` are the messages that it can be made of, with names for what differs, marked by `gettext_noop`.

    >>> said_again("has 3 rows", ["has {n} rows"]), said_again("something else", ["has {n} rows"])
    ('has 3 rows', 'something else')
    """
    if not speaks_german():
        return sentence
    for message in known:
        if found := _form_of(message).fullmatch(sentence):
            return translation.gettext(message).format(**found.groupdict())
    return sentence


@cache
def _form_of(message: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(message)), re.DOTALL)


class SpokenWords(Mapping[str, str]):
    """Words by key, each looked up in the catalogue when it is read: made of what `gettext_noop` marked.

    >>> words = SpokenWords(yes="Yes", no="No")
    >>> words["yes"], words.get("na"), list(words.items()), words | {"na": "Not here"}
    ('Yes', None, [('yes', 'Yes'), ('no', 'No')], {'yes': 'Yes', 'no': 'No', 'na': 'Not here'})
    """

    def __init__(self, words: Mapping[str, str] | None = None, **more: str) -> None:
        self._words = {**(words or {}), **more}

    def __getitem__(self, key: str) -> str:
        return translation.gettext(self._words[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __or__(self, other: Mapping[str, str]) -> dict[str, str]:
        return {**self, **other}
