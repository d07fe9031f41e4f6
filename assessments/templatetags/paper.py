"""Text that people typed, made fit for the report."""

import re

from django import template

from assessments.presenters.words import lower
from assessments.speaking import speaks_german

register = template.Library()

MOST_LINES = 40
_ZERO_WIDTH_SPACE = "\u200b"
_UNBROKEN = r"[^\s\u200b]|[\u00a0\u2007\u202f]"  # a no-break space breaks no line
_LONG_WORD = re.compile(f"(?:{_UNBROKEN}){{24}}(?={_UNBROKEN})")
_MARK = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_TOWER = re.compile(f"({_MARK}{{4}}){_MARK}+")  # marks piled up until they cover other lines


@register.filter
def lower_first(text: str) -> str:
    """As it stands within a sentence; in German a noun keeps its capital."""
    return lower(text) if speaks_german() else f"{text[:1].lower()}{text[1:]}"


@register.filter
def for_paper(text: str) -> str:
    """The same text, with places to break very long words and no more line breaks than a page has room for.

    The renderer's time grows with the square of a word's length, and with the number of lines. Nothing
    but accents beyond the fourth on one letter is left out.

    >>> for_paper("w" * 25) == "w" * 24 + "\\u200b" + "w"
    True
    >>> for_paper("a\\n" * 42).count("\\n")
    40
    """
    lines = _TOWER.sub(r"\1", str(text)).splitlines()
    rest = " ".join(line for line in lines[MOST_LINES:] if line.strip())
    kept = "\n".join([*lines[:MOST_LINES], *([rest] if rest else [])])
    return _LONG_WORD.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", kept)
