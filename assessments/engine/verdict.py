"""The verdict: the highest-ranked approach of the matrix that no gate closes, for one case or for thousands.

Source: ours, over the sources' rules (docs/method.md, section 6). It is written once, over arrays, because the
same must say what every completion of the unsure answers would give.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assessments.framework.schema import Framework

from .answers import Answers
from .cases import CODES, Booleans, Cases, coded
from .decision import Leader, Matrix, Standing
from .document import Document
from .facts import Facts, Ground
from .gates import any_of, barred_by, carried, closing, gates_on
from .matrix import Columns, Floats, cell_scores, compare_approaches, criterion_weights, tried, weighted_means
from .measured.rule import MeasuredLead

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
    def measured(self) -> MeasuredLead | None:
        """What leads by measurement in the one case that is established."""
        if self.facts.ground.document.comparison is None:
            return None
        framework = self.facts.ground.framework
        barred = barred_by(framework, self.closing)[:, 0]
        return self.facts.ground.measured(frozenset(np.array(tuple(framework.approach))[barred].tolist()))

    @cached_property
    def is_open(self) -> Booleans:
        return ~any_of(self.closing)

    @cached_property
    def tried(self) -> Booleans:
        return tried(self.facts)

    @cached_property
    def scores(self) -> Columns:
        return cell_scores(self.facts, self.tried)

    @cached_property
    def weights(self) -> Columns:
        return criterion_weights(self.facts)

    @cached_property
    def means(self) -> Floats:
        return weighted_means(self.scores, self.weights)

    @property
    def matrix(self) -> Matrix:
        """The comparison in the one case that is established."""
        return compare_approaches(self.facts, self.scores, self.weights, self.is_open[:, 0])

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
        framework = self.facts.ground.framework
        return {
            key: Standing(
                tried=bool(self.tried[row, 0]),
                closed_by=gates_on(framework, self.closing, key),
                wording=self.wording(key),
            )
            for row, key in enumerate(framework.approach)
        }

    def wording(self, approach: str, case: int = 0) -> str:
        """The key of what this approach's verdict says otherwise in this case; empty where it says the usual."""
        for other in self.facts.ground.framework.approach[approach].otherwise:
            if np.broadcast_to(self.facts.hold(other.when), len(self.facts.cases))[case]:
                return other.key
        return ""

    @property
    def deciding(self) -> tuple[str, ...]:
        """The answers that the verdict hangs on, in the framework's order.

        Those whose other value would give another approach, and those that close the leader of the matrix.
        """
        ground, answers = self.facts.ground, self.facts.cases.answers
        framework = ground.framework
        known = [key for key in framework.deciding_keys if answers.value(key) in OPPOSITE]
        changes = [(key, OPPOSITE[answers.value(key)]) for key in known]
        then = judge(ground, turned(answers, changes, np.arange(len(known))[:, None])).approach if known else ()
        found = {key for key, row in zip(known, then, strict=True) if row != self.approach[0]}
        for gate in () if self.measured else self.leader.closed_by:
            found.update(carried(self.facts, framework.gate[gate]))
        return tuple(key for key in framework.questions if key in found)

    def _key(self, row: int) -> str:
        return self.facts.ground.framework.approaches[row].key


def judge(ground: Ground, cases: Cases | None = None) -> Judgement:
    """Of these cases, or of the one that is established."""
    return Judgement(Facts(ground, cases or Cases(ground.document.answers)))


def judge_each(grounds: Sequence[Ground]) -> Judgement:
    """Of the case that is established on each of these grounds, under one framework. None of them was measured."""
    answers = [ground.document.answers for ground in grounds]
    keys = {key for one in answers for key in one.by_key}
    codes = {key: np.array([CODES[one.value(key)] for one in answers], np.int8) for key in keys}
    return Judgement(Facts(grounds[0], Cases(Answers(), codes), tuple(grounds[1:])))


def turned(answers: Answers, changes: Sequence[tuple[str, str]], cases: NDArray[np.intp]) -> Cases:
    """A case for each row of these: the answers but for one change or several, named by their place."""
    codes = {key: coded(answers.value(key), len(cases)) for key, _ in changes}
    for place, (key, value) in enumerate(changes):
        codes[key][(cases == place).any(axis=1)] = coded(value)[0]
    return Cases(answers, codes)


def enough_answered(framework: Framework, document: Document) -> bool:
    """Whether there is a verdict to speak of: some failures counted, or some of what decides answered."""
    answered = sum(not document.answers.unsure(key) for key in framework.deciding_keys)
    return any(document.failures.values()) or answered >= framework.thresholds.begun_from


def to_confirm(ground: Ground) -> tuple[str, ...]:
    """The conditions of the ceiling that nobody has answered yet."""
    return tuple(key for key in ground.framework.keys("ceiling") if ground.document.answers.unsure(key))
