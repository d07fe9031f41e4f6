"""How settled the verdict is: what it could still become, what to find out, and what would change it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from assessments.framework.schema import Framework

from .answers import Answer, Answers
from .decision import Flip, Robustness
from .document import Document
from .verdict import Cases, Ground, Indexes, cases_of, deciding_keys, judge

EXACT_UP_TO = 12
DRAWS = 4096
_SEED = 20_261_120
_OPPOSITE = {"yes": "no", "no": "yes"}
MOST_CHANGES = 12


def how_settled(ground: Ground) -> Robustness:
    """Shares of the possible leaves and approaches over the completions of the unsure answers.

    Exact up to 12 unsure answers; beyond that 4,096 draws with a fixed seed, marked as an estimate.
    """
    framework, answers = ground.framework, ground.document.answers
    unsure = tuple(key for key in deciding_keys(framework) if answers.unsure(key))
    exact = len(unsure) <= EXACT_UP_TO
    cases = completions(framework, answers, unsure, exact=exact)
    outcomes = judge(ground, cases)
    approaches = _shares(list(framework.approach), outcomes.approach)
    return Robustness(
        unsure=unsure,
        exact=exact,
        possible_leaves=_shares(list(framework.leaf), outcomes.leaf),
        possible_approaches=approaches,
        settled=len(approaches) == 1,
        find_out_next=_find_out_next(cases, unsure, outcomes.approach) if len(approaches) > 1 else (),
        would_change=would_change(ground),
    )


def is_settled(ground: Ground) -> bool:
    """Whether every completion of the unsure answers gives the same approach: `how_settled` in short, for lists."""
    framework, answers = ground.framework, ground.document.answers
    unsure = tuple(key for key in deciding_keys(framework) if answers.unsure(key))
    cases = completions(framework, answers, unsure, exact=len(unsure) <= EXACT_UP_TO)
    return len(set(judge(ground, cases).approach.tolist())) == 1


def completions(framework: Framework, answers: Answers, unsure: Sequence[str], *, exact: bool) -> Cases:
    """Every yes or no to the unsure answers, or draws of them, beside what is established."""
    times = 2 ** len(unsure) if exact else DRAWS
    cases = cases_of(framework, answers, times=times)
    if exact:
        numbers = np.arange(times)
        drawn = [(numbers >> bit & 1).astype(bool) for bit in range(len(unsure))]
    else:
        drawn = list(np.random.default_rng(_SEED).integers(0, 2, (len(unsure), times)).astype(bool))
    return Cases({**cases.by_key, **dict(zip(unsure, drawn, strict=True))}, cases.not_applicable)


def on_evidence_alone(document: Document) -> Document:
    """The same document with every answer that is opinion only taken as unsure.

    What stands among the costs has no strength, and stays.
    """
    firm = {
        key: answer if answer.strength != "opinion" or key in document.costs else Answer()
        for key, answer in document.answers.by_key.items()
    }
    return replace(document, answers=Answers(firm))


def would_change(ground: Ground) -> tuple[Flip, ...]:
    """The smallest sets of established answers, one or two, whose flip gives another approach.

    What the team can act on comes first, then single answers, then the framework's order.
    """
    framework, answers = ground.framework, ground.document.answers
    known = [key for key in deciding_keys(framework) if answers.value(key) in _OPPOSITE]
    sets = [(key,) for key in known] + list(combinations(known, 2))
    cases = cases_of(framework, answers, times=len(sets) + 1)
    for row, flips in enumerate(sets, start=1):
        for key in flips:
            cases.flipped(key, np.array([row]))
    approach = judge(ground, cases).approach
    found = _smallest(sets, approach[1:] != approach[0])
    names = list(framework.approach)
    changes = [
        Flip(
            flip={key: _OPPOSITE[answers.value(key)] for key in sets[row]},
            approach=names[approach[row + 1]],
            actionable=all(
                framework.questions[key].team_can_make == _OPPOSITE[answers.value(key)] for key in sets[row]
            ),
        )
        for row in found
    ]
    return tuple(sorted(changes, key=lambda change: (not change.actionable, len(change.flip)))[:MOST_CHANGES])


def _smallest(sets: Sequence[tuple[str, ...]], differs: np.ndarray) -> Iterator[int]:
    """The rows whose flip matters and that hold no smaller set whose flip matters."""
    alone = {flips[0] for flips, changed in zip(sets, differs, strict=True) if changed and len(flips) == 1}
    for row, (flips, changed) in enumerate(zip(sets, differs, strict=True)):
        if changed and (len(flips) == 1 or not alone & set(flips)):
            yield row


def _shares(names: Sequence[str], indexes: Indexes) -> Mapping[str, float]:
    """The share of each outcome, the commonest first."""
    counts = np.bincount(indexes, minlength=len(names))
    order = sorted(np.flatnonzero(counts).tolist(), key=lambda index: -counts[index])
    return {names[index]: float(counts[index] / len(indexes)) for index in order}


def _find_out_next(cases: Cases, unsure: Sequence[str], outcomes: Indexes) -> tuple[str, ...]:
    """The unsure questions by how much knowing them would settle, most first.

    How much: the expected drop in the share of completions that differ from the commonest outcome. Where
    that is the same, the expected drop in the chance that two completions differ decides [ours]. What
    settles nothing by either is left out.
    """

    def spread(some: Indexes) -> NDArray[np.float64]:
        shares = np.bincount(some) / max(1, len(some))
        return np.array([1 - shares.max(), 1 - (shares**2).sum()]) if len(some) else np.zeros(2)

    before = spread(outcomes)
    drops = {}
    for key in unsure:
        yes = cases[key]
        after = yes.mean() * spread(outcomes[yes]) + (~yes).mean() * spread(outcomes[~yes])
        drops[key] = tuple(np.round(before - after, 12).tolist())
    return tuple(sorted((key for key in unsure if max(drops[key]) > 0), key=lambda key: [-drop for drop in drops[key]]))
