"""What the engine says is wrong with a value, in the reader's words: by itself it speaks English."""

import re
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.framework.notation import written

_SENTENCES = (
    gettext_noop("is not a finite number"),
    gettext_noop("must be text"),
    gettext_noop("has a control character that cannot be kept"),
    gettext_noop("must start with https:// or http://"),
    gettext_noop("must be there"),
    gettext_noop('must be a day, like "2026-11-10"'),
    gettext_noop("has {n} characters; at most {most} are allowed"),
    gettext_noop("{value} is not a number"),
    gettext_noop("{value} is not a whole number"),
    gettext_noop("{value} is below {least}"),
    gettext_noop("{value} is above {most}"),
    gettext_noop("{value} is not a code of three letters, like EUR"),
    gettext_noop("{value} is no code of a currency"),
    gettext_noop("{value} is not one of {choices}"),
)
"""As engine/faults.py makes them, with names for what differs."""


def told(sentence: str) -> str:
    """
    >>> told("has 20,001 characters; at most 20,000 are allowed"), told("something else")
    ('has 20,001 characters; at most 20,000 are allowed', 'something else')
    """
    for text, form in _forms().items():
        if found := form.fullmatch(sentence):
            parts = found.groupdict()
            numbers = {name: written(parts[name]) for name in ("n", "most", "least") if name in parts}
            return _(text).format(**parts | numbers)
    return sentence


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    return {text: re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(text)), re.DOTALL) for text in _SENTENCES}
