"""Every number of a framework that a sentence may name, by the name it has there: said once, followed everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from .guide import PlanTexts
from .thresholds import Thresholds

PLAN_NUMBERS = ("label_from", "label_to", "held_out", "examples_per_week", "most_slices")
COUNTS = ("ceiling_steps", "reasons_for", "reasons_against", "factors")
TARGET = "target_missed"
"""The ceiling question that is no step to try: it asks what the steps have brought."""


def numbers_in_force(limits: Thresholds, plan: PlanTexts) -> dict[str, float]:
    """The thresholds, with their bands and weights under names of their own, and the numbers that plans are made of."""
    named: dict[str, float] = {}
    for name, value in asdict(limits).items():
        if name == "weights":
            named |= {f"weight_{kind.lower()}": weight for kind, weight in value.items()}
        elif isinstance(value, Mapping):
            named |= {f"{name}_strong": value["strong_above"], f"{name}_moderate": value["moderate_from"]}
        else:
            named[name] = value
    return named | {name: getattr(plan, name) for name in PLAN_NUMBERS}


def figures_of(limits: Thresholds, plan: PlanTexts, keys: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """The numbers in force, and how many questions of a kind there are; `keys` are theirs, by role."""
    fors, againsts = len(keys.get("indicator", ())), len(keys.get("anti_indicator", ()))
    steps = sum(key != TARGET for key in keys.get("ceiling", ()))
    return numbers_in_force(limits, plan) | dict(zip(COUNTS, (steps, fors, againsts, fors + againsts), strict=True))


def with_numbers(texts: Any, numbers: Mapping[str, float]) -> Any:
    """The same tables and texts with each {name} of a number in its place, in digits.

    >>> with_numbers({"ask": "Fewer than {enough}?"}, {"enough": 1000})
    {'ask': 'Fewer than 1,000?'}
    """
    if isinstance(texts, str):
        return texts.format_map({name: f"{number:,}" for name, number in numbers.items()}) if "{" in texts else texts
    if isinstance(texts, dict):
        return {key: with_numbers(text, numbers) for key, text in texts.items()}
    return [with_numbers(text, numbers) for text in texts] if isinstance(texts, list) else texts
