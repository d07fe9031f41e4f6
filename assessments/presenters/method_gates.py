"""The decision table of the method page: gates, the words they are written in, and how likely a yes is unasked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.framework import Framework

from .conditions import closed_in_words, conditions_in_words
from .formats import share
from .method_sources import Say


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRow:
    """One row of the table, as the engine reads it."""

    anchor: str
    name: str
    closes: str
    when: Sequence[str]
    """Lines of which one suffices."""
    because: str
    opens: str
    """What would open it again; empty where the team cannot."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordOfGates:
    """A word that stands for several answers at once."""

    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorRow:
    label: str
    share: str


def gate_rows(framework: Framework, say: Say, sources: Mapping[str, str]) -> Sequence[GateRow]:
    return [
        GateRow(
            anchor=f"gate-{gate.key}",
            name=gate.short,
            closes=closed_in_words(framework, gate),
            when=conditions_in_words(framework, gate.when),
            because=say(gate.because),
            opens=say(gate.opens),
            source=sources[gate.source],
        )
        for gate in framework.gates
    ]


def words_of_gates(framework: Framework, say: Say) -> Sequence[WordOfGates]:
    facts = framework.guide.method.facts.values()
    return [WordOfGates(name=fact.yes, about=say(fact.about)) for fact in facts]


def prior_rows(framework: Framework) -> Sequence[PriorRow]:
    """How likely a yes is to each question that can decide, the likeliest first."""
    keys = sorted(framework.deciding_keys, key=lambda key: -framework.prior(key))
    return [PriorRow(label=framework.questions[key].label, share=share(framework.prior(key))) for key in keys]
