"""The comparison matrix: every approach on every criterion, ranked by weighted mean."""

from collections.abc import Mapping
from functools import cache
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from assessments.framework.schema import Approach, Criterion, Framework

from .cost_scores import CostScore, cost_scores
from .decision import Cell, Matrix, MatrixRow, Reason, Tipping
from .document import Document
from .economics.money import ApproachMoney

Floats = NDArray[np.float64]
WEIGHTINGS = 10_000
_SIGMA = 0.5
_SEED = 20_261_120
_DECIMALS = 9  # means closer than this are a tie; the framework's order decides


class YesByKey(Protocol):
    """For each question key, in which of n cases the answer is yes."""

    def __len__(self) -> int: ...
    def __getitem__(self, key: str) -> NDArray[np.bool_]: ...


def compare_approaches(
    framework: Framework, document: Document, cases: YesByKey, money: tuple[ApproachMoney, ...] = ()
) -> Matrix:
    """Scores from 1 to 5 for each approach on each criterion, best approach first. [ours]

    A cell is the team's own where it overrode it, derived for the failures it fixes and for the dollars of
    the detailed costs (`money`), else the base score. `cases` is the one case that is established.
    """
    scores = cell_scores(framework, document, money)
    dollars = cost_scores(framework, money)
    weights = criterion_weights(framework, document.weights, cases)[:, 0]
    means = weighted_means(scores, weights[:, None])[:, 0]
    firsts = first_shares(scores, weights)
    order = sorted(range(len(framework.approaches)), key=lambda index: -means[index])
    return Matrix(
        weights={
            criterion.key: _plain(weight) for criterion, weight in zip(framework.matrix.criteria, weights, strict=True)
        },
        rows=tuple(
            MatrixRow(
                approach=framework.approaches[index].key,
                mean=float(means[index]),
                first_share=float(firsts[index]),
                cells=_cells(framework, document, framework.approaches[index], scores[index], dollars),
            )
            for index in order
        ),
        weight_reasons={
            criterion.key: _weight_reason(framework, document, criterion) for criterion in framework.matrix.criteria
        },
        tippings=tippings(framework, scores, weights),
    )


def cell_scores(framework: Framework, document: Document, money: tuple[ApproachMoney, ...] = ()) -> Floats:
    """The scores, of shape (approaches, criteria), each 1 to 5."""
    own = {cell: found.score for cell, found in cost_scores(framework, money).items()}
    own |= {(cell.approach, cell.criterion): cell.score for cell in document.overrides}
    fits = failure_fit(framework, document.failures)
    return np.array(
        [
            [
                own.get(
                    (approach.key, criterion.key),
                    criterion.scores[approach.key] if criterion.scores else fits[approach.key],
                )
                for criterion in framework.matrix.criteria
            ]
            for approach in framework.approaches
        ]
    )


def criterion_weights(framework: Framework, own: Mapping[str, float], cases: YesByKey) -> Floats:
    """The weights, of shape (criteria, cases), 0 to 5.

    The team's own, else the default, raised where an answer makes the criterion matter.
    """
    rules = framework.matrix
    weights = np.empty((len(rules.criteria), len(cases)))
    for row, criterion in zip(weights, rules.criteria, strict=True):
        row[:] = own.get(criterion.key, criterion.weight)
        if criterion.key not in own and criterion.if_yes is not None:
            row[np.any([cases[key] for key in criterion.moved_by], axis=0)] = criterion.if_yes
    return weights


def weighted_means(scores: Floats, weights: Floats) -> Floats:
    """Means of shape (approaches, cases). Where every weight is 0, all criteria count the same.

    >>> weighted_means(np.array([[1.0, 5.0]]), np.array([[1.0, 0.0], [3.0, 0.0]])).tolist()
    [[4.0, 3.0]]
    """
    weights = np.where(weights.sum(axis=0) > 0, weights, 1.0)
    means: Floats = np.round(scores @ weights / weights.sum(axis=0), _DECIMALS)
    return means


def first_shares(scores: Floats, weights: Floats) -> Floats:
    """How firm the ranking is: the share of weightings in which each approach comes first.

    10,000 weightings around the chosen one: each weight times a log-normal factor, sigma 0.5, fixed seed.
    Where every weight is 0, all criteria count the same before they are drawn.
    """
    weights = weights if weights.any() else np.ones_like(weights)
    first = weighted_means(scores, weights[:, None] * _factors(len(weights))).argmax(axis=0)
    return np.bincount(first, minlength=len(scores)) / WEIGHTINGS


@cache
def _factors(criteria: int) -> Floats:
    """The log-normal factors, the same ones each time: shape (criteria, weightings)."""
    found: Floats = np.random.default_rng(_SEED).lognormal(0.0, _SIGMA, (criteria, WEIGHTINGS))
    found.setflags(write=False)
    return found


def tippings(framework: Framework, scores: Floats, weights: Floats) -> tuple[Tipping, ...]:
    """Which single weight would have to move how far, within 0 to 5, for another approach to lead.

    Nearest first. Moving weight c by d changes the lead over approach b by d × (leader's score − b's);
    of two that draw level at once, the one that gains faster leads. At the end of the scale nothing can
    go beyond, so it is not named.
    """
    rules = framework.matrix
    leader = int(weighted_means(scores, weights[:, None])[:, 0].argmax())
    leads = np.maximum((scores[leader] - scores) @ weights, 0.0)
    found = []
    for column, criterion in enumerate(rules.criteria):
        for rival, approach in enumerate(framework.approaches):
            slope = float(scores[leader, column] - scores[rival, column])
            if slope == 0:
                continue
            above = slope < 0
            at = round(float(weights[column] - leads[rival] / slope), _DECIMALS)
            if at < rules.maximum_weight if above else at > rules.minimum_weight:
                distance = float(leads[rival] / abs(slope))
                tipping = Tipping(
                    criterion=criterion.key, weight=at, above=above, leader=approach.key, distance=distance
                )
                found.append((round(distance, _DECIMALS), -abs(slope), tipping))
    nearest: dict[tuple[str, bool], Tipping] = {}
    for _, _, tipping in sorted(found, key=lambda one: one[:2]):
        nearest.setdefault((tipping.criterion, tipping.above), tipping)
    return tuple(nearest.values())


def failure_fit(framework: Framework, failures: Mapping[str, int]) -> dict[str, float]:
    """How well each approach fixes the counted failures, 1 to 5.

    1 + 4/5 × Σ share × fit. Where nothing was counted every mode has the same share.
    """
    sample = sum(failures.values())
    modes = framework.matrix.fit
    return {
        approach.key: 1
        + 4
        / 5
        * sum(
            (failures.get(mode, 0) / sample if sample else 1 / len(modes)) * fit[approach.key]
            for mode, fit in modes.items()
        )
        for approach in framework.approaches
    }


def _cells(
    framework: Framework,
    document: Document,
    approach: Approach,
    scores: Floats,
    dollars: Mapping[tuple[str, str], CostScore],
) -> Mapping[str, Cell]:
    own = {cell.criterion: cell for cell in document.overrides if cell.approach == approach.key}
    by_dollars = {criterion for _, criterion in dollars}
    cells = {}
    for criterion, score in zip(framework.matrix.criteria, scores, strict=True):
        origin: Literal["base", "derived", "user"]
        if criterion.key in own:
            origin, reason = "user", Reason(code="own", figures={"text": own[criterion.key].reason})
        elif (approach.key, criterion.key) in dollars:
            origin, reason = "derived", dollars[approach.key, criterion.key].reason
        elif criterion.scores:
            origin, reason = "base", Reason(code="base_not_in_costs" if criterion.key in by_dollars else "base")
        else:
            origin, reason = "derived", _fit_reason(framework, document, approach)
        cells[criterion.key] = Cell(score=_plain(score), origin=origin, reason=reason.code, figures=reason.figures)
    return cells


def _fit_reason(framework: Framework, document: Document, approach: Approach) -> Reason:
    """The counted failures that this approach fixes best, or that there are none."""
    failures = document.failures
    sample = sum(failures.values())
    if not sample:
        return Reason(code="fit_not_counted")
    fits = {mode: fit[approach.key] for mode, fit in framework.matrix.fit.items()}
    helped = max(fits, key=lambda mode: failures.get(mode, 0) * fits[mode])
    count = failures.get(helped, 0)
    if not count * fits[helped]:
        return Reason(code="fit_none", figures={"sample": sample})
    return Reason(code="fit", figures={"sample": sample, "mode": helped, "count": count, "fit": fits[helped]})


def _weight_reason(framework: Framework, document: Document, criterion: Criterion) -> Reason:
    """Why a weight is what it is: the team's own, raised by answers, or the default."""
    if criterion.key in document.weights:
        return Reason(code="own")
    keys = document.answers.those(criterion.moved_by)
    return Reason(code="yes", figures={"keys": keys}) if keys else Reason(code="default")


def _plain(value: float) -> float:
    """A whole number where it is one."""
    return int(value) if value == int(value) else float(value)
