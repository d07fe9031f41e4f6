"""The numbers of one assessment that a plan's sentences are filled with."""

import math

from assessments.framework.schema import Framework
from assessments.framework.shown_in import as_typed

from .decision import Figures, Verdict
from .document import Document
from .lenses.decision_tree import ceiling_steps

_HORIZON = "horizon_months"
_EXAMPLES = "examples"  # documents and preference pairs take other work than one answer each


def figures_of(framework: Framework, document: Document, verdict: Verdict) -> Figures:
    """The figures that are known and not nothing, by name: numbers, keys, and labels with what each lacks.

    What has no number is there as a bare mark: `enough_sample`, `no_goal` and the like.
    """
    answers = document.answers
    against = answers.those(framework.keys("anti_indicator"))
    groups = {group.key: group.count for group in verdict.diagnosis.groups}
    found = {
        "horizon": horizon_of(framework, document),
        "open_steps": tuple(key for key in ceiling_steps(framework) if not answers.met(key)),
        "confirm": verdict.confirm,
        "blockers": tuple(sorted(against, key=lambda key: -framework.weight(key))),
        "knowledge_failures": groups["knowledge"],
        "tool_failures": groups["tools"],
        **_sample(framework, verdict),
        **_examples(framework, verdict),
    }
    marks = {f"no_{name}": True for name in ("open_steps", "knowledge_failures", "tool_failures") if not found[name]}
    return {name: value for name, value in (found | marks).items() if value or name == "labelled"}


def _sample(framework: Framework, verdict: Verdict) -> Figures:
    """How many failures are counted, and how many more to sort. [production, phase 1]"""
    texts, counted = framework.guide.plan, verdict.diagnosis.sample
    if counted >= texts.label_from:
        return {"enough_sample": True, "counted": counted}
    to_sort = {"counted": counted, "sort_from": texts.label_from - counted, "sort_to": texts.label_to - counted}
    return to_sort | {"more_sample" if counted else "first_sample": True}


def _examples(framework: Framework, verdict: Verdict) -> Figures:
    """What is missing for the goal and for each label. [framework, module; weeks ours]"""
    data = verdict.data
    labels = {"labels": tuple((gap.label, gap.missing) for gap in data.gaps)}
    if data.goal is None:
        return labels | {"no_goal": True}
    asked = labels | {"needed": data.goal.examples_from, "goal": data.goal.key}
    if data.labelled is None:
        return asked | {"uncounted": True}
    missing = max(0, data.goal.examples_from - data.labelled)
    counted = asked | {"missing": missing, "labelled": data.labelled}
    if missing and as_typed(framework).goal[data.goal.key].unit == _EXAMPLES:
        return counted | {"collect_weeks": math.ceil(missing / framework.guide.plan.examples_per_week)}
    return counted | {"no_collect_weeks": True}


def horizon_of(framework: Framework, document: Document) -> int:
    """How many months the plan looks ahead."""
    entered = document.costs.get(_HORIZON)
    return int(entered.likely if entered is not None else framework.questions[_HORIZON].default or 0)
