"""How far people agree on the same rows or questions, and how much of it is more than chance."""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.engine.intervals import Z

from .figures import LabelAgreement, Part

MOST_LABELS = 50
"""More different labels are no classes but texts: how often they are equal says all there is to say."""
FEWEST_ALIKE = 5
"""Numbers of one kind: below so many of them there is no figure of how far people agree on all. [ours]"""


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


def as_text(value: Any) -> str:
    """An answer as one text, which is the same for the same answer.

    >>> as_text(30.0), as_text(0.85), as_text([{"label": "billing", "available": 9.0}])
    ('30', '0.85', '[{available: 9, label: billing}]')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return f"[{', '.join(map(as_text, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {as_text(value[key])}' for key in sorted(value))}}}"
    return json.dumps(value)


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
    answered = _answered(questions)
    agreed = same_answers(answered)
    if raters == 2:
        pair = label_agreement((first, second) for first, second in answered)
        return RaterAgreement(agreed=agreed, beyond_chance=pair.kappa, low=pair.low, high=pair.high)
    found = _beyond_chance([Counter(said) for said in answered], _differ)
    if found is None:
        return RaterAgreement(agreed=agreed, beyond_chance=None, low=None, high=None)
    return RaterAgreement(agreed=agreed, beyond_chance=found.alpha, low=found.low, high=found.high)


def same_answers(questions: Iterable[Sequence[str]]) -> Part:
    """On how many questions all who answered say the same, of those that two or more answered.

    >>> same_answers([("12", "12", ""), ("yes", "no", "no"), ("", "", "9")])
    Part(count=1, of=2)
    """
    answered = _answered(questions)
    return Part(count=sum(len(set(said)) == 1 for said in answered), of=len(answered))


def _answered(questions: Iterable[Sequence[str]]) -> list[list[str]]:
    """What is said to each question, where two or more say anything."""
    return [said for one in questions if len(said := [answer for answer in one if answer]) > 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAgreement:
    """How close people's numbers are over items of one kind and unit."""

    items: int
    """Those with a number by two people or more."""
    alpha: float
    low: float | None
    high: float | None
    """95 %. None where it hangs on a single item whether any two numbers differ."""


def number_agreement(items: Iterable[Sequence[float | None]]) -> NumberAgreement | None:
    """Krippendorff's alpha for interval data (2011), of what each rater says to each item, None where they left it out.

    It sets the squared differences within items against those between all numbers, so all must be of one unit. It is
    for shares: a point more counts the same everywhere. The measure for ratio data takes one case beside none for as
    far apart as can be, which in a sample of failures is next to nothing. None with fewer than five items, and where
    all say one and the same number throughout.

    >>> found = number_agreement([(0.5, 0.4), (0.2, 0.3), (0.1, 0.1), (0.1, 0.1), (0.1, 0.1), (0.3, None)])
    >>> found.items, round(found.alpha, 4)
    (5, 0.91)
    """
    counted = [Counter(said) for one in items if len(said := [number for number in one if number is not None]) > 1]
    if len(counted) < FEWEST_ALIKE:
        return None
    found = _beyond_chance(counted, _squared_distance)
    if found is None:
        return None
    return NumberAgreement(items=len(counted), alpha=found.alpha, low=found.low, high=found.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionAgreement:
    """How far people agree on some questions."""

    agreed: Part
    """The questions on which all who answered say the same, of those that two or more answered."""
    choices: RaterAgreement
    """Of those that are answered yes, no or not sure: the only ones on one scale."""
    shares: NumberAgreement | None
    """Of the kinds of failures, by the share that each has; None where too few were counted."""


def shares_by_rater(items: Sequence[Sequence[float | None]]) -> Sequence[Sequence[float | None]]:
    """The same counts as shares of all that each rater counted: one may have read fifty cases, another a hundred.

    >>> shares_by_rater([(30, 10), (20, None), (0, 30)])
    [[0.6, 0.25], [0.4, None], [0.0, 0.75]]
    """
    totals = [sum(count or 0 for count in one) for one in zip(*items, strict=True)]
    return [
        [count / total if count is not None and total else None for count, total in zip(one, totals, strict=True)]
        for one in items
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSpread:
    """How far apart people are who answer one question with a number. Raters go by their place."""

    lowest: float
    highest: float
    lowest_by: tuple[int, ...]
    highest_by: tuple[int, ...]

    @property
    def apart(self) -> float:
        return self.highest - self.lowest


def spread_of(numbers: Sequence[float | None]) -> NumberSpread | None:
    """The ends of what is said, with who says them; None where fewer than two say anything.

    >>> spread_of([12000, None, 9000, 12000])
    NumberSpread(lowest=9000, highest=12000, lowest_by=(2,), highest_by=(0, 3))
    """
    said = [number for number in numbers if number is not None]
    if len(said) < 2:
        return None
    by = {end: tuple(place for place, number in enumerate(numbers) if number == end) for end in (min(said), max(said))}
    return NumberSpread(lowest=min(said), highest=max(said), lowest_by=by[min(said)], highest_by=by[max(said)])


_Distance = Callable[[Any, Any], float]


def _differ(one: str, other: str) -> float:
    """Of answers without an order: another one is another one."""
    return one != other


def _squared_distance(one: float, other: float) -> float:
    return (one - other) ** 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Alpha:
    alpha: float
    low: float | None
    high: float | None


def _beyond_chance(items: Sequence[Counter[Any]], distance: _Distance) -> _Alpha | None:
    """Krippendorff's alpha with its 95 % interval."""
    alpha = _alpha(items, distance)
    if alpha is None:
        return None
    half = _jackknife(items, distance)
    return _Alpha(alpha=alpha, low=None if half is None else alpha - half, high=None if half is None else alpha + half)


def _alpha(items: Sequence[Counter[Any]], distance: _Distance) -> float | None:
    """One less the disagreement that is seen, over that which chance would make of the same answers."""
    totals = sum(items, Counter[Any]())
    if len(totals) < 2:
        return None
    seen = sum(_apart(one, distance) / (one.total() - 1) for one in items)
    return 1 - seen * (totals.total() - 1) / _apart(totals, distance)


def _apart(counted: Counter[Any], distance: _Distance) -> float:
    """How far the ordered pairs of these answers are apart, all together."""
    return sum(many * more * distance(one, other) for one, many in counted.items() for other, more in counted.items())


def _jackknife(items: Sequence[Counter[Any]], distance: _Distance) -> float | None:
    """Half the 95 % interval of alpha: how much it moves as each item in turn is left out."""
    without = [_alpha([*items[:place], *items[place + 1 :]], distance) for place in range(len(items))]
    moved = [one for one in without if one is not None]
    if len(moved) < len(without):
        return None
    middle = sum(moved) / len(moved)
    return Z * math.sqrt((len(moved) - 1) / len(moved) * sum((one - middle) ** 2 for one in moved))
