"""How sure a verdict is, in three words: how strong the case for tuning, how much is backed, how firm it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from assessments.engine.decision import Robustness, Verdict
from assessments.engine.lenses import confidence_score
from assessments.speaking import SpokenWords, speaks_german

from .formats import count, counted, number
from .robustness import stability_clause

COUNTED = "failures"
"""Where the kinds of failure are counted: one answer, however many kinds."""
_CASE = ("weak", "moderate", "strong")
_EVIDENCE = ("thin", "fair", "solid")
_STABILITY = ("leaning", "provisional", "settled")
_STEPS = SpokenWords(
    weak=gettext_noop("Weak"),
    moderate=gettext_noop("Moderate"),
    strong=gettext_noop("Strong"),
    thin=gettext_noop("Thin"),
    fair=gettext_noop("Fair"),
    solid=gettext_noop("Solid"),
    leaning=gettext_noop("Leaning"),
    provisional=gettext_noop("Provisional"),
    settled=gettext_noop("Settled"),
    measured=gettext_noop("Measured"),
)
_MEASURED = (*_STABILITY[:2], "measured")
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


def present_certainty(verdict: Verdict, robustness: Robustness) -> Sequence[Scale]:
    """The three words of a verdict."""
    counts = verdict.counts
    backed, decisive = backed_of(verdict)
    band = confidence_score.look(verdict.framework, verdict.document.answers).band or _CASE[0]
    steps = _MEASURED if verdict.measured else _STABILITY
    told = ngettext("{n} reason for, {against} against", "{n} reasons for, {against} against", counts.indicators)
    against = number(counts.anti_indicators) if speaks_german() else count(counts.anti_indicators)
    if not counts.anti_indicators:
        against = pgettext("how many", "none")
    return (
        _scale(_("Case for tuning"), _CASE, band, told.format(n=counts.indicators, against=against)),
        _evidence(verdict, backed, decisive),
        _scale(
            _("Stability"),
            steps,
            robustness.stability,
            stability_clause(verdict, robustness),
        ),
    )


def _evidence(verdict: Verdict, backed: int, decisive: int) -> Scale:
    """How much of what decides is backed; a measurement that decides is."""
    if verdict.measured and verdict.measured.challenger:
        return _scale(
            _("Evidence"),
            _EVIDENCE,
            _EVIDENCE[-1],
            counted(verdict.measured.challenger.pair.cases, "Measured on {n} case", "Measured on {n} cases"),
        )
    return _scale(_("Evidence"), _EVIDENCE, backing(backed, decisive), _backed(backed, decisive))


def backed_of(verdict: Verdict) -> tuple[int, int]:
    """How many of the answers that decide are backed, and how many there are. Counted failures are one of them."""
    questions = verdict.framework.questions
    asked: dict[str, list[str]] = {}
    for key in verdict.deciding:
        asked.setdefault(COUNTED if questions[key].place == COUNTED else key, []).append(key)
    return sum(any(is_backed(verdict, key) for key in keys) for keys in asked.values()), len(asked)


def is_backed(verdict: Verdict, key: str) -> bool:
    """Whether something that was written down or measured shows this answer."""
    said = verdict.document.stated.get(verdict.framework.questions[key].path)
    return said is not None and said.strength != "opinion" and bool(said.evidence or said.link)


def backing(backed: int, total: int) -> str:
    """How much of what decides is backed: under a third is thin, above two thirds solid.

    >>> backing(0, 0), backing(1, 4), backing(1, 3), backing(2, 3), backing(3, 4)
    ('thin', 'thin', 'fair', 'fair', 'solid')
    """
    share = backed / total if total else 0.0
    return _EVIDENCE[(share >= _FAIR_FROM) + (share > _SOLID_ABOVE)]


def _backed(backed: int, total: int) -> str:
    if not total:
        return _("No single answer decides")
    if total == 1:
        told = ngettext("{backed} of 1 deciding answer is backed", "{backed} of 1 deciding answer are backed", backed)
    else:
        told = ngettext(
            "{backed} of {total} deciding answers is backed", "{backed} of {total} deciding answers are backed", backed
        )
    return told.format(backed=backed, total=total)


def _scale(name: str, words: Sequence[str], word: str, clause: str) -> Scale:
    at = words.index(word)
    return Scale(
        name=name,
        steps=[
            ScaleStep(word=_STEPS[one], place="on" if place == at else "past" if place < at else "")
            for place, one in enumerate(words)
        ],
        clause=clause,
    )
