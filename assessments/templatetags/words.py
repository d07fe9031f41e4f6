"""Words and numbers that stand within a sentence."""

from django import template

from assessments import speaking
from assessments.presenters.formats import number

register = template.Library()
register.filter("number", number)


@register.filter
def lowered(text: str) -> str:
    """In English in small letters; in German as it is, for nouns keep their capitals."""
    return speaking.lowered(text)
