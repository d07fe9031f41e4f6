"""How sure a verdict is, in three words: how strong the case for tuning, how much is backed, how firm it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.engine.decision import Decision

from .evidence_page import DecidingRow
from .formats import count
from .robustness import stability_clause
from .words import starting

_CASE = ("weak", "moderate", "strong")
_EVIDENCE = ("thin", "fair", "solid")
_STABILITY = ("leaning", "provisional", "settled")
_FAIR_FROM, _SOLID_ABOVE = 1 / 3, 2 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleStep:
    word: str
    place: Literal["past", "on", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One word on its scale of three, never without the clause that says what it rests on."""

    name: str
    steps: Sequence[ScaleStep]
    clause: str

    @property
    def word(self) -> str:
        return next(step.word for step in self.steps if step.place == "on")


def present_certainty(decision: Decision, deciding: Sequence[DecidingRow]) -> Sequence[Scale]:
    counts, backed = decision.counts, sum(one.backed for one in deciding)
    band = decision.lenses["confidence_score"].band or _CASE[0]
    against = count(counts.anti_indicators) if counts.anti_indicators else "none"
    plural = "s" * (counts.indicators != 1)
    return (
        _scale("Case for tuning", _CASE, band, f"{counts.indicators} reason{plural} for, {against} against"),
        _scale("Evidence", _EVIDENCE, backing(backed, len(deciding)), _backed(backed, len(deciding))),
        _scale("Stability", _STABILITY, decision.robustness.stability, stability_clause(decision)),
    )


def backing(backed: int, total: int) -> str:
    """How much of what decides is backed: under a third is thin, above two thirds solid.

    >>> backing(0, 0), backing(1, 4), backing(1, 3), backing(2, 3), backing(3, 4)
    ('thin', 'thin', 'fair', 'fair', 'solid')
    """
    share = backed / total if total else 0.0
    return _EVIDENCE[(share >= _FAIR_FROM) + (share > _SOLID_ABOVE)]


def _backed(backed: int, total: int) -> str:
    if not total:
        return "No single answer decides"
    return f"{backed} of {total} deciding answer{'s' * (total > 1)} {'is' if backed == 1 else 'are'} backed"


def _scale(name: str, words: Sequence[str], word: str, clause: str) -> Scale:
    at = words.index(word)
    return Scale(
        name=name,
        steps=[
            ScaleStep(word=starting(one), place="on" if place == at else "past" if place < at else "")
            for place, one in enumerate(words)
        ],
        clause=clause,
    )
