"""How far two labels of the same rows agree, and how much of it is more than chance."""

import math
from collections import Counter
from collections.abc import Iterable

from assessments.engine.intervals import Z

from .figures import LabelAgreement

MOST_LABELS = 50
"""More different labels are no classes but texts: how often they are equal says all there is to say."""


def label_agreement(pairs: Iterable[tuple[str, str]]) -> LabelAgreement:
    """Cohen's kappa (1960) of pairs of labels, with the interval of Fleiss, Cohen and Everitt (1969).

    Without pairs, and where all agree on one label, there is no kappa. Of more than 50 different labels only the
    agreement is counted: `labels` is empty, and the table has one row, of those that agree and those that do not.

    >>> found = label_agreement([("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15)
    >>> found.table, round(found.kappa, 4), round(found.low, 4), round(found.high, 4)
    (((20, 5), (10, 15)), 0.4, 0.1511, 0.6489)
    """
    counted = Counter(pairs)
    labels = tuple(sorted({label for pair in counted for label in pair}))
    if len(labels) > MOST_LABELS:
        agreed = sum(count for (first, second), count in counted.items() if first == second)
        return LabelAgreement(labels=(), table=((agreed, counted.total() - agreed),), kappa=None, low=None, high=None)
    table = tuple(tuple(counted[first, second] for second in labels) for first in labels)
    kappa, low, high = _kappa(table) or (None, None, None)
    return LabelAgreement(labels=labels, table=table, kappa=kappa, low=low, high=high)


def _kappa(table: tuple[tuple[int, ...], ...]) -> tuple[float, float, float] | None:
    """Kappa and its 95 % interval; None where chance alone would agree always."""
    total = sum(map(sum, table))
    if not total:
        return None
    places = range(len(table))
    first = [sum(row) / total for row in table]
    second = [sum(column) / total for column in zip(*table, strict=True)]
    by_chance = sum(first[i] * second[i] for i in places)
    if max(first) == max(second) == 1 == by_chance:
        return None
    agreed = sum(table[i][i] for i in places) / total
    kappa = (agreed - by_chance) / (1 - by_chance)
    on_it = sum(table[i][i] / total * (1 - (first[i] + second[i]) * (1 - kappa)) ** 2 for i in places)
    off_it = sum(table[i][j] / total * (second[i] + first[j]) ** 2 for i in places for j in places if i != j)
    beyond = (kappa - by_chance * (1 - kappa)) ** 2
    variance = (on_it + (1 - kappa) ** 2 * off_it - beyond) / (1 - by_chance) ** 2 / total
    half = Z * math.sqrt(max(0.0, variance))
    return kappa, kappa - half, kappa + half
