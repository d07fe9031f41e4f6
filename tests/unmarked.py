"""What of a page no catalogue can put into other words, found by a catalogue that marks each word of its own."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any
from unittest.mock import patch

from babel import Locale
from babel.numbers import get_currency_name
from django.utils import translation

from assessments.engine.economics import prices
from assessments.framework import Framework, load_framework, shown_in
from assessments.framework.notation import GERMAN
from assessments.framework.own_words import OWN_WORDS
from assessments.framework.wording import Said, said_for

from .pages import Page

LANGUAGE = "de-LI"
"""German that no other test reads: what is kept in words meanwhile is kept for nobody else."""
_BEGIN, _END = "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}", "\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"
_NO_WORDS = re.compile(r"(<[^>]*>|&[a-z]+;|\{[^{}]*\}|%\(\w+\)[a-z]|%%|%[a-z])")
_MARKED = re.compile(f"{_BEGIN}[^{_BEGIN}{_END}]*(?:{_END}|$)|^[^{_BEGIN}{_END}]*{_END}")
"""Also what was cut off within."""
_WITH_WORDS = re.compile(r"(\{\w+:or )([^{}]+)\}")
"""A blank that has words for where its figure is not known."""
_NO_TEXT = r"https?://\S+|\S+@\S+|[0-9a-f]{12,}…?|^[\w.<>]*\w[.<]\w[\w.<>]*:"
_WORD = re.compile(r"[A-Za-zÄÖÜäöüßẞ]{2,}")
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
    parts[::2] = [f"{_BEGIN}{part}{_END}" if part.strip() else part for part in parts[::2]]
    parts[1::2] = [_WITH_WORDS.sub(rf"\1{_BEGIN}\2{_END}}}", part) for part in parts[1::2]]
    return "".join(parts)


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
        stack.enter_context(patch.object(shown_in, "said_for", _marked_framework))
        for name, answer in answers.items():
            stack.enter_context(patch.object(translation._trans, name, answer))  # type: ignore[attr-defined]
        yield


def _marked_framework(framework: Framework, language: str) -> Said:
    return {(name, text): marked(text) for name, text in said_for(framework, language)}


def unmarked(
    page: Page, *, typed: Iterable[str] = (), names: Iterable[str] = (), allowed: Iterable[str] = ()
) -> list[str]:
    """Each text of a page with words that are neither marked, nor of the framework, nor typed by somebody.

    `names` are taken out wherever they stand, and so are addresses, paths of a document, and hashes.
    """
    called = [re.escape(name) for name in sorted(filter(None, names), key=len, reverse=True)]
    nobodys = re.compile("|".join([*(rf"(?<!\w){name}(?!\w)" for name in called), _NO_TEXT]), re.IGNORECASE)
    known = [*sorted({" ".join(text.lower().split()) for text in typed if text}, key=len, reverse=True)]
    names = {word.lower() for word in (*allowed, *Locale(GERMAN).months["format"]["wide"].values())}
    found = []
    for text in _texts(page):
        own = text
        while (bare := _MARKED.sub(" ", own)) != own:  # what was marked twice
            own = bare
        own = " ".join(nobodys.sub(" ", own).split())
        rest = _without(own, known) if _WORD.search(own) else ""
        words = [word for word in _WORD.findall(rest) if word.lower() not in names]
        if words:
            found.append(own)
    return list(dict.fromkeys(found))


def _texts(page: Page) -> Iterator[str]:
    for element in page.all():
        if element.get("lang") and element.tag != "html":
            continue
        if element.tag not in _NOT_READ and not (element.text or "").lstrip().startswith("{"):  # a figure's numbers
            yield element.text or ""
        yield element.tail or ""
        yield from (element.get(name, "") for name in _ATTRIBUTES if element.tag != "meta")
        if element.tag == "input" and element.get("type") == "submit":
            yield element.get("value", "")


def _without(text: str, known: list[str]) -> str:
    alone = {*known, *_of_the_framework()}
    if all(part in alone or not _WORD.search(part) for part in [text.lower(), *text.lower().split(", ")][1:]):
        return ""
    for one in (*known, *_of_the_framework()):
        if text.lower() == one:
            return ""
        if len(one) >= _WITHIN and (at := text.lower().find(one)) >= 0:
            text = f"{text[:at]} {text[at + len(one) :]}"
    return text


def _currencies() -> list[str]:
    return [get_currency_name(str(code), count=2, locale=GERMAN) for code in Locale(GERMAN).currencies]


@cache
def _of_the_framework() -> tuple[str, ...]:
    """What its files say that stays in every language, such as the names of models, the longest first."""
    framework = load_framework()
    said = {text for (_, text), other in said_for(framework, GERMAN).items() if other != text}
    models = [prices.models(one.key, date.today()) for one in prices.providers()]
    own = [OWN_WORDS, _currencies()]
    kept = (text for text in strings([framework, prices.providers(), models, own]) if text not in said)
    found = {" ".join(text.lower().split()) for text in kept}
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
