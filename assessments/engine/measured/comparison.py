"""The controlled comparison: what variants did on the same cases, as it stands in a document under `comparison`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .figures import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredSlice:
    """How many cases of a slice one variant passed; a sum of case means, so it need not be whole."""

    name: str
    cases: int
    passed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredVariant:
    """What one variant did, and which approach it stands for. Times are in milliseconds, costs in US dollars."""

    role: str
    """One of the framework's roles, or the key of its approach."""
    approach: str
    name: str
    cases: int
    passed: float
    p50: float | None = None
    p95: float | None = None
    cost_per_request: float | None = None
    cost_per_pass: float | None = None
    format_failures: int | None = None
    format_of: int | None = None
    slices: tuple[MeasuredSlice, ...] = ()

    @property
    def rate(self) -> Part:
        return Part(count=self.passed, of=self.cases)

    @property
    def broken_formats(self) -> Part | None:
        return Part(count=self.format_failures, of=self.format_of or 0) if self.format_failures is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSlice:
    """What of a slice the later variant won and lost."""

    name: str
    cases: int
    wins: int
    losses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredPair:
    """Two variants on the same cases; wins, losses and the difference of shares are those of `after`."""

    before: str
    after: str
    """Roles."""
    cases: int
    wins: int
    losses: int
    difference: float
    low: float
    high: float
    """95 %."""
    slices: tuple[PairSlice, ...] = ()

    @property
    def turned(self) -> "MeasuredPair":
        """The same seen from the other side.

        >>> pair = MeasuredPair(before="a", after="b", cases=9, wins=3, losses=1, difference=0.2, low=-0.1, high=0.5)
        >>> pair.turned.before, pair.turned.wins, pair.turned.low
        ('b', 1, -0.5)
        """
        return MeasuredPair(
            before=self.after,
            after=self.before,
            cases=self.cases,
            wins=self.losses,
            losses=self.wins,
            difference=-self.difference,
            low=-self.high,
            high=-self.low,
            slices=tuple(
                PairSlice(name=part.name, cases=part.cases, wins=part.losses, losses=part.wins) for part in self.slices
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredComparison:
    variants: tuple[MeasuredVariant, ...]
    pairs: tuple[MeasuredPair, ...]

    def variant(self, role: str) -> MeasuredVariant | None:
        return next((one for one in self.variants if one.role == role), None)

    def pair(self, before: str, after: str) -> MeasuredPair | None:
        """These two, seen from the first, whichever way they were compared."""
        for pair in self.pairs:
            if (pair.before, pair.after) == (before, after):
                return pair
            if (pair.before, pair.after) == (after, before):
                return pair.turned
        return None


def read_comparison(raw: Mapping[str, Any]) -> MeasuredComparison:
    """A sound value of a document, as the engine takes it.

    >>> variant = {"role": "prompt", "approach": "prompting", "name": "v3", "cases": 30, "passed": 23}
    >>> read_comparison({"variants": [variant], "pairs": []}).variants[0].rate.share
    0.7666666666666667
    """
    return MeasuredComparison(
        variants=tuple(MeasuredVariant(**_read(one, MeasuredSlice)) for one in raw["variants"]),
        pairs=tuple(MeasuredPair(**_read(one, PairSlice)) for one in raw["pairs"]),
    )


_WHOLE = frozenset({"cases", "wins", "losses", "format_failures", "format_of"})


def _read(row: Mapping[str, Any], shape: type[MeasuredSlice | PairSlice]) -> dict[str, Any]:
    return {**_counted(row), "slices": tuple(shape(**_counted(one)) for one in row.get("slices", ()))}


def _counted(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: int(value) if key in _WHOLE else value for key, value in row.items()}
