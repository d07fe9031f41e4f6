"""The training gate: five conditions before any training run.

Source: module. The test for the trend is ours.
"""

from assessments.framework.schema import Framework, Stance

from ..decision import Condition, LensResult
from ..document import Document
from ..trend import declining_p


def look(framework: Framework, document: Document) -> LensResult:
    """For with all five conditions, open where only the trend is unknown, else against."""
    limits = framework.thresholds
    reviewed = document.readiness.get("reviewed_examples")
    trend = trend_of(framework, document)
    conditions = (
        Condition(
            code="trend",
            met={"rising_or_stable": True, "declining": False}.get(trend),
            keys=("override_weeks",),
            figures={"needed": limits.gate_weeks, "have": len(document.override_weeks)},
        ),
        _established(document, "root_cause_known"),
        Condition(
            code="reviewed_examples",
            met=None if reviewed is None else reviewed >= limits.gate_reviewed_examples,
            keys=("reviewed_examples",),
            figures={
                "needed": limits.gate_reviewed_examples,
                "have": None if reviewed is None else int(reviewed),
            },
        ),
        _established(document, "prompt_fix_failed"),
        _established(document, "regression_baseline"),
    )
    met = [condition.met for condition in conditions]
    known_shortfall = not all(met[1:]) or met[0] is False
    stance: Stance = "for" if all(met) else "against" if known_shortfall else "open"
    return LensResult(
        lens="training_gate",
        stance=stance,
        conditions=conditions,
        trend=trend,
    )


def trend_of(framework: Framework, document: Document) -> str:
    """`declining`, `rising_or_stable`, or `unknown` with fewer weeks than the gate asks for."""
    weeks = document.override_weeks
    if len(weeks) < framework.thresholds.gate_weeks:
        return "unknown"
    return "declining" if declining_p(weeks) <= framework.thresholds.gate_trend_p else "rising_or_stable"


def _established(document: Document, key: str) -> Condition:
    value = document.answers.value(key)
    met = None if value == "unsure" else value == "yes"
    return Condition(code=key, met=met, keys=(key,))
