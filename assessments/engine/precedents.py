"""The published cases that are most like an assessment.

Source: ours (docs/method.md, section 7). Answers that only the outcome told count as unknown. Successes are
published more often than failures, so how many cases went one way is no probability.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assessments.framework.precedents import Precedent
from assessments.framework.schema import Framework

from .decision import Diagnosis, SimilarCase
from .document import Document

KIND = "task_kind"
FAILURE_GROUP = "failure_group"
"""What a case is similar in beside answers; an answer's code is its key and what both sides say: `brand_voice.yes`."""
_SIGNS = {"yes": 1, "no": -1}


@dataclass(frozen=True, slots=True)
class _Table:
    """What the cases are compared by, a row a case: signs of answers, kind of task, what failed most."""

    signs: NDArray[np.int_]
    kinds: NDArray[np.str_]
    failure_groups: NDArray[np.str_]
    places: NDArray[np.int_]
    """The order among cases that are equally similar."""


def similar(
    framework: Framework, document: Document, diagnosis: Diagnosis, *, approach: str
) -> tuple[SimilarCase, ...]:
    """The most similar cases, most similar first; of one group only as many as the framework allows.

    The closest case that went the other way than this approach is always among them: where the others
    leave it out, the last one gives way to it.
    """
    rules = framework.precedents.similarity
    points = similarities(framework, document, diagnosis)
    order = [int(row) for row in np.lexsort((_table(framework).places, -points))]
    chosen = list(_few_of_one_group(framework, order))
    shown = chosen[: rules.shown]
    other = next((row for row in chosen if went_other_way(framework, _case(framework, row), approach)), None)
    if other is not None and other not in shown:
        shown[-1] = other
    return tuple(
        SimilarCase(
            case=_case(framework, row),
            similarity=int(points[row]),
            because=_because(framework, document, diagnosis, _case(framework, row)),
            own=row >= len(framework.precedents.cases),
        )
        for row in shown
    )


def went_other_way(framework: Framework, case: Precedent, approach: str) -> bool:
    """Whether a model was trained there and is not here, or the other way about."""
    return framework.precedents.won(case) != framework.precedents.trains(approach)


def similarities(framework: Framework, document: Document, diagnosis: Diagnosis) -> NDArray[np.int_]:
    """How similar each case of the framework is, in its order, a team's own after the others.

    Points for the same kind of task and for the same group of failures that dominates; for each answer that
    both sides know, points where they agree and as many less where they differ. [ours]
    """
    rules, table = framework.precedents.similarity, _table(framework)
    here = np.array([_SIGNS.get(document.answers.value(question.key), 0) for question in rules.questions])
    points: NDArray[np.int_] = rules.same_answer * (table.signs @ here)
    points += rules.same_kind * (table.kinds == document.use_case.get("task_kind", ""))
    if diagnosis.dominant:
        points += rules.same_failure_group * (table.failure_groups == diagnosis.dominant)
    return points


def order_of_ties(framework: Framework) -> NDArray[np.int_]:
    """The place of each case among equally similar ones."""
    return _table(framework).places


@cache
def _table(framework: Framework) -> _Table:
    """Ties: better evidence first, then newer, then by key, so that the order in the framework does not matter."""
    cases, questions = framework.precedents.every, framework.precedents.similarity.questions
    grades = list(framework.precedents.evidence_grade)
    ranked = sorted(cases, key=lambda case: (grades.index(case.evidence), -case.year, case.key))
    place = {case.key: index for index, case in enumerate(ranked)}
    known = [case.known_before for case in cases]
    signs = [[_SIGNS.get(answers.get(question.key, ""), 0) for question in questions] for answers in known]
    return _Table(
        signs=np.array(signs, dtype=np.int_).reshape(len(cases), len(questions)),
        kinds=np.array([case.task_kind for case in cases], dtype=np.str_),
        failure_groups=np.array([_failure_group(framework, case) for case in cases], dtype=np.str_),
        places=np.array([place[case.key] for case in cases], dtype=np.int_),
    )


def _case(framework: Framework, row: int) -> Precedent:
    return framework.precedents.every[row]


def _few_of_one_group(framework: Framework, order: Sequence[int]) -> Iterator[int]:
    of_group: Counter[str] = Counter()
    for row in order:
        group = _case(framework, row).group
        of_group[group] += 1
        if of_group[group] <= framework.precedents.similarity.most_of_one_group:
            yield row


def _because(framework: Framework, document: Document, diagnosis: Diagnosis, case: Precedent) -> tuple[str, ...]:
    """The codes of what is alike. What both need is told before what neither needs."""
    because: list[str] = []
    also_no: list[str] = []
    known = case.known_before
    if case.task_kind == document.use_case.get("task_kind"):
        because.append(KIND)
    if diagnosis.dominant and diagnosis.dominant == _failure_group(framework, case):
        because.append(FAILURE_GROUP)
    for question in framework.precedents.similarity.questions:
        here = document.answers.value(question.key)
        if here in _SIGNS and here == known.get(question.key):
            (because if here == "yes" else also_no).append(f"{question.key}.{here}")
    return (*because, *also_no)


def _failure_group(framework: Framework, case: Precedent) -> str:
    """The group of the failure that dominates in a case; empty where the case does not state one."""
    return next((group.key for group in framework.failure_groups if case.dominant_failure in group.modes), "")
