"""The tests, intervals and distances that figures of files rest on. Each names its source."""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from statistics import NormalDist

import numpy

from assessments.engine.intervals import Z, wilson_interval

SEED = 20261127
RESAMPLES = 10_000
BLOCK, MOST_AT_ONCE = 500, 4_000_000
"""Resamples, and cases of them, that are drawn at a time: bounds the memory."""
FEW_VALUES = 20
"""Differences with so few values are drawn as how often each comes: the same in law, a thousand times faster."""
POWER = NormalDist().inv_cdf(0.8)
FEW_DECIDED = 10
"""With fewer decided cases their share is no estimate: its upper bound stands in."""


def sign_test_p(wins: int, losses: int) -> float:
    """The exact two-sided p value that wins and losses are equally likely; McNemar's for values of 0 and 1.

    Twice the lower tail of the binomial, 1 at most (McNemar 1947). Terms are a running whole number.

    >>> sign_test_p(10, 2)
    0.03857421875
    >>> sign_test_p(0, 0)
    1.0
    """
    decided = wins + losses
    term = tail = 1
    for k in range(min(wins, losses)):
        term = term * (decided - k) // (k + 1)
        tail += term
    return min(1.0, float(2 * tail / 2**decided))


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """The same p values, in the same order, adjusted for being several (Holm 1979).

    >>> holm([0.01, 0.04, 0.03])
    (0.03, 0.06, 0.06)
    """
    adjusted = [0.0] * len(p_values)
    least = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = least
    return tuple(adjusted)


def tells_above(decided: int, cases: int) -> float | None:
    """The least difference of two shares, 0 to 1, that pairs on so many cases tell; None where they tell none.

    Solves √n·N = z₀.₉₇₅·√d + z₀.₈·√(d − N²) for N: two-sided 5 %, 80 % power (Connor 1987).

    >>> round(tells_above(16, 100), 4), tells_above(1, 30)
    (0.1107, None)
    """
    if not cases:
        return None
    share = decided / cases if decided >= FEW_DECIDED else wilson_interval(decided, cases)[1]

    def short_by(difference: float) -> float:
        needed = Z * math.sqrt(share) + POWER * math.sqrt(max(0.0, share - difference**2))
        return math.sqrt(cases) * difference - needed

    low, high = 0.0, share
    if short_by(high) < 0:
        return None
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if short_by(middle) < 0 else (low, middle)
    return high


def bootstrap_interval(differences: Sequence[float]) -> tuple[float, float] | None:
    """The 95 % interval of the mean of these differences: percentiles of 10,000 resamples (Efron 1979).

    None without a difference. The same differences give the same interval.

    >>> low, high = bootstrap_interval([1.0, 0.0, 0.0, -1.0] * 25)
    >>> low < 0 < high
    True
    """
    return bootstrap_intervals([differences])[0]


def bootstrap_intervals(several: Sequence[Sequence[float]]) -> list[tuple[float, float] | None]:
    """That of each of these. Those of one length are resampled together: the same seed draws the same cases."""
    found: list[tuple[float, float] | None] = [None] * len(several)
    by_length: dict[int, list[int]] = {}
    for place, differences in enumerate(several):
        counted = Counter(differences)
        if differences and len(counted) <= FEW_VALUES:
            found[place] = _ends(_few_resampled(counted))
        elif differences:
            by_length.setdefault(len(differences), []).append(place)
    for places in by_length.values():
        means = _resampled(numpy.array([several[place] for place in places], dtype=float))
        for place, of_one in zip(places, means.T, strict=True):
            found[place] = _ends(of_one)
    return found


def _ends(means: numpy.ndarray) -> tuple[float, float]:
    low, high = numpy.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def _few_resampled(counted: Mapping[float, int]) -> numpy.ndarray:
    """The means of resamples of differences that take few values, by how often each comes."""
    total = sum(counted.values())
    values = sorted(counted)
    shares = [counted[value] / total for value in values]
    drawn = numpy.random.default_rng(SEED).multinomial(total, shares, RESAMPLES)
    means: numpy.ndarray = drawn @ numpy.array(values) / total
    return means


def _resampled(rows: numpy.ndarray) -> numpy.ndarray:
    """The means of resamples, a column for each row. How large the blocks are changes nothing of what is drawn."""
    drawn = numpy.random.default_rng(SEED)
    cases = rows.shape[1]
    at_once = max(1, min(BLOCK, MOST_AT_ONCE // cases))
    blocks = []
    for done in range(0, RESAMPLES, at_once):
        size = min(at_once, RESAMPLES - done)
        places = drawn.integers(0, cases, (size, cases)) + numpy.arange(size)[:, None] * cases
        how_often = numpy.bincount(places.ravel(), minlength=size * cases).reshape(size, cases)
        blocks.append(how_often.astype(float) @ rows.T / cases)
    return numpy.concatenate(blocks)


def normalised_entropy(probabilities: Sequence[float]) -> float:
    """How spread out the probabilities of classes are: 0 for one class only, 1 for all the same (Shannon 1948).

    >>> round(normalised_entropy([0.71, 0.12, 0.17]), 4)
    0.7271
    """
    if len(probabilities) < 2:
        return 0.0
    return -sum(share * math.log(share) for share in probabilities if share > 0) / math.log(len(probabilities))


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which this share lies, between two values by a straight line; None without values.

    >>> percentile([1, 2, 3, 4], 0.5)
    2.5
    """
    return float(numpy.quantile(values, share)) if values else None


def word_triples(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words of a text, lower case; shorter texts are one run.

    >>> sorted(word_triples("Answer in  one word"))
    [('answer', 'in', 'one'), ('in', 'one', 'word')]
    """
    words = text.lower().split()
    return frozenset(tuple(words[start : start + 3]) for start in range(max(1, len(words) - 2)))


def jaccard(one: Collection[object], other: Collection[object]) -> float:
    """How much two sets have in common, 0 to 1 (Jaccard 1901); two empty ones are alike.

    >>> jaccard({1, 2, 3}, {2, 3, 4})
    0.5
    """
    left, right = set(one), set(other)
    return len(left & right) / len(left | right) if left or right else 1.0


def prompt_triples(template: str) -> frozenset[tuple[str, ...]]:
    """The word triples of a prompt without what is filled into it.

    >>> prompt_triples("Route {{ticket}}") == prompt_triples("route {{ text }}")
    True
    """
    return word_triples(re.sub(r"\{\{.*?\}\}", " ", template, flags=re.DOTALL))
