"""What is known of one value: where it stands, what kind it is, its bounds, its words and its default."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from .source import Source

Kind = Literal[
    "choice",
    "number",
    "numbers",
    "rows",
    "comparison",
    "text",
    "long_text",
    "currency",
    "day",
    "select",
    "tick",
]
Place = Literal[
    "answers",
    "use_case",
    "failures",
    "override_weeks",
    "data",
    "readiness",
    "targets",
    "legal",
    "costs",
    "costs.summary",
    "pilot",
    "release",
]
Role = Literal[
    "ceiling",
    "indicator",
    "anti_indicator",
    "shape",
    "tried",
    "signal",
    "diagnosis",
    "readiness",
    "target",
    "legal",
    "use_case",
    "cost",
    "upkeep",
]
DECIDING_ROLES: tuple[Role, ...] = ("ceiling", "indicator", "anti_indicator")
"""The yes or no to a question of these can decide the verdict."""
LARGEST = 1e12
"""No number of a document is larger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a small table that people fill in. A cell that is left blank is its default, else not there."""

    key: str
    label: str
    kind: Literal["text", "number", "select"] = "number"
    minimum: float = -LARGEST
    maximum: float = LARGEST
    whole: bool = False
    options: tuple[Option, ...] = ()
    required: bool = False
    default: float | None = None
    at_most: str = ""
    """The column of the same row that it cannot be more than."""
    one_unit: bool = False
    """Whether a percent sign in one of these cells of a row asks for one in the others."""

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(option.value for option in self.options)


@dataclass(frozen=True, kw_only=True)
class Field:
    """One value that a team states. Its path is its name in documents, services and addresses.

    A share is kept from 0 to 1 and shown as a percentage.
    """

    key: str
    place: str
    """The path of the table that it stands in; its own key where it stands in none."""
    kind: Kind
    label: str
    ask: str = ""
    why: str = ""
    example: str = ""
    find_out: str = ""
    source: Source = "ours"
    group: str = ""
    unit: str = ""
    prefix: str = ""
    minimum: float = -LARGEST
    maximum: float = LARGEST
    """The least and the greatest number, both allowed."""
    whole: bool = False
    share: bool = False
    past: bool = False
    """Whether it is a day that cannot be still to come."""
    one_number: bool = False
    """Whether it cannot be a range, though it is a number of the costs."""
    offers_range: bool = True
    """Whether a form offers low and high beside the likely value."""
    only_with: str = ""
    """The field of the same table without which this one changes nothing."""
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    """Of a small table: of kind `rows`."""
    allows_na: bool = False
    required: bool = False
    default: float | None = None
    default_source: str = ""

    @cached_property
    def path(self) -> str:
        """
        >>> Field(key="latency", place="matrix.weights", kind="number", label="Latency").path
        'matrix.weights.latency'
        """
        return self.key if self.place == self.key else f"{self.place}.{self.key}"

    @cached_property
    def choices(self) -> tuple[str, ...]:
        """The values that it can have, where these are few."""
        if self.kind == "select":
            return tuple(option.value for option in self.options)
        if self.kind == "choice":
            return ("yes", "no", "unsure", "na") if self.allows_na else ("yes", "no", "unsure")
        return ()

    @cached_property
    def takes_range(self) -> bool:
        """Whether it may be low, likely and high: numbers of the costs."""
        return self.kind == "number" and self.place.startswith("costs") and not self.one_number

    @cached_property
    def takes_evidence(self) -> bool:
        """Whether it may say what shows it: answers, legal points, costs and the matrix."""
        return self.place.startswith(("answers", "legal", "costs", "matrix"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What a number that is stated elsewhere says about a question that nobody has answered. [ours]

    The number is the sum of a column where it stands in rows. Below one threshold it says yes, from another on (or
    above it) no, and in between nothing; measured against another number, it says one thing above that and another up
    to it. Without either it is the answer itself, times or divided by another number.
    """

    of: str
    """The path of the number, or of the rows."""
    column: str = ""
    yes_below: str = ""
    no_from: str = ""
    no_above: str = ""
    """Thresholds of the framework by their names."""
    against: str = ""
    times: str = ""
    per: str = ""
    """The path of another number, without which nothing is said."""
    above: str = ""
    up_to: str = ""
    """What it says above the number that it is measured against, and up to it; empty for nothing."""

    @property
    def other(self) -> str:
        """The path of the other number that it takes, if it takes one."""
        return self.against or self.times or self.per


@dataclass(frozen=True, kw_only=True)
class Question(Field):
    """A field that a page of the questionnaire asks for, and what the rules make of it."""

    place: Place
    role: Role
    # Nothing is asked without words and a source.
    ask: str = field()
    source: Source = field()
    weight: Literal["High", "Medium", ""] = ""
    na_label: str = ""
    na_means: str = ""
    team_can_make: Literal["yes", "no", ""] = ""
    """The answer that the team can bring about by its own work."""
    if_yes: str = ""
    if_no: str = ""
    """How a change of this answer is told: if …"""
    optional: bool = False
    derived: Derived | None = None
    asked_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The question counts for something while any of these has one of these answers, or none yet; empty is always."""
    rest_is_no: bool = False
    """Whether "no to the rest of this group" may answer it: where a no claims nothing in favour of the team."""
