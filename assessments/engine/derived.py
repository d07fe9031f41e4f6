"""What a stated number already says about other questions, so that nothing is asked twice. [ours]"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.framework.schema import Derived, Framework

from .paths import Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedAnswer:
    """What an unanswered question counts as, and the number that says so."""

    value: Any
    of: str
    """The path of the number, or of the rows that it is the sum of."""
    number: float
    other: str = ""
    """The path of the second number that it takes, if it takes one."""
    other_number: float = 0


def derived_answers(framework: Framework, values: Mapping[str, Stated]) -> dict[str, DerivedAnswer]:
    """The answers to questions that nobody answered, by path. An answer that is there, even "not sure", always wins.

    >>> from assessments.framework import load_framework
    >>> found = derived_answers(load_framework(), {"use_case.monthly_requests": Stated(value=40_000)})
    >>> [(path, one.value, one.number) for path, one in found.items()]
    [('answers.low_volume', 'no', 40000)]
    """
    found: dict[str, DerivedAnswer] = {}
    for question, derived in framework.derived:
        if question.path in values:
            continue
        number, other = (_number(derived, path, values, found) for path in (derived.of, derived.other))
        if number is None or (derived.other and other is None):
            continue
        value: Any = _choice(framework, derived, number, other) if question.choices else _result(derived, number, other)
        if value is not None:
            found[question.path] = DerivedAnswer(
                value=value, of=derived.of, number=number, other=derived.other, other_number=other or 0
            )
    return found


def _number(
    derived: Derived, path: str, values: Mapping[str, Stated], found: Mapping[str, DerivedAnswer]
) -> float | None:
    stated = values.get(path) or found.get(path)
    if stated is None:
        return None
    if derived.column:
        return sum(int(row[derived.column]) for row in stated.value) if stated.value else None
    number: float = stated.value
    return number


def _result(derived: Derived, number: float, other: float | None) -> float | None:
    """The number itself, or with the other one; None where nothing can be divided by it."""
    if derived.times:
        return number * (other or 0)
    if derived.per:
        return number / other if other else None
    return number


def _choice(framework: Framework, derived: Derived, number: float, other: float | None) -> str | None:
    limits = framework.figures
    if other is not None:
        return (derived.above if number > other else derived.up_to) or None
    if derived.yes_below and number < limits[derived.yes_below]:
        return "yes"
    if derived.no_from and number >= limits[derived.no_from]:
        return "no"
    if derived.no_above and number > limits[derived.no_above]:
        return "no"
    return None
