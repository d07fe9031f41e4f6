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
    seen: str = ""
    """The version of what it is settled over."""
    note: str = ""
    """Why it cannot be settled; empty where it can."""
