"""The production rule: most of the strong signs, and no weak one.

Source: production.
"""

from assessments.framework.schema import Framework, Stance

from ..answers import Answers
from ..decision import Condition, Diagnosis, LensResult

SIGN = "sign"
"""The code of a strong sign; what it is a sign of, its keys say."""

# Seven signs of a strong candidate; the keys of one sign are alternatives.
_STRONG = (
    ("narrow_repeated_task",),
    ("learnable_from_examples",),
    ("failures_persist_with_context",),
    ("prompt_overloaded",),
    ("cost_optimization", "latency_requirements"),
    ("eval_set",),
    ("behavior_stable",),
)


def look(framework: Framework, answers: Answers, diagnosis: Diagnosis) -> LensResult:
    """For with at least four strong signs and no weak one, pilot with exactly one weak, else against."""
    strong = tuple(_strong_sign(answers, keys) for keys in _STRONG)
    weak = _weak_signs(framework, answers, diagnosis)
    held = sum(condition.met is True for condition in strong)
    against = sum(condition.met is False for condition in weak)
    stance: Stance = "against"
    if held >= framework.thresholds.production_strong_from and against <= 1:
        stance = "pilot" if against else "for"
    return LensResult(lens="production_rule", stance=stance, conditions=(*strong, *weak), value=held)


def _strong_sign(answers: Answers, keys: tuple[str, ...]) -> Condition:
    met = True if answers.yes(*keys) else None if any(map(answers.unsure, keys)) else False
    return Condition(code=SIGN, met=met, keys=keys)


def _weak_signs(framework: Framework, answers: Answers, diagnosis: Diagnosis) -> tuple[Condition, ...]:
    """Each weak sign as the condition that it is absent: not met where the sign is there."""
    modes = {group.key: group.modes for group in framework.failure_groups}

    def dominated(group: str) -> bool | None:
        return None if not diagnosis.sample else diagnosis.dominant == group

    signs = (
        ("knowledge_does_not_lead", dominated("knowledge"), modes["knowledge"]),
        ("facts_hold_still", _known(answers, "needs_fresh_knowledge", "yes"), ("needs_fresh_knowledge",)),
        ("tools_do_not_lead", dominated("tools"), modes["tools"]),
        ("reviewers_agree", _known(answers, "examples_inconsistent", "yes"), ("examples_inconsistent",)),
        ("task_is_narrow", _known(answers, "narrow_repeated_task", "no"), ("narrow_repeated_task",)),
        ("can_be_measured", _known(answers, "eval_set", "no"), ("eval_set",)),
    )
    return tuple(
        Condition(code=code, met=None if there is None else not there, keys=keys) for code, there, keys in signs
    )


def _known(answers: Answers, key: str, value: str) -> bool | None:
    return None if answers.unsure(key) else answers.value(key) == value
