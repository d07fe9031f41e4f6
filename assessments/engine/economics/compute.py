"""The compute of the planned training against the indicative line of the EU (docs/economics.md, section 7)."""

import math
from dataclasses import dataclass
from typing import Literal

from assessments.framework.legal import ComputeLine
from assessments.framework.schema import Framework

from ..document import Document

FactorBasis = Literal["costs", "readiness", "goal", "ours"]
"""Entered among the costs, counted among the examples, the goal's range, or our suggestion."""
LineBasis = Literal["original", "unknown", "systemic_risk"]
"""What the line is one third of: the original's compute, or what stands for it where nobody knows."""
BILLION = 1e9
COMPUTE_UNIT = 1e21
"""FLOP in one unit of what is entered of the original's compute."""
_EXAMPLES = "labelled_examples"
_REST = ("training_tokens_per_example", "training_epochs", "training_runs")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingFactor:
    """One of the numbers that make the trained tokens, by its key in the detailed form."""

    key: str
    value: float
    basis: FactorBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingCompute:
    """FLOP of the planned training beside the line. What nobody knows is None."""

    parameters: float
    factors: tuple[TrainingFactor, ...]
    """What the tokens are the product of; empty where the examples are not known."""
    line: float
    line_basis: LineBasis
    tokens: float | None
    flop: float | None
    share: float | None
    """FLOP as a share of the line."""
    tokens_to_line: float
    """So many trained tokens would reach the line."""


def training_flop(parameters: float, tokens: float, *, per_parameter_and_token: float = 6) -> float:
    """FLOP of training so many parameters on so many tokens; too high where only a small adapter is trained.

    Source: the usual estimate of 6 per parameter and token (Kaplan et al., arXiv:2001.08361, section 2.1).

    >>> f"{training_flop(8e9, 13.5e6):.2g}"
    '6.5e+17'
    """
    return per_parameter_and_token * parameters * tokens


def indicative_line(line: ComputeLine, original: float | None, *, systemic_risk: bool) -> tuple[float, LineBasis]:
    """FLOP of training from which a change makes a provider, and what it rests on; `original` in FLOP.

    Source: the Commission's guidelines C(2025) 7719, points 60 and 61.

    >>> from assessments.framework import load_framework
    >>> line = load_framework().legal.line
    >>> [f"{indicative_line(line, flop, systemic_risk=risk)[0]:.2g}"
    ...     for flop, risk in ((None, False), (None, True), (7.2e23, True))]
    ['3.3e+22', '3.3e+24', '2.4e+23']
    """
    if original:
        return original / line.one_in, "original"
    if systemic_risk:
        return line.original_with_systemic_risk / line.one_in, "systemic_risk"
    return line.original_unknown / line.one_in, "unknown"


def training_compute(framework: Framework, document: Document, approach: str) -> TrainingCompute | None:
    """The compute of tuning by this approach, or by the first one that tunes; None without the base's parameters.

    Tokens are examples × tokens of each × passes × runs: each as entered for the approach in the detailed form, else
    the examples at hand, else the upper end of the goal's range, and our suggestions for the rest: those for the first
    approach that tunes where there are none for this one.
    """
    legal, per = document.legal, framework.legal.line.flop_per_parameter_and_token
    billions = legal.get("base_parameters")
    if billions is None:
        return None
    parameters = billions * BILLION
    original = legal.get("base_compute")
    line, basis = indicative_line(
        framework.legal.line,
        original and original * COMPUTE_UNIT,
        systemic_risk=legal.get("base_systemic_risk") == "yes",
    )
    factors = _factors(framework, document, _tuned(framework, document, approach))
    tokens = math.prod(factor.value for factor in factors) if factors else None
    flop = None if tokens is None else training_flop(parameters, tokens, per_parameter_and_token=per)
    return TrainingCompute(
        parameters=parameters,
        factors=factors,
        line=line,
        line_basis=basis,
        tokens=tokens,
        flop=flop,
        share=None if flop is None else flop / line,
        tokens_to_line=line / (per * parameters),
    )


def _tuned(framework: Framework, document: Document, approach: str) -> str:
    """The approach itself where it tunes, else the first one that does, compared ones before the others."""
    tuning = [one.key for one in framework.approaches if one.tuning]
    compared = document.detailed.approaches if document.detailed else ()
    return approach if approach in tuning else next((key for key in tuning if key in compared), tuning[0])


def _factors(framework: Framework, document: Document, approach: str) -> tuple[TrainingFactor, ...]:
    examples = _examples(framework, document, approach)
    costs, first = framework.approach_costs.approach, next(one.key for one in framework.approaches if one.tuning)
    suggested = {**costs[first].number, **costs[approach].number}
    rest = []
    for key in _REST:
        entered = _entered(document, approach, key)
        value = entered or suggested[key].likely or 0
        rest.append(TrainingFactor(key=key, value=value, basis="costs" if entered else "ours"))
    return (examples, *rest) if examples else ()


def _examples(framework: Framework, document: Document, approach: str) -> TrainingFactor | None:
    if entered := _entered(document, approach, _EXAMPLES):
        return TrainingFactor(key=_EXAMPLES, value=entered, basis="costs")
    if labelled := document.readiness.get(_EXAMPLES):
        return TrainingFactor(key=_EXAMPLES, value=labelled, basis="readiness")
    if goal := framework.goal.get(document.use_case.get("goal", "")):
        return TrainingFactor(key=_EXAMPLES, value=goal.examples_to or goal.examples_from, basis="goal")
    return None


def _entered(document: Document, approach: str, key: str) -> float | None:
    """The likely value in the detailed form; what is not filled in, or 0, is not entered."""
    form = document.detailed.approaches.get(approach) if document.detailed else None
    return float(form.numbers[key].likely) if form and key in form.numbers and form.numbers[key].likely else None
