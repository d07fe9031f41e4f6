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
    LEAST,
    RIGHT,
    SIZES,
    WRONG,
    Interval,
    Said,
    TruePair,
    any_pairs,
    bonett_price,
    close_pairs,
    judged,
)

PAIRS = 2000
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

DRAWINGS: Mapping[str, Callable[[int], list[TruePair]]] = {
    "any two rates from 5 to 95 %": any_pairs,
    "close together, as a prompt and its successor": close_pairs,
}
STEP, FURTHEST = 2, 10
"""Points, of the curve by distance."""


def run(*names: str) -> None:
    """By our interval and, to compare, by the point alone; or by these."""
    print(f"The measured rule: {PAIRS:,} pairs of known rates, least improvement {LEAST:.0%}")
    for drawing, drawn in DRAWINGS.items():
        for name in names or (OURS, NAIVE):
            print(f"  {drawing}, {name}")
            for cases in SIZES:
                found = judged(drawn(PAIRS), cases, INTERVALS[name])
                _print_shares(found, cases, has_bar=name == OURS and drawn is any_pairs)
                if name == OURS and drawn is close_pairs:
                    _print_curve(found, cases)


def _print_shares(found: list[tuple[TruePair, Said]], cases: int, *, has_bar: bool) -> None:
    """Of the pairs in which either is truly better by more than the least improvement, which the bar is for; of all."""
    for which, all_of_them in (("one is truly better", False), ("all of them", True)):
        said = Counter(one for pair, one in found if all_of_them or pair.has_better)
        right, wrong, open_ = (said[one] / said.total() for one in ("right", "wrong", "cannot tell"))
        missed = wrong > WRONG or (cases == SIZES[-1] and right < RIGHT)
        print(
            f"    {cases:5,} cases, {said.total():5,} {which:20} right {right:6.1%}, wrong {wrong:5.2%}, "
            f"cannot tell {open_:6.1%}{'  OVER' if has_bar and not all_of_them and missed else ''}"
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
