"""Answers of one case or of thousands at once, as arrays: what the gates and the matrix look at."""

import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from .answers import Answers

Booleans = NDArray[np.bool_]
Codes = NDArray[np.int8]
CODES: Mapping[str, int] = {"unsure": 0, "yes": 1, "no": 2, "na": 3}


def coded(value: str, times: int = 1) -> Codes:
    """So many equal answers."""
    return np.full(times, CODES[value], np.int8)


_SAME: Mapping[str, Codes] = {value: coded(value) for value in CODES}
ALWAYS, NEVER = np.ones(1, bool), np.zeros(1, bool)
for _array in (*_SAME.values(), ALWAYS, NEVER):
    _array.flags.writeable = False


def yes_or_no(yes: Booleans) -> Codes:
    """Answers of which these are yes, the others no."""
    return np.where(yes, _SAME["yes"], _SAME["no"])


@dataclass(frozen=True, slots=True)
class Cases:
    """So many cases: a team's answers, and those that are different from case to case, each of shape (n,).

    What is the same in all cases has the shape (1,), so that it is worked out once.
    """

    answers: Answers
    varied: Mapping[str, Codes] = field(default_factory=dict)

    def __len__(self) -> int:
        return max((len(codes) for codes in self.varied.values()), default=1)

    def every(self, step: int) -> "Cases":
        """One of so many cases."""
        return Cases(self.answers, {key: codes[::step] for key, codes in self.varied.items()})

    def codes(self, key: str) -> Codes:
        """The answers to one question; what nobody answered is unsure."""
        return self.varied[key] if key in self.varied else _SAME[self.answers.value(key)]

    def where(self, key: str, value: str = "yes") -> Booleans:
        """In which cases the answer is this one."""
        if key not in self.varied:
            return ALWAYS if self.answers.value(key) == value else NEVER
        found: Booleans = self.varied[key] == CODES[value]
        return found

    def met(self, key: str) -> Booleans:
        """Yes, or it does not apply."""
        return self.where(key) | self.where(key, "na")

    def any_of(self, keys: Iterable[str], value: str = "yes") -> Booleans:
        """In which cases any of these has that answer."""
        found: Booleans = reduce(operator.or_, (self.where(key, value) for key in keys))
        return found

    def all_of(self, keys: Iterable[str], value: str) -> Booleans:
        """In which cases all of these have that answer."""
        found: Booleans = reduce(operator.and_, (self.where(key, value) for key in keys))
        return found

    def count(self, keys: Iterable[str], value: str = "yes") -> NDArray[np.int_]:
        """How many of these have that answer, in each case."""
        found = np.zeros(1, int)
        for key in keys:
            found = found + self.where(key, value)
        return found
