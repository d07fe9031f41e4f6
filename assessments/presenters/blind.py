"""What people do blind to each other, in words: how far each is, and what they differ on until it is settled."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindPerson:
    """How far somebody is, with as much as others may see of it."""

    name: str
    done: int
    of: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnotherAnswer:
    """A field for an answer that nobody gave. What is typed there counts."""

    label: str
    is_day: bool
    typed: str = ""
    prefix: str = ""
    unit: str = ""
    error: str = ""
    ways: Sequence[tuple[str, str]] = ()
    """What can be meant by what was typed: in words, and the number that is to stand there then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeView:
    """Something on which people can settle, with what each of them said."""

    name: str
    """Of the control that settles it."""
    text: str
    said: Sequence[str]
    choices: Sequence[tuple[str, str]]
    """Values with their words; the empty one settles nothing."""
    settled: str
    reasons: Sequence[tuple[str, str]] = ()
    """Who wrote what, beside what they said."""
    agreed: str = ""
    """How many say the same."""
    spread: str = ""
    """How far apart they are, where they answer with numbers."""
    other: AnotherAnswer | None = None
    seen: str = ""
    """The version of what it is settled over."""
    note: str = ""
    """Why it cannot be settled; empty where it can."""
