"""Every number of the cost tables is one that the form takes, within its bounds."""

from collections.abc import Iterator

from ..approach_costs import SuggestedNumber
from ..cost_inputs import APPROACH_PLACE, CASE_PLACE, FORGOTTEN, WARNINGS
from ..schema import Field, Framework
from .kinds import not_one_of, not_the_same, repeated, unfilled, unknown


def cost_faults(framework: Framework) -> Iterator[str]:
    yield from _input_faults(framework)
    yield from _offer_faults(framework)
    yield from _suggestion_faults(framework)


def _input_faults(framework: Framework) -> Iterator[str]:
    """Each input is named once, stands in a group, can have its default, and hangs on one that there is."""
    found, place = framework.cost_inputs, "cost_inputs.toml"
    yield from repeated(f"{place}: input", (cost.key for cost in found.inputs))
    siblings = {CASE_PLACE: found.case, APPROACH_PLACE: found.approach}
    for cost in found.inputs:
        yield from not_one_of(f"{place}: {cost.key}.group", cost.group, [group.key for group in found.groups])
        yield from not_one_of(f"{place}: {cost.key}.place", cost.place, siblings)
        yield from not_one_of(f"{place}: {cost.key}.only_with", cost.only_with, ["", *siblings[cost.place]])
        if cost.default and not cost.minimum <= cost.default <= cost.maximum:
            yield f"{place}: {cost.key}.default: not from {cost.minimum:g} to {cost.maximum:g}"
    asked = [question.key for question in framework if question.place == "costs"]
    yield from unknown(f"{place}: general_defaults", found.general, asked, "question")
    yield from not_the_same(f"{place}: forgotten", found.forgotten, FORGOTTEN)
    yield from not_the_same(f"{place}: warnings", found.warnings, WARNINGS)
    for code, message in found.warnings.items():
        yield from unfilled(f"{place}: warnings.{code}", message, (*WARNINGS[code], *framework.figures))


def _offer_faults(framework: Framework) -> Iterator[str]:
    place, inputs = "market.toml", framework.cost_inputs.approach
    yield from repeated(f"{place}: offer", (offer.key for offer in framework.market.offers))
    for offer in framework.market.offers:
        here = f"{place}: {offer.key}"
        for key, price in offer.prices.items():
            if key not in inputs:
                yield f"{here}.prices: no input {key}"
            elif fault := _bounds_fault(inputs[key], price.low, price.likely, price.high):
                yield f"{here}.prices.{key}: {fault}"
        yield from not_one_of(f"{here}.base_model", offer.base_model, ["", *framework.market.model])
        if offer.last_training and offer.ends_on and offer.ends_on < offer.last_training:
            yield f"{here}.ends_on: before last_training"


def _suggestion_faults(framework: Framework) -> Iterator[str]:
    place, inputs, costs = "approach_costs.toml", framework.cost_inputs.approach, framework.approach_costs
    approaches = (cost.approach for cost in costs.approaches)
    yield from not_the_same(f"{place}: approaches", approaches, framework.approach)
    yield from unknown(f"{place}: same_as_today", costs.same_as_today, inputs)
    yield from unknown(f"{place}: unmeasured", costs.unmeasured, costs.same_as_today)
    for cost in costs.approaches:
        for number in cost.numbers:
            here = f"{place}: {cost.approach}.{number.key}"
            if number.key not in inputs:
                yield f"{here}: no such input"
            elif number.key in costs.unmeasured:
                yield f"{here}: how good the answers are is measured, not suggested"
            elif fault := _number_fault(inputs[number.key], number, number.key in costs.same_as_today):
                yield f"{here}: {fault}"


def _number_fault(cost: Field, number: SuggestedNumber, taken_over: bool) -> str:
    if (number.likely is None) == (number.times_today is None):
        return "needs either likely or times_today"
    if number.likely is None:
        return "" if taken_over else "times_today of a number that is not taken over from today"
    return _bounds_fault(cost, number.low, number.likely, number.high)


def _bounds_fault(cost: Field, low: float | None, likely: float, high: float | None) -> str:
    if (low is None) != (high is None) or (low is not None and not cost.offers_range):
        return "low and high belong together, and where a range is allowed"
    numbers = [likely if low is None else low, likely, likely if high is None else high]
    if numbers != sorted(numbers) or numbers[0] < cost.minimum or numbers[2] > cost.maximum:
        return f"not in rising order from {cost.minimum:g} to {cost.maximum:g}"
    return ""
