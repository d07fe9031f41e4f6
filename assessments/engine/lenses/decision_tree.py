"""The decision tree: ceiling, reasons for, reasons against.

Source: framework, step 3.
"""

from itertools import product
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from assessments.framework.field import Role
from assessments.framework.figures import TARGET
from assessments.framework.names import LEAVES
from assessments.framework.schema import Framework, Stance, Thresholds

from ..answers import Answers
from ..decision import Condition, Counts, Figures, LensResult, PathNode

_CANDIDATE = LEAVES[-1]


def passed(limits: Thresholds, hit: Any, fors: Any, againsts: Any) -> tuple[Any, Any, Any]:
    """Which of the tree's three questions are passed, for one case or for arrays of them."""
    return hit, fors > limits.tree_indicators_above, againsts < limits.tree_anti_indicators_below


def leaves(limits: Thresholds, hit: Any, fors: Any, againsts: Any) -> NDArray[np.intp]:
    """The index of the leaf, of the same shape: the first question that is not passed, or behind the last."""
    questions = np.array(np.broadcast_arrays(*passed(limits, hit, fors, againsts), False))
    found: NDArray[np.intp] = questions.argmin(axis=0)
    return found


def ceiling_steps(framework: Framework) -> tuple[str, ...]:
    """The keys of the things to try first: the ceiling questions but for the target."""
    return tuple(key for key in framework.keys("ceiling") if key != TARGET)


def ceiling(framework: Framework, answers: Answers) -> Literal["yes", "no", "open"]:
    """Whether the prompt ceiling is hit: `yes`, `no`, or `open` where nobody knows yet."""
    if all(map(answers.met, ceiling_steps(framework))) and answers.yes(TARGET):
        return "yes"
    return "no" if answers.those(framework.keys("ceiling"), "no") else "open"


def count(framework: Framework, answers: Answers) -> Counts:
    """How many reasons for and against are established, and how many are unsure."""
    factors = (*framework.keys("indicator"), *framework.keys("anti_indicator"))
    return Counts(
        indicators=len(answers.those(framework.keys("indicator"))),
        anti_indicators=len(answers.those(framework.keys("anti_indicator"))),
        unsure=sum(map(answers.unsure, factors)),
    )


def walk(framework: Framework, answers: Answers) -> tuple[str, tuple[PathNode, ...]]:
    """The leaf that the established answers lead to, and the path there."""
    nodes = tree_questions(framework, answers)
    hit, fors, againsts = nodes
    leaf = int(leaves(framework.thresholds, hit.outcome == "yes", fors.count, againsts.count))
    return LEAVES[leaf], nodes[: leaf + 1]


def tree_questions(framework: Framework, answers: Answers) -> tuple[PathNode, PathNode, PathNode]:
    """All three questions with their counts, those beyond the leaf too."""
    steps, fors, againsts = (
        ceiling_steps(framework),
        framework.keys("indicator"),
        framework.keys("anti_indicator"),
    )
    hit = ceiling(framework, answers)
    present, against = len(answers.those(fors)), len(answers.those(againsts))
    _, enough, few = passed(framework.thresholds, hit == "yes", present, against)
    return (
        PathNode(
            node="ceiling",
            outcome=hit,
            count=sum(map(answers.met, steps)),
            of=len(steps),
            unsure=sum(map(answers.unsure, framework.keys("ceiling"))),
        ),
        PathNode(
            node="indicators",
            outcome="yes" if enough else "no",
            count=present,
            of=len(fors),
            unsure=sum(map(answers.unsure, fors)),
        ),
        PathNode(
            node="anti_indicators",
            outcome="yes" if few else "no",
            count=against,
            of=len(againsts),
            unsure=sum(map(answers.unsure, againsts)),
        ),
    )


def _possible(limits: Thresholds, nodes: tuple[PathNode, PathNode, PathNode]) -> frozenset[str]:
    """The leaves that some yes or no to the unsure answers would lead to."""
    cases = np.array(list(product(*_extremes(nodes)))).T
    return frozenset(LEAVES[leaf] for leaf in leaves(limits, *cases))


def look(framework: Framework, answers: Answers) -> LensResult:
    """Candidate is for, any other leaf against, open where an unsure answer decides the leaf."""
    limits = framework.thresholds
    nodes = tree_questions(framework, answers)
    found = _possible(limits, nodes)
    stance: Stance = "open" if len(found) > 1 else "for" if found == {_CANDIDATE} else "against"
    could_be = passed(limits, *map(np.array, _extremes(nodes)))
    figures: tuple[Figures, ...] = (
        {"target": answers.value(TARGET)},
        {"above": limits.tree_indicators_above},
        {"below": limits.tree_anti_indicators_below},
    )
    roles: tuple[Role, ...] = ("ceiling", "indicator", "anti_indicator")
    return LensResult(
        lens="decision_tree",
        stance=stance,
        conditions=tuple(
            Condition(
                code=node.node,
                met=bool(one) if one == other else None,
                keys=framework.keys(role),
                figures={"count": node.count, "of": node.of, **more},
            )
            for node, (one, other), more, role in zip(nodes, could_be, figures, roles, strict=True)
        ),
    )


_HIT = {"yes": (True, True), "no": (False, False), "open": (False, True)}


def _extremes(nodes: tuple[PathNode, PathNode, PathNode]) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    """The least and the most that the unsure answers could make of each question."""
    hit, fors, againsts = nodes
    most_fors, most_againsts = fors.count + fors.unsure, againsts.count + againsts.unsure
    return _HIT[hit.outcome], (fors.count, most_fors), (againsts.count, most_againsts)
