"""How often the measured rule names the better of two approaches whose true rates are known.

Run alone: python -m tests.benchmarks.measured
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping

import numpy as np

from assessments.engine.intervals import Z
from assessments.engine.measured.statistics import bootstrap_interval
from tests.measured_simulation import (
    CLEAR,
    LEAST,
    SIZES,
    Interval,
    Said,
    TruePair,
    bonett_price,
    judged,
    true_pairs,
    unlike_pairs,
)

PAIRS = 2000
RIGHT, WRONG = 0.95, 0.01
"""At least so many of the clear ones named right on 1,000 cases, and at most so many named wrong on any."""

_HAIR = 1e-9


def usual(differences: np.ndarray) -> tuple[float, float]:
    """The mean and its standard error."""
    mean = float(differences.mean())
    half = Z * float(differences.std()) / math.sqrt(len(differences))
    return mean - half, mean + half


def bootstrap(differences: np.ndarray) -> tuple[float, float]:
    return bootstrap_interval(differences.tolist()) or (-1.0, 1.0)


def point(differences: np.ndarray) -> tuple[float, float]:
    """No interval at all: the mean alone. One that is better by the least improvement to a hair is not better."""
    mean = float(differences.mean()) - _HAIR
    return mean, mean


OURS, NAIVE = "Bonett and Price", "the point estimate alone"
INTERVALS: Mapping[str, Interval] = {
    OURS: bonett_price,
    NAIVE: point,
    "the usual one": usual,
    "bootstrap": bootstrap,
}


CLEAR_ONES = f"{CLEAR:.0%} and more beyond it"
GROUPS: Mapping[str, Callable[[TruePair], bool]] = {
    "all of them": lambda pair: True,
    "either better by more than it": lambda pair: pair.has_better,
    CLEAR_ONES: lambda pair: pair.is_clear,
}
STEP, FURTHEST = 2, 10
"""Points, of the curve by distance."""


def run(*names: str) -> None:
    """By our interval and, to compare, by the point alone; or by these."""
    print(f"The measured rule: {PAIRS:,} pairs of known rates, least improvement {LEAST:.0%}")
    for name in names or (OURS, NAIVE):
        print(f"  {name}")
        for cases in SIZES:
            found = judged(true_pairs(PAIRS), cases, INTERVALS[name])
            _print_groups(found, cases, has_bar=name == OURS)
            if name == OURS:
                _print_curve(found, cases)
    print(f"  {OURS}, where the two have nothing to do with each other: any rates from 5 to 95 %")
    for cases in SIZES:
        _print_groups(judged(unlike_pairs(PAIRS), cases), cases, has_bar=False)


def _print_groups(found: list[tuple[TruePair, Said]], cases: int, *, has_bar: bool) -> None:
    for which, belongs in GROUPS.items():
        said = Counter(one for pair, one in found if belongs(pair))
        right, wrong, open_ = (said[one] / said.total() for one in ("right", "wrong", "cannot tell"))
        over = has_bar and which == CLEAR_ONES and (wrong > WRONG or (cases == SIZES[-1] and right < RIGHT))
        print(
            f"    {cases:5,} cases, {said.total():5,} {which:30} right {right:6.1%}, wrong {wrong:5.2%}, "
            f"cannot tell {open_:6.1%}{'  OVER' if over else ''}"
        )


def _print_curve(found: list[tuple[TruePair, Said]], cases: int) -> None:
    """How often it is right, by how far the truth lies from the least improvement."""
    told = []
    for low in range(0, FURTHEST, STEP):
        said = [one for pair, one in found if low <= abs(pair.beyond) * 100 < low + STEP]
        told.append(f"{low}-{low + STEP} points {said.count('right') / len(said):.0%}")
    print(f"    {cases:5,} cases, right by distance from it: {', '.join(told)}")


if __name__ == "__main__":
    run(*INTERVALS)
