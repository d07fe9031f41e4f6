"""The comparison matrix read a second time, straight from method.md 4, in exact fractions.

Written without a look at the engine: the two tables are copied column by column, the rest is plain loops.
"""

import math
from fractions import Fraction

APPROACHES = [
    "prompting",
    "decomposition",
    "better_rag",
    "tools",
    "other_model",
    "fine_tune_large",
    "fine_tune_small",
    "hybrid",
]
UNTUNED = APPROACHES[:5]

# method.md 4, columns in the order of APPROACHES.
BASE_SCORES = {
    "consistency": "23233545",
    "fresh_knowledge": "22552115",
    "latency": "32223453",
    "run_cost": "32233353",
    "upfront_cost": "54334221",
    "time_to_value": "54335221",
    "data_need": "55445222",
    "operations": "54334221",
    "adaptability": "54544213",
    "control": "22332354",
    "reversibility": "55445222",
}
FIT = {
    "missing_knowledge": "10521104",
    "wrong_retrieval": "00510002",
    "noisy_context": "23512103",
    "tool_failure": "12153222",
    "format_failure": "33023555",
    "policy_tone": "32003555",
    "should_abstain": "32223434",
    "reasoning": "24125212",
}
RAISED_BY = {
    "consistency": {"consistent_behavior", "brand_voice"},
    "fresh_knowledge": {"needs_fresh_knowledge"},
    "latency": {"latency_requirements"},
    "run_cost": {"cost_optimization"},
    "control": {"data_sovereignty"},
    "adaptability": {"changing_requirements"},
    "reversibility": {"exploration_phase"},
    "data_need": {"insufficient_data"},
}
CRITERIA = ("fixes_failures", *BASE_SCORES)


def columns(digits):
    return dict(zip(APPROACHES, map(int, digits), strict=True))


def weights_of(answers, own=None):
    """Default 1 each, 3 for fixes the failures, +2 where an answer makes the criterion matter; own ones stand."""
    weights = {}
    for criterion in CRITERIA:
        weights[criterion] = 3 if criterion == "fixes_failures" else 1
        if any(answers.get(key) == "yes" for key in RAISED_BY.get(criterion, ())):
            weights[criterion] += 2
    return weights | dict(own or {})


def failure_fit(failures, approach):
    """1 + 4/5 × Σ over modes of the mode's share × the fit table."""
    sample = sum(failures.values())
    total = Fraction(0)
    for mode, digits in FIT.items():
        share = Fraction(failures.get(mode, 0), sample) if sample else Fraction(1, len(FIT))
        total += share * columns(digits)[approach]
    return 1 + Fraction(4, 5) * total


# Ours: dollars below which cheaper is no better.
FLOORS = {"run_cost": 100, "upfront_cost": 1000}


def cost_scores(dollars):
    """5 for the cheapest of the detailed costs, one point less for each doubling, at least 1.

    `dollars` by criterion and approach, the status quo among them; nothing where none costs anything.
    """
    scores = {}
    for criterion, amounts in dollars.items():
        least = max(FLOORS[criterion], min(amounts.values()))
        for approach, amount in amounts.items():
            if any(amounts.values()) and approach in APPROACHES:
                score = 5 - math.log2(max(FLOORS[criterion], amount) / least)
                scores[approach, criterion] = max(Fraction(1), Fraction(score))
    return scores


def scores_of(failures, overrides=(), dollars=None):
    """Score by approach and criterion; `overrides` are rows of approach, criterion and score."""
    scores = {}
    for approach in APPROACHES:
        scores[approach, "fixes_failures"] = failure_fit(failures, approach)
        for criterion, digits in BASE_SCORES.items():
            scores[approach, criterion] = Fraction(columns(digits)[approach])
    scores |= cost_scores(dollars or {})
    for approach, criterion, score in overrides:
        scores[approach, criterion] = Fraction(score)
    return scores


def means_of(scores, weights):
    """The weighted mean of each approach. Where every weight is 0, all criteria count the same."""
    if not any(weights.values()):
        weights = dict.fromkeys(weights, 1)
    total = sum(Fraction(weight) for weight in weights.values())
    return {
        approach: sum(Fraction(weight) * scores[approach, criterion] for criterion, weight in weights.items()) / total
        for approach in APPROACHES
    }


def ranking_of(means):
    """Best first; with the same mean the order of the table stands."""
    return sorted(APPROACHES, key=lambda approach: (-means[approach], APPROACHES.index(approach)))


def best_untuned(answers, failures, own=None, dollars=None):
    means = means_of(scores_of(failures, dollars=dollars), weights_of(answers, own))
    return next(approach for approach in ranking_of(means) if approach in UNTUNED)
