"""Whether a weekly count is falling: the Mann–Kendall test (Mann 1945, Kendall 1975)."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import combinations


def declining_p(weeks: Sequence[float]) -> float:
    """The one-sided p value of a decreasing trend, 0 to 1. Oldest week first.

    Exact without ties up to 50 weeks, else the normal approximation with corrections for ties and continuity.

    >>> round(declining_p([4, 3, 2, 1]), 4)
    0.0417
    >>> round(declining_p([31, 29, 33, 34, 38, 41]), 4)
    0.9986
    """
    falls = sum(later < earlier for earlier, later in combinations(weeks, 2))
    rises = sum(later > earlier for earlier, later in combinations(weeks, 2))
    n = len(weeks)
    if len(set(weeks)) == n <= 50:
        return _at_most_inversions(n, rises)
    ties = Counter(weeks).values()
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    s = rises - falls
    if variance == 0:
        return 1.0
    z = 0.0 if s == 0 else (s + (1 if s < 0 else -1)) / math.sqrt(variance)
    return 0.5 * math.erfc(-z / math.sqrt(2))


def _at_most_inversions(n: int, most: int) -> float:
    """The share of the orders of n different numbers with at most that many rising pairs."""
    ways = [1]
    for size in range(2, n + 1):
        longer = [0] * (len(ways) + size - 1)
        for pairs, count in enumerate(ways):
            for added in range(size):
                longer[pairs + added] += count
        ways = longer
    return sum(ways[: most + 1]) / math.factorial(n)
