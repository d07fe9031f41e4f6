"""How far people agree on the same rows or questions, and how much of it is more than chance."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.engine.intervals import Z

from .figures import LabelAgreement, Part

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


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterAgreement:
    """How far people agree over questions that are answered on one scale."""

    agreed: Part
    """The questions on which all who answered say the same, of those that two or more answered."""
    beyond_chance: float | None
    """Cohen's kappa of two people, Krippendorff's alpha of more. None where all say one and the same throughout."""
    low: float | None
    high: float | None
    """95 %. None also where it hangs on a single question whether anybody says anything else."""


def rater_agreement(questions: Iterable[Sequence[str]], raters: int) -> RaterAgreement:
    """What each of the raters says to each question, empty where they left it out.

    Of two people it is Cohen's kappa (1960), as for labels. Of more it is Krippendorff's alpha for answers without an
    order (2011), which takes questions that somebody left out; its interval is the jackknife over the questions
    (Fleiss and Davies 1982).

    >>> found = rater_agreement([("yes", "yes", "yes"), ("no", "no", "yes"), ("no", "no", ""), ("yes", "", "")], 3)
    >>> found.agreed, round(found.beyond_chance, 4)
    (Part(count=2, of=3), 0.5625)
    """
    answered = [said for one in questions if len(said := [answer for answer in one if answer]) > 1]
    agreed = Part(count=sum(len(set(said)) == 1 for said in answered), of=len(answered))
    if raters == 2:
        pair = label_agreement((first, second) for first, second in answered)
        return RaterAgreement(agreed=agreed, beyond_chance=pair.kappa, low=pair.low, high=pair.high)
    counted = [Counter(said) for said in answered]
    alpha = _alpha(counted)
    half = _jackknife(counted) if alpha is not None else None
    if alpha is None or half is None:
        return RaterAgreement(agreed=agreed, beyond_chance=alpha, low=None, high=None)
    return RaterAgreement(agreed=agreed, beyond_chance=alpha, low=alpha - half, high=alpha + half)


def _alpha(questions: Sequence[Counter[str]]) -> float | None:
    """One less the disagreement that is seen, over that which chance would make of the same answers."""
    totals = sum(questions, Counter[str]())
    if len(totals) < 2:
        return None
    answers = totals.total()
    seen = sum(_differing(one) / (one.total() - 1) for one in questions)
    return 1 - seen * (answers - 1) / _differing(totals)


def _differing(counted: Counter[str]) -> int:
    """How many ordered pairs of these answers differ."""
    return counted.total() ** 2 - sum(count**2 for count in counted.values())


def _jackknife(questions: Sequence[Counter[str]]) -> float | None:
    """Half the 95 % interval of alpha: how much it moves as each question in turn is left out."""
    without = [_alpha([*questions[:place], *questions[place + 1 :]]) for place in range(len(questions))]
    moved = [one for one in without if one is not None]
    if len(moved) < len(without):
        return None
    middle = sum(moved) / len(moved)
    return Z * math.sqrt((len(moved) - 1) / len(moved) * sum((one - middle) ** 2 for one in moved))
