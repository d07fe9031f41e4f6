"""Conditions as a framework states them: lines of which one must hold, each of terms that must all hold.

A term asks for an answer (`eval_set is yes`, `task_kind is not code`), for a fact that the engine works out
(`facts`, `not ready`), or compares a number with a threshold (`net < pilot_net`, `sample > 0`). An answer that
nobody gave is `unsure`: what asks for yes or no does not hold for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

Conditions = tuple[tuple[str, ...], ...]
FACTS = frozenset(
    (
        *("missed", "form", "efficiency", "works", "facts", "tools", "ready", "barred", "never_pays"),
        *("measured_otherwise", "measured_gain"),
    )
)
"""What engine/facts.py says of each case, or who asks."""
NUMBERS = frozenset({"indicators", "net", "against", "steps_skipped", "steps_open", "sample"})
"""What engine/facts.py counts in each case, beside `count.GROUP`, `count.MODE` and `share.GROUP` of the failures."""

_ANSWER = re.compile(r"(?P<name>\w+) is (?P<negated>not )?(?P<value>\w+)")
_NUMBER = re.compile(r"(?P<name>[\w.]+) (?P<comparison>[<>]=?|=) (?P<value>[\w.]+)")
_FACT = re.compile(r"(?P<negated>not )?(?P<name>\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One condition. `comparison` is empty for a fact, `is` for an answer."""

    name: str
    comparison: str = ""
    value: str = ""
    negated: bool = False


@cache
def term_of(text: str) -> Term:
    """The condition that this text states. Raises ValueError where it states none.

    >>> term_of("eval_set is not yes") == Term(name="eval_set", comparison="is", value="yes", negated=True)
    True
    """
    if found := _ANSWER.fullmatch(text):
        return Term(name=found["name"], comparison="is", value=found["value"], negated=bool(found["negated"]))
    if found := _NUMBER.fullmatch(text):
        return Term(name=found["name"], comparison=found["comparison"], value=found["value"])
    if found := _FACT.fullmatch(text):
        return Term(name=found["name"], negated=bool(found["negated"]))
    raise ValueError(f"{text!r} states no condition")


def terms_of(conditions: Conditions) -> Iterator[Term]:
    """Every term of every line."""
    return (term_of(text) for line in conditions for text in line)
