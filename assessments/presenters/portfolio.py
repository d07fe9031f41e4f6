"""The portfolio over its table: tiles with counts, and what was found in sentences."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.framework import Framework

from .formats import count, listed, number

_AS_WORDS = 10
"""Counts up to here are written as words, unless a larger one stands beside them."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A count over the whole workspace, with the verdicts it is of and the filter that shows them."""

    name: str
    number: int
    small: str
    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioCounts:
    """How many assessments of a workspace there are of each kind."""

    total: int
    worked_out: int
    behind: int
    """Whose list entry must be worked out, or worked out anew."""
    in_progress: int
    by_action: Mapping[str, int]
    """By the verdict's action; without one where there is no verdict yet."""
    to_fix: Mapping[str, int]
    """By approach, those with something to fix first."""
    other: Mapping[str, int]
    """By approach, those that are better served another way."""

    @property
    def tuning(self) -> int:
        return self.by_action["go"] + self.pilots

    @property
    def pilots(self) -> int:
        return self.by_action["pilot"] + self.by_action["confirm_first"]

    @property
    def without_verdict(self) -> int:
        return self.by_action[""]


def present_tiles(counts: PortfolioCounts, framework: Framework) -> Sequence[Tile]:
    to_fix, other = _commonest(counts.to_fix, framework), _commonest(counts.other, framework)
    blank = f"{number(counts.without_verdict)} without a verdict yet" if counts.without_verdict else ""
    return (
        Tile("Fine-tuning candidates", counts.tuning, _need_pilot(counts), "verdict", "candidates"),
        Tile("Something to fix first", counts.by_action["fix_first"], to_fix, "verdict", "fix_first"),
        Tile("Better served another way", sum(counts.other.values()), other, "verdict", "other"),
        Tile("In progress", counts.in_progress, blank, "progress", "open"),
    )


def _need_pilot(counts: PortfolioCounts) -> str:
    pilots = counts.pilots
    if not counts.tuning:
        return ""
    return f"{number(pilots)} need{'s' * (pilots == 1)} a pilot first" if pilots else "ready to go ahead"


def _commonest(by_approach: Mapping[str, int], framework: Framework) -> str:
    """The two approaches that are named most often."""
    named = [key for key, found in Counter(by_approach).most_common(2) if found]
    return ", ".join(framework.approach[key].name.lower() for key in named)


def lead_sentence(counts: PortfolioCounts) -> str:
    """The finding over all: how many are worth tuning."""
    blank, tuning = counts.without_verdict, counts.tuning
    total = counts.worked_out - blank
    say = count if max(total, blank) <= _AS_WORDS else number
    if not total:
        return "No use case has a verdict yet. Each needs its prompt ceiling looked at first."
    if total == 1:
        found = f"The one use case with a verdict is {'' if tuning else 'not '}worth tuning."
    else:
        some = say(tuning).capitalize() if tuning else "None"
        found = f"{some} of {say(total)} use cases with a verdict {'is' if tuning == 1 else 'are'} worth tuning."
    return f"{found} {say(blank).capitalize()} {'is' if blank == 1 else 'are'} still without one." if blank else found


def found_sentence(found: int, total: int, *, filtered: bool) -> str:
    """How many rows there are, as it is announced."""
    cases = f"use case{'' if (total if filtered else found) == 1 else 's'}"
    return f"{number(found)} of {number(total)} {cases}" if filtered else f"{number(found)} {cases}"


def filter_sentence(parts: Mapping[str, str]) -> str:
    """What a selection leaves, for paper and files: each filter's name with its words."""
    told = [f"{name}: {words}" for name, words in parts.items() if words]
    return listed(told) if told else "All use cases"
