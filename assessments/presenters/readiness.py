"""How many examples the goal asks for, and what the other sources would ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.engine.decision import Verdict

from .formats import number


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessView:
    goal: str
    sources: Sequence[str]
    gaps: Sequence[str]


def present_readiness(verdict: Verdict) -> ReadinessView:
    data, limits = verdict.data, verdict.framework.thresholds
    return ReadinessView(
        goal=_goal(verdict),
        sources=[
            f"The training gate asks for {number(limits.gate_reviewed_examples)}, each reviewed by a person.",
            f"The framework and the glossary want {number(limits.enough_examples)} or more.",
            "The production guide says a few hundred to a few thousand for format and style, and thousands to tens of "
            "thousands for fine distinctions.",
        ],
        gaps=[f"{gap.label}: {number(gap.missing)} more" for gap in data.gaps],
    )


def _goal(verdict: Verdict) -> str:
    goal = verdict.data.goal
    if goal is None:
        return "Choose a main goal under “Use case” to see how many examples it takes."
    upper = f" to {number(goal.examples_to)}" if goal.examples_to else " or more"
    asks = f"Your goal, “{goal.name.lower()}”, usually takes {number(goal.examples_from)}{upper} {goal.unit}."
    labelled = verdict.data.labelled
    if labelled is None:
        return asks
    short = goal.examples_from - labelled
    return f"{asks} You have {number(labelled)}" + (f", {number(short)} short." if short > 0 else ".")
