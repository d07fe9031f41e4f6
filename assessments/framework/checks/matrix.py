"""The matrix covers every approach and every kind of failure, with scores that there are."""

from collections.abc import Iterator, Mapping

from .. import names
from ..schema import Framework
from .conditions import condition_faults
from .kinds import not_the_same, unknown

_PLACE = "approaches.toml"


def matrix_faults(framework: Framework) -> Iterator[str]:
    matrix, approaches, asked = framework.matrix, framework.approach, framework.questions
    modes = {mode for group in framework.failure_groups for mode in group.modes}
    yield from unknown("framework.toml: failure_groups", modes, asked, "question")
    yield from not_the_same(f"{_PLACE}: matrix.fit", matrix.fit, modes)
    for mode, fit in matrix.fit.items():
        yield from not_the_same(f"{_PLACE}: matrix.fit.{mode}", fit, approaches)
    for criterion in matrix.criteria:
        if criterion.scores:
            yield from not_the_same(f"{_PLACE}: matrix.criteria.{criterion.key}.scores", criterion.scores, approaches)
        yield from unknown(f"{_PLACE}: matrix.criteria.{criterion.key}.moved_by", criterion.moved_by, asked, "question")
    yield from unknown(f"{_PLACE}: matrix.left.others", matrix.left.others, approaches, "approach")
    yield from unknown(f"{_PLACE}: matrix.tried", matrix.tried, approaches, "approach")
    for approach, conditions in matrix.tried.items():
        yield from condition_faults(framework, f"{_PLACE}: matrix.tried.{approach}", conditions)
    for change in matrix.set_scores:
        here = f"{_PLACE}: matrix.set_scores.{change.approach}"
        yield from unknown(here, [change.approach], approaches, "approach")
        yield from unknown(here, change.criteria, [criterion.key for criterion in matrix.criteria], "criterion")
        yield from unknown(here, [change.reason], matrix.reasons, "reason")
        yield from condition_faults(framework, here, change.when)
    for pointer in matrix.pointers:
        here = f"{_PLACE}: matrix.pointers"
        yield from unknown(here, pointer.modes, modes, "kind of failure")
        yield from unknown(here, pointer.answers, asked, "question")
        yield from unknown(here, pointer.task_kinds, asked["task_kind"].choices, "kind of task")
    floors = matrix.cost_scores.floors
    yield from not_the_same(f"{_PLACE}: matrix.cost_scores.floors", floors, names.COST_SCORES)
    for key, floor in floors.items():
        if not floor > 0:
            yield f"{_PLACE}: matrix.cost_scores.floors.{key}: must be above 0"
    for criterion in matrix.criteria:
        yield from _out_of_range(f"{_PLACE}: matrix.criteria.{criterion.key}.scores", criterion.scores, 1)
    for mode, fit in matrix.fit.items():
        yield from _out_of_range(f"{_PLACE}: matrix.fit.{mode}", fit, 0)


def _out_of_range(place: str, scores: Mapping[str, float], least: int) -> Iterator[str]:
    for key, score in scores.items():
        if not least <= score <= 5:
            yield f"{place}.{key}: not from {least} to 5"
