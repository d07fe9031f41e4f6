"""The figures that the method page's sentences are filled with beside the framework's own."""

from collections.abc import Mapping
from math import comb
from typing import Any

from django.utils.translation import gettext as _

from assessments.engine.decision import Figures
from assessments.engine.economics.break_even import break_even_months
from assessments.framework import Framework
from assessments.framework.schema import ScoreBands
from assessments.framework.shown_in import as_typed

from .formats import money, months, number, score, share
from .within import weight_word

_SHARES = frozenset({"dominant_share", "hybrid_knowledge_share"})
_MONTHS = 120


def method_figures(framework: Framework) -> Figures:
    """What follows from the framework's own figures, by name."""
    weights = [framework.weight(key) for key in _factors(framework)]
    differing, combinations = bands_that_differ(framework)
    goals = [goal for goal in as_typed(framework).goals if goal.unit == "examples" and goal.source == "framework"]
    example = framework.guide.method.score_example
    return {
        "weight_sum": sum(weights),
        "combinations": combinations,
        "differing": differing,
        "differing_share": share(differing / combinations),
        "example_count": example.count,
        "divisor": example.divisor,
        "theirs": score(example.count / example.divisor),
        "exact": score(example.count / len(weights)),
        "lowest": min(goal.examples_from for goal in goals),
        "highest": max(goal.examples_to or goal.examples_from for goal in goals),
        **_break_even_figures(framework),
    }


def threshold_words(framework: Framework, key: str) -> str:
    """One threshold, or one number of the plan, as it is shown."""
    value: Any = getattr(framework.thresholds, key, None)
    if value is None:
        value = getattr(framework.guide.plan, key)
    if isinstance(value, ScoreBands):
        return _("strong above {strong}, moderate from {moderate}").format(
            strong=number(value.strong_above), moderate=number(value.moderate_from)
        )
    if isinstance(value, Mapping):
        return ", ".join(f"{weight_word(name)} {number(weight)}" for name, weight in value.items())
    return share(value) if key in _SHARES else number(value)


def bands_that_differ(framework: Framework) -> tuple[int, int]:
    """In how many of the ways to answer yes or no to all reasons the net and confidence scores' bands differ.

    The count of reasons decides both, so the ways are counted by their numbers of reasons for and against.
    """
    limits = framework.thresholds
    fors, againsts = len(framework.keys("indicator")), len(framework.keys("anti_indicator"))
    differing = sum(
        comb(fors, present) * comb(againsts, against)
        for present in range(fors + 1)
        for against in range(againsts + 1)
        if limits.net.band(present - against) != limits.confidence.band((present - against) / (fors + againsts))
    )
    return differing, 2 ** (fors + againsts)


def _break_even_figures(framework: Framework) -> dict[str, str]:
    """The framework text's example, and the same with the upkeep that its own tables name."""
    example = framework.guide.method.break_even
    low, high = (
        example.hourly_rate * (monitoring + retraining / 3)
        for monitoring, retraining in zip(example.monitoring_hours, example.retraining_hours_per_quarter, strict=True)
    )

    def payback(cost: float) -> str:
        flows = [-example.upfront] + [example.monthly_benefit - cost] * _MONTHS
        return months(break_even_months(flows)).split(" ")[0]

    return {
        "upfront": money(example.upfront, framework.sign),
        "months": payback(example.monthly_cost),
        "cost": money(example.monthly_cost, framework.sign),
        "rate": money(example.hourly_rate, framework.sign),
        "monitoring": _range(example.monitoring_hours),
        "retraining": _range(example.retraining_hours_per_quarter),
        "upkeep_low": money(low, framework.sign),
        "upkeep_high": money(high, framework.sign),
        "months_low": payback(low),
        "months_high": payback(high),
    }


def _range(bounds: tuple[float, float]) -> str:
    return _("{low} to {high}").format(low=number(bounds[0]), high=number(bounds[1]))


def _factors(framework: Framework) -> tuple[str, ...]:
    return (*framework.keys("indicator"), *framework.keys("anti_indicator"))
