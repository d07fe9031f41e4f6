"""Documents for both readings: seeded ones, and what the second reading takes of a document."""

import random
from typing import Any

from .reading import Case
from .tables import ALSO_TRIED, APPROACHES, BASE, CEILING, DECIDING, MODES

KINDS = (
    "classification",
    "extraction",
    "drafting",
    "question_answering",
    "tool_use",
    "code",
    "ranking",
    "translation",
    "other",
)
CRITERIA = ("fixes_failures", *BASE)
LIKELY_YES = (*CEILING, "consistent_behavior", "domain_knowledge", "tuning_available")
LIKELY_NO = ("exploration_phase", "changing_requirements", "examples_inconsistent", "prompts_succeed", *ALSO_TRIED)


def case_of(raw: dict[str, Any]) -> Case:
    """A document as the second reading takes it. Money comes into it by the lines of the summary form alone."""
    answers = {
        key: answer["value"] if isinstance(answer, dict) else answer for key, answer in raw.get("answers", {}).items()
    }
    matrix, summary = raw.get("matrix", {}), raw.get("costs", {}).get("summary")
    net = summary.get("api_savings", 0) - summary.get("other_monthly", 0) if summary else 1
    return Case(
        answers=answers,
        failures=raw.get("failures", {}),
        task_kind=raw["use_case"].get("task_kind"),
        weights=matrix.get("weights", {}),
        scores={(own["approach"], own["criterion"]): own["score"] for own in matrix.get("overrides", [])},
        never_pays=net <= 0,
    )


def some_document(seed: int) -> dict[str, Any]:
    """A document as teams may write it: some know much and some little, some count failures, some set weights."""
    draw = random.Random(seed)
    unknown = draw.choice((0.0, 0.05, 0.3, 0.8))
    answers = {}
    for key in DECIDING:
        if draw.random() >= unknown:
            yes = 0.85 if key in LIKELY_YES else 0.15 if key in LIKELY_NO else 0.4
            answers[key] = "yes" if draw.random() < yes else "no"
    if draw.random() < 0.25:
        answers["retrieval_optimized"] = "na"
    raw: dict[str, Any] = {"format": "ftdecide/assessment", "version": 1, "use_case": {"name": f"Document {seed}"}}
    raw["answers"] = answers
    if draw.random() < 0.8:
        raw["use_case"]["task_kind"] = draw.choice(KINDS)
    if draw.random() < 0.5:
        modes = draw.sample(MODES, draw.randint(1, 4))
        raw["failures"] = {mode: draw.randint(0, 30) for mode in modes}
    if draw.random() < 0.2:
        raw["costs"] = {"summary": {key: draw.choice((1, 500, 2000)) for key in ("api_savings", "other_monthly")}}
    if draw.random() < 0.2:
        chosen = draw.sample(CRITERIA, draw.randint(1, 4))
        weights = {criterion: draw.choice((0, 0.5, 2, 10)) for criterion in chosen}
        own = {"approach": draw.choice(APPROACHES), "criterion": draw.choice(CRITERIA), "score": draw.randint(1, 5)}
        raw["matrix"] = {"weights": weights, "overrides": [own | {"reason": "measured here"}]}
    return raw
