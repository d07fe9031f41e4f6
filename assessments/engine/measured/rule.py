"""The measured rule: which lever leads where one that would be owned and the best that would not were compared.

Source: production, phase 5; the thresholds are ours (docs/method.md, section 6; docs/evidence.md).
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from assessments.framework.schema import Framework

from ..economics.too_dear import LastingPaybacks
from .comparison import MeasuredComparison, MeasuredPair, MeasuredVariant
from .statistics import holm, sign_test_p

Gain = Literal["gain", "no_gain", "cant_tell"]
LeadReason = Literal["gain", "no_gain", "cant_tell", "slice_lost", "not_paid_back", "not_to_be_had"]
_SURE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """What the team asks of a measured gain."""

    least_improvement: float = 0.0
    """A share, 0 to 1."""
    is_stated: bool = False
    """Whether somebody wrote it down; where nobody did it is 0."""
    critical: tuple[str, ...] = ()
    """The slices in which nothing may be lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenger:
    """A variant that would be owned against the best one that would not."""

    variant: MeasuredVariant
    pair: MeasuredPair
    """Seen from the best that would not be owned."""
    gain: Gain
    lost: tuple[str, ...]
    """Critical slices with more losses than wins."""
    unmeasured: tuple[str, ...]
    """Critical slices that the pair has no cases of."""
    never_pays: bool | None
    """Whether by the figures that the team entered it never pays back for good; None where there are none."""

    @property
    def leads(self) -> bool:
        return self.gain == "gain" and not self.lost and not self.never_pays

    @property
    def reason(self) -> LeadReason:
        """Why it leads, or the first reason why it does not."""
        if self.gain != "gain":
            return self.gain
        return "slice_lost" if self.lost else "not_paid_back" if self.never_pays else "gain"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredLead:
    """What leads by measurement, and why."""

    variant: MeasuredVariant
    reason: LeadReason
    best: MeasuredVariant
    """The best of those that would not be owned."""
    level: tuple[MeasuredVariant, ...]
    """Those that would not be owned whose difference from the best is within its interval, the best among them."""
    challengers: tuple[Challenger, ...]
    """Each variant that would be owned and was compared on enough cases, the best first."""
    aims: Aims

    @property
    def approach(self) -> str:
        return self.variant.approach

    @property
    def challenger(self) -> Challenger | None:
        """The one that leads, else the best; None where none can be had."""
        led = [one for one in self.challengers if one.variant == self.variant]
        return next(iter((*led, *self.challengers)), None)


def aims_of(targets: Mapping[str, Any]) -> Aims:
    """What the team wrote down; slices stand in lines, or between commas or semicolons.

    >>> aims_of({"critical_slices": "should abstain; routine", "least_improvement": 0.02})
    Aims(least_improvement=0.02, is_stated=True, critical=('should abstain', 'routine'))
    """
    least, slices = targets.get("least_improvement"), targets.get("critical_slices")
    return Aims(least_improvement=least or 0.0, is_stated=least is not None, critical=_names(slices or ""))


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in re.split(r"[,;\n]", text) if (name := part.strip())))


def measured_lead(
    framework: Framework,
    comparison: MeasuredComparison,
    aims: Aims,
    *,
    lasting: LastingPaybacks,
    barred: Collection[str] = (),
) -> MeasuredLead | None:
    """What leads by measurement among what can be had; None where the measurement decides nothing.

    It decides where an approach that would be owned and the best one that would not were measured on the same
    `measured_from` cases or more. `barred` are approaches that cannot be had at all.
    """
    found = _lead(framework, comparison, aims, lasting, barred)
    if found is None or found.challengers:
        return found
    everything = _lead(framework, comparison, aims, lasting, ())
    return found if everything and everything.challengers else None


def _lead(
    framework: Framework,
    comparison: MeasuredComparison,
    aims: Aims,
    lasting: LastingPaybacks,
    barred: Collection[str],
) -> MeasuredLead | None:
    enough = framework.thresholds.measured_from
    variants = _best_first(
        framework, [one for one in comparison.variants if one.approach not in barred and one.cases >= enough]
    )
    free = [one for one in variants if not framework.approach[one.approach].owned]
    if not free:
        return None
    best = free[0]
    level = [one for one in free if one is best or _within(comparison.pair(one.role, best.role))]
    simplest = min(level, key=lambda one: _place(framework, one))
    against = [(one, comparison.pair(best.role, one.role)) for one in variants if one not in free]
    pairs = [(one, pair) for one, pair in against if pair and pair.cases >= enough]
    challengers = _challengers(pairs, aims, lasting, best)
    winners = [one for one in challengers if one.leads]
    if winners:
        first = winners[0]
        alike = [
            one for one in winners if one is first or _within(comparison.pair(one.variant.role, first.variant.role))
        ]
        chosen = min(alike, key=lambda one: _place(framework, one.variant)).variant
    reason: LeadReason = "gain" if winners else challengers[0].reason if challengers else "not_to_be_had"
    return MeasuredLead(
        variant=chosen if winners else simplest,
        reason=reason,
        best=best,
        level=tuple(level),
        challengers=challengers,
        aims=aims,
    )


def _best_first(framework: Framework, variants: Iterable[MeasuredVariant]) -> list[MeasuredVariant]:
    """By the share that passed; of those that draw level the framework's first."""
    return sorted(variants, key=lambda one: (-(one.rate.share or 0.0), _place(framework, one)))


def _place(framework: Framework, variant: MeasuredVariant) -> int:
    """The framework names the cheaper and simpler first."""
    return tuple(framework.approach).index(variant.approach)


def _within(pair: MeasuredPair | None) -> bool:
    """Whether the comparison does not tell the two apart."""
    return pair is not None and pair.low <= 0 <= pair.high


def _challengers(
    pairs: Sequence[tuple[MeasuredVariant, MeasuredPair]],
    aims: Aims,
    lasting: LastingPaybacks,
    best: MeasuredVariant,
) -> tuple[Challenger, ...]:
    sure = holm([sign_test_p(pair.wins, pair.losses) for _, pair in pairs])
    never = lasting.too_dear({best.approach: np.ones(1, bool)}, cases=1)
    return tuple(
        Challenger(
            variant=variant,
            pair=pair,
            gain=_gain(pair, aims, is_sure=len(pairs) == 1 or p <= _SURE),
            never_pays=bool(never[variant.approach][0]) if variant.approach in never else None,
            **_critical(pair, aims.critical),
        )
        for (variant, pair), p in zip(pairs, sure, strict=True)
    )


def _gain(pair: MeasuredPair, aims: Aims, *, is_sure: bool) -> Gain:
    """Established where all of the interval lies above the least improvement; `is_sure` after Holm."""
    if pair.low > aims.least_improvement:
        return "gain" if is_sure else "cant_tell"
    return "no_gain" if pair.high < aims.least_improvement else "cant_tell"


def _critical(pair: MeasuredPair, critical: Sequence[str]) -> dict[str, Any]:
    """Which critical slices are lost, by the point: on a dozen cases no test says anything, and the team may lose none.

    [ours]
    """
    slices = {part.name.casefold(): part for part in pair.slices if part.cases}
    measured = {name: slices[name.casefold()] for name in critical if name.casefold() in slices}
    return {
        "lost": tuple(name for name, part in measured.items() if part.losses > part.wins),
        "unmeasured": tuple(name for name in critical if name not in measured),
    }
