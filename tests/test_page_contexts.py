"""What templates receive: every page has a dataclass, and its template uses every field of it."""

import re
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import get_resolver

from assessments.pages.context import Context
from assessments.pages.reading import FrozenNote, ResultPage, SignOffPanel

TEMPLATES = Path(settings.BASE_DIR, "templates")
ASSESSMENTS = TEMPLATES / "assessments"


def contexts() -> list[type[Context]]:
    assert get_resolver().url_patterns  # every view is loaded
    found = (one for one in Context.__subclasses__() if getattr(sys.modules[one.__module__], one.__name__) is one)
    return sorted(found, key=lambda one: one.__name__)


def source(template: str, seen: frozenset[str] = frozenset()) -> str:
    """The text of a template with those that it extends or includes, which may include each other's parts."""
    text = Path(TEMPLATES, template).read_text(encoding="utf-8")
    seen |= {template}
    named = set(re.findall(r'{% (?:include|extends) "([^"#]+)', text)) - seen
    return text + "".join(source(one, seen) for one in sorted(named))


def names_in_tags(text: str) -> set[str]:
    return {name for tag in re.findall(r"{[{%].*?[}%]}", text, re.S) for name in re.findall(r"(?<![\w.])\w+", tag)}


@pytest.mark.parametrize("received", contexts(), ids=lambda one: one.__name__)
def test_a_template_uses_every_field_that_it_receives(received: Any) -> None:
    beside = source(ResultPage.template) if received in (FrozenNote, SignOffPanel) else ""
    known = names_in_tags(source(received.template) + beside)
    assert [field.name for field in fields(received) if field.name not in known] == []


@pytest.mark.parametrize("received", contexts(), ids=lambda one: one.__name__)
def test_a_context_says_what_it_is(received: Any) -> None:
    assert received.__doc__
    assert not received.__doc__.startswith(f"{received.__name__}(")


def test_every_page_receives_a_context() -> None:
    pages = {path.stem for path in ASSESSMENTS.glob("[!_]*.html")}
    named = {Path(context.template).stem for context in contexts()}
    assert pages - named == set()
