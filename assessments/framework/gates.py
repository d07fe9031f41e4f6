"""What closes approaches, and what is believed of an answer that nobody gave."""

from collections.abc import Mapping
from dataclasses import dataclass

from .conditions import Conditions
from .source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What closes approaches, and why: in a sentence with {figures}, and in few words for lists.

    `closes` and `spares` name approaches; "all", "tuning" and "untuned" stand for several. `opens` is what
    the team can do to open it again, empty where it cannot.
    """

    key: str
    closes: tuple[str, ...]
    when: Conditions
    source: Source
    because: str
    short: str
    spares: tuple[str, ...] = ()
    opens: str = ""
    cannot_be_had: bool = False
    """Whether it says what cannot be had at all, so that it holds against a measurement, too."""

    @property
    def can_be_opened(self) -> bool:
        """Whether the team can open it by its own work."""
        return bool(self.opens)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoWait:
    """Something that a full go waits for; what it is stands in verdict.toml under the same code."""

    code: str
    when: Conditions
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """How likely a yes is while nobody knows, 0 to 1."""

    otherwise: float
    answers: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class GatesFile:
    """What stands in gates.toml."""

    gates: tuple[Gate, ...]
    go_waits: tuple[GoWait, ...]
    deciding: tuple[str, ...]
    priors: Priors
