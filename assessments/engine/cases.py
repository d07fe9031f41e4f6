"""Answers of one case or of thousands at once, as arrays: what the gates and the matrix look at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .answers import Answers

Booleans = NDArray[np.bool_]
Codes = NDArray[np.int8]
_CODES: Mapping[str, int] = {"unsure": 0, "yes": 1, "no": 2, "na": 3}


def coded(value: str, times: int = 1) -> Codes:
    """So many equal answers."""
    return np.full(times, _CODES[value], np.int8)


def yes_or_no(yes: Booleans) -> Codes:
    """Answers of which these are yes, the others no."""
    return np.where(yes, coded("yes"), coded("no"))


@dataclass(frozen=True, slots=True)
class Cases:
    """So many cases: a team's answers, and those that are different from case to case, each of shape (n,).

    What is the same in all cases has the shape (1,), so that it is worked out once.
    """

    answers: Answers
    varied: Mapping[str, Codes] = field(default_factory=dict)

    def __len__(self) -> int:
        return max((len(codes) for codes in self.varied.values()), default=1)

    def codes(self, key: str) -> Codes:
        """The answers to one question; what nobody answered is unsure."""
        return self.varied[key] if key in self.varied else coded(self.answers.value(key))

    def where(self, key: str, value: str = "yes") -> Booleans:
        """In which cases the answer is this one."""
        return self.codes(key) == _CODES[value]

    def met(self, key: str) -> Booleans:
        """Yes, or it does not apply."""
        return self.where(key) | self.where(key, "na")

    def any_yes(self, *keys: str) -> Booleans:
        """In which cases any of these is yes."""
        found: Booleans = np.logical_or.reduce(np.broadcast_arrays(*map(self.where, keys)))
        return found

    def count(self, keys: Iterable[str], value: str = "yes") -> NDArray[np.int_]:
        """How many of these have that answer, in each case."""
        return sum((self.where(key, value).astype(int) for key in keys), start=np.zeros(1, int))
