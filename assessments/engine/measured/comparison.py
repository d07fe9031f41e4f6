"""The controlled comparison: what variants did on the same cases, as it stands in a document under `comparison`."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from ..intervals import Z
from ..plain_text import plain_line
from .figures import Part, VariantFigures

MOST_SLICES = 20
LONGEST_NAME = 200
EQUAL = 1e-12
"""Means closer than this are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredSlice:
    """How many cases of a slice one variant passed; a sum of case means, so it need not be whole."""

    name: str
    cases: int
    passed: float

    @property
    def rate(self) -> Part:
        return Part(count=self.passed, of=self.cases)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenVariant:
    """A variant of some import, with the role that somebody gave it and the approach that it stands for."""

    role: str
    approach: str
    figures: VariantFigures


def comparison_from(chosen: Sequence[ChosenVariant], slice_of: Mapping[str, str]) -> MeasuredComparison:
    """The comparison of these variants, each pair on the cases that both were graded on, whichever file they are from.

    `slice_of` has the slice of a case by its hash. At most 20 slices are kept, those with the most cases.

    >>> ran = [VariantFigures(key=key, name=key, rows=2, broken=0, graded=2, passed=Part(count=sum(of.values()), of=2),
    ...     passes=1, outcomes=of) for key, of in (("a", {"1": 0.0, "2": 1.0}), ("b", {"1": 1.0, "2": 1.0}))]
    >>> roles = [ChosenVariant(role=role, approach="tools", figures=one) for role, one in zip("ab", ran)]
    >>> comparison_from(roles, {"1": "hard"}).pair("a", "b").slices
    (PairSlice(name='hard', cases=1, wins=1, losses=0),)
    """
    kept = _kept_slices(chosen, slice_of)
    return MeasuredComparison(
        variants=tuple(_variant(one, kept) for one in chosen),
        pairs=tuple(pair for before, after in combinations(chosen, 2) if (pair := _pair(before, after, kept))),
    )


def comparison_value(comparison: MeasuredComparison) -> dict[str, Any]:
    """The value that a document has: `read_comparison`, backwards, without what is not known."""
    found: dict[str, Any] = {
        key: [{name: _plain(part) for name, part in one.items() if part not in (None, ())} for one in rows]
        for key, rows in asdict(comparison).items()
    }
    return found


def paired_interval(differences: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the mean of the differences of cases, each from -1 to 1 (Bonett and Price 2012).

    The usual interval after adding one win and one loss. docs/evidence.md says why this one.

    >>> [round(end, 4) for end in paired_interval([1.0] * 6 + [0.0] * 94)]
    [0.0057, 0.112]
    >>> [round(end, 4) for end in paired_interval([1.0] * 5 + [0.0] * 95)][0] < 0
    True
    """
    cases = len(differences) + 2
    mean = sum(differences) / cases
    squares = (sum(one * one for one in differences) + 2) / cases
    half = Z * math.sqrt((squares - mean * mean) / cases)
    return max(-1.0, mean - half), min(1.0, mean + half)


def _plain(part: Any) -> Any:
    return list(part) if isinstance(part, tuple) else part


def _name(text: str) -> str:
    """As a document can keep it."""
    return "".join(filter(str.isprintable, plain_line(text)))[:LONGEST_NAME] or "–"


def _kept_slices(chosen: Iterable[ChosenVariant], slice_of: Mapping[str, str]) -> Mapping[str, str]:
    """The slice of each case that any variant was graded on, of the slices with the most cases."""
    cases = {case for one in chosen for case in one.figures.outcomes}
    found = {case: _name(slice_of[case]) for case in cases if case in slice_of}
    counts = Counter(found.values())
    kept = sorted(counts, key=lambda name: (-counts[name], name))[:MOST_SLICES]
    return {case: name for case, name in found.items() if name in kept}


def _variant(chosen: ChosenVariant, slice_of: Mapping[str, str]) -> MeasuredVariant:
    figures, broken = chosen.figures, chosen.figures.format_failures
    by_slice: dict[str, list[float]] = {}
    for case, passed in figures.outcomes.items():
        if case in slice_of:
            by_slice.setdefault(slice_of[case], []).append(passed)
    return MeasuredVariant(
        role=chosen.role,
        approach=chosen.approach,
        name=_name(figures.name),
        cases=figures.passed.of,
        passed=figures.passed.count,
        p50=figures.p50,
        p95=figures.p95,
        cost_per_request=figures.mean_cost,
        cost_per_pass=figures.cost_per_pass,
        format_failures=None if broken is None else int(broken.count),
        format_of=None if broken is None else broken.of,
        slices=tuple(
            MeasuredSlice(name=name, cases=len(means), passed=sum(means)) for name, means in sorted(by_slice.items())
        ),
    )


def _pair(before: ChosenVariant, after: ChosenVariant, slice_of: Mapping[str, str]) -> MeasuredPair | None:
    """None where they have no case in common."""
    then, now = before.figures.outcomes, after.figures.outcomes
    gains = {case: now[case] - then[case] for case in sorted(then.keys() & now.keys())}
    if not gains:
        return None
    won, lost = ({case for case, gain in gains.items() if sign * gain > EQUAL} for sign in (1, -1))
    low, high = paired_interval(list(gains.values()))
    difference = sum(gains.values()) / len(gains)
    counts = [Counter(slice_of[case] for case in some if case in slice_of) for some in (gains, won, lost)]
    return MeasuredPair(
        before=before.role,
        after=after.role,
        cases=len(gains),
        wins=len(won),
        losses=len(lost),
        difference=difference,
        low=min(low, difference),
        high=max(high, difference),
        slices=tuple(
            PairSlice(name=name, cases=counts[0][name], wins=counts[1][name], losses=counts[2][name])
            for name in sorted(counts[0])
        ),
    )
