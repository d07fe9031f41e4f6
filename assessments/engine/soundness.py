"""What contradicts itself in a framework, found by drawing cases: gates, approaches and weights. [ours]

A case is a set of answers, counted failures and a kind of task. A third of the cases is drawn evenly; the others are
made to meet all the answers that one to three gates ask for, so that a gate with many conditions is met too. What is
found in none of the cases is called never: the sentence that tells it says how many cases were looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assessments.framework.conditions import terms_of
from assessments.framework.loader import load_framework
from assessments.framework.schema import Framework, Gate, Role

from .answers import Answers
from .cases import Cases, Codes, coded
from .document import Document
from .facts import ground_of
from .gates import any_of
from .verdict import judge

CASES = 768
"""So many for each ground: a kind of task with counted failures."""
SAMPLE = 60
_SEED = 20_261_128
_FARTHEST = 4
"""By how much two scores from 1 to 5 can differ at most."""
_READY: Mapping[Role, str] = {"ceiling": "yes", "tried": "yes", "anti_indicator": "no"}
_BY_FIGURES = frozenset({"never_pays", "measured_otherwise", "measured_gain"})
"""Facts that rest on what a team enters or measures: no drawn case has them."""

Needs = Literal["approach_alike", "approach_ungated", "approach_uncosted"]
"""What an approach of a team's own lacks."""
Code = Literal["nothing_open", "gate_never", "gate_always", "approach_never", "one_decides"] | Needs
REFUSED: frozenset[Code] = frozenset({"nothing_open", "approach_alike"})
"""What is no warning: a framework of which this is so is not published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Something that contradicts. `key` is a gate, an approach or a criterion; `answers` are those of one such case.

    `other` is the approach that one is not told apart from.
    """

    code: Code
    key: str = ""
    cases: int = 0
    answers: tuple[tuple[str, str], ...] = ()
    other: str = ""


@lru_cache(maxsize=32)
def concerns(framework: Framework) -> tuple[Concern, ...]:
    """Everything that was found, what is refused first."""
    found = [*_in_cases(framework), *_in_weights(framework), *_in_own_approaches(framework)]
    return tuple(sorted(found, key=lambda one: one.code not in REFUSED))


def _in_weights(framework: Framework) -> Iterator[Concern]:
    """A criterion of which one point outweighs whatever all the others say, while nothing is known."""
    weights = {criterion.key: criterion.weight for criterion in framework.matrix.criteria}
    for key, weight in weights.items():
        if weight > _FARTHEST * (sum(weights.values()) - weight):
            yield Concern(code="one_decides", key=key)


def _in_own_approaches(framework: Framework) -> Iterator[Concern]:
    """What an approach that the base has not still needs: scores of its own, a gate that names it, and costs."""
    if not framework.base:
        return
    known = load_framework(framework.base).approach
    for key in [key for key in framework.approach if key not in known]:
        alike = next((one for one in framework.approach if one != key and _is_alike(framework, one, key)), "")
        if alike:
            yield Concern(code="approach_alike", key=key, other=alike)
        if not any(key in (*gate.closes, *gate.spares) for gate in framework.gates):
            yield Concern(code="approach_ungated", key=key)
        if not framework.approach_costs.approach[key].numbers:
            yield Concern(code="approach_uncosted", key=key)


def _is_alike(framework: Framework, one: str, other: str) -> bool:
    """Whether two approaches have the same score and fit throughout."""
    tables = [*(criterion.scores for criterion in framework.matrix.criteria), *framework.matrix.fit.values()]
    return all(table.get(one) == table.get(other) for table in tables)


def _in_cases(framework: Framework) -> Iterator[Concern]:
    draw = np.random.default_rng(_SEED)
    closed, leads, cases = dict.fromkeys(framework.gate, 0), set[str](), 0
    shut: Concern | None = None
    for task_kind, failures in _grounds(framework):
        document = Document(use_case={"name": "", "task_kind": task_kind}, failures=failures)
        drawn = _drawn(framework, draw)
        found = judge(ground_of(framework, document), Cases(Answers(), drawn))
        cases += CASES
        for gate, closing in found.closing.items():
            closed[gate] += int(np.broadcast_to(closing.any(axis=0), CASES).sum())
        is_open = np.broadcast_to(~any_of(found.closing), (len(framework.approaches), CASES))
        leads |= {framework.approaches[row].key for row in np.unique(found.approach[is_open.any(axis=0)])}
        if shut is None and not is_open.any(axis=0).all():
            shut = Concern(code="nothing_open", answers=_fewest(framework, document, drawn, is_open))
    if shut:
        yield replace(shut, cases=cases)
    for one in framework.gates:
        if not any(term.name in _BY_FIGURES for term in terms_of(one.when)) and framework.closed_by[one.key]:
            if closed[one.key] == 0:
                yield Concern(code="gate_never", key=one.key, cases=cases)
            elif closed[one.key] == cases:
                yield Concern(code="gate_always", key=one.key, cases=cases)
    for key in framework.approach:
        if key not in leads:
            yield Concern(code="approach_never", key=key, cases=cases)


def _grounds(framework: Framework) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Each kind of task, with nothing counted and with failures of each group; and knowledge beside tools."""
    kinds = [option.value for option in framework.questions["task_kind"].options]
    counted: list[Mapping[str, int]] = [{}, *({group.modes[0]: SAMPLE} for group in framework.failure_groups)]
    counted += [{mode: SAMPLE for group in framework.failure_groups for mode in group.modes[:1]}]
    first = {group.key: group.modes[0] for group in framework.failure_groups}
    counted += [{first["knowledge"]: SAMPLE // 3, first["tools"]: SAMPLE // 2, first["behaviour"]: SAMPLE // 3}]
    for place, failures in enumerate(counted * 2):
        yield kinds[place % len(kinds)], failures


def _drawn(framework: Framework, draw: np.random.Generator) -> dict[str, Codes]:
    """Answers by question, of shape (CASES,)."""
    keys = _asked(framework)
    likely = draw.choice([0.1, 0.3, 0.6], size=(len(keys), CASES))  # few, some or many answers of yes
    chance = draw.random((len(keys), CASES))
    table = np.where(chance < likely, coded("yes")[0], coded("no")[0])
    table[draw.random(table.shape) < 0.1] = coded("unsure")[0]
    rows = {key: row for row, key in enumerate(keys)}
    for key in keys:
        if framework.questions[key].allows_na:
            table[rows[key], draw.random(CASES) < 0.1] = coded("na")[0]
    ready = slice(CASES // 3, CASES // 2)  # nothing that speaks against tuning, which hangs on many answers at once
    for key, value in _READY.items():
        for one in framework.keys(key):
            if one in rows:
                table[rows[one], ready] = coded(value)[0]
    for case in range(CASES // 2, CASES):
        for gate in draw.choice(np.array(framework.gates, object), size=1 + case % 3):
            _meet(gate, rows, table[:, case], draw)
    return dict(zip(keys, table.astype(np.int8), strict=True))


def _meet(gate: Gate, rows: Mapping[str, int], case: NDArray[np.int_], draw: np.random.Generator) -> None:
    """Gives the answers that one line of a gate asks for."""
    for term in terms_of((gate.when[int(draw.integers(len(gate.when)))],)) if gate.when else ():
        if term.comparison == "is" and term.name in rows:
            value = ("no" if term.value == "yes" else "yes") if term.negated else term.value
            case[rows[term.name]] = coded(value)[0]


def _asked(framework: Framework) -> Sequence[str]:
    """Every question by whose yes or no a rule can go."""
    return [question.key for question in framework if question.place == "answers" and question.kind == "choice"]


def _fewest(
    framework: Framework, document: Document, drawn: Mapping[str, Codes], is_open: NDArray[np.bool_]
) -> tuple[tuple[str, str], ...]:
    """The answers of a case in which nothing is open, without those that it does not take."""
    case = int(np.flatnonzero(~is_open.any(axis=0))[0])
    words = {int(coded(value)[0]): value for value in ("yes", "no", "na")}
    said = {key: words[int(codes[case])] for key, codes in drawn.items() if int(codes[case]) in words}
    for key in tuple(said):
        fewer = {other: coded(value) for other, value in said.items() if other != key}
        if any_of(judge(ground_of(framework, document), Cases(Answers(), fewer)).closing)[:, 0].all():
            del said[key]
    return tuple(said.items())
