"""How often the measured rule names the better of two approaches whose true rates are known.

Run alone: python -m tests.benchmarks.measured
"""

import math
from collections.abc import Mapping

import numpy as np

from assessments.engine.intervals import Z
from assessments.engine.measured.statistics import bootstrap_interval
from tests.measured_simulation import CLEAR, LEAST, SIZES, Interval, bonett_price, tally, true_pairs

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


def run(*names: str) -> None:
    """By our interval and, to compare, by the point alone; or by these."""
    pairs = true_pairs(PAIRS)
    print(f"The measured rule: {PAIRS:,} pairs of known rates, least improvement {LEAST:.0%}")
    for name in names or (OURS, NAIVE):
        interval = INTERVALS[name]
        print(f"  {name}")
        for cases in SIZES:
            for clear in (False, True):
                found = tally(pairs, cases, clear=clear, interval=interval)
                total = sum(found.values())
                right, wrong, open_ = (found[said] / total for said in ("right", "wrong", "cannot tell"))
                over = clear and name == OURS and (wrong > WRONG or (cases == SIZES[-1] and right < RIGHT))
                which = f"{total:,} of {CLEAR:.0%} and more beyond it" if clear else f"all {total:,}"
                print(
                    f"    {cases:5,} cases, {which:34} right {right:6.1%}, wrong {wrong:5.2%}, cannot tell {open_:6.1%}"
                    f"{'  OVER' if over else ''}"
                )


if __name__ == "__main__":
    run(*INTERVALS)
