"""What of a page no catalogue can put into other words, found by a catalogue that marks each word of its own."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any
from unittest.mock import patch

from django.utils import translation

from assessments.framework import load_framework
from assessments.services.market import current_market

from .pages import Page

LANGUAGE = "en-IN"
"""English that no other test reads: what is kept in words meanwhile is kept for nobody else."""
_BEGIN, _END = "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}", "\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"
_NO_WORDS = re.compile(r"(<[^>]*>|&[a-z]+;|\{[^{}]*\}|%\(\w+\)[a-z]|%%|%[a-z])")
_MARKED = re.compile(f"{_BEGIN}[^{_BEGIN}{_END}]*{_END}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_WITHIN = 8
"""So long is a text that is taken out of another one; a shorter one only where it stands alone."""
_ATTRIBUTES = ("title", "placeholder", "aria-label", "alt", "label", "content", "data-empty")
_NOT_READ = {"script", "style", "code", "pre", "kbd", "samp", "textarea"}


def marked(message: Any) -> str:
    """
    >>> marked("Save <b>{n} answers</b>")
    '⟦Save ⟧<b>{n}⟦ answers⟧</b>'
    """
    parts = _NO_WORDS.split(str(message))
    return "".join(
        f"{_BEGIN}{part}{_END}" if place % 2 == 0 and part.strip() else part for place, part in enumerate(parts)
    )


@contextmanager
def marking() -> Iterator[None]:
    """Whatever is asked of the catalogue meanwhile comes back marked."""

    def several(one: str, more: str, number: Any) -> str:
        return marked(one if number == 1 else more)

    answers = {
        "gettext": marked,
        "ngettext": several,
        "pgettext": lambda context, message: marked(message),
        "npgettext": lambda context, one, more, number: several(one, more, number),
    }
    with ExitStack() as stack:
        for name, answer in answers.items():
            stack.enter_context(patch.object(translation._trans, name, answer))  # type: ignore[attr-defined]
        yield


def unmarked(page: Page, *, typed: Iterable[str] = (), allowed: Iterable[str] = ()) -> list[str]:
    """Each text of a page with words that are neither marked, nor of the framework, nor typed by somebody."""
    known = [*sorted({" ".join(text.lower().split()) for text in typed}, key=len, reverse=True)]
    names = {word.lower() for word in allowed}
    found = []
    for text in _texts(page):
        own = " ".join(_MARKED.sub(" ", text).split())
        rest = _without(own, known) if _WORD.search(own) else ""
        words = [word for word in _WORD.findall(rest) if word.lower() not in names]
        if words:
            found.append(own)
    return list(dict.fromkeys(found))


def _texts(page: Page) -> Iterator[str]:
    for element in page.all():
        if element.get("lang") and element.tag != "html":
            continue
        if element.tag not in _NOT_READ:
            yield element.text or ""
        yield element.tail or ""
        yield from (element.get(name, "") for name in _ATTRIBUTES if element.tag != "meta")
        if element.tag == "input" and element.get("type") == "submit":
            yield element.get("value", "")


def _without(text: str, known: list[str]) -> str:
    for one in (*known, *_of_the_framework()):
        if text.lower() == one:
            return ""
        if len(one) >= _WITHIN and (at := text.lower().find(one)) >= 0:
            text = f"{text[:at]} {text[at + len(one) :]}"
    return text


@cache
def _of_the_framework() -> tuple[str, ...]:
    """What the files of words say, which are put into other words as files, the longest first."""
    found = set[str]()
    for text in (*strings(load_framework()), *strings(current_market())):
        found |= {" ".join(part.lower().split()) for part in re.split(r"\{[^{}]*\}", text)}
    return tuple(sorted(filter(_WORD.search, found), key=len, reverse=True))


def strings(value: Any) -> Iterator[str]:
    """Every text within, keys of mappings too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from (*strings(key), *strings(one))
    elif isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


def strings_of_json(text: str) -> list[str]:
    return list(strings(json.loads(text)))
