"""Reads the detailed form of a document and refuses what cannot be (economics.md, section 2)."""

from collections.abc import Mapping
from typing import Any

from assessments.framework.schema import Field, Framework

from ..answers import Estimate
from ..checker import Checker, NumberRange
from ..json_text import quote
from .inputs import STATUS_QUO, ApproachForm, DetailedForm

_PLACE = "costs.detailed"


def read_detailed_form(checker: Checker, framework: Framework, raw: Any) -> DetailedForm | None:
    """The form, or None where it cannot be used; every fault is left with the checker.

    Refused: what is outside its bounds, low, likely and high that do not rise, a form without the
    status quo, and requests passed on to the approach itself, to one that is not filled in, or in a circle.
    """
    inputs = framework.cost_inputs
    table = checker.table(raw, _PLACE, [*inputs.case, "approaches"]) or {}
    case = _numbers(checker, table, inputs.case, _PLACE)
    names = (STATUS_QUO, *framework.approach)
    filled_in = checker.table(table.get("approaches", {}), f"{_PLACE}.approaches", names) or {}
    if STATUS_QUO not in filled_in:
        checker.fault(f"{_PLACE}.approaches.{STATUS_QUO}", "must be there")
    forms = {}
    for name in names:
        if name in filled_in:
            place = f"{_PLACE}.approaches.{name}"
            own = checker.table(filled_in[name], place, [*inputs.approach, "escalation_to"]) or {}
            forms[name] = ApproachForm(
                numbers=_numbers(checker, own, inputs.approach, place),
                escalation_to=_target(checker, own, name, names, filled_in),
            )
    _refuse_circles(checker, forms)
    return DetailedForm(case=case, approaches=forms) if STATUS_QUO in forms else None


def number_range(cost: Field) -> NumberRange:
    """The bounds of one input of the form."""
    return NumberRange(cost.minimum, cost.maximum, whole=cost.whole)


def _numbers(
    checker: Checker, table: Mapping[str, Any], inputs: Mapping[str, Field], place: str
) -> dict[str, Estimate]:
    """What was entered, in the framework's order."""
    return {
        key: checker.number_or_range(table[key], f"{place}.{key}", number_range(inputs[key]))
        for key in inputs
        if key in table
    }


def _target(
    checker: Checker, own: Mapping[str, Any], name: str, names: tuple[str, ...], filled_in: Mapping[str, Any]
) -> str | None:
    """Who takes over the requests that are passed on."""
    if "escalation_to" not in own:
        return None
    place = f"{_PLACE}.approaches.{name}.escalation_to"
    before = len(checker.faults)
    target = checker.choice(own["escalation_to"], place, names)
    if len(checker.faults) > before:
        return None
    if target not in filled_in:
        checker.fault(place, f"{quote(target)} is not filled in")
    elif target == name:
        checker.fault(place, f"{quote(target)} cannot pass requests on to itself")
    else:
        return target
    return None


def _refuse_circles(checker: Checker, forms: Mapping[str, ApproachForm]) -> None:
    """Names each circle of approaches that pass requests on to each other, once."""
    seen: set[str] = set()
    for start in forms:
        way: list[str] = []
        name: str | None = start
        while name is not None and name not in seen:
            seen.add(name)
            way.append(name)
            name = forms[name].escalation_to
        if name in way:
            circle = [*way[way.index(name) :], name]
            checker.fault(
                f"{_PLACE}.approaches.{name}.escalation_to", f"requests go in a circle: {' to '.join(circle)}"
            )
