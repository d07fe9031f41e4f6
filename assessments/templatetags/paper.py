"""Text that people typed, made fit for the report."""

import re

from django import template

register = template.Library()

MOST_LINES = 40
_LONG_WORD = re.compile(r"\S{60}(?=\S)")
_ZERO_WIDTH_SPACE = "\u200b"


@register.filter
def for_paper(text: str) -> str:
    """The same text, with places to break very long words and no more line breaks than a page has room for.

    The renderer's time grows with the square of a word's length, and with the number of lines.

    >>> for_paper("w" * 61) == "w" * 60 + "\\u200b" + "w"
    True
    >>> for_paper("a\\n" * 42).count("\\n")
    40
    """
    lines = str(text).splitlines()
    rest = " ".join(line for line in lines[MOST_LINES:] if line.strip())
    kept = "\n".join([*lines[:MOST_LINES], *([rest] if rest else [])])
    return _LONG_WORD.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", kept)
