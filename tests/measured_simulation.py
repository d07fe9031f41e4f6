"""Pairs of approaches whose true rates are known, sampled and judged by the measured rule.

A case is hard or easy for both approaches: each passes where its own noise and the case's together stay below what
its rate asks for, so that outcomes are correlated by 0.2 to 0.8, as those of two prompts on one evaluation set are.
Drawn in two ways: any two rates from 5 to 95 %, which the bar is for; and, stricter, two that are close together.
[ours]
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np

from assessments.engine.economics.too_dear import LastingPaybacks
from assessments.engine.measured.comparison import MeasuredComparison, MeasuredPair, MeasuredVariant, paired_interval
from assessments.engine.measured.rule import Aims, measured_lead
from assessments.framework import load_framework

FRAMEWORK = load_framework()
SEED = 20_261_127
LEAST = 0.02
"""The least improvement that counts."""
SIZES = (100, 300, 1000)
RIGHT, WRONG = 0.95, 0.01
"""Of pairs in which one is truly better by more than that: at least so many named right on the most cases, and at
most so many named wrong on any number."""
Interval = Callable[[np.ndarray], tuple[float, float]]
Said = Literal["right", "wrong", "cannot tell"]
_STANDARD = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class TruePair:
    """Rates, 0 to 1, of the one that would not be owned and of the one that would, and how alike cases come out."""

    before: float
    after: float
    correlation: float

    @property
    def beyond(self) -> float:
        """By how much it is truly better than the least improvement; negative where it is not."""
        return self.after - self.before - LEAST

    @property
    def has_better(self) -> bool:
        """Whether either is better than the other by more than the least improvement."""
        return abs(self.after - self.before) > LEAST


def any_pairs(count: int, seed: int = SEED) -> list[TruePair]:
    """Any two rates from 5 to 95 %."""
    drawn = np.random.default_rng(seed)
    return [
        TruePair(before=drawn.uniform(0.05, 0.95), after=drawn.uniform(0.05, 0.95), correlation=drawn.uniform(0.2, 0.8))
        for _ in range(count)
    ]


def close_pairs(count: int, seed: int = SEED) -> list[TruePair]:
    """As a prompt and its successor: a rate from 45 to 90 %, and one 8 points better give or take 12."""
    drawn = np.random.default_rng(seed)
    pairs: list[TruePair] = []
    while len(pairs) < count:
        before = drawn.uniform(0.45, 0.90)
        after = before + drawn.normal(0.08, 0.12)
        if 0.05 < after < 0.99:
            pairs.append(TruePair(before=before, after=after, correlation=drawn.uniform(0.2, 0.8)))
    return pairs


def sampled(pair: TruePair, cases: int, drawn: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Which cases each passes."""
    shared, *own = drawn.standard_normal((3, cases))
    passed = [
        np.sqrt(pair.correlation) * shared + np.sqrt(1 - pair.correlation) * noise < _STANDARD.inv_cdf(rate)
        for noise, rate in zip(own, (pair.before, pair.after), strict=True)
    ]
    return passed[0], passed[1]


def bonett_price(differences: np.ndarray) -> tuple[float, float]:
    return paired_interval(differences.tolist())


def said_of(pair: TruePair, before: np.ndarray, after: np.ndarray, interval: Interval = bonett_price) -> Said:
    """What the rule says of a sample: the truly better one, the other one, or that it cannot tell.

    To be better by less than the least improvement is not to be better.
    """
    differences = after.astype(float) - before
    low, high = interval(differences)
    wins, losses = int((differences > 0).sum()), int((differences < 0).sum())
    difference = float(differences.mean())
    found = measured_lead(
        FRAMEWORK,
        MeasuredComparison(
            variants=(
                _variant("prompt", "prompting", before),
                _variant("tuned", "fine_tune_small", after),
            ),
            pairs=(
                MeasuredPair(
                    before="prompt",
                    after="tuned",
                    cases=len(before),
                    wins=wins,
                    losses=losses,
                    difference=difference,
                    low=low,
                    high=high,
                ),
            ),
        ),
        Aims(least_improvement=LEAST, is_stated=True),
        lasting=LastingPaybacks(never={}),
    )
    assert found
    if found.reason == "cant_tell":
        return "cannot tell"
    return "right" if (found.reason == "gain") == (pair.beyond > 0) else "wrong"


def _variant(role: str, approach: str, passed: np.ndarray) -> MeasuredVariant:
    return MeasuredVariant(role=role, approach=approach, name=role, cases=len(passed), passed=int(passed.sum()))


def judged(pairs: list[TruePair], cases: int, interval: Interval = bonett_price) -> list[tuple[TruePair, Said]]:
    """Each pair with what the rule says of one sample of it."""
    drawn = np.random.default_rng([SEED, cases])
    return [(pair, said_of(pair, *sampled(pair, cases, drawn), interval)) for pair in pairs]
