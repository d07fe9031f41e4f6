"""The shape of upkeep.toml: what to check again, what to ask before training again, and one published case."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """A check to run again when a measure whose name has one of these words got worse."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeRetraining:
    """A question to ask before training again, and what to do instead where the answer is yes."""

    ask: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedProbe:
    """Class probabilities that a source published, with the entropies that it prints beside them."""

    before: tuple[float, ...]
    after: tuple[float, ...]
    printed_before: float
    printed_after: float
    note: str
    """With {printed_before}, {printed_after}, and {before} and {after} as they come out here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    rechecks: tuple[Recheck, ...]
    before_retraining: tuple[BeforeRetraining, ...]
    published_probe: PublishedProbe
