"""The result as the page and the report show it: one dataclass, filled once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assessments.engine.decision import DataReadiness, Decision
from assessments.framework import Framework

from .control import Stored
from .evidence import Evidence, present_evidence
from .findings import FindingView, present_findings
from .full_plan import GoalView, missing_in_words
from .guidance import GuidanceView, present_guidance
from .lenses import LensView, disagreements, present_lenses
from .matrix import HeatMap, present_matrix
from .money.section import MoneyView, present_money
from .own_model import CopyTextView, present_own_model
from .plan import PlanView, present_plan
from .precedents import SimilarCases, present_similar
from .robustness import Settled, present_settled
from .verdict import Headline, KeyFigure, figures, headline, lead_sentences, strength_sentence
from .why import verdict_tree
from .words import parts_ways, why


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """Everything on the result page, in the order in which it stands there."""

    name: str
    task: str
    changed_at: datetime
    framework: Framework
    headline: Headline
    lead: str
    because: str
    parts_ways: str
    """Why the verdict and the decision tree part ways; empty where they do not."""
    decision: Decision
    strength: str
    figures: Sequence[KeyFigure]
    tree: str
    lenses: Sequence[LensView]
    disagreements: Sequence[str]
    matrix: HeatMap
    money: MoneyView | None
    evidence: Evidence
    settled: Settled
    findings: Sequence[FindingView]
    precedents: SimilarCases
    missing_for_go: Sequence[str]
    data: DataReadiness
    goals: Sequence[GoalView]
    next_steps: Sequence[str]
    plan: PlanView
    guidance: GuidanceView
    own_model: Sequence[CopyTextView]
    left_out: Sequence[str]
    """What this reader does not get to see: costs, evidence."""


def present_result(
    decision: Decision,
    *,
    name: str,
    task: str,
    changed_at: datetime,
    answers: Mapping[str, Stored],
    today: date,
    left_out: Sequence[str] = (),
) -> ResultView:
    """`today` is the day on which a tune can be bought, or no longer."""
    framework, plan = decision.framework, present_plan(decision, answers)
    return ResultView(
        name=name,
        task=task,
        changed_at=changed_at,
        framework=framework,
        headline=headline(decision),
        lead=lead_sentences(decision),
        because=why(decision),
        parts_ways=parts_ways(decision),
        decision=decision,
        strength=strength_sentence(decision),
        figures=figures(decision),
        tree=verdict_tree(decision),
        lenses=present_lenses(decision),
        disagreements=disagreements(decision),
        matrix=present_matrix(decision),
        money=present_money(decision, answers, today),
        evidence=present_evidence(decision, answers),
        settled=present_settled(decision),
        findings=present_findings(decision.framework, decision.findings),
        precedents=present_similar(decision),
        missing_for_go=[missing_in_words(framework, gap, left_out) for gap in decision.missing_for_go],
        data=decision.data,
        goals=[
            GoalView(
                priority=found.priority,
                goal=found.goal,
                because=framework.guide.plan.goal_because[found.because],
            )
            for found in decision.goals
        ],
        next_steps=[framework.step[key].text for key in decision.next_steps],
        plan=plan,
        guidance=present_guidance(decision),
        own_model=present_own_model(decision, plan, name=name, task=task, answers=answers, left_out=left_out),
        left_out=left_out,
    )
