"""The page of the plan: what to do week by week, what a full go needs, and what stands behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assessments.engine.decision import Decision, Gap
from assessments.engine.measured.pilot import SignedCriteria
from assessments.framework import Framework
from assessments.framework.schema import Goal

from .before_you_start import BeforeLine, present_before
from .control import Stored
from .guidance import GuidanceView, present_guidance
from .legal import LegalView, present_legal
from .money.cheapest import steps_in_words
from .own_model import CopyTextView, present_own_model
from .pilot import PilotView, present_pilot
from .plan import ChecklistView, PlanView, present_plan
from .upkeep import UpkeepView, present_upkeep
from .words import gap_in_words

_MOST_BEFORE = 12
_LOGGING = "logging"
_NEAR = ("pilot", "go")
"""Verdicts after which a tuned model may soon answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """One goal of the tuning: its place in the order, and why it stands there."""

    priority: str
    goal: Goal
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FullPlan:
    plan: PlanView
    before: Sequence[BeforeLine]
    next_steps: Sequence[str]
    missing_for_go: Sequence[str]
    goals: Sequence[GoalView]
    labelled: int | None
    guidance: GuidanceView
    legal: LegalView
    own_model: Sequence[CopyTextView]
    pilot: PilotView | None
    """Where evidence is left out nobody is told whether there was one."""
    upkeep: UpkeepView
    to_log: ChecklistView | None
    """What to log of each request, where a model comes near: a pilot or more, named parts of a release, or ticks."""


def present_full_plan(
    decision: Decision,
    answers: Mapping[str, Stored],
    *,
    name: str,
    task: str,
    today: date,
    left_out: Sequence[str] = (),
    signed: SignedCriteria | None = None,
) -> FullPlan:
    framework, plan = decision.framework, present_plan(decision, answers)
    cheapest = None if "costs" in left_out else decision.cheapest_model
    return FullPlan(
        plan=plan,
        before=present_before(decision, decision.robustness, today)[:_MOST_BEFORE],
        next_steps=steps_in_words(framework, decision.next_steps, cheapest),
        missing_for_go=[missing_in_words(framework, gap, left_out) for gap in decision.missing_for_go],
        goals=[
            GoalView(
                priority=found.priority,
                goal=found.goal,
                because=framework.guide.plan.goal_because[found.because],
            )
            for found in decision.goals
        ],
        labelled=decision.data.labelled,
        guidance=present_guidance(decision),
        legal=present_legal(decision, answers),
        own_model=present_own_model(decision, plan, name=name, task=task, answers=answers, left_out=left_out),
        pilot=None if "evidence" in left_out else present_pilot(framework, decision.document, signed),
        upkeep=present_upkeep(framework, decision.document),
        to_log=_to_log(decision, plan),
    )


def _to_log(decision: Decision, plan: PlanView) -> ChecklistView | None:
    logging = next(one for one in plan.checklists if one.key == _LOGGING)
    ticked = any(point.state != "open" for point in logging.points)
    return logging if ticked or decision.document.release or decision.action in _NEAR else None


def missing_in_words(framework: Framework, gap: Gap, left_out: Sequence[str]) -> str:
    """Where the costs are left out nobody is told whether there are any."""
    if gap.code == "economics_missing" and "costs" in left_out:
        return framework.verdict.missing_for_go["payback_left_out"]
    return gap_in_words(framework, gap.code, gap.figures)
