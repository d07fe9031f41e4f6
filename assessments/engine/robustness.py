"""How settled the verdict is: what it could still become, what to find out, and what would change it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from assessments.framework.schema import Framework

from .answers import Answer, Answers
from .cases import Booleans, Cases, yes_or_no
from .decision import Flip, Robustness, Stability
from .document import Document
from .facts import Ground
from .matrix import Floats
from .verdict import OPPOSITE, Indexes, judge, turned

EXACT_UP_TO = 12
DRAWS = 4096
_SEED = 20_261_120
MOST_CHANGES = 12
_ONE_IN = 32  # most that is not settled shows in one completion of so many


def how_settled(ground: Ground, *, confirm: Sequence[str] = (), with_changes: bool = True) -> Robustness:
    """Shares of the possible approaches over the completions of the unsure answers, each weighed by its prior.

    Exact up to 12 unsure answers; beyond that 4,096 draws from the priors with a fixed seed, marked as an
    estimate. What the verdict waits for, `confirm`, is to be found out first. Without what would change it, it takes
    ten milliseconds.
    """
    framework = ground.framework
    unsure = unsure_keys(ground)
    exact = len(unsure) <= EXACT_UP_TO
    cases, weights = completions(framework, ground.document.answers, unsure, exact=exact)
    outcomes = judge(ground, cases).approach
    approaches = _shares(list(framework.approach), outcomes, weights)
    settled = len(approaches) == 1
    useful = () if settled else _find_out_next(cases, weights, unsure, outcomes)
    return Robustness(
        unsure=unsure,
        exact=exact,
        possible_approaches=approaches,
        stability="measured" if judge(ground).measured else _stability(framework, approaches),
        find_out_next=tuple(dict.fromkeys((*confirm, *useful))),
        would_change=would_change(ground) if with_changes else (),
    )


def is_settled(ground: Ground) -> bool:
    """Whether every completion of the unsure answers gives the same approach: `how_settled` in short, for lists."""
    unsure = unsure_keys(ground)
    exact = len(unsure) <= EXACT_UP_TO
    cases, _ = completions(ground.framework, ground.document.answers, unsure, exact=exact)
    return _all_alike(ground, cases.every(_ONE_IN)) and _all_alike(ground, cases)


def _all_alike(ground: Ground, cases: Cases) -> bool:
    found = judge(ground, cases).approach
    return bool((found == found[0]).all())


def unsure_keys(ground: Ground) -> tuple[str, ...]:
    """The questions that can decide and are open: none where a measurement decides."""
    if judge(ground).measured:
        return ()
    return tuple(key for key in ground.framework.deciding_keys if ground.document.answers.unsure(key))


def completions(framework: Framework, answers: Answers, unsure: Sequence[str], *, exact: bool) -> tuple[Cases, Floats]:
    """Every yes or no to the unsure answers with its weight, or draws that weigh alike. Weights add up to 1."""
    priors = np.array([[framework.prior(key)] for key in unsure])
    if exact:
        numbers = np.arange(2 ** len(unsure))
        yes = (numbers >> np.arange(len(unsure))[:, None] & 1).astype(bool)
        weights = np.prod(np.where(yes, priors, 1 - priors), axis=0) if len(unsure) else np.ones(1)
    else:
        yes = np.random.default_rng(_SEED).random((len(unsure), DRAWS)) < priors
        weights = np.full(DRAWS, 1 / DRAWS)
    return Cases(answers, dict(zip(unsure, map(yes_or_no, yes), strict=True))), weights


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
    """The smallest sets of answers, one or two, whose other value gives another approach.

    Established answers turn to their opposite, unsure ones either way; work that is done is never undone. What
    the team can still do or find out comes first, then single answers, then the framework's order.
    """
    framework, answers = ground.framework, ground.document.answers
    changes = [
        (key, value)
        for key in framework.deciding_keys
        if not (answers.unsure(key) and judge(ground).measured)
        for value in _other_values(framework, answers, key)
    ]
    pairs = [pair for pair in combinations(range(len(changes)), 2) if changes[pair[0]][0] != changes[pair[1]][0]]
    sets = np.array([(place, place) for place in range(len(changes))] + pairs)
    if not len(sets):
        return ()
    now, turns = judge(ground).approach[0], judge(ground, turned(answers, changes, sets))
    then = turns.approach
    found = [
        Flip(
            flip=dict(changes[place] for place in sets[row]),
            approach=(approach := framework.approaches[then[row]].key),
            actionable=all(_can_act(framework, answers, *changes[place]) for place in sets[row]),
            wording=turns.wording(approach, row),
        )
        for row in _smallest(sets, then != now)
    ]
    return tuple(sorted(found, key=lambda change: (not change.actionable, len(change.flip)))[:MOST_CHANGES])


def _other_values(framework: Framework, answers: Answers, key: str) -> tuple[str, ...]:
    value = answers.value(key)
    if value == "unsure":
        return ("yes", "no")
    undone = value == "yes" and framework.questions[key].role in ("ceiling", "tried") and key != "target_missed"
    return () if undone or value not in OPPOSITE else (OPPOSITE[value],)


def _can_act(framework: Framework, answers: Answers, key: str, value: str) -> bool:
    """Whether the team can find it out, or bring it about by its own work."""
    return answers.unsure(key) or framework.questions[key].team_can_make == value


def _smallest(sets: Indexes, differs: Booleans) -> Indexes:
    """The rows whose change matters and that hold no smaller set whose change matters."""
    single = sets[:, 0] == sets[:, 1]
    alone = sets[single & differs, 0]
    found: Indexes = np.flatnonzero(differs & (single | ~np.isin(sets, alone).any(axis=1)))
    return found


def _shares(names: Sequence[str], indexes: Indexes, weights: Floats) -> Mapping[str, float]:
    """The share of each outcome, the likeliest first."""
    counts = np.bincount(indexes, minlength=len(names))
    shares = np.bincount(indexes, weights=weights, minlength=len(names))
    order = sorted(np.flatnonzero(counts).tolist(), key=lambda index: -shares[index])
    return {names[index]: float(shares[index]) for index in order}


def _stability(framework: Framework, approaches: Mapping[str, float]) -> Stability:
    if len(approaches) == 1:
        return "settled"
    return "provisional" if max(approaches.values()) >= framework.thresholds.provisional_from else "leaning"


def _find_out_next(cases: Cases, weights: Floats, unsure: Sequence[str], outcomes: Indexes) -> tuple[str, ...]:
    """The unsure questions by how much knowing them would settle, most first; what settles nothing is left out.

    How much: the expected drop in the chance that two completions differ (Gini impurity).
    """

    def impurity(some: np.ndarray) -> float:
        total = weights[some].sum()
        shares = np.bincount(outcomes[some], weights=weights[some]) / total if total else np.ones(1)
        return float(1 - (shares**2).sum())

    before = impurity(np.ones(len(outcomes), bool))
    drops = {}
    for key in unsure:
        yes = cases.where(key)
        part = float(weights[yes].sum())
        drops[key] = round(before - part * impurity(yes) - (1 - part) * impurity(~yes), 12)
    return tuple(sorted((key for key in unsure if drops[key] > 0), key=lambda key: -drops[key]))
