"""What stands at each path of a document, and the one place that says what is wrong with a value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from assessments.framework.own_words import own_word
from assessments.framework.schema import Column, Field, Framework, Option

from .economics.inputs import DETAILED, DISTRIBUTIONS, STATUS_QUO, SUMMARY
from .faults import LONGEST_TEXT as LONGEST_TEXT
from .faults import MOST_ROWS as MOST_ROWS
from .faults import Fault as Fault
from .faults import choice_fault as choice_fault
from .faults import currency_fault as currency_fault
from .faults import day_fault as day_fault
from .faults import is_web_link as is_web_link
from .faults import key_faults as key_faults
from .faults import link_fault as link_fault
from .faults import number_fault as number_fault
from .faults import rows_fault as rows_fault
from .faults import text_fault as text_fault
from .json_text import quote
from .measured.comparison_faults import comparison_faults
from .paths import COMPARISON, Stated

PRICED_BY: Mapping[str, tuple[str, str]] = {
    "price_changes_on": ("changed_input_price", "changed_output_price"),
    "long_prompt_above": ("long_input_price", "long_output_price"),
}
"""What changes nothing of an approach without one of these prices, and is refused without."""
_STARTS_ON = "costs.starts_on"
RANGE = ("low", "likely", "high")


@lru_cache(maxsize=32)
def fields_of(framework: Framework) -> Mapping[str, Field]:
    """Every value that a document can state, by its path."""
    return {field.path: field for field in _fields(framework)}


@lru_cache(maxsize=32)
def fields_by_table(framework: Framework) -> Mapping[str, Mapping[str, Field]]:
    """The values of each table of a document, by key. The approaches that are compared are in none."""
    tables: dict[str, dict[str, Field]] = {}
    for field in fields_of(framework).values():
        if field.kind != "tick" or field.place != "costs.detailed":
            tables.setdefault(field.place, {})[field.key] = field
    return tables


def field_at(framework: Framework, path: str) -> Field | None:
    """What stands at this path, or None where nothing can.

    >>> from assessments.framework import load_framework
    >>> field_at(load_framework(), "costs.detailed.hybrid.accuracy").label
    'Right answers'
    >>> field_at(load_framework(), "costs.detailed.magic.accuracy") is None
    True
    """
    return fields_of(framework).get(path)


def _fields(framework: Framework) -> Iterator[Field]:
    yield from framework
    pert, triangular = (Option(value=value, label=value) for value in DISTRIBUTIONS)
    yield Field(
        key="distribution",
        place="costs",
        kind="select",
        label=own_word(framework, "Distribution"),
        options=(pert, triangular),
    )
    short, long = (
        Option(value=SUMMARY, label=own_word(framework, "The short form")),
        Option(value=DETAILED, label=own_word(framework, "Costs in detail")),
    )
    yield Field(
        key="form", place="costs", kind="select", label=own_word(framework, "Costs that count"), options=(short, long)
    )
    yield from _detailed_costs(framework)
    yield from _matrix(framework)
    levers = tuple(Option(value=approach.key, label=approach.name) for approach in framework.approaches)
    yield Field(
        key=COMPARISON,
        place=COMPARISON,
        kind="comparison",
        label=own_word(framework, "Measured comparison"),
        options=levers,
    )
    for checklist in framework.guide.checklists:
        for point in checklist.points:
            yield Field(key=point.code, place=f"checks.{checklist.key}", kind="tick", label=point.text)


def _detailed_costs(framework: Framework) -> Iterator[Field]:
    """The numbers of the case, and for each approach that it is compared, its numbers, and who takes over from it."""
    inputs = framework.cost_inputs
    names = {STATUS_QUO: inputs.status_quo} | {approach.key: approach.name for approach in framework.approaches}
    targets = tuple(Option(value=key, label=name) for key, name in names.items())
    yield from inputs.case.values()
    for key, name in names.items():
        place = f"costs.detailed.{key}"
        yield Field(key=key, place="costs.detailed", kind="tick", label=name)
        yield from (replace(cost, place=place) for cost in inputs.approach.values())
        yield Field(
            key="escalation_to",
            place=place,
            kind="select",
            label=own_word(framework, "Passed on to"),
            ask=own_word(framework, "Which lever takes those requests over?"),
            group="escalation",
            only_with="escalation_share",
            options=targets,
        )


def _matrix(framework: Framework) -> Iterator[Field]:
    rules = framework.matrix
    for criterion in rules.criteria:
        yield Field(
            key=criterion.key,
            place="matrix.weights",
            kind="number",
            label=criterion.name,
            minimum=rules.minimum_weight,
            maximum=rules.maximum_weight,
        )
    for approach in framework.approaches:
        for criterion in rules.criteria:
            place, label = f"matrix.overrides.{approach.key}", f"{approach.name}: {criterion.name}"
            yield Field(key=criterion.key, place=place, kind="number", label=label, minimum=1, maximum=5)


def fault_in(field: Field, value: Any) -> str:
    """What is wrong with this value, or an empty string; a place inside the value stands before the sentence.

    >>> from assessments.framework import load_framework
    >>> fields = fields_of(load_framework())
    >>> fault_in(fields["answers.brand_voice"], "maybe")
    '"maybe" is not one of yes, no, unsure'
    >>> fault_in(fields["costs.summary.training_cost"], {"low": 1, "likely": 2, "high": -3})
    'high: -3 is below 0'
    >>> fault_in(fields["costs.summary.training_cost"], {"low": 1, "likely": 2, "high": 3})
    ''
    """
    for place, sentence in faults_in(field, value):
        return f"{place.removeprefix('.')}: {sentence}" if place else sentence
    return ""


def faults_in(field: Field, value: Any) -> Sequence[Fault]:
    """Everything that is wrong with this value."""
    if field.kind == "number":
        if isinstance(value, dict) and field.takes_range:
            return _range_faults(field, value)
        sentence = number_fault(field, value)
    elif field.kind == "numbers":
        return rows_fault(value) or [
            Fault(f"[{i}]", sentence) for i, number in enumerate(value) if (sentence := number_fault(field, number))
        ]
    elif field.kind == "rows":
        return rows_fault(value) or [fault for i, row in enumerate(value) for fault in _row_faults(field, i, row)]
    elif field.kind == "comparison":
        return comparison_faults([option.value for option in field.options], value)
    elif field.kind in ("text", "long_text"):
        sentence = text_fault(value)
        if not sentence and field.required and not value.strip():
            sentence = "must be there"
    elif field.kind in _SHAPES:
        sentence = _SHAPES[field.kind](value)
    elif field.kind == "tick":
        sentence = "" if value is True else "must be true"
    else:
        sentence = choice_fault(value, field.choices)
    return (Fault("", sentence),) if sentence else ()


_SHAPES = {"currency": currency_fault, "day": day_fault}


def _range_faults(field: Field, value: Mapping[str, Any]) -> list[Fault]:
    faults = key_faults(value, RANGE)
    for key in RANGE:
        if key in value and (sentence := number_fault(field, value[key])):
            faults.append(Fault(f".{key}", sentence))
    if not faults and not value["low"] <= value["likely"] <= value["high"]:
        low, likely, high = (value[key] for key in RANGE)
        faults.append(Fault("", f"low {low}, likely {likely}, high {high} are not in rising order"))
    return faults


def _row_faults(field: Field, index: int, row: Any) -> Iterator[Fault]:
    """What is wrong with one row of a small table."""
    here = f"[{index}]"
    if not isinstance(row, dict):
        yield Fault(here, "must be an object")
        return
    needed = [column.key for column in field.columns if column.required]
    keys = [column.key for column in field.columns]
    yield from (Fault(here + place, sentence) for place, sentence in key_faults(row, needed, keys))
    sound = {}
    for column in (column for column in field.columns if column.key in row):
        if sentence := cell_fault(column, row[column.key]):
            yield Fault(f"{here}.{column.key}", sentence)
        else:
            sound[column.key] = row[column.key]
    for key, most in ((column.key, column.at_most) for column in field.columns):
        if key in sound and most in sound and sound[key] > sound[most]:
            yield Fault(f"{here}.{key}", f"{int(sound[key])} is more than the {int(sound[most])} {most}")


def cell_fault(column: Column, value: Any) -> str:
    """What is wrong with one cell of a small table, or an empty string."""
    if column.kind == "number":
        return number_fault(column, value)
    if column.kind == "select":
        return choice_fault(value, column.choices)
    return text_fault(value)


def faults_across(values: Mapping[str, Stated]) -> list[Fault]:
    """What is wrong between values that are sound each for itself, with the path of the one to mend.

    No more examples are reviewed than labelled. The detailed costs have a status quo, and numbers only of
    approaches that are compared. Requests are passed on to one of these, not to itself, and in no circle. Nothing
    ends before the plan or the pilot starts, and a price that changes or rises with the prompt says what it becomes.

    >>> faults_across({"readiness.labelled_examples": Stated(value=5), "readiness.reviewed_examples": Stated(value=6)})
    [Fault(place='readiness.reviewed_examples', sentence='6 is more than the 5 labelled')]
    """
    faults = []
    labelled, reviewed = (values.get(f"readiness.{kind}_examples") for kind in ("labelled", "reviewed"))
    if labelled and reviewed and reviewed.value > labelled.value:
        sentence = f"{reviewed.value} is more than the {labelled.value} labelled"
        faults.append(Fault("readiness.reviewed_examples", sentence))
    tables = dict.fromkeys([path.rpartition(".")[0] for path in values if path.startswith("costs.detailed.")])
    needed = ["costs.detailed.status_quo"] if tables else []
    approaches = [table for table in tables if table != "costs.detailed"]
    faults += [Fault(path, "must be there") for path in dict.fromkeys(needed + approaches) if path not in values]
    faults += _pilot_faults(values)
    return [*faults, *_passing_on_faults(values, approaches), *_price_faults(values, approaches)]


def _pilot_faults(values: Mapping[str, Stated]) -> Iterator[Fault]:
    """A pilot that ended before it began."""
    began, ended = (values.get(f"pilot.{key}") for key in ("ran_from", "ran_to"))
    if began and ended and ended.value < began.value:
        yield Fault("pilot.ran_to", f"{ended.value} is before {began.value}, when it began")
        yield Fault("pilot.ran_from", f"{began.value} is after {ended.value}, when it ended")


def _price_faults(values: Mapping[str, Stated], approaches: Sequence[str]) -> Iterator[Fault]:
    """A model that ends before the start; a price that changes, or rises with the prompt, without what it becomes."""
    starts = values[_STARTS_ON].value if _STARTS_ON in values else None
    for approach in approaches:
        ends = f"{approach}.ends_on"
        if starts and ends in values and values[ends].value < starts:
            yield Fault(ends, f"{values[ends].value} is before {starts}, the start of the plan")
            yield Fault(_STARTS_ON, f"{starts} is after {values[ends].value}, the last day of a model")
        for key, prices in PRICED_BY.items():
            path = f"{approach}.{key}"
            if path in values and values[path].value and not any(f"{approach}.{price}" in values for price in prices):
                yield Fault(path, f"needs {' or '.join(prices)}")


def _passing_on_faults(values: Mapping[str, Stated], approaches: Sequence[str]) -> Iterator[Fault]:
    """Requests that are passed on to nobody, to the approach itself, or in a circle, each circle once."""
    targets: dict[str, str] = {}
    for approach in approaches:
        path, name = f"{approach}.escalation_to", approach.rpartition(".")[2]
        target = values[path].value if path in values else None
        if target is None:
            continue
        if f"costs.detailed.{target}" not in values:
            yield Fault(path, f"{quote(target)} is not filled in")
        elif target == name:
            yield Fault(path, f"{quote(target)} cannot pass requests on to itself")
        else:
            targets[name] = target
    seen: set[str] = set()
    for start in targets:
        way: list[str] = []
        name = start
        while name in targets and name not in seen:
            seen.add(name)
            way.append(name)
            name = targets[name]
        if name in way:
            circle = [*way[way.index(name) :], name]
            sentence = f"requests go in a circle: {' to '.join(circle)}"
            yield Fault(f"costs.detailed.{name}.escalation_to", sentence)
