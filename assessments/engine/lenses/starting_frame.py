"""The starting frame: five questions that must have an answer before any training.

Source: workflow.
"""

from assessments.framework.schema import Framework, Stance

from ..answers import Answers
from ..decision import Condition, Diagnosis, LensResult
from .decision_tree import ceiling


def look(framework: Framework, answers: Answers, diagnosis: Diagnosis) -> LensResult:
    """For where all five are yes, against where one is no, open where one cannot be told.

    `names` is the approach of the source's short rule: `better_rag`, `prompting`, `fine_tune` or `hybrid`.
    """
    hit = ceiling(framework, answers)
    conditions = (
        Condition(
            code="behaviour",
            met=None if diagnosis.dominant is None else diagnosis.dominant == "behaviour",
            keys=tuple(mode for group in framework.failure_groups for mode in group.modes),
        ),
        _plain("repeats", answers, "narrow_repeated_task"),
        Condition(
            code="examples",
            met=_examples_can_be_had(answers),
            keys=("learnable_from_examples", "examples_inconsistent"),
        ),
        Condition(
            code="prompting",
            met=_prompting_ruled_out(answers, hit),
            keys=("prompt_fix_failed", *framework.keys("ceiling")),
        ),
        _plain("measurable", answers, "eval_set"),
    )
    met = [condition.met for condition in conditions]
    stance: Stance = "for" if all(met) else "against" if False in met else "open"
    return LensResult(lens="starting_frame", stance=stance, conditions=conditions, names=_short_rule(answers, hit))


def _short_rule(answers: Answers, hit: str) -> str:
    if answers.yes("needs_fresh_knowledge"):
        return "better_rag"
    if hit != "yes":
        return "prompting"
    return "fine_tune" if answers.yes("consistent_behavior", "narrow_repeated_task") else "hybrid"


def _examples_can_be_had(answers: Answers) -> bool | None:
    if answers.yes("examples_inconsistent"):
        return False
    learnable = _known(answers, "learnable_from_examples")
    return None if learnable and answers.unsure("examples_inconsistent") else learnable


def _prompting_ruled_out(answers: Answers, hit: str) -> bool | None:
    if answers.yes("prompt_fix_failed") or hit == "yes":
        return True
    return False if answers.value("prompt_fix_failed") == "no" and hit == "no" else None


def _plain(code: str, answers: Answers, key: str) -> Condition:
    return Condition(code=code, met=_known(answers, key), keys=(key,))


def _known(answers: Answers, key: str) -> bool | None:
    return None if answers.unsure(key) else answers.yes(key)
