"""What the engine says is wrong with a value, in the reader's words: by itself it speaks English."""

import re

from django.utils.translation import gettext_noop

from assessments.framework.notation import written
from assessments.speaking import said_again, speaks_german

_SENTENCES = (
    gettext_noop("is not a finite number"),
    gettext_noop("must be text"),
    gettext_noop("must be a list"),
    gettext_noop("must be an object"),
    gettext_noop("must be true"),
    gettext_noop("must be there"),
    gettext_noop("is not a known key"),
    gettext_noop("is not a known path"),
    gettext_noop("stands there twice"),
    gettext_noop("has a control character that cannot be kept"),
    gettext_noop("must start with https:// or http://"),
    gettext_noop('must be a day, like "2026-11-10"'),
    gettext_noop("has {n} characters; at most {most} are allowed"),
    gettext_noop("has {n} rows; at most {most} are allowed"),
    gettext_noop("low {low}, likely {likely}, high {high} are not in rising order"),
    gettext_noop("{value} is not a number"),
    gettext_noop("{value} is not a whole number"),
    gettext_noop("{value} is below {least}"),
    gettext_noop("{value} is above {most}"),
    gettext_noop("{value} is not a code of three letters, like EUR"),
    gettext_noop("{value} is no code of a currency"),
    gettext_noop("{value} is not one of {choices}"),
    gettext_noop("{value} is more than the {most} labelled"),
    gettext_noop("{value} is before {day}, when it began"),
    gettext_noop("{value} is after {day}, when it ended"),
    gettext_noop("{value} is before {day}, the start of the plan"),
    gettext_noop("{value} is after {day}, the last day of a model"),
    gettext_noop("{value} is not filled in"),
    gettext_noop("{value} cannot pass requests on to itself"),
    gettext_noop("requests go in a circle: {circle}"),
    gettext_noop("not text in UTF-8"),
    gettext_noop("nested too deeply"),
    gettext_noop("a number is too long to read"),
    gettext_noop("not JSON, line {line}, column {column}: {reason}"),
    gettext_noop("larger than 1 MB"),
    gettext_noop("the key {key} stands there twice"),
    gettext_noop("{value} is not a finite number"),
    gettext_noop('must be "{word}"'),
    gettext_noop("must be a whole number from {least} to {most}"),
    gettext_noop("must be a list of at most {most} files"),
    gettext_noop("must be a number of bytes"),
    gettext_noop("must be 64 hexadecimal digits"),
    gettext_noop('must be a time, like "2026-11-10T09:30:00+00:00"'),
    gettext_noop("must name the file: name, sha256, when"),
    gettext_noop("must name what was measured: rule, tool, files, when"),
    gettext_noop("must say from how many raters: raters, when"),
    gettext_noop("must have a variant"),
    gettext_noop("is not from 0 to 1,000"),
    gettext_noop("was told by an agent and counts as opinion until a person confirms it"),
    gettext_noop("scores a cell twice"),
    gettext_noop("names a point twice"),
    gettext_noop("has {n} variants; at most {most} are allowed"),
    gettext_noop("has {n} slices; at most {most} are allowed"),
    gettext_noop("is not that of its role"),
    gettext_noop("is the role of no variant"),
    gettext_noop("is the same as before"),
    gettext_noop("low {low}, difference {difference}, high {high} are not in rising order"),
    gettext_noop("{count} is more than {most} of {whole}"),
    gettext_noop("{wins} wins and {losses} losses are more than {cases} cases"),
    gettext_noop("is more than one side was measured on"),
    gettext_noop("have more cases than the whole"),
    gettext_noop("must be {value}"),
)
"""As the engine makes them, with names for what differs."""


def told(sentence: str) -> str:
    """
    >>> told("has 20,001 characters; at most 20,000 are allowed"), told("something else")
    ('has 20,001 characters; at most 20,000 are allowed', 'something else')
    """
    again = said_again(sentence, _SENTENCES)
    if speaks_german():
        again = re.sub(r'"([^"]*)"', "„\\1“", again)
    return written(again) if again != sentence and sentence.startswith("has ") else again


def told_of(fault: str) -> str:
    """The same of a fault with the path that it stands at before it.

    >>> told_of("use_case.name: must be there")
    'use_case.name: must be there'
    """
    path, apart, sentence = fault.partition(": ")
    return f"{path}: {told(sentence)}" if apart and speaks_german() else fault
