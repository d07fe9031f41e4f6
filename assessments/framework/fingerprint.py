"""One hash over what of a framework decides: change a rule and it is another one, mend a sentence and it stays.

What decides is named here, class by class: which questions are asked, what they may be answered with and what they
count for; thresholds, bands, failure groups, the gates with their conditions and the priors; the matrix's scores,
weights and fit; the examples that a goal asks for; the costs' bounds and defaults; which findings are how severe.

What does not decide is not in it: every word, which source a thing comes from, and what stands beside a verdict.
That is the guide (plans, guidance and checklists: which of their parts hold is in each result, by their codes), the
price lists, how far a weight may be off (it says how firm a ranking is), and the published cases. The answers of a
published case do decide how similar it is to an assessment, but a verdict never asks for a case, so a case may be
added or mended and every verdict is what it was.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any

import rfc8785

_FIELD = (
    *("key", "place", "kind", "minimum", "maximum", "whole", "one_number", "only_with", "options", "columns"),
    *("allows_na", "required", "default"),
)
DECIDING: Mapping[str, tuple[str, ...]] = {
    "Framework": (
        *("version", "sections", "lenses", "leaves", "thresholds", "failure_groups", "approaches", "matrix"),
        *("goals", "gates", "go_waits", "deciding", "priors", "findings", "cost_inputs"),
    ),
    "Section": ("questions",),
    "Field": _FIELD,
    "Question": (*_FIELD, "role", "weight", "team_can_make", "derived"),
    "Derived": (*("of", "column", "yes_below", "no_from", "no_above"), *("against", "times", "per", "above", "up_to")),
    "Option": ("value",),
    "Column": (
        *("key", "kind", "minimum", "maximum", "whole", "options", "required", "default"),
        *("at_most", "one_unit"),
    ),
    "Lens": ("key",),
    "Leaf": ("key", "same_as"),
    "Thresholds": (
        *("tree_indicators_above", "tree_anti_indicators_below", "confidence", "net", "weighted", "weights"),
        *("gate_reviewed_examples", "gate_weeks", "gate_trend_p", "dominant_share", "ready_net", "blockers_from"),
        *("pilot_net", "hybrid_knowledge_share", "production_strong_from", "enough_examples", "low_volume_below"),
        *("high_volume_above", "reviewer_agreement", "payback_months", "strategic_payback_months"),
        *("ceiling_open_from", "begun_from", "provisional_from", "bills_apart", "measured_from"),
    ),
    "ScoreBands": ("strong_above", "moderate_from"),
    "FailureGroup": ("key", "modes"),
    "Approach": ("key", "tuning", "owned"),
    "MatrixRules": (
        *("minimum_weight", "maximum_weight", "criteria", "fit", "pointers", "left", "tried", "set_scores"),
        "cost_scores",
    ),
    "Criterion": ("key", "group", "weight", "moved_by", "if_yes", "if_no", "scores"),
    "Pointer": ("modes", "answers", "task_kinds"),
    "LeftInLever": ("tried", "others"),
    "SetScore": ("approach", "criteria", "score", "when"),
    "CostScores": ("points_less_by_doubling", "floors"),
    "Goal": ("key", "examples_from", "examples_to"),
    "Gate": ("key", "closes", "spares", "when", "can_be_opened", "cannot_be_had"),
    "GoWait": ("code", "when"),
    "Priors": ("otherwise", "answers"),
    "FindingText": ("code", "kind", "severity"),
    "CostInputs": ("inputs", "general_defaults"),
    "GeneralDefault": ("key", "default"),
}
"""Of each class the fields that decide."""


def fingerprint(framework: object) -> str:
    """SHA-256, in hex, over the canonical JSON (RFC 8785) of what decides of a `Framework`."""
    return hashlib.sha256(rfc8785.dumps(_deciding(framework))).hexdigest()


def _deciding(value: Any) -> Any:
    if is_dataclass(value):
        return {name: _deciding(getattr(value, name)) for name in DECIDING[type(value).__name__]}
    if isinstance(value, Mapping):
        return {key: _deciding(part) for key, part in value.items()}
    return [_deciding(part) for part in value] if isinstance(value, tuple) else value
