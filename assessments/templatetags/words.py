"""Words and numbers that stand within a sentence."""

from collections.abc import Sequence

from django import template

from assessments import speaking
from assessments.presenters import formats

register = template.Library()
register.filter("number", formats.number)


class _Counted(int):
    """A count that a sentence is chosen by, written as the reader writes numbers."""

    def __str__(self) -> str:
        return formats.number(int(self))


@register.filter
def counted(many: int) -> int:
    """What `blocktranslate count` counts: shown, it has its separators.

    >>> f"{counted(2523)}"
    '2,523'
    """
    return _Counted(many)


@register.filter
def lowered(text: str) -> str:
    """In English in small letters; in German as it is, for nouns keep their capitals."""
    return speaking.lowered(text)


@register.filter
def listed(words: Sequence[str]) -> str:
    """
    >>> listed(("costs", "evidence"))
    'costs and evidence'
    """
    return formats.listed(words)
