"""Words and numbers that stand within a sentence."""

from django import template

from assessments.framework.notation import GERMAN, current, words_of
from assessments.presenters.formats import number

register = template.Library()
register.filter("number", number)


@register.filter
def lowered(text: str) -> str:
    """In English in small letters; in German as it is, for nouns keep their capitals.

    >>> lowered("Owner")
    'owner'
    """
    return text if words_of(current()) == GERMAN else text.lower()
