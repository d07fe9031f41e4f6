"""The matrix covers every approach and every kind of failure, with scores that there are."""

from collections.abc import Iterator

from .. import names
from ..schema import Framework
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
            yield from not_the_same(f"{_PLACE}: {criterion.key}.scores", criterion.scores, approaches)
        yield from unknown(f"{_PLACE}: {criterion.key}.raised_by", criterion.raised_by, asked, "question")
    floors = matrix.cost_scores.floors
    yield from not_the_same(f"{_PLACE}: matrix.cost_scores.floors", floors, names.COST_SCORES)
    for key, floor in floors.items():
        if not floor > 0:
            yield f"{_PLACE}: matrix.cost_scores.floors.{key}: must be above 0"
    scores = [score for criterion in matrix.criteria for score in criterion.scores.values()]
    fits = [fit for fits in matrix.fit.values() for fit in fits.values()]
    if not all(1 <= score <= 5 for score in scores) or not all(0 <= fit <= 5 for fit in fits):
        yield f"{_PLACE}: a score is not from 1 to 5, or a fit not from 0 to 5"
