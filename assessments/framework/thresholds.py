"""The numbers that rules compare with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBands:
    """Above `strong_above` is strong; from `moderate_from` up to it is moderate; below is weak."""

    strong_above: float
    moderate_from: float

    def band(self, score: float) -> Literal["strong", "moderate", "weak"]:
        if score > self.strong_above:
            return "strong"
        return "moderate" if score >= self.moderate_from else "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Every number that a rule compares with. [framework, module, ours]"""

    tree_indicators_above: int
    tree_anti_indicators_below: int
    confidence: ScoreBands
    net: ScoreBands
    weighted: ScoreBands
    weights: Mapping[str, int]
    gate_reviewed_examples: int
    gate_weeks: int
    gate_trend_p: float
    dominant_share: float
    ready_net: int
    blockers_from: int
    pilot_net: int
    hybrid_knowledge_share: float
    production_strong_from: int
    enough_examples: int
    low_volume_below: int
    high_volume_above: int
    reviewer_agreement: float
    payback_months: float
    strategic_payback_months: float
    ceiling_open_from: int
    begun_from: int
    provisional_from: float
    bills_apart: float
    measured_from: int
