"""The comparison matrix: every approach on every criterion, ranked by weighted mean, for one case or for thousands."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessments.framework.matrix_rules import USUAL_SPREAD
from assessments.framework.schema import Approach, Criterion, Framework

from .cases import Booleans
from .cost_scores import cost_scores
from .decision import Cell, Matrix, MatrixRow, Reason, Tipping
from .facts import Facts, Ground

Floats = NDArray[np.float64]
WEIGHTINGS = 10_000
_SEED = 20_261_120
_DECIMALS = 9  # means closer than this are a tie; the framework's order decides
_TIE = 10.0**-_DECIMALS


Columns = tuple[Floats, ...]
"""Scores or weights by criterion; what is the same in every case is there once."""


def compare_approaches(facts: Facts, scored: Columns, weighed: Columns, is_open: Booleans) -> Matrix:
    """Scores from 1 to 5 for each approach on each criterion of the one case that is established, best first. [ours]

    A cell is the team's own where it overrode it, derived for the failures it fixes, for what answers set and
    for the dollars of the detailed costs, else the base score. How firm the ranking is, is asked of the
    approaches that are open.
    """
    framework = facts.ground.framework
    scores, weights = _one_case(scored), _one_case(weighed)
    means = weighted_means(scored, weighed)[:, 0]
    firsts = np.zeros(len(scores))
    firsts[is_open] = first_shares(scores[is_open], weights, weight_spreads(facts))
    order = np.argsort(-means, kind="stable")
    criteria = [criterion.key for criterion in framework.matrix.criteria]
    return Matrix(
        weights={key: _plain(weight) for key, weight in zip(criteria, weights, strict=True)},
        rows=tuple(
            MatrixRow(
                approach=framework.approaches[index].key,
                mean=float(means[index]),
                first_share=float(firsts[index]),
                cells=_cells(facts, framework.approaches[index], scores[index]),
            )
            for index in order
        ),
        weight_reasons={criterion.key: _weight_reason(facts, criterion) for criterion in framework.matrix.criteria},
        tippings=tippings(framework, scores, weights, is_open),
    )


def _one_case(columns: Columns) -> Floats:
    """The only case of these arrays by criterion, one column for each."""
    return np.concatenate([column[..., :1] for column in columns], axis=-1)


def cell_scores(facts: Facts, done: Booleans) -> Columns:
    """For each criterion the scores of all approaches, 1 to 5, of shape (approaches, n) or (approaches, 1)."""
    framework = facts.ground.framework
    rows = {key: row for row, key in enumerate(framework.approach)}
    own = [_own_scores(ground) for ground in facts.grounds]
    found = []
    for criterion in framework.matrix.criteria:
        scores = _base_scores(facts, criterion) if criterion.scores else failure_fit(facts, done)
        for change in framework.matrix.set_scores:
            if criterion.key in change.criteria:
                is_row = np.arange(len(rows))[:, None] == rows[change.approach]
                scores = np.where(is_row & facts.hold(change.when), float(change.score), scores)
        for place, cells in _where_own(facts, own):
            for (approach, key), score in cells.items():
                if key == criterion.key:
                    scores = _in_each(facts, scores)
                    scores[rows[approach], place] = score
        found.append(scores)
    return tuple(found)


def _own_scores(ground: Ground) -> Mapping[tuple[str, str], float]:
    """By approach and criterion the scores that come from the detailed costs, and those that the team set itself."""
    dollars = {cell: found.score for cell, found in cost_scores(ground.framework, ground.money).items()}
    return dollars | {(cell.approach, cell.criterion): cell.score for cell in ground.document.overrides}


def _where_own(facts: Facts, own: Sequence[Mapping[Any, float]]) -> Iterator[tuple[Any, Mapping[Any, float]]]:
    """What each ground has of its own, and the cases that stand on it."""
    return zip(range(len(own)) if facts.others else [slice(None)], own, strict=True)


def _in_each(facts: Facts, values: Floats) -> Floats:
    """The values once for each case where each stands on a ground of its own."""
    if not facts.others or values.shape[-1] == len(facts.grounds):
        return values
    return np.repeat(values, len(facts.grounds), axis=-1)


def _base_scores(facts: Facts, criterion: Criterion) -> Floats:
    return np.array([[float(criterion.scores[key])] for key in facts.ground.framework.approach])


def failure_fit(facts: Facts, done: Booleans) -> Floats:
    """How well each approach fixes the failures, 1 to 5: 1 + 4/5 × what is left in it × Σ share × fit."""
    framework = facts.ground.framework
    fit = np.array([[fits[key] for fits in framework.matrix.fit.values()] for key in framework.approach], float)
    found: Floats = 1 + 4 / 5 * left_in(facts, done) * (fit @ shares_of_modes(facts))
    return found


def shares_of_modes(facts: Facts) -> Floats:
    """Each mode's share of the sample; without one, equal over the modes that the answers point to, else over all."""
    modes = tuple(facts.ground.framework.matrix.fit)
    if facts.sample.all():
        return _counted_shares(facts, modes)
    return np.where(facts.sample > 0, _counted_shares(facts, modes), _pointed_shares(facts, modes))


def _counted_shares(facts: Facts, modes: Sequence[str]) -> Floats:
    shares: Floats = np.array([facts.counted(mode) for mode in modes]) / np.maximum(facts.sample, 1)
    return shares


def _pointed_shares(facts: Facts, modes: Sequence[str]) -> Floats:
    pointed = np.zeros((len(modes), 1), bool)
    kind = facts.of_each(lambda ground: ground.document.use_case.get("task_kind", ""))
    for pointer in facts.ground.framework.matrix.pointers:
        holds = np.isin(kind, pointer.task_kinds)
        if pointer.answers:
            holds = holds | facts.cases.any_of(pointer.answers)
        pointed = pointed | (np.array([[mode in pointer.modes] for mode in modes]) & holds)
    pointed = pointed | ~pointed.any(axis=0)
    shares: Floats = pointed / pointed.sum(axis=0)
    return shares


def left_in(facts: Facts, done: Booleans) -> Floats:
    """The part of its fit that each approach still has in it, by whether it was tried."""
    rules = facts.ground.framework.matrix.left
    fresh = np.array([[rules.others.get(key, 1.0)] for key in facts.ground.framework.approach])
    return np.where(done, rules.tried, fresh)


def tried(facts: Facts) -> Booleans:
    """Which approaches were tried already, of shape (approaches, n) or (approaches, 1)."""
    conditions = facts.ground.framework.matrix.tried
    rows = [facts.hold(conditions.get(key, ())) for key in facts.ground.framework.approach]
    found = np.empty((len(rows), max(map(len, rows))), bool)
    for place, row in enumerate(rows):
        found[place] = row
    return found


def criterion_weights(facts: Facts) -> Columns:
    """For each criterion its weight, 0 to 10, of shape (n,) or (1,): the team's own, else by what the answers need."""
    own, found = [ground.document.weights for ground in facts.grounds], []
    for criterion in facts.ground.framework.matrix.criteria:
        weights = _needed(facts, criterion)
        for place, set_by_team in _where_own(facts, own):
            if criterion.key in set_by_team:
                weights = _in_each(facts, weights) if facts.others else np.zeros(1)
                weights[place] = float(set_by_team[criterion.key])
        found.append(weights)
    return tuple(found)


def _needed(facts: Facts, criterion: Criterion) -> Floats:
    weights = np.array([float(criterion.weight)])
    if not criterion.moved_by:
        return weights
    if criterion.if_no is not None:
        weights = np.where(facts.cases.all_of(criterion.moved_by, "no"), criterion.if_no, weights)
    if criterion.if_yes is not None:
        weights = np.where(facts.cases.any_of(criterion.moved_by), criterion.if_yes, weights)
    return weights


def weighted_means(scores: Columns, weights: Columns) -> Floats:
    """The means of all approaches, of shape (approaches, n). Where every weight is 0, all criteria count the same."""
    total = sum(weights, start=np.zeros(1))
    even = total == 0
    gained = sum((score * weight for score, weight in zip(scores, weights, strict=True)), start=np.zeros(1))
    if even.any():
        gained = np.where(even, sum(scores, start=np.zeros(1)), gained)
        total = np.where(even, len(scores), total)
    means: Floats = np.round(gained / total, _DECIMALS)
    return means


def weight_spreads(facts: Facts) -> tuple[float, ...]:
    """By criterion how far its weight may be off: as comparisons told, but not where the team set the weight itself."""
    own = facts.ground.document.weights
    return tuple(
        USUAL_SPREAD if criterion.key in own else criterion.spread_or_usual
        for criterion in facts.ground.framework.matrix.criteria
    )


def first_shares(scores: Floats, weights: Floats, spreads: tuple[float, ...] = ()) -> Floats:
    """How firm the ranking is: the share of weightings in which each of these approaches comes first of them.

    10,000 weightings around the chosen one: each weight times a log-normal factor, with the spread of its criterion
    as sigma, fixed seed. Where every weight is 0, all criteria count the same before they are drawn.
    """
    weights = weights if weights.any() else np.ones_like(weights)
    factors = _factors(spreads or (USUAL_SPREAD,) * len(weights))
    gained = (scores * weights) @ factors
    first = (gained >= gained.max(axis=0) - _TIE * (weights @ factors)).argmax(axis=0)
    return np.bincount(first, minlength=len(scores)) / WEIGHTINGS


@lru_cache(maxsize=16)
def _factors(spreads: tuple[float, ...]) -> Floats:
    """The log-normal factors, the same ones each time: shape (criteria, weightings)."""
    sigma = np.array(spreads)[:, None]
    found: Floats = np.random.default_rng(_SEED).lognormal(0.0, sigma, (len(spreads), WEIGHTINGS))
    found.setflags(write=False)
    return found


def tippings(framework: Framework, scores: Floats, weights: Floats, is_open: Booleans) -> tuple[Tipping, ...]:
    """Which single weight would have to move how far, within its bounds, for another open approach to lead.

    Nearest first. Moving weight c by d changes the lead over approach b by d × (leader's score − b's);
    of two that draw level at once, the one that gains faster leads. At the end of the scale nothing can
    go beyond, so it is not named.
    """
    rules, among = framework.matrix, np.flatnonzero(is_open).tolist()
    weighed = weights if weights.any() else np.ones_like(weights)
    means = np.round(scores @ weighed / weighed.sum(), _DECIMALS)
    leader = max(among, key=lambda row: (means[row], -row))
    leads = np.maximum((scores[leader] - scores) @ weights, 0.0)
    found = []
    for column, criterion in enumerate(rules.criteria):
        for rival in among:
            slope = float(scores[leader, column] - scores[rival, column])
            if slope == 0:
                continue
            above = slope < 0
            at = round(float(weights[column] - leads[rival] / slope), _DECIMALS)
            if at < rules.maximum_weight if above else at > rules.minimum_weight:
                distance = float(leads[rival] / abs(slope))
                tipping = Tipping(
                    criterion=criterion.key,
                    weight=at,
                    above=above,
                    leader=framework.approaches[rival].key,
                    distance=distance,
                )
                found.append((round(distance, _DECIMALS), -abs(slope), tipping))
    nearest: dict[tuple[str, bool], Tipping] = {}
    for _, _, tipping in sorted(found, key=lambda one: one[:2]):
        nearest.setdefault((tipping.criterion, tipping.above), tipping)
    return tuple(nearest.values())


def _cells(facts: Facts, approach: Approach, scores: Floats) -> Mapping[str, Cell]:
    ground, rules = facts.ground, facts.ground.framework.matrix
    dollars = cost_scores(ground.framework, ground.money)
    own = {cell.criterion: cell.reason for cell in ground.document.overrides if cell.approach == approach.key}
    in_costs = {criterion for _, criterion in dollars}
    answered = {
        criterion: Reason(code=change.reason)
        for change in rules.set_scores
        if change.approach == approach.key and facts.hold(change.when)[0]
        for criterion in change.criteria
    }
    cells = {}
    for criterion, score in zip(rules.criteria, scores, strict=True):
        key, plain = criterion.key, _plain(score)
        if key in own:
            cells[key] = Cell(score=plain, origin="user", reason="own", figures={"text": own[key]})
            continue
        derived = dollars[approach.key, key].reason if (approach.key, key) in dollars else answered.get(key)
        if not derived and not criterion.scores:
            derived = _fit_reason(facts, approach)
        if derived:
            cells[key] = Cell(score=plain, origin="derived", reason=derived.code, figures=derived.figures)
        else:
            cells[key] = Cell(score=plain, origin="base", reason="base_not_in_costs" if key in in_costs else "base")
    return cells


def _fit_reason(facts: Facts, approach: Approach) -> Reason:
    """The counted failures that this approach fixes best; without any, what the answers point to."""
    rules, failures = facts.ground.framework.matrix, facts.ground.document.failures
    sample, fits = facts.ground.diagnosis.sample, {mode: fit[approach.key] for mode, fit in rules.fit.items()}
    if not sample:
        shares = shares_of_modes(facts)[:, 0]
        pointed = tuple(mode for mode, part in zip(fits, shares, strict=True) if part)
        everywhere = len(pointed) == len(fits)
        return Reason(code="fit_not_counted") if everywhere else Reason(code="fit_pointed", figures={"modes": pointed})
    helped = max(fits, key=lambda mode: failures.get(mode, 0) * fits[mode])
    count = failures.get(helped, 0)
    if not count * fits[helped]:
        return Reason(code="fit_none", figures={"sample": sample})
    figures = {"sample": sample, "mode": helped, "count": count, "fit": fits[helped]}
    if facts.hold(rules.tried.get(approach.key, ()))[0]:
        return Reason(code="fit_tried", figures=figures | {"left": rules.left.tried})
    return Reason(code="fit", figures=figures)


def _weight_reason(facts: Facts, criterion: Criterion) -> Reason:
    """Why a weight is what it is: the team's own, moved by answers, or the default."""
    if criterion.key in facts.ground.document.weights:
        return Reason(code="own")
    answers = facts.cases.answers
    if criterion.if_yes is not None and (keys := answers.those(criterion.moved_by)):
        return Reason(code="yes", figures={"keys": keys})
    if criterion.if_no is not None and answers.those(criterion.moved_by, "no") == criterion.moved_by:
        return Reason(code="no", figures={"keys": criterion.moved_by})
    return Reason(code="default")


def _plain(value: float) -> float:
    """A whole number where it is one."""
    return int(value) if value == int(value) else float(value)
