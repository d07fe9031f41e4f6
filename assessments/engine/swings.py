"""Weights elicited, not guessed: three swings are compared at a time, and all answers together give every weight.

A swing raises a lever from poor to strong on one criterion. Of three of them the one that is worth most has 100
points, the others as many as they are worth beside it (swing weights: von Winterfeldt & Edwards 1986; Goodwin &
Wright 2004). With three at a time as many short questions as there are criteria compare each criterion with six
others: pairs would be 66 of twelve criteria, and one long question of all twelve would say nothing of whether the
answers agree. The weights are those that fit best in logarithms (Crawford & Williams 1985; for comparisons that do
not cover every pair Bozóki, Fülöp & Rónyai 2010). How well the answers agree is Saaty's consistency ratio (1980);
pairs that were not compared stand in it as the weights have them, and its random index is drawn for the same
questions, since it depends on which are asked (Ágoston & Csató 2022).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from statistics import NormalDist

import numpy as np

from assessments.framework.matrix_rules import Criterion, MatrixRules

from .matrix import Floats

CONSISTENT = 0.1
"""Saaty (1980): above it the answers contradict each other too much."""
ENOUGH = 8
"""So many answers, in the order in which they are asked, compare every criterion, most of them twice."""
LEAST_SPREAD = 0.1
"""Nobody tells 50 points from 55: no weight is known better. [ours]"""
_EIGHT_IN_TEN = NormalDist().inv_cdf(0.9)
_STEPS = (0, 1, 5)  # differences 1, 4 and 5: with eleven criteria or more no two are compared twice
_SCALE = np.log([*(1 / step for step in range(9, 1, -1)), *range(1, 10)])  # Saaty's, from 1/9 to 9
_DRAWS = 400
_SEED = 20_261_128

Swings = Mapping[str, float]
"""The points of one answer, by criterion."""
Blocks = tuple[tuple[int, ...], ...]
"""Which criteria each answer compares, by their places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elicited:
    """What the answers say of all weights."""

    weights: Mapping[str, float]
    """They add up to 1."""
    spreads: Mapping[str, float] | None
    """By criterion how far its weight may be off: the standard error of its logarithm. None where nothing tells."""
    consistency_ratio: float | None
    """None where no answer could contradict another."""
    fits_least: int | None
    """The place of the answer that fits the others least, where they contradict each other."""

    @property
    def is_consistent(self) -> bool:
        return self.consistency_ratio is not None and self.consistency_ratio <= CONSISTENT


def questions(criteria: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Which criteria each question compares: each three times, never twice with the same one.

    >>> questions(tuple("abcdefghijkl"))[:2]
    (('a', 'b', 'f'), ('b', 'c', 'g'))
    """
    return tuple(tuple(criteria[(place + step) % len(criteria)] for step in _STEPS) for place in range(len(criteria)))


def elicit(criteria: Sequence[str], answers: Sequence[Swings]) -> Elicited | None:
    """The weights that these answers give, None while they do not compare every criterion with the others."""
    place = {key: number for number, key in enumerate(criteria)}
    blocks = tuple(tuple(place[key] for key in answer) for answer in answers)
    asked = _Comparisons(blocks=blocks, criteria=len(criteria))
    if not asked.is_connected:
        return None
    logs = np.log([points for answer in answers for points in answer.values()])
    found = asked.solve @ logs
    weights = np.exp(found) / np.exp(found).sum()
    left = asked.centre @ (logs - found[asked.who])
    freedom = len(logs) - len(blocks) - (len(criteria) - 1)
    ratio = _consistency_ratio(asked, logs)
    spreads = None
    if freedom > 0:
        error = np.sqrt(left @ left / freedom * np.diag(asked.inverse))
        spreads = dict(zip(criteria, np.maximum(error, LEAST_SPREAD).tolist(), strict=True))
    contradicts = ratio is not None and ratio > CONSISTENT
    return Elicited(
        weights=dict(zip(criteria, weights.tolist(), strict=True)),
        spreads=spreads,
        consistency_ratio=ratio,
        fits_least=int(np.bincount(asked.block, left**2).argmax()) if contradicts else None,
    )


@dataclass(frozen=True, kw_only=True)
class _Comparisons:
    """Which criteria were compared, as the matrices that turn logarithms of points into those of weights."""

    blocks: Blocks
    criteria: int

    @cached_property
    def who(self) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """The criterion of each number of points."""
        return np.array([place for block in self.blocks for place in block], dtype=np.int64)

    @cached_property
    def block(self) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """The answer of each number of points."""
        return np.repeat(np.arange(len(self.blocks)), [len(block) for block in self.blocks])

    @cached_property
    def centre(self) -> Floats:
        """Takes from each number of points the mean of its answer: only what they are beside each other counts."""
        same = self.block[:, None] == self.block
        found: Floats = np.eye(len(self.block)) - same / same.sum(axis=0)
        return found

    @cached_property
    def _sums(self) -> Floats:
        found: Floats = (np.arange(self.criteria)[:, None] == self.who) @ self.centre
        return found

    @cached_property
    def _normal(self) -> Floats:
        found: Floats = self._sums @ (self.who[:, None] == np.arange(self.criteria)).astype(float)
        return found

    @property
    def is_connected(self) -> bool:
        return bool(self.blocks) and np.linalg.matrix_rank(self._normal) == self.criteria - 1

    @cached_property
    def inverse(self) -> Floats:
        return np.linalg.pinv(self._normal).astype(np.float64)

    @cached_property
    def solve(self) -> Floats:
        """From the logarithms of the points to those of the weights, which add up to 0."""
        found: Floats = self.inverse @ self._sums
        return found

    @cached_property
    def compare(self) -> Floats:
        """From the logarithms of the points to those of every pair: as it was answered, else as the weights have it."""
        found = self.solve[:, None, :] - self.solve[None, :, :]
        told = np.zeros_like(found)
        times = np.zeros((self.criteria, self.criteria, 1))
        for one, two in np.argwhere((self.block[:, None] == self.block) & (self.who[:, None] != self.who)):
            pair = self.who[one], self.who[two]
            told[*pair, one] += 1
            told[*pair, two] -= 1
            times[pair] += 1
        pairs: Floats = np.where(times > 0, told / np.maximum(times, 1), found)
        return pairs


def _consistency_ratio(asked: _Comparisons, logs: Floats) -> float | None:
    expected = _random_index(asked.blocks, asked.criteria)
    return float(_consistency_index(asked, logs[None, :])[0]) / expected if expected > 1e-9 else None


def _consistency_index(asked: _Comparisons, logs: Floats) -> Floats:
    """(λ - n) / (n - 1) of the largest eigenvalue λ, for each row of logarithms of points."""
    size = asked.criteria
    matrices = np.exp(np.einsum("ijm,dm->dij", asked.compare, logs))
    largest: Floats = np.linalg.eigvals(matrices).real.max(axis=1)
    return np.maximum(largest - size, 0) / (size - 1)


@lru_cache(maxsize=64)
def _random_index(blocks: Blocks, criteria: int) -> float:
    """What the consistency index is on average where every answer is drawn at random from Saaty's scale."""
    asked = _Comparisons(blocks=blocks, criteria=criteria)
    logs = np.random.default_rng(_SEED).choice(_SCALE, (_DRAWS, len(asked.who)))
    logs[:, np.unique(asked.block, return_index=True)[1]] = 0.0  # each is beside the first of its answer
    return float(_consistency_index(asked, logs).mean())


@dataclass(frozen=True, slots=True, kw_only=True)
class ElicitedWeight:
    """One weight as the answers have it, on the scale of the numbers typed."""

    criterion: str
    typed: float
    weight: float
    low: float
    high: float
    """Eight of ten weightings around it are from `low` to `high`."""
    values: Mapping[str, float]
    """What of the criterion it becomes once it is taken over, by name."""


def weight_asked_for(criterion: Criterion) -> str:
    """Which weight of a criterion the answers are about: the one where answers ask for it, else its only one."""
    return "if_yes" if criterion.if_yes is not None and criterion.if_yes > criterion.weight else "weight"


def in_numbers_typed(rules: MatrixRules, elicited: Elicited) -> tuple[ElicitedWeight, ...]:
    """The weights with the same sum as those typed, none above the highest that can be typed.

    Where answers can ask for a criterion, its weight while nothing is known stays the same part of it.
    """
    typed = {one.key: getattr(one, weight_asked_for(one)) for one in rules.criteria}
    scale = min(sum(typed.values()), rules.maximum_weight / max(elicited.weights.values()))
    return tuple(
        _in_numbers(criterion, typed[criterion.key], scale * elicited.weights[criterion.key], elicited)
        for criterion in rules.criteria
    )


def _in_numbers(criterion: Criterion, typed: float, weight: float, elicited: Elicited) -> ElicitedWeight:
    spread = elicited.spreads[criterion.key] if elicited.spreads else criterion.spread_or_usual
    values = {weight_asked_for(criterion): round(weight, 2), "spread": round(spread, 2)}
    if "weight" not in values:
        values["weight"] = round(weight * criterion.weight / typed, 2)
    return ElicitedWeight(
        criterion=criterion.key,
        typed=typed,
        weight=weight,
        low=float(weight * np.exp(-_EIGHT_IN_TEN * spread)),
        high=float(weight * np.exp(_EIGHT_IN_TEN * spread)),
        values=values,
    )
