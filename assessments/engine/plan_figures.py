"""The numbers of one assessment that a plan's sentences are filled with."""

import math
from collections.abc import Iterable, Mapping

from assessments.framework.schema import Framework

from .decision import Verdict
from .document import Document
from .lenses.decision_tree import ceiling_steps

_HORIZON = "horizon_months"
_EXAMPLES = "examples"  # documents and preference pairs take other work than one answer each


_LONGEST_LABEL = 80
_MOST_LABELS = 5


def figures_of(framework: Framework, document: Document, verdict: Verdict) -> Mapping[str, str]:
    """The figures that are known and not nothing, by name, as a sentence shows them.

    What has no number is there as a bare mark: `enough_sample`, `no_goal` and the like.
    """
    texts = framework.guide.plan
    found: dict[str, str | int] = {
        "held_out": texts.held_out,
        "blockers_from": framework.thresholds.blockers_from,
        "horizon": _horizon(framework, document),
        "open_steps": _labels(framework, [key for key in ceiling_steps(framework) if not document.answers.met(key)]),
        "blockers": _labels(framework, _blockers(framework, document)),
        **_sample(framework, verdict),
        **_examples(framework, verdict),
    }
    for name, group in (("knowledge_failures", "knowledge"), ("tool_failures", "tools")):
        found[name] = next((share.count for share in verdict.diagnosis.groups if share.key == group), 0)
    marks = {f"no_{name}": "yes" for name in ("open_steps", "knowledge_failures", "tool_failures") if not found[name]}
    return {name: _words(value) for name, value in (found | marks).items() if value}


def _sample(framework: Framework, verdict: Verdict) -> dict[str, str | int]:
    """How many failures are counted, and how many more to sort. [production, phase 1]"""
    texts, counted = framework.guide.plan, verdict.diagnosis.sample
    if counted >= texts.label_from:
        return {"enough_sample": "yes", "counted": counted}
    to_sort = f"{texts.label_from - counted:,} to {texts.label_to - counted:,}"
    return {"more_sample": f"{to_sort} more", "counted": counted} if counted else {"first_sample": to_sort}


def _examples(framework: Framework, verdict: Verdict) -> dict[str, str | int]:
    """What is missing for the goal and for each label. [framework, module; weeks ours]"""
    data = verdict.data
    labels = [f"{shortened(gap.label, _LONGEST_LABEL)}, {gap.missing:,} more" for gap in data.gaps]
    others = [f"and {len(labels) - _MOST_LABELS:,} other labels"] if len(labels) > _MOST_LABELS else []
    found: dict[str, str | int] = {"labels": "; ".join([*labels[:_MOST_LABELS], *others])}
    if data.goal is None:
        return found | {"no_goal": "yes"}
    found |= {"needed": data.goal.examples_from, "unit": data.goal.unit}
    if data.labelled is None:
        return found | {"uncounted": "yes"}
    missing = max(0, data.goal.examples_from - data.labelled)
    found |= {"missing": missing, "labelled": f"{data.labelled:,}"}
    if missing and data.goal.unit == _EXAMPLES:
        return found | {"collect_weeks": math.ceil(missing / framework.guide.plan.examples_per_week)}
    return found | {"no_collect_weeks": "yes"}


def shortened(text: str, longest: int) -> str:
    """A text that somebody typed, cut where a sentence could not hold it.

    >>> shortened("routine lockouts", 9)
    'routine…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _blockers(framework: Framework, document: Document) -> list[str]:
    """The reasons against that hold, the heaviest first."""
    return sorted(document.answers.those(framework.keys("anti_indicator")), key=lambda key: -framework.weight(key))


def _horizon(framework: Framework, document: Document) -> int:
    entered = document.costs.get(_HORIZON)
    return int(entered.likely if entered is not None else framework.questions[_HORIZON].default or 0)


def _labels(framework: Framework, keys: Iterable[str]) -> str:
    return ", ".join(f"“{framework.questions[key].label}”" for key in keys)


def _words(value: str | int) -> str:
    return value if isinstance(value, str) else f"{value:,}"
