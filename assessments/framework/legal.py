"""The shape of legal.toml: facts of law and contract with their sources, and the line that compute is held against."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .market import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalFact:
    """What a rule, a provider or a paper says, in our words, with where and when it was read."""

    key: str
    text: str
    source: str
    address: str
    as_of: date
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputeLine:
    """The indicative line of the Commission's guidance on changing a model, and how training is counted against it."""

    flop_per_parameter_and_token: float
    one_in: float
    """The line is one in so many of what training the original took."""
    original_unknown: float
    """FLOP that the original counts with where nobody knows; with systemic risk, the next."""
    original_with_systemic_risk: float
    fact: str
    """The fact that says so."""


@dataclass(frozen=True, kw_only=True)
class Legal:
    """What stands in legal.toml."""

    caution: str
    """Said once wherever facts of law are shown."""
    to_settle: tuple[str, ...]
    """The questions that want a yes before anything is tuned."""
    line: ComputeLine
    facts: tuple[LegalFact, ...]

    @cached_property
    def fact(self) -> dict[str, LegalFact]:
        return {fact.key: fact for fact in self.facts}
