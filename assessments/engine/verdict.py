"""The verdict: the highest-ranked approach of the matrix that no gate closes, for one case or for thousands.

Source: ours, over the sources' rules (docs/method.md, section 6). It is written once, over arrays, because the
same must say what every completion of the unsure answers would give.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .cases import Booleans, Cases, coded
from .decision import Leader, Standing
from .facts import Facts, Ground
from .gates import any_of, carried, closing, gates_on
from .matrix import Floats, tried, weighted_means

Indexes = NDArray[np.intp]
OPPOSITE: Mapping[str, str] = {"yes": "no", "no": "yes"}


@dataclass(frozen=True)
class Judgement:
    """What gates and matrix say of n cases. Indexes point into the framework's approaches."""

    facts: Facts

    @cached_property
    def closing(self) -> Mapping[str, Booleans]:
        return closing(self.facts)

    @cached_property
    def is_open(self) -> Booleans:
        return ~any_of(self.closing)

    @cached_property
    def means(self) -> Floats:
        return weighted_means(self.facts)

    @cached_property
    def approach(self) -> Indexes:
        """The best that is open, of shape (n,); of those that draw level the framework's first."""
        found: Indexes = np.where(self.is_open, self.means, -np.inf).argmax(axis=0)
        return np.broadcast_to(found, len(self.facts.cases))

    @property
    def leads(self) -> str:
        """The best that is open in the one case that is established."""
        return self._key(int(self.approach[0]))

    @property
    def leader(self) -> Leader:
        """The highest of the whole ranking."""
        key = self._key(int(self.means[:, 0].argmax()))
        return Leader(approach=key, closed_by=gates_on(self.facts.ground.framework, self.closing, key))

    @property
    def standings(self) -> Mapping[str, Standing]:
        framework, done = self.facts.ground.framework, tried(self.facts)
        return {
            key: Standing(tried=bool(done[row, 0]), closed_by=gates_on(framework, self.closing, key))
            for row, key in enumerate(framework.approach)
        }

    def _key(self, row: int) -> str:
        return self.facts.ground.framework.approaches[row].key


def judge(ground: Ground, cases: Cases | None = None) -> Judgement:
    """Of these cases, or of the one that is established."""
    return Judgement(Facts(ground, cases or Cases(ground.document.answers)))


def deciding(ground: Ground, verdict: Judgement) -> tuple[str, ...]:
    """The answers that the verdict hangs on, in the framework's order.

    Those whose other value would give another approach, and those that close the leader of the matrix.
    """
    framework, answers = ground.framework, ground.document.answers
    known = [key for key in framework.deciding_keys if answers.value(key) in OPPOSITE]
    found: set[str] = set()
    if known:
        turned = judge(ground, flipped(ground, [{key: OPPOSITE[answers.value(key)]} for key in known]))
        found = {key for key, row in zip(known, turned.approach, strict=True) if row != verdict.approach[0]}
    for gate in framework.gates:
        if gate.key in verdict.leader.closed_by:
            found |= set(carried(verdict.facts, gate))
    return tuple(key for key in framework.questions if key in found)


def flipped(ground: Ground, changes: list[dict[str, str]]) -> Cases:
    """A case for each of these changes to the answers."""
    answers = ground.document.answers
    keys = dict.fromkeys(key for change in changes for key in change)
    codes = {key: coded(answers.value(key), len(changes)) for key in keys}
    for case, change in enumerate(changes):
        for key, value in change.items():
            codes[key][case] = coded(value)[0]
    return Cases(answers, codes)


def enough_answered(ground: Ground) -> bool:
    """Whether there is a verdict to speak of: some failures counted, or some of what decides answered."""
    framework, answers = ground.framework, ground.document.answers
    answered = sum(not answers.unsure(key) for key in framework.deciding_keys)
    return bool(ground.diagnosis.sample) or answered >= framework.thresholds.begun_from


def to_confirm(ground: Ground) -> tuple[str, ...]:
    """The conditions of the ceiling that nobody has answered yet."""
    return tuple(key for key in ground.framework.keys("ceiling") if ground.document.answers.unsure(key))
