"""The goals of a tuning project in order, and what to do next, week by week.

Source: framework (fine-tuning plan; order ours) and production (the five phases of an experiment).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assessments.framework.guide import PhaseText, PlanText, TaskText
from assessments.framework.schema import Approach, Framework

from .decision import Figures, Phase, Plan, PlanGoal, Slice, Task, Verdict
from .document import Document
from .plan_figures import figures_of

_SAMPLE = "failures"
_OTHER_KIND = "other"


def goals_in_order(framework: Framework, document: Document) -> tuple[PlanGoal, ...]:
    """P0 is the stated goal; then voice, format, tools and safety, unless the answers rule them out.

    Voice needs a reason (brand voice, or counted failures of tone), format counted failures. Tools
    and safety stay on the list until a counted sample shows no such failure.
    """
    goals = {}
    if goal := framework.goal.get(document.use_case.get("goal", "")):
        goals[goal.key] = "stated"
    for key, because in _later_goals(document):
        goals.setdefault(key, because)
    return tuple(
        PlanGoal(priority=f"P{order}", goal=framework.goal[key], because=because)
        for order, (key, because) in enumerate(goals.items())
    )


def _later_goals(document: Document) -> Iterator[tuple[str, str]]:
    """The other goals that there is a reason for, each with the code of the reason."""
    failures = document.failures
    counted = any(failures.values())
    if document.answers.yes("brand_voice"):
        yield "persona", "brand_voice"
    elif failures.get("policy_tone"):
        yield "persona", "policy_tone"
    if failures.get("format_failure"):
        yield "format", "format_failure"
    for goal, mode in (("tools", "tool_failure"), ("safety", "should_abstain")):
        if failures.get(mode):
            yield goal, mode
        elif not counted:
            yield goal, "not_counted"


def steps_next(framework: Framework, document: Document, approach: Approach) -> tuple[str, ...]:
    """The keys of what to do first for this approach; cheaper levers lead where only cost or speed is the motive."""
    answers = document.answers
    reasons = set(answers.those(framework.keys("indicator")))
    efficiency_alone = bool(reasons) and reasons <= {"cost_optimization", "latency_requirements"}
    cheaper = framework.verdict.efficiency_first if efficiency_alone else ()
    first_steps = framework.guide.guidance.approach[approach.key].first_steps
    return tuple(step.key for step in (*cheaper, *first_steps))


def plan_for(framework: Framework, document: Document, verdict: Verdict) -> Plan:
    """The phases for this verdict with this assessment's numbers; what an answer shows as done takes no weeks.

    >>> from assessments.framework import load_framework
    >>> from .decide import verdict_on
    >>> nothing_known = Document(use_case={"name": "A"})
    >>> plan = plan_for(load_framework(), nothing_known, verdict_on(load_framework(), nothing_known))
    >>> plan.key, plan.weeks, [(phase.first_week, phase.last_week) for phase in plan.phases]
    ('prompting', 3, [(1, 1), (2, 2), (3, 3)])
    """
    text = _plan_text(framework, verdict)
    figures = figures_of(framework, document, verdict)
    closing = (phase for phase in framework.guide.plan.closing if set(phase.because) & set(verdict.because))
    texts = [
        phase
        for phase in (*text.phases, *closing)
        if verdict.leads in (phase.approaches or (verdict.leads,))
        and set(phase.because or verdict.because) & set(verdict.because)
    ]
    phases = tuple(_in_weeks(_phases(document, verdict, figures, texts), texts, figures))
    return Plan(
        key=text.key,
        weeks=max((phase.last_week for phase in phases), default=0),
        phases=phases,
        measures=_measures(framework, document, verdict),
        slices=_slices(framework, document),
        figures=figures,
    )


def _plan_text(framework: Framework, verdict: Verdict) -> PlanText:
    """The plan for this approach; one for the reason of the verdict comes before one for the approach alone."""
    fitting = [plan for plan in framework.guide.plan.plans if verdict.leads in plan.approaches]
    for_the_reason = [plan for plan in fitting if set(plan.because) & set(verdict.because)]
    return next(iter(for_the_reason), None) or next(plan for plan in fitting if not plan.because)


def _phases(document: Document, verdict: Verdict, figures: Figures, texts: Iterable[PhaseText]) -> Iterator[Phase]:
    for text in texts:
        yield Phase(key=text.key, tasks=tuple(_tasks(document, verdict, figures, text.tasks)))


def _tasks(document: Document, verdict: Verdict, figures: Figures, texts: Iterable[TaskText]) -> Iterator[Task]:
    for text in texts:
        if verdict.leads in (text.approaches or (verdict.leads,)) and all(name in figures for name in text.needs):
            shown = (key for key in text.done_by if _is_shown(document, figures, key))
            yield Task(code=text.key, done_by=next(shown, ""))


def _is_shown(document: Document, figures: Figures, key: str) -> bool:
    return "enough_sample" in figures if key == _SAMPLE else document.answers.yes(key)


def _in_weeks(phases: Iterable[Phase], texts: Iterable[PhaseText], figures: Figures) -> Iterator[Phase]:
    """The same phases one after the other in the calendar."""
    week = 0
    for phase, text in zip(phases, texts, strict=True):
        weeks = 0 if phase.done else text.weeks + figures.get(text.extra_weeks, 0)
        yield replace(phase, first_week=week + 1, last_week=week + weeks) if weeks else phase
        week += weeks


def _measures(framework: Framework, document: Document, verdict: Verdict) -> tuple[str, ...]:
    """What to measure for this kind of task, this goal and the failures counted. [workflow, production, module]"""
    kind = document.use_case.get("task_kind", _OTHER_KIND)
    goal = document.use_case.get("goal", "")
    counted = {mode for mode, count in document.failures.items() if count}
    return tuple(
        measure.key
        for measure in framework.guide.plan.measures
        if measure.always
        or (measure.tuning and verdict.is_tuning)
        or kind in measure.task_kinds
        or goal in measure.goals
        or counted & set(measure.modes)
    )


def _slices(framework: Framework, document: Document) -> tuple[Slice, ...]:
    """Cases to look at apart: the most failures first, then what answers point to, then what is always worth it."""
    texts, found = framework.guide.plan, []
    rarest = min(document.data, key=lambda row: row.required).label if len(document.data) > 1 else ""
    for text in texts.slices:
        count = sum(document.failures.get(mode, 0) for mode in text.modes)
        key = "" if count else next(iter(document.answers.those(text.keys)), "")
        if count or key or text.default or (text.labels and rarest):
            found.append(Slice(code=text.key, count=count, key=key, label=rarest if text.labels else ""))
    found.sort(key=lambda one: (-one.count, not one.key))
    return tuple(found[: texts.most_slices])
