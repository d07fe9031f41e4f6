"""Every number that a rule compares or divides with is one that it can take."""

from collections.abc import Iterator
from dataclasses import fields

from ..schema import Framework, ScoreBands

_SHARES = frozenset(
    (
        *("gate_trend_p", "dominant_share", "hybrid_knowledge_share", "reviewer_agreement", "provisional_from"),
        *("confidence", "weighted"),
    )
)
MOST_SPREAD = 3
_MAY_BE_BELOW_ZERO = frozenset({"ready_net", "pilot_net", "net", "confidence", "weighted"})


def number_faults(framework: Framework) -> Iterator[str]:
    yield from _threshold_faults(framework)
    yield from _weight_faults(framework)
    for goal in framework.goals:
        if goal.examples_from < 1 or (goal.examples_to is not None and goal.examples_to < goal.examples_from):
            yield f"goals.toml: {goal.key}.examples_from: must be 1 or more, and not above examples_to"


def _threshold_faults(framework: Framework) -> Iterator[str]:
    limits, place = framework.thresholds, "framework.toml: thresholds"
    for limit in fields(limits):
        value = getattr(limits, limit.name)
        if limit.name == "weights":
            continue
        numbers = (value.moderate_from, value.strong_above) if isinstance(value, ScoreBands) else (value,)
        if list(numbers) != sorted(numbers):
            yield f"{place}.{limit.name}: moderate_from is above strong_above"
        if limit.name not in _MAY_BE_BELOW_ZERO and min(numbers) < 0:
            yield f"{place}.{limit.name}: must not be below 0"
        if limit.name in _SHARES and not all(-1 <= number <= 1 for number in numbers):
            yield f"{place}.{limit.name}: is a share, so not above 1"
    if min(limits.weights.values()) < 0 or not any(limits.weights.values()):
        yield f"{place}.weights: must not be below 0, nor all 0"
    if limits.bills_apart < 1:
        yield f"{place}.bills_apart: must be 1 or more"


def _weight_faults(framework: Framework) -> Iterator[str]:
    rules, place = framework.matrix, "approaches.toml: matrix"
    for criterion in rules.criteria:
        for weight in (criterion.weight, criterion.if_yes, criterion.if_no):
            if weight is not None and not rules.minimum_weight <= weight <= rules.maximum_weight:
                bounds = f"{rules.minimum_weight:g} to {rules.maximum_weight:g}"
                yield f"{place}.criteria.{criterion.key}.weight: not from {bounds}"
        if criterion.spread is not None and not 0 <= criterion.spread <= MOST_SPREAD:
            yield f"{place}.criteria.{criterion.key}.spread: not from 0 to {MOST_SPREAD}"
    if not any(criterion.weight for criterion in rules.criteria):
        yield f"{place}.criteria: every weight is 0, so nothing is compared"
    if not all(0 <= part <= 1 for part in (rules.left.tried, *rules.left.others.values())):
        yield f"{place}.left: a part is not from 0 to 1"
