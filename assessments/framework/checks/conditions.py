"""Every condition asks for what there is: a question that may be answered so, a fact, a number with its threshold."""

from collections.abc import Iterator
from dataclasses import fields

from ..conditions import FACTS, NUMBERS, Conditions, Term, term_of
from ..schema import Framework, Thresholds
from .kinds import not_one_of, unknown

_LIMITS = frozenset(limit.name for limit in fields(Thresholds))


def condition_faults(framework: Framework, place: str, conditions: Conditions) -> Iterator[str]:
    for line in conditions:
        for text in line:
            try:
                yield from _term_faults(framework, f"{place}: {text}", term_of(text))
            except ValueError as error:
                yield f"{place}: {error}"


def _term_faults(framework: Framework, here: str, term: Term) -> Iterator[str]:
    if term.comparison == "is":
        yield from unknown(here, [term.name], framework.questions, "question")
        if term.name in framework.questions:
            yield from not_one_of(here, term.value, framework.questions[term.name].choices)
    elif term.comparison:
        groups = framework.failure_groups
        counted = {f"{of}.{group.key}" for of in ("count", "share") for group in groups}
        counted |= {f"count.{mode}" for group in groups for mode in group.modes}
        yield from unknown(here, [term.name], NUMBERS | counted, "number")
        if not term.value[0].isdigit():
            yield from unknown(here, [term.value], _LIMITS, "threshold")
    elif term.name in framework.gate and term.name not in FACTS:
        yield f"{here}: asks for a gate; gates ask for answers, facts and numbers alone, so that none waits for another"
    else:
        yield from unknown(here, [term.name], FACTS, "fact")
