"""The brief as headings, paragraphs and points: what a terminal, a Markdown file and a program are told."""

import textwrap
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from django.utils.translation import gettext as _

from .brief import BriefView
from .decision_record import RecordPart
from .record_files import escaped
from .words import small

_WIDTH = 80
_SECOND = "\ue000"
"""The second column of a wide character, while lines are broken. No text has it: it is not printable."""


def brief_parts(view: BriefView) -> Sequence[RecordPart]:
    """What the page of the brief says, from top to bottom; what is empty is left out."""
    return [part for part in _parts(view) if part.paragraphs or part.points]


def _parts(view: BriefView) -> Iterator[RecordPart]:
    yield RecordPart(
        heading=view.headline.title,
        paragraphs=[words for words in (view.own_facts, view.facts, view.price_to_beat) if words],
    )
    yield RecordPart(
        heading=_("In numbers"), points=[f"{one.name}: {one.value}{_aside(one.small)}" for one in view.numbers]
    )
    yield RecordPart(
        heading=_("How sure this is"),
        points=[f"{one.name}: {one.word}. {one.clause}" for one in view.certainty],
        paragraphs=[view.told] if view.told else [],
    )
    yield RecordPart(heading=_("Before you start"), points=[line.text for line in view.before])
    yield RecordPart(
        heading=view.levers_heading, points=[f"{one.name}: {small(one.word)}. {one.reason}" for one in view.levers]
    )
    yield RecordPart(
        heading=view.weeks_heading, points=[f"{week.when}: {week.title}{_aside(week.text)}" for week in view.weeks]
    )
    yield RecordPart(heading=_("Legal and exit"), paragraphs=[view.legal] if view.legal else [])
    yield RecordPart(heading=_("Find out next"), points=[f"{one.label}. {one.find_out}" for one in view.ask_next])
    yield RecordPart(
        heading=_("What it could still become"), points=[f"{one.name}: {one.share}" for one in view.outcomes]
    )


def _aside(words: str) -> str:
    return f" ({words})" if words else ""


def brief_as_markdown(view: BriefView) -> str:
    lines = [f"# {escaped(view.name)}"]
    for part in brief_parts(view):
        lines += ["", f"## {escaped(part.heading)}"]
        for paragraph in part.paragraphs:
            lines += ["", escaped(paragraph)]
        if part.points:
            lines += ["", *(f"* {escaped(point)}" for point in part.points)]
    return "\n".join(lines) + "\n"


def brief_as_text(view: BriefView) -> str:
    """Plain lines of at most 80 columns. A word that is longer is broken."""
    lines = [*_wrapped(view.name), "=" * min(_WIDTH, max(len(_in_columns(view.name)), 1))]
    for part in brief_parts(view):
        lines += ["", *_wrapped(part.heading.upper())]
        for paragraph in part.paragraphs:
            lines += _wrapped(paragraph)
        for point in part.points:
            lines += _wrapped(point, first="- ", rest="  ")
    return "\n".join(lines) + "\n"


def _wrapped(text: str, *, first: str = "", rest: str = "") -> Sequence[str]:
    """
    >>> [[len(line) for line in _wrapped(text)] for text in ("a" * 120, "字" * 60, "a" + "字" * 60)]
    [[80, 40], [40, 20], [40, 21]]
    """
    printable = "".join(character if character.isprintable() else " " for character in text)
    columns = _in_columns(" ".join(printable.split()))
    width = _WIDTH - (_SECOND in columns)  # where a line ends amid a wide character, this is its room
    lines = textwrap.wrap(columns, width, initial_indent=first, subsequent_indent=rest)
    return [line.replace(_SECOND, "") for line in lines] or [""]


def _in_columns(text: str) -> str:
    """The text with one character for each column of a terminal."""
    return "".join(one + _SECOND if east_asian_width(one) in "WF" else one for one in text)
