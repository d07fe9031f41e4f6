"""What a proposal is: which answer, by which rule, on what figures, how strong; and what is left open, and why."""

from dataclasses import dataclass
from typing import Any

from assessments.engine.answers import Strength

from .found import FoundKind, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One value that files propose. Nothing is saved before somebody accepts it."""

    path: str
    value: Any
    """As it stands in a document."""
    strength: Strength
    rule: str
    """A key of `framework.evidence.rules`."""
    told: Told
    """A code of `framework.evidence.sentences` and its figures."""
    kind: FoundKind
    tool: str = ""
    written_on: str = ""
    files: tuple[str, ...] = ()
    """SHA-256 of the files that it rests on."""
    also: tuple[Told, ...] = ()
    """What else says the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """Why nothing is proposed for a question, or (with an empty path) from a file."""

    path: str
    told: Told
    """A code of `framework.evidence.undecided` and its figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    proposals: tuple[Proposal, ...] = ()
    undecided: tuple[Undecided, ...] = ()
