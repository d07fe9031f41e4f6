"""The lenses read a second time, straight from method.md 2.1-2.4, 3.1-3.5 and 3.7.

Written without a look at the engine, as plain if/else over plain dicts: `answers` maps question keys to
"yes", "no", "unsure" or "na" (a missing key is unsure), `failures` maps failure modes to counts.
"""

from fractions import Fraction
from itertools import product
from typing import Any

CEILING_FIVE = (
    "prompt_variations",
    "multiple_models",
    "retrieval_optimized",
    "few_shot_used",
    "prompt_structured",
)
CEILING = (*CEILING_FIVE, "target_missed")

HIGH = 3
MEDIUM = 2
INDICATORS = {
    "consistent_behavior": HIGH,
    "domain_knowledge": HIGH,
    "brand_voice": MEDIUM,
    "cost_optimization": MEDIUM,
    "latency_requirements": MEDIUM,
    "data_sovereignty": HIGH,
}
ANTI_INDICATORS = {
    "changing_requirements": HIGH,
    "low_volume": HIGH,
    "exploration_phase": HIGH,
    "insufficient_data": MEDIUM,
    "prompts_succeed": HIGH,
}
FACTORS = (*INDICATORS, *ANTI_INDICATORS)

GROUPS = {
    "knowledge": ("missing_knowledge", "wrong_retrieval", "noisy_context"),
    "tools": ("tool_failure",),
    "behaviour": ("format_failure", "policy_tone", "should_abstain", "wrong_class"),
    "capability": ("reasoning",),
}
MODES = tuple(mode for modes in GROUPS.values() for mode in modes)

STANCE_OF_BAND = {"strong": "for", "moderate": "pilot", "weak": "against"}

PRODUCTION_KEYS = (
    "narrow_repeated_task",
    "learnable_from_examples",
    "failures_persist_with_context",
    "prompt_overloaded",
    "cost_optimization",
    "latency_requirements",
    "eval_set",
    "behavior_stable",
    "needs_fresh_knowledge",
    "examples_inconsistent",
)
STARTING_KEYS = (
    *CEILING,
    "narrow_repeated_task",
    "learnable_from_examples",
    "examples_inconsistent",
    "prompt_fix_failed",
    "eval_set",
    "needs_fresh_knowledge",
    "consistent_behavior",
)


def yes(answers: Any, key: Any) -> Any:
    return answers.get(key, "unsure") == "yes"


def met(answers: Any, key: Any) -> Any:
    """Whether a ceiling condition is established; only the retrieval one may be `na`."""
    value = answers.get(key, "unsure")
    if key == "retrieval_optimized" and value == "na":
        return True
    return value == "yes"


def ceiling(answers: Any) -> Any:
    if all(met(answers, key) for key in CEILING):
        return "hit"
    if any(answers.get(key, "unsure") == "no" for key in CEILING):
        return "not_hit"
    return "open"


def indicator_count(answers: Any) -> Any:
    return sum(1 for key in INDICATORS if yes(answers, key))


def anti_indicator_count(answers: Any) -> Any:
    return sum(1 for key in ANTI_INDICATORS if yes(answers, key))


def net(answers: Any) -> Any:
    return indicator_count(answers) - anti_indicator_count(answers)


def leaf_of(ceiling_hit: Any, indicators: Any, anti_indicators: Any) -> Any:
    if not ceiling_hit:
        return "keep_prompting"
    if not indicators > 3:
        return "improve_rag_or_switch_model"
    if not anti_indicators < 2:
        return "address_blockers"
    return "fine_tune_candidate"


def leaf(answers: Any) -> Any:
    return leaf_of(ceiling(answers) == "hit", indicator_count(answers), anti_indicator_count(answers))


def possible_leaves(answers: Any) -> Any:
    """Every leaf that some completion (yes or no) of the unsure answers leads to."""
    state = ceiling(answers)
    hits = {"hit": [True], "not_hit": [False], "open": [True, False]}[state]
    low = indicator_count(answers)
    high = low + sum(1 for key in INDICATORS if answers.get(key, "unsure") == "unsure")
    anti_low = anti_indicator_count(answers)
    anti_high = anti_low + sum(1 for key in ANTI_INDICATORS if answers.get(key, "unsure") == "unsure")
    spans = product(hits, range(low, high + 1), range(anti_low, anti_high + 1))
    return {leaf_of(*counts) for counts in spans}


def tree_stance(answers: Any) -> Any:
    if len(possible_leaves(answers)) > 1:
        return "open"
    return "for" if leaf(answers) == "fine_tune_candidate" else "against"


def confidence_value(answers: Any) -> Any:
    return Fraction(net(answers), 11)


def weighted_value(answers: Any) -> Any:
    present = sum(weight for key, weight in INDICATORS.items() if yes(answers, key))
    against = sum(weight for key, weight in ANTI_INDICATORS.items() if yes(answers, key))
    return Fraction(present - against, 29)


def score_band(value: Any) -> Any:
    if value > Fraction(1, 2):
        return "strong"
    if value >= Fraction(1, 5):
        return "moderate"
    return "weak"


def confidence_band(answers: Any) -> Any:
    return score_band(confidence_value(answers))


def weighted_band(answers: Any) -> Any:
    return score_band(weighted_value(answers))


def net_band(answers: Any) -> Any:
    if net(answers) > 2:
        return "strong"
    if net(answers) >= 1:
        return "moderate"
    return "weak"


def share(failures: Any, group: Any) -> Any:
    total = sum(failures.get(mode, 0) for mode in MODES)
    if total == 0:
        return Fraction(0)
    return Fraction(sum(failures.get(mode, 0) for mode in GROUPS[group]), total)


def dominates(failures: Any, group: Any) -> Any:
    return share(failures, group) > Fraction(1, 2)


def production_strong(answers: Any) -> Any:
    """How many of the seven strong-candidate conditions hold; cost and speed are one of them."""
    strong = 0
    for key in ("narrow_repeated_task", "learnable_from_examples", "failures_persist_with_context"):
        if yes(answers, key):
            strong += 1
    for key in ("prompt_overloaded", "eval_set", "behavior_stable"):
        if yes(answers, key):
            strong += 1
    if yes(answers, "cost_optimization") or yes(answers, "latency_requirements"):
        strong += 1
    return strong


def production_weak(answers: Any, failures: Any) -> Any:
    """How many of the six weak-candidate conditions hold."""
    weak = 0
    if dominates(failures, "knowledge"):
        weak += 1
    if yes(answers, "needs_fresh_knowledge"):
        weak += 1
    if dominates(failures, "tools"):
        weak += 1
    if yes(answers, "examples_inconsistent"):
        weak += 1
    if answers.get("narrow_repeated_task", "unsure") == "no":
        weak += 1
    if answers.get("eval_set", "unsure") == "no":
        weak += 1
    return weak


def production_stance(answers: Any, failures: Any) -> Any:
    if production_strong(answers) >= 4 and production_weak(answers, failures) == 0:
        return "for"
    if production_strong(answers) >= 4 and production_weak(answers, failures) == 1:
        return "pilot"
    return "against"


def starting_questions(answers: Any, failures: Any) -> Any:
    """The five questions of 3.7: True, False, or None where it cannot be answered (an unsure is never a no)."""
    tri = {"yes": True, "no": False, "na": None, "unsure": None}

    behaviour = None  # no group dominates: the sample does not say what the failure is
    for group in GROUPS:
        if dominates(failures, group):
            behaviour = group == "behaviour"

    repeats = tri[answers.get("narrow_repeated_task", "unsure")]

    learnable = tri[answers.get("learnable_from_examples", "unsure")]
    inconsistent = tri[answers.get("examples_inconsistent", "unsure")]
    if learnable is False or inconsistent is True:
        examples = False
    elif learnable is True and inconsistent is False:
        examples = True
    else:
        examples = None

    fix_failed = tri[answers.get("prompt_fix_failed", "unsure")]
    ruled_out: bool | None
    if fix_failed is True or ceiling(answers) == "hit":
        ruled_out = True
    elif fix_failed is False and ceiling(answers) == "not_hit":
        ruled_out = False
    else:
        ruled_out = None

    return [behaviour, repeats, examples, ruled_out, tri[answers.get("eval_set", "unsure")]]


def starting_stance(answers: Any, failures: Any) -> Any:
    found = starting_questions(answers, failures)
    if any(answer is False for answer in found):
        return "against"
    if any(answer is None for answer in found):
        return "open"
    return "for"


def starting_approach(answers: Any) -> Any:
    """The short rule of 3.7; a ceiling that is open has not been hit."""
    if yes(answers, "needs_fresh_knowledge"):
        return "better_rag"
    if ceiling(answers) != "hit":
        return "prompting"
    if yes(answers, "consistent_behavior") or yes(answers, "narrow_repeated_task"):
        return "fine_tune"
    return "hybrid"
