"""What the types of the cost tables cannot say: every number is an input of the form, within its bounds."""

from collections.abc import Iterator

from .approach_costs import SuggestedNumber
from .schema import Field, Framework


def cost_faults(framework: Framework) -> Iterator[str]:
    """Every mistake of tuning_prices.toml and approach_costs.toml, with the file and the place named."""
    yield from _offer_faults(framework)
    yield from _suggestion_faults(framework)


def _offer_faults(framework: Framework) -> Iterator[str]:
    place, inputs = "tuning_prices.toml", framework.cost_inputs.approach
    if len(framework.tuning_prices.offer) < len(framework.tuning_prices.offers):
        yield f"{place}: offers: a key stands there twice"
    for offer in framework.tuning_prices.offers:
        here = f"{place}: {offer.key}"
        for key, price in offer.prices.items():
            if key not in inputs:
                yield f"{here}.prices: no input {key}"
            elif fault := _bounds_fault(inputs[key], price.low, price.likely, price.high):
                yield f"{here}.prices.{key}: {fault}"
        if offer.last_training and offer.last_use and offer.last_use < offer.last_training:
            yield f"{here}.last_use: before last_training"
        if offer.status == "closing" and not (offer.last_training or offer.last_use):
            yield f"{here}.status: closing, but neither last_training nor last_use says when"


def _suggestion_faults(framework: Framework) -> Iterator[str]:
    place, inputs, costs = "approach_costs.toml", framework.cost_inputs.approach, framework.approach_costs
    if different := {cost.approach for cost in costs.approaches} ^ set(framework.approach):
        yield f"{place}: approaches: missing or unknown {', '.join(sorted(different))}"
    for name, keys, known in (
        ("same_as_today", costs.same_as_today, set(inputs)),
        ("unmeasured", costs.unmeasured, set(costs.same_as_today)),
    ):
        if unknown := set(keys) - known:
            yield f"{place}: {name}: no {', '.join(sorted(unknown))}"
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
