"""Every number of the cost tables is one that the form takes, within its bounds."""

from collections.abc import Iterator

from ..approach_costs import SuggestedNumber
from ..cost_inputs import APPROACH_PLACE, CASE_PLACE, FORGOTTEN, WARNINGS
from ..schema import Field, Framework
from .bounds import bounds_fault
from .kinds import not_one_of, not_the_same, repeated, unfilled, unknown


def cost_faults(framework: Framework) -> Iterator[str]:
    yield from _input_faults(framework)
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
    return bounds_fault(cost, number.low, number.likely, number.high)
