"""The goals of a tuning project in order, and what to do next, week by week.

Source: framework (fine-tuning plan; order ours) and production (the five phases of an experiment).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assessments.framework.guide import PhaseText, PlanText
from assessments.framework.schema import Framework

from .advised import Advised
from .decision import Figures, Phase, Plan, PlanGoal, Slice, Task, Verdict
from .document import Document
from .plan_figures import figures_of

_SAMPLE = "failures"
_OTHER_KIND = "other"
_CHEAPER = "serve_cheaper"
_EFFICIENCY = frozenset({"cost_optimization", "latency_requirements"})
_LABELLING = frozenset({"classification", "extraction", "ranking"})


def goals_in_order(framework: Framework, document: Document) -> tuple[PlanGoal, ...]:
    """P0 is the stated goal; then voice, format, labels, tools and safety, unless the answers rule them out.

    Voice needs a reason (brand voice, or counted failures of tone), format and labels counted failures. Tools
    and safety stay on the list until a counted sample shows no such failure; a task that only picks labels, values
    or an order calls no tools.
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
    for goal, mode in (("format", "format_failure"), ("labels", "wrong_class")):
        if failures.get(mode):
            yield goal, mode
    for goal, mode in (("tools", "tool_failure"), ("safety", "should_abstain")):
        if failures.get(mode):
            yield goal, mode
        elif not counted and not (goal == "tools" and document.use_case.get("task_kind") in _LABELLING):
            yield goal, "not_counted"


def steps_next(verdict: Verdict) -> tuple[str, ...]:
    """The keys of what to do first; what the answers say is done, or cannot be, is left out.

    What mends the form at once leads, then cheaper serving where cost or speed is the only motive.
    """
    texts, advised = verdict.framework.guide.guidance, Advised(verdict)
    if verdict.action == "keep":
        steps = advised.those(texts.keeping)
    elif verdict.is_measured_gain:
        steps = advised.those(texts.measured)
    else:
        cheaper = texts.approach[_CHEAPER].first_steps if _efficiency_alone(verdict) else ()
        leading = advised.those(step for step in cheaper if step.when)[: texts.most_cheaper]
        steps = (*advised.those(texts.leading), *leading, *advised.those(texts.approach[verdict.leads].first_steps))
    return tuple(dict.fromkeys(step.key for step in steps))


def _efficiency_alone(verdict: Verdict) -> bool:
    """Whether cost, speed or both are the only reasons for tuning, and nothing closes cheaper serving."""
    reasons = set(verdict.document.answers.those(verdict.framework.keys("indicator")))
    return bool(reasons) and reasons <= _EFFICIENCY and verdict.standings[_CHEAPER].open


def plan_for(verdict: Verdict) -> Plan:
    """The phases for this verdict with this assessment's numbers; what an answer shows as done takes no weeks.

    >>> from assessments.framework import load_framework
    >>> from .decide import verdict_on
    >>> nothing_known = Document(use_case={"name": "A"})
    >>> plan = plan_for(verdict_on(load_framework(), nothing_known))
    >>> plan.key, plan.weeks, [(phase.first_week, phase.last_week) for phase in plan.phases]
    ('prompting', 3, [(1, 1), (2, 2), (3, 3)])
    """
    framework, document = verdict.framework, verdict.document
    advised, figures = Advised(verdict), figures_of(framework, document, verdict)
    text = _plan_text(framework, advised)
    texts = advised.those((*text.phases, *framework.guide.plan.closing))
    found = [(phase, _phase(document, phase, advised, figures)) for phase in texts]
    phases = tuple(_in_weeks(((phase, text) for text, phase in found if phase.tasks), figures))
    return Plan(
        key=text.key,
        weeks=max((phase.last_week for phase in phases), default=0),
        phases=phases,
        measures=_measures(framework, document, verdict),
        slices=_slices(framework, document),
        figures=figures,
    )


def _plan_text(framework: Framework, advised: Advised) -> PlanText:
    """The plan for this approach; one whose conditions hold comes before one without conditions."""
    fitting = advised.those(framework.guide.plan.plans)
    return next((plan for plan in fitting if plan.when), fitting[0])


def _phase(document: Document, text: PhaseText, advised: Advised, figures: Figures) -> Phase:
    tasks = []
    for task in advised.those(text.tasks):
        if all(name in figures for name in task.needs):
            shown = (key for key in task.done_by if _is_shown(document, figures, key))
            tasks.append(Task(code=task.key, done_by=next(shown, "")))
    return Phase(key=text.key, tasks=tuple(tasks))


def _is_shown(document: Document, figures: Figures, key: str) -> bool:
    return "enough_sample" in figures if key == _SAMPLE else document.answers.yes(key)


def _in_weeks(phases: Iterable[tuple[Phase, PhaseText]], figures: Figures) -> Iterator[Phase]:
    """The same phases one after the other in the calendar."""
    week = 0
    for phase, text in phases:
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
    rarest = min(document.data, key=lambda row: row.required or row.available).label if len(document.data) > 1 else ""
    for text in texts.slices:
        count = sum(document.failures.get(mode, 0) for mode in text.modes)
        key = "" if count else next(iter(document.answers.those(text.keys)), "")
        if count or key or text.default or (text.labels and rarest):
            found.append(Slice(code=text.key, count=count, key=key, label=rarest if text.labels else ""))
    found.sort(key=lambda one: (-one.count, not one.key))
    return tuple(found[: texts.most_slices])
