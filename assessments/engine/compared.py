"""How the approaches compare, how each of them stands, and how it went elsewhere: codes and figures, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Figures = Mapping[str, Any]
"""By name: a number whose name carries its unit, a key of the framework or several, None where nobody knows yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something is as it is."""

    code: str
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One score of the matrix, where it comes from, and why it is what it is."""

    score: float
    origin: Literal["base", "derived", "user"]
    reason: str
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One approach: its weighted mean and its score on each criterion, 1 to 5."""

    approach: str
    mean: float
    first_share: float
    """The share of weightings around the chosen one in which it comes first of those that are open."""
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tipping:
    """A weight at which another open approach would take the lead of them."""

    criterion: str
    weight: float
    above: bool
    """Whether the weight would have to rise to there, or to fall."""
    leader: str
    distance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The comparison of all approaches, best first."""

    weights: Mapping[str, float]
    weight_reasons: Mapping[str, Reason]
    rows: tuple[MatrixRow, ...]
    tippings: tuple[Tipping, ...]

    @property
    def ranking(self) -> tuple[str, ...]:
        return tuple(row.approach for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one approach stands: whether it was tried, and the gates that close it, in the framework's order.

    `wording` is the key of what its verdict says otherwise in this case: that it was done already, for example.
    """

    tried: bool
    closed_by: tuple[str, ...]
    wording: str = ""

    @property
    def open(self) -> bool:
        return not self.closed_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """The approach that leads the whole matrix, and the gates that close it; none where it is the verdict."""

    approach: str
    closed_by: tuple[str, ...]


class Judged(Protocol):
    """What gates and matrix say, as far as it takes time to tell, and of what."""

    @property
    def facts(self) -> Any: ...
    @property
    def matrix(self) -> Matrix: ...
    @property
    def deciding(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideView:
    """In how many of the published cases most alike tuning won, by weight, and with which 95 % interval."""

    won: float
    of: int
    low: float
    high: float
    share_of_all: float
