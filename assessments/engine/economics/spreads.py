"""The ranges that count: those that a team typed, and ours where a figure has none (docs/economics.md, section 3.1).

Whoever enters a plain number is seldom sure of it. The point result takes the number as it is; the chances, the band
and what the result hangs on take a range. A range of width zero, typed as a range, says that the number is certain.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assessments.framework.field import Field
from assessments.framework.schema import Framework

from ..answers import Estimate
from ..document import Document
from ..intervals import wilson_interval

Basis = Literal["entered", "sample", "unmeasured", "effort", "offer", "tenth"]
"""Where a range comes from: typed; the sample that the accuracy was measured on; nobody measured; how far effort is
off; the dated range of the offer; and where nothing better is known a tenth either way, to compare figures by."""
ACCURACY = "accuracy"
SAMPLE = "accuracy_sample"
HOURS = ("upfront_hours", "data_preparation_hours", "evaluation_hours", "deployment_hours")
UNMEASURED = 0.10
"""So much an accuracy that nobody measured may be off, either way [ours]."""
EFFORT = (0.7, 2.0)
"""So much less or more work than planned it may be [ours]."""
TENTH = (0.9, 1.1)
"""What figures without any range are compared at, so that they can be ordered by what they do [ours]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """One input with its range; `approach` is None for the case and in the summary form."""

    approach: str | None
    key: str
    estimate: Estimate
    basis: Basis

    @property
    def ours(self) -> bool:
        return self.basis != "entered"


def spreads(framework: Framework, document: Document) -> tuple[Spread, ...]:
    """The inputs of the form that counts that have a range, in the framework's order. Those of a tenth are left out.

    >>> from assessments.engine.document import read_document
    >>> from assessments.framework import load_framework
    >>> costs = {"summary": {"evaluation_hours": 10, "api_savings": {"low": 1, "likely": 2, "high": 3}}}
    >>> raw = {"format": "ftdecide/assessment", "version": 1, "use_case": {"name": "A"}, "costs": costs}
    >>> found = spreads(load_framework(), read_document(raw, load_framework()))
    >>> [(one.key, one.estimate.low, one.estimate.high, one.basis) for one in found if one.key in costs["summary"]]
    [('evaluation_hours', 7.0, 20.0, 'effort'), ('api_savings', 1, 3, 'entered')]
    """
    found = (_spread(framework, document, *one) for one in _counted(framework, document))
    return tuple(one for one in found if one and not one.estimate.is_point)


def compared_spreads(framework: Framework, document: Document) -> tuple[Spread, ...]:
    """The same, and a tenth either way for every other figure of the form that somebody could be wrong about."""
    found = []
    for approach, field, estimate in _counted(framework, document):
        spread = _spread(framework, document, approach, field, estimate)
        if spread is None and field.offers_range and (field.place != "costs" or field.key == "hourly_rate"):
            low, high = sorted(estimate.likely * factor for factor in TENTH)
            spread = _ours(approach, field, estimate, low, high, "tenth")
        if spread and not spread.estimate.is_point:
            found.append(spread)
    return tuple(found)


def with_spreads(framework: Framework, document: Document) -> Document:
    """The document with our range where a figure has none: likely values, and so the point result, stay."""
    ours = [one for one in spreads(framework, document) if one.ours]
    form = document.detailed_in_force
    if form is None:
        return replace(document, summary={**document.summary, **{one.key: one.estimate for one in ours}})
    own = {(one.approach, one.key): one.estimate for one in ours}
    approaches = {
        name: replace(had, numbers={key: own.get((name, key), value) for key, value in had.numbers.items()})
        for name, had in form.approaches.items()
    }
    return replace(document, detailed=replace(form, approaches=approaches))


def _counted(framework: Framework, document: Document) -> Iterator[tuple[str | None, Field, Estimate]]:
    """Every number that was entered in the form that counts, and the hours of the summary that nobody entered."""
    form, inputs = document.detailed_in_force, framework.cost_inputs
    entered = {**document.costs, **({} if form else document.summary)}
    for question in framework:
        if question.role != "cost" or question.kind != "number":
            continue
        if question.key in entered:
            yield None, question, entered[question.key]
        elif form is None and question.key in HOURS:
            default = question.default or 0.0
            yield None, question, Estimate(low=default, likely=default, high=default)
    if form:
        for key, estimate in form.case.items():
            yield None, inputs.case[key], estimate
        for name, own in form.approaches.items():
            for key, estimate in own.numbers.items():
                yield name, inputs.approach[key], estimate


def _spread(
    framework: Framework, document: Document, approach: str | None, field: Field, estimate: Estimate
) -> Spread | None:
    """Its range: typed, else ours; None where neither is known, or where it was typed as certain."""
    if not estimate.is_point:
        return Spread(approach=approach, key=field.key, estimate=estimate, basis="entered")
    stated = document.stated.get(field.path if approach is None else f"costs.detailed.{approach}.{field.key}")
    if stated and isinstance(stated.value, dict):
        return None
    likely = float(estimate.likely)
    if field.key in HOURS:
        return _ours(approach, field, estimate, likely * EFFORT[0], likely * EFFORT[1], "effort")
    if field.key == ACCURACY and approach:
        return _of_accuracy(document, approach, field, estimate)
    return _of_offer(framework, document, approach, field, estimate) if approach else None


def _of_accuracy(document: Document, approach: str, field: Field, estimate: Estimate) -> Spread:
    """Wilson's interval of the cases that it was measured on; ten points either way where nobody measured."""
    form = document.detailed
    sample = form.approaches[approach].numbers.get(SAMPLE) if form else None
    likely = float(estimate.likely)
    if sample and sample.likely >= 1:
        low, high = wilson_interval(likely * sample.likely, int(sample.likely))
        return _ours(approach, field, estimate, low, high, "sample")
    return _ours(approach, field, estimate, likely - UNMEASURED, likely + UNMEASURED, "unmeasured")


def _of_offer(
    framework: Framework, document: Document, approach: str, field: Field, estimate: Estimate
) -> Spread | None:
    """The dated range of the offer that the price was copied from, as shares of its likely price."""
    origins = document.cost_origins.get(approach)
    if origins is None or origins.offer is None or origins.kind(field.key) != "tuning_price":
        return None
    offer = framework.market.offer.get(origins.offer.offer)
    price = offer.prices.get(field.key) if offer else None
    if price is None or price.low is None or price.high is None or not price.likely:
        return None
    low, high = (float(estimate.likely) * end / price.likely for end in (price.low, price.high))
    return _ours(approach, field, estimate, low, high, "offer")


def _ours(approach: str | None, field: Field, estimate: Estimate, low: float, high: float, basis: Basis) -> Spread:
    """Within the bounds of the field, and around the likely value."""
    likely = float(estimate.likely)
    return Spread(
        approach=approach,
        key=field.key,
        estimate=Estimate(
            low=min(likely, max(low, field.minimum)), likely=likely, high=max(likely, min(high, field.maximum))
        ),
        basis=basis,
    )
