"""How many examples the goal asks for, and what the other sources would ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.engine.decision import Verdict

from .formats import number
from .within import set_apart


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
            _("The training gate asks for {n}, each reviewed by a person.").format(
                n=number(limits.gate_reviewed_examples)
            ),
            _("The framework and the glossary want {n} or more.").format(n=number(limits.enough_examples)),
            _(
                "The production guide says a few hundred to a few thousand for format and style, and thousands to "
                "tens of thousands for fine distinctions."
            ),
        ],
        gaps=[_("{label}: {n} more").format(label=gap.label, n=number(gap.missing)) for gap in data.gaps],
    )


def _goal(verdict: Verdict) -> str:
    goal = verdict.data.goal
    if goal is None:
        return _("Choose a main goal under “Use case” to see how many examples it takes.")
    if goal.examples_to:
        words = _("Your goal, “{goal}”, usually takes {low} to {high} {unit}.")
    else:
        words = _("Your goal, “{goal}”, usually takes {low} or more {unit}.")
    named = set_apart(goal.name, goal.name.lower())
    asks = words.format(
        goal=named,
        low=number(goal.examples_from),
        high=number(goal.examples_to or 0),
        unit=goal.unit,
    )
    labelled = verdict.data.labelled
    if labelled is None:
        return asks
    short = goal.examples_from - labelled
    have = _("You have {n}, {short} short.") if short > 0 else _("You have {n}.")
    return f"{asks} {have.format(n=number(labelled), short=number(short))}"
