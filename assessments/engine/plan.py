"""The goals of a tuning project in order, and what to do next. [framework, fine-tuning plan; order ours]"""

from collections.abc import Iterator

from assessments.framework.schema import Approach, Framework

from .decision import PlanGoal
from .document import Document


def goals_in_order(framework: Framework, document: Document) -> tuple[PlanGoal, ...]:
    """P0 is the stated goal; then voice, format, tools and safety, unless the answers rule them out.

    Voice needs a reason (brand voice, or counted failures of tone), format counted failures. Tools
    and safety stay on the list until a counted sample shows no such failure.
    """
    goals = {}
    if goal := framework.goal.get(document.use_case.get("goal", "")):
        goals[goal.key] = "Your stated goal"
    for key, because in _later_goals(document):
        goals.setdefault(key, because)
    return tuple(
        PlanGoal(priority=f"P{order}", goal=framework.goal[key], because=because)
        for order, (key, because) in enumerate(goals.items())
    )


def _later_goals(document: Document) -> Iterator[tuple[str, str]]:
    failures = document.failures
    counted = any(failures.values())
    if document.answers.yes("brand_voice"):
        yield "persona", "Brand voice is one of your reasons"
    elif failures.get("policy_tone"):
        yield "persona", "Failures of tone in your sample"
    if failures.get("format_failure"):
        yield "format", "Failures of format in your sample"
    for goal, mode, found in (
        ("tools", "tool_failure", "Failures with tools in your sample"),
        ("safety", "should_abstain", "Answers in your sample that should have been refusals"),
    ):
        if failures.get(mode):
            yield goal, found
        elif not counted:
            yield goal, "Only if failures of this kind remain; none were counted yet"


def steps_next(framework: Framework, document: Document, approach: Approach) -> tuple[str, ...]:
    """What to do first for this approach; cheaper levers lead where only cost or speed is the motive."""
    answers = document.answers
    reasons = set(answers.those(framework.keys("indicator")))
    efficiency_alone = bool(reasons) and reasons <= {"cost_optimization", "latency_requirements"}
    cheaper = framework.verdict.efficiency_first if efficiency_alone else ()
    return (*cheaper, *approach.first_steps)
