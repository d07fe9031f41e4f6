"""Sources as one word each, and how the method page fills figures into its texts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.framework import Framework

Say = Callable[[str], str]
"""Fills the figures of a text in."""


_WORDS = {
    "module": gettext_noop("Module"),
    "framework": gettext_noop("Framework"),
    "glossary": gettext_noop("Glossary"),
    "production": gettext_noop("Production"),
    "workflow": gettext_noop("Workflow"),
    "newer": gettext_noop("Newer"),
    "ours": gettext_noop("Ours"),
}
"""A framework of one's own can name others."""


def short_sources(framework: Framework) -> dict[str, str]:
    """The code of each source as a word for tables; their names stand at the end of the page."""
    codes = [citation.key for citation in framework.citations]
    return {code: _(_WORDS[code]) if code in _WORDS else code.capitalize() for code in codes}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    key: str
    word: str
    name: str
    about: str


def source_rows(framework: Framework) -> Sequence[SourceRow]:
    """Every source by its word, at the end of the page."""
    words = short_sources(framework)
    return [
        SourceRow(key=citation.key, word=words[citation.key], name=citation.name, about=citation.about)
        for citation in framework.citations
    ]
