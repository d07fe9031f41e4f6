"""Whether enough is answered to speak of a verdict at all."""

from collections.abc import Collection

from assessments.framework.schema import Framework

from .lenses.decision_tree import ceiling_steps

_NOTHING_SHOWN = "ceiling_steps_open"


def has_begun(framework: Framework, *, rule: int, ceiling: str, carried_by: Collection[str]) -> bool:
    """A verdict that only says that nothing has been shown yet is none, unless a step of the ceiling was looked at.

    `ceiling` is what came of the ceiling test, and `carried_by` what made the rule fire: here the steps not shown.
    """
    silent = next(one.number for one in framework.verdict.rules if one.key == _NOTHING_SHOWN)
    return rule != silent or ceiling != "open" or len(carried_by) < len(ceiling_steps(framework))
